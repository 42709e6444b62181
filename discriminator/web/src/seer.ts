// Shows frames to the machine's eyes and brings back what they saw, from a worker or on the page.

import type { Answer, Backend, Level, Look, Sight } from "./sight";

declare const EYES: string;
declare const EYES_WORKER: string;

/** In a worker the page never stutters; on the page's own thread it may, but every browser has one. */
export type Where = "worker" | "page";

interface Looks {
  look(frame: ImageBitmap, level: Level, at: number): Promise<Sight>;
}

export class Seer {
  readonly backend: Backend;
  readonly where: Where;
  #worker: Worker | undefined;
  #eyes: Promise<Looks> | undefined;
  #give: (answer: Answer | undefined) => void = () => undefined;
  #closed = false;

  constructor(backend: Backend, where: Where = "worker") {
    this.backend = backend;
    this.where = where;
  }

  /**
   * Looks at one frame at a time. Nothing is seen by a seer that was closed meanwhile.
   *
   * @throws Error in the words of whatever failed.
   */
  async look(frame: ImageBitmap, level: Level, at: number): Promise<Sight | undefined> {
    const sight = await (this.where === "page"
      ? this.#lookHere(frame, level, at)
      : this.#lookThere({ frame, level, at }));
    return this.#closed ? undefined : sight;
  }

  close(): void {
    this.#closed = true;
    this.#worker?.terminate();
    this.#give(undefined);
  }

  async #lookHere(frame: ImageBitmap, level: Level, at: number): Promise<Sight> {
    this.#eyes ??= import(address(EYES)).then(({ Eyes }) => new Eyes(this.backend));
    return (await this.#eyes).look(frame, level, at);
  }

  async #lookThere(look: Look): Promise<Sight | undefined> {
    this.#worker ??= this.#hire();
    const worker = this.#worker;
    const answer = await new Promise<Answer | undefined>((give) => {
      this.#give = give;
      worker.postMessage(look, [look.frame]);
    });
    if (answer && "failure" in answer) throw new Error(answer.failure);
    return answer?.sight;
  }

  /** @throws Error where the page may start no worker. */
  #hire(): Worker {
    const worker = new Worker(address(EYES_WORKER), { type: "module", name: this.backend });
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.#give(data));
    // A module that cannot be loaded has no message.
    worker.addEventListener("error", ({ message }) =>
      this.#give({ failure: message || "The worker did not start." }),
    );
    return worker;
  }
}

function address(file: string): string {
  return new URL(file, import.meta.url).href;
}
