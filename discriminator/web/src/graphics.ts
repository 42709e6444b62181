// What draws and computes in this machine besides its processor.

import type { Backend } from "./sight";

interface AdapterInfo {
  readonly isFallbackAdapter?: boolean;
  readonly architecture?: string;
  readonly description?: string;
}

interface Gpu {
  requestAdapter(): Promise<{ info?: AdapterInfo } | null>;
}

/** Names under which programs draw where there is no graphics processor. Not every browser counts
 * them as a caveat. */
const PROGRAMS = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** What draws by itself here, not by the processor that is busy already; the newest way first. */
export async function graphics(): Promise<Backend[]> {
  const { gpu } = navigator as { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  const webgpu = adapter && !isProgram(adapter.info);
  const webgl = drawsByItself();
  return [...(webgpu ? (["webgpu"] as const) : []), ...(webgl ? (["webgl"] as const) : [])];
}

/** Whether a graphics processor draws, or the processor that has enough to do already. */
export function drawsByItself(): boolean {
  const context = document
    .createElement("canvas")
    .getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (!context) return false;
  const details = context.getExtension("WEBGL_debug_renderer_info");
  const name = details?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER;
  const byProgram = PROGRAMS.test(String(context.getParameter(name)));
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !byProgram;
}

function isProgram(info: AdapterInfo = {}): boolean {
  const { isFallbackAdapter, architecture, description } = info;
  return isFallbackAdapter === true || PROGRAMS.test(`${architecture} ${description}`);
}
