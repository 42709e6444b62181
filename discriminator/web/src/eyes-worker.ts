// Runs the machine's eyes away from the page's thread, which then never stutters.

import { Eyes } from "./eyes";
import type { Answer, Backend, Look } from "./sight";

const scope = self as unknown as {
  readonly name: string;
  postMessage(message: Answer, transfer: Transferable[]): void;
};

const eyes = new Eyes(scope.name as Backend);

self.addEventListener("message", async ({ data }: MessageEvent<Look>) => {
  try {
    const sight = await eyes.look(data.frame, data.level, data.at);
    scope.postMessage({ sight }, sight.face ? [sight.face.points.buffer] : []);
  } catch (error) {
    scope.postMessage({ failure: String(error) }, []);
  }
});
