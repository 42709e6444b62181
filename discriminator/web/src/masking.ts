// Cover 3: the viewer's face under masks. A click, a tap or a key changes them, an open mouth spits.

import { mouthOpenness, mouthSwitch } from "./geometry";
import type { Room } from "./interludes";
import { button, make } from "./make";
import { MASKS, type MaskName } from "./mask";
import { save } from "./saving";
import type { Sight } from "./sight";
import type { Stop } from "./signal";
import { fill } from "./story";
import { Theatre } from "./theatre";

const SOUNDS = 21;
/** Sights without a face until it is said. */
const PATIENCE = 8;

export function play(room: Room): Stop {
  const theatre = new Theatre(room.place, room.sitter.video, room.calm);
  const quiet = room.sounds.drone("drone-3");
  const ending = new AbortController();
  const mouth = mouthSwitch();
  let absent = 0;
  room.say(room.words["mask_waits"] ?? "");
  const change = () => {
    theatre.wear(MASKS[(MASKS.indexOf(theatre.worn) + 1) % MASKS.length] ?? "own");
    room.say(headline(theatre.worn, room.words));
  };
  const see = (sight: Sight) => {
    const { face } = sight;
    absent = face ? 0 : absent + 1;
    if (absent === PATIENCE) room.say(room.words["face_none"] ?? "");
    if (face) room.say(headline(theatre.worn, room.words));
    theatre.see(sight);
    if (mouth.see(face && mouthOpenness(face.points))) room.sounds.oneOf("mask", SOUNDS);
  };
  theatre.wear("own");
  theatre.sit("middle");
  const seat = button(room.words["mask_on"] ?? "", () => {
    theatre.sit(theatre.seat === "middle" ? "face" : "middle");
    seat.textContent = room.words[theatre.seat === "middle" ? "mask_on" : "mask_off"] ?? "";
  });
  const row = make(
    "p",
    { class: "interlude-actions" },
    button(room.words["mask_change"] ?? "", change),
    seat,
    button(room.words["mask_keep"] ?? "", () => void keep(theatre)),
  );
  room.place.append(row);
  // Anywhere on the picture; the layer itself lets clicks through to what lies below.
  theatre.canvas.style.pointerEvents = "auto";
  theatre.canvas.addEventListener("click", change, { signal: ending.signal });
  const stop = room.tracker.watch("mesh", see);
  return () => {
    ending.abort();
    stop();
    quiet();
    theatre.close();
  };
}

function headline(worn: MaskName, words: Room["words"]): string {
  return fill(words["mask_worn"] ?? "", { mask: words[`mask_${worn}`] ?? "" });
}

async function keep(theatre: Theatre): Promise<void> {
  const picture = await theatre.keep();
  if (picture) save(`discriminator-${theatre.worn}.png`, URL.createObjectURL(picture));
}
