// Shows frames to the machine's eyes and brings back what they saw, from a worker where it can.

import type { Answer, Backend, Level, Look, Sight } from "./sight";

declare const EYES: string;
declare const EYES_WORKER: string;

type Give = (answer: Answer) => void;

export class Seer {
  readonly backend: Backend;
  readonly #worker: Worker | undefined;
  #eyes:
    | Promise<{ look(frame: ImageBitmap, level: Level, at: number): Promise<Sight> }>
    | undefined;
  #give: Give | undefined;

  constructor(backend: Backend) {
    this.backend = backend;
    this.#worker = work(backend);
    this.#worker?.addEventListener("message", ({ data }: MessageEvent<Answer>) =>
      this.#give?.(data),
    );
    this.#worker?.addEventListener("error", ({ message }) => this.#give?.({ failure: message }));
  }

  /**
   * Looks at one frame at a time. Nothing is seen by a seer that was closed meanwhile.
   *
   * @throws Error in the words of whatever failed.
   */
  async look(frame: ImageBitmap, level: Level, at: number): Promise<Sight | undefined> {
    if (!this.#worker) return this.#lookHere(frame, level, at);
    const worker = this.#worker;
    const answer = await new Promise<Answer | undefined>((give) => {
      this.#give = give as Give;
      worker.postMessage({ frame, level, at } satisfies Look, [frame]);
    });
    if (answer && "failure" in answer) throw new Error(answer.failure);
    return answer?.sight;
  }

  close(): void {
    this.#worker?.terminate();
    (this.#give as ((nothing: undefined) => void) | undefined)?.(undefined);
  }

  /** Where a browser starts no module as a worker, the page's own thread looks. */
  async #lookHere(frame: ImageBitmap, level: Level, at: number): Promise<Sight> {
    this.#eyes ??= import(address(EYES)).then(({ Eyes }) => new Eyes(this.backend));
    return (await this.#eyes).look(frame, level, at);
  }
}

function work(backend: Backend): Worker | undefined {
  try {
    return new Worker(address(EYES_WORKER), { type: "module", name: backend });
  } catch {
    return undefined;
  }
}

function address(file: string): string {
  return new URL(file, import.meta.url).href;
}
