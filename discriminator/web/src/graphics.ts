// What draws and computes in this machine besides its processor.

import type { Backend } from "./sight";

interface Gpu {
  requestAdapter(): Promise<{ info?: { isFallbackAdapter?: boolean } } | null>;
}

/** What draws by itself here, not by the processor that is busy already; the newest way first. */
export async function graphics(): Promise<Backend[]> {
  const { gpu } = navigator as { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  const webgpu = adapter && adapter.info?.isFallbackAdapter !== true;
  const webgl = drawsByItself();
  return [...(webgpu ? (["webgpu"] as const) : []), ...(webgl ? (["webgl"] as const) : [])];
}

/** Whether a graphics processor draws, or the processor that has enough to do already. */
export function drawsByItself(): boolean {
  const context = document
    .createElement("canvas")
    .getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
