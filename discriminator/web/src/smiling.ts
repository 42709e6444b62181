// Cover 4: a face that does not smile is helped. The picture is bent in the browser, round the
// measured eyes and mouth; whoever smiles already is told so instead.

import { Bend } from "./bend";
import type { Room } from "./interludes";
import type { Sight } from "./sight";
import type { Stop } from "./signal";

/** Seconds after the first sight: the remark, the promise, and the congratulation. */
const [PROMISE, DONE] = [5, 10];
/** Of `happy`, from which on a machine calls it a smile. */
const HAPPY = 0.5;
const SOUNDS = 6;

/** What is said, and how much of the smile is forced, at a second after the first sight. */
export function scene(second: number, happy: number): { words: string; amount: number } {
  if (second >= DONE) return { words: "smile_done", amount: 1 };
  if (second >= PROMISE) {
    return { words: "smile_promise", amount: (second - PROMISE) / (DONE - PROMISE) };
  }
  return { words: happy > HAPPY ? "smile_already" : "smile_remark", amount: 0 };
}

export function play(room: Room): Stop {
  const bend = new Bend(room.place, room.sitter.video);
  const quiet = room.sounds.drone("drone-4");
  let [began, happy, frame, cheered] = [0, 0, 0, false];
  room.say(room.words["smile_waits"] ?? "");
  const see = (sight: Sight) => {
    if (!sight.face) {
      room.say(room.words["face_none"] ?? "");
      return;
    }
    began ||= performance.now();
    happy = sight.face.guesses?.plain?.emotions.happy ?? happy;
    bend.follow(sight.face.points, sight.width, sight.height);
  };
  const draw = () => {
    frame = requestAnimationFrame(draw);
    if (!began) return;
    const { words, amount } = scene((performance.now() - began) / 1000, happy);
    room.say(room.words[words] ?? "");
    bend.draw(amount);
    if (amount < 1 || cheered) return;
    cheered = true;
    room.sounds.oneOf("success", SOUNDS);
  };
  // Another face in the chair begins at the beginning.
  const stopWaiting = room.sitter.who.listen(() => {
    [began, happy, cheered] = [0, 0, false];
    room.say(room.words["smile_waits"] ?? "");
  });
  const stop = room.tracker.watch("guesses", see);
  frame = requestAnimationFrame(draw);
  return () => {
    cancelAnimationFrame(frame);
    stopWaiting();
    stop();
    quiet();
    bend.close();
  };
}
