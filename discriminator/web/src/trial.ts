// Whether this machine's graphics processor follows a face faster than WebAssembly does.

import { graphics } from "./graphics";
import { Seer } from "./seer";

/** Looks of which the fastest counts; the first of them compile the networks. */
const LOOKS = 12;
/** A change has to be worth it. */
const FASTER = 0.8;

/** A seer that needs clearly less than `seconds` a look, ready and warm; or nothing. */
export async function fasterBackend(
  frame: () => Promise<ImageBitmap>,
  seconds: number,
): Promise<Seer | undefined> {
  for (const backend of await graphics()) {
    const seer = new Seer(backend);
    if ((await secondsOf(seer, frame)) < seconds * FASTER) return seer;
    seer.close();
  }
  return undefined;
}

async function secondsOf(seer: Seer, frame: () => Promise<ImageBitmap>): Promise<number> {
  let best = Infinity;
  try {
    for (let i = 0; i < LOOKS; i += 1) {
      const began = performance.now();
      await seer.look(await frame(), "mesh", began / 1000);
      best = Math.min(best, (performance.now() - began) / 1000);
    }
  } catch {
    // What cannot compute the networks has lost, whatever the reason.
    return Infinity;
  }
  return best;
}
