// Whether this machine's graphics processor follows a face faster than WebAssembly does.

import { Seer } from "./seer";
import type { Backend } from "./sight";

/** Looks of which the fastest counts; the first of them compile the networks. */
const LOOKS = 12;
/** A change has to be worth it. */
const FASTER = 0.8;

/** A seer that needs less than `seconds` a look, ready and warm; or nothing. */
export async function fasterBackend(
  frame: () => Promise<ImageBitmap>,
  seconds: number,
): Promise<Seer | undefined> {
  const backend = await realGraphics();
  if (!backend) return undefined;
  const seer = new Seer(backend);
  try {
    let best = Infinity;
    for (let i = 0; i < LOOKS; i += 1) {
      const began = performance.now();
      await seer.look(await frame(), "mesh", began / 1000);
      best = Math.min(best, (performance.now() - began) / 1000);
    }
    if (best < seconds * FASTER) return seer;
  } catch {
    // What cannot compute the networks has lost, whatever the reason.
  }
  seer.close();
  return undefined;
}

interface Gpu {
  requestAdapter(): Promise<{ info?: { isFallbackAdapter?: boolean } } | null>;
}

/** What draws by itself here, not by the processor that is busy already. */
async function realGraphics(): Promise<Backend | undefined> {
  const { gpu } = navigator as { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (adapter && adapter.info?.isFallbackAdapter !== true) return "webgpu";
  const context = document
    .createElement("canvas")
    .getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context ? "webgl" : undefined;
}
