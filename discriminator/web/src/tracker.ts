// Follows the viewer's face while somebody on the page wants to know of it. Frames are looked at in
// a worker of this page and go nowhere else.

import { Seer } from "./seer";
import type { Backend, Level, Sight } from "./sight";
import { Signal, type Stop } from "./signal";
import { fasterBackend } from "./trial";

/** `cold` before anything is loaded, `hot` while it looks, `paused` while it could but need not. */
export type Tracking = "cold" | "loading" | "hot" | "paused";

/** `slow` where no worker looks but the page's own thread, `blind` where that cannot look either. */
export type Trouble = "slow" | "blind";

/** What the machine looks at: a playing video, of the camera or of nobody. */
export type Subject = HTMLVideoElement;

/** Frames are looked at no larger than this; a face in them is seen sharply enough. */
const WIDEST = 640;
/** Sights after which a graphics processor may show that it is faster. */
const SETTLED = 30;
/** Where several are wanted, the first of these is done. */
const LEVELS: readonly Level[] = ["portrait", "guesses", "mesh"];
/** How much of the rate is remembered at each sight. */
const INERTIA = 0.9;

export class Tracker {
  readonly state = new Signal<Tracking>("cold");
  /** Nothing before the first sight, and when the subject has gone. */
  readonly sight = new Signal<Sight | undefined>(undefined);
  readonly trouble = new Signal<Trouble | undefined>(undefined);
  readonly #watchers = new Map<symbol, Level>();
  readonly #closing = new AbortController();
  /** What is looked at now; the machine looks at one picture at a time. */
  #looking: Promise<unknown> = Promise.resolve();
  #subject: Subject | undefined;
  #seer: Seer | undefined;
  #running = false;
  #restsUntil = 0;
  #sights = 0;
  #interval = 0;

  constructor() {
    const { signal } = this.#closing;
    document.addEventListener("visibilitychange", () => this.#go(), { signal });
  }

  /** What computes: WebAssembly at first, a graphics processor where it proved faster. */
  get backend(): Backend {
    return this.#seer?.backend ?? "wasm";
  }

  /** Sights a second, lately. */
  get rate(): number {
    return this.#interval ? 1 / this.#interval : 0;
  }

  set subject(subject: Subject | undefined) {
    if (subject === this.#subject) return;
    this.#subject = subject;
    this.sight.value = undefined;
    // Whoever turns the camera off and on again wants it tried once more.
    if (this.trouble.value === "blind") this.trouble.value = undefined;
    this.#go();
  }

  /** Looks as long as anybody watches; hears of every sight from now on. */
  watch(level: Level, see: (sight: Sight) => void): Stop {
    const watcher = Symbol(level);
    this.#watchers.set(watcher, level);
    const stop = this.sight.listen((sight) => sight && see(sight));
    this.#go();
    return () => {
      stop();
      this.#watchers.delete(watcher);
      this.#show();
    };
  }

  /** Looks once at a picture, such as a photo, beside whatever is watched; points are px of it. */
  async inspect(picture: ImageBitmap): Promise<Sight | undefined> {
    this.#seer ??= new Seer("wasm");
    const seer = this.#seer;
    const frame = await createImageBitmap(picture);
    const look = () => seer.look(frame, "portrait", performance.now() / 1000);
    return this.#inTurn(look).catch((error: unknown) => {
      this.#replace(seer, error);
      return this.#seer && this.inspect(picture);
    });
  }

  /** Leaves the machine's power to a page change for so many milliseconds. */
  rest(milliseconds: number): void {
    this.#restsUntil = performance.now() + milliseconds;
    setTimeout(() => this.#go(), milliseconds);
    this.#show();
  }

  /** Computes with this from now on, whether or not it is the fastest. */
  use(backend: Backend): void {
    if (this.#seer?.backend === backend) return;
    this.#seer?.close();
    this.#seer = new Seer(backend);
    this.#sights = SETTLED + 1;
  }

  close(): void {
    this.#closing.abort();
    this.#watchers.clear();
    this.#seer?.close();
    this.#seer = undefined;
    this.#sights = 0;
    this.#show();
  }

  get #wanted(): boolean {
    const rests = performance.now() < this.#restsUntil || document.hidden;
    const able = this.#subject !== undefined && this.trouble.value !== "blind";
    return this.#watchers.size > 0 && able && !rests;
  }

  get #level(): Level {
    const wanted = new Set(this.#watchers.values());
    return LEVELS.find((level) => wanted.has(level)) ?? "mesh";
  }

  #show(): void {
    const ready = this.#wanted ? "hot" : "paused";
    const loading = this.#wanted ? "loading" : "cold";
    this.state.value = this.#sights ? ready : loading;
  }

  /** One frame after the other, always the newest: nothing queues, and a slow machine sees fewer. */
  async #go(): Promise<void> {
    this.#show();
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#wanted) await this.#lookOnce();
    } finally {
      this.#running = false;
      this.#show();
    }
  }

  async #lookOnce(): Promise<void> {
    const subject = this.#subject;
    if (!subject) return;
    await nextFrame(subject);
    if (!this.#wanted || subject !== this.#subject || !subject.videoWidth) return;
    this.#seer ??= new Seer("wasm");
    const seer = this.#seer;
    const began = performance.now();
    const look = async () => {
      // A video that is just being taken away has no frame to give.
      const frame = await capture(subject).catch(() => undefined);
      return frame && seer.look(frame, this.#level, began / 1000);
    };
    const sight = await this.#inTurn(look).catch((error: unknown) => this.#replace(seer, error));
    if (!sight || subject !== this.#subject || seer !== this.#seer) return;
    this.#count((performance.now() - began) / 1000);
    this.#show();
    this.sight.value = sight;
  }

  #inTurn<T>(look: () => Promise<T>): Promise<T> {
    const mine = this.#looking.then(look);
    this.#looking = mine.catch(() => undefined);
    return mine;
  }

  /** What a graphics processor cannot do, WebAssembly may; what a worker cannot, the page may. */
  #replace(failed: Seer, error: unknown): undefined {
    if (failed !== this.#seer) return;
    failed.close();
    console.warn(`The ${failed.where} cannot look by ${failed.backend}:`, error);
    if (failed.backend !== "wasm") this.#seer = new Seer("wasm");
    else if (failed.where === "worker") this.#retreat("slow", new Seer("wasm", "page"));
    else this.#retreat("blind", undefined);
  }

  #retreat(trouble: Trouble, seer: Seer | undefined): void {
    this.#seer = seer;
    this.trouble.value = trouble;
  }

  #count(seconds: number): void {
    this.#sights += 1;
    // The first look loads the networks and says nothing of the rate.
    if (this.#sights > 2) {
      this.#interval = this.#interval
        ? INERTIA * this.#interval + (1 - INERTIA) * seconds
        : seconds;
    }
    if (this.#sights === SETTLED) void this.#compare();
  }

  async #compare(): Promise<void> {
    const subject = this.#subject;
    if (!subject) return;
    const frame = () => capture(subject);
    const faster = await fasterBackend(frame, this.#interval);
    if (!faster || this.#closing.signal.aborted) return faster?.close();
    this.#seer?.close();
    this.#seer = faster;
  }
}

/** Resolves when the video shows another frame, or soon, should it stand still. */
function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    const soon = setTimeout(resolve, 250);
    const shown = () => {
      clearTimeout(soon);
      resolve();
    };
    if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(shown);
    else requestAnimationFrame(shown);
  });
}

function capture(video: HTMLVideoElement): Promise<ImageBitmap> {
  const { videoWidth: width, videoHeight: height } = video;
  const scale = Math.min(WIDEST / Math.max(width, height), 1);
  if (scale === 1) return createImageBitmap(video);
  const size = { resizeWidth: Math.round(width * scale), resizeHeight: Math.round(height * scale) };
  return createImageBitmap(video, size);
}
