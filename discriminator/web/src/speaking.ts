// Chapter 2: first masks on the viewer's face, then the viewer's clip on the film's own monitors.

import { play as hang } from "./hanging";
import type { Room } from "./interludes";
import type { Stop } from "./signal";
import { play as wear } from "./wearing";

export function play(room: Room): Stop {
  const stops = [wear(room), hang(room)];
  return () => {
    for (const stop of stops) stop();
  };
}
