// Chapter 2 before the clip: the film's words change the masks on the viewer's face.

import type { Room } from "./interludes";
import type { MaskName } from "./mask";
import type { Sight } from "./sight";
import type { Stop } from "./signal";
import { Theatre } from "./theatre";

/** From which cue on which mask is worn; at the last the film has its picture to itself. */
const PHASES = [
  ["mask_points", "points"],
  ["mask_nobody", "nobody"],
  ["mask_still", "still"],
  ["mask_own", "own"],
  ["voice", undefined],
] as const;

/** What is worn at a second of the chapter; nothing while the film is alone. */
export function maskAt(
  second: number,
  cues: Readonly<Record<string, number>>,
): MaskName | undefined {
  const begun = PHASES.filter(([cue]) => (cues[cue] ?? Infinity) <= second);
  return begun.at(-1)?.[1];
}

export function play(room: Room): Stop {
  let theatre: Theatre | undefined;
  let stopWatching: Stop | undefined;
  let able = true;
  const raise = () => {
    try {
      theatre = new Theatre(room.place, room.sitter.video, room.calm);
    } catch (error) {
      console.warn(error);
      able = false; // this browser draws no mask, however often it is asked
      return;
    }
    stopWatching = room.tracker.watch("mesh", (sight: Sight) => theatre?.see(sight));
  };
  const strike = () => {
    stopWatching?.();
    theatre?.close();
    theatre = undefined;
  };
  const follow = () => {
    // An empty chair has no mask to wear: then the film shows its own pictures.
    const seated = able && room.sitter.who.value !== "none";
    const mask = seated ? maskAt(room.media.currentTime, room.chapter.cues) : undefined;
    if (mask && !theatre) raise();
    if (!mask && theatre) strike();
    if (mask && theatre?.canvas.dataset["mask"] !== mask) theatre?.wear(mask);
  };
  const ending = new AbortController();
  for (const event of ["timeupdate", "seeked"]) {
    room.media.addEventListener(event, follow, { signal: ending.signal });
  }
  const stopWaiting = room.sitter.who.follow(follow);
  return () => {
    ending.abort();
    stopWaiting();
    strike();
  };
}
