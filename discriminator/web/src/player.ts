// A chapter's media: one video element and whoever feeds it.

import { startAdaptive } from "./adaptive";
import type { Choice, Engine, News } from "./engine";
import { Native } from "./native";
import { addThumbnails, removeThumbnails } from "./thumbnails";

/**
 * Tells `start` when it turns to other media or to none, `change` when its choices do, and `failure`
 * when its media cannot be had.
 */
export class Player extends EventTarget {
  readonly video: HTMLVideoElement;
  readonly #captions: HTMLElement;
  #engine: Engine | undefined;
  #starting: Promise<Engine> | undefined;
  #folder: string | undefined;
  /** Where the media that is loaded, or still on its way, begins. */
  #second = 0;
  /** Counts loads: a slow one that another has overtaken says nothing any more. */
  #loads = 0;
  #ready = false;
  #failed = false;
  #eager = false;
  #language: string | null = null;
  #sound: string | null = null;
  readonly #closing = new AbortController();

  constructor(screen: HTMLElement, captions: HTMLElement) {
    super();
    this.#captions = captions;
    this.video = document.createElement("video");
    this.video.playsInline = true;
    this.video.preload = "auto";
    this.video.tabIndex = -1;
    screen.replaceChildren(this.video);
    this.video.addEventListener("loadedmetadata", () => {
      this.#ready = true;
      if (this.video.videoWidth && this.#folder) addThumbnails(this.video, this.#folder);
    });
    this.video.addEventListener("canplay", () => {
      this.#failed = false;
    });
    window.addEventListener("online", () => this.#comeBack(), { signal: this.#closing.signal });
    if (!hasMediaSource()) this.#engine = new Native(this.video, (news) => this.#tell(news));
  }

  /** Whether the element holds the media that was asked for last; what it plays until then is older. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Loads the stream in `folder` (an address that ends in `/`) and stands at second `at`. */
  async load(folder: string, at = 0): Promise<void> {
    const load = this.#turn();
    this.#folder = folder;
    this.#second = at;
    try {
      const engine = this.#engine ?? (await this.#start());
      if (load !== this.#loads) return;
      await engine.load(folder, at);
    } catch {
      if (load === this.#loads) this.#tell("failure");
      return;
    }
    if (load !== this.#loads) return;
    this.#tell("change");
    if (this.#eager) this.play();
  }

  /** Loads again after a failure, where the viewer was. */
  async retry(): Promise<void> {
    const at = this.video.readyState ? this.video.currentTime : this.#second;
    if (this.#folder) await this.load(this.#folder, at);
  }

  /** What a line that is back brings: the media that it took, playing if it played. */
  #comeBack(): void {
    if (!this.#failed) return;
    const played = !this.video.paused;
    void this.retry();
    if (played) this.play();
  }

  async unload(): Promise<void> {
    this.#turn();
    this.#folder = undefined;
    this.video.pause();
    await this.#engine?.unload();
    this.#tell("change");
  }

  /** Lets go of everything; this player is not used again. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.unload();
    await this.#starting?.catch(() => undefined);
    await this.#engine?.destroy();
  }

  /** Plays now, or as soon as what is on its way is there: new media stops what played before it. */
  play(): void {
    this.#eager = true;
    // A browser may refuse to begin by itself; then the Play button is there.
    void this.video.play().catch(() => undefined);
  }

  pause(): void {
    this.#eager = false;
    this.video.pause();
  }

  get captions(): Choice[] {
    return this.#engine?.captions ?? [];
  }

  /** Shows captions in a language, or none. Remembered for what is loaded later. */
  showCaptions(language: string | null): void {
    this.#language = language;
    this.#engine?.showCaptions(language);
    this.#tell("change");
  }

  /** The sounds of the stream, or none where there is no choice. */
  get sounds(): Choice[] {
    return this.#engine?.sounds ?? [];
  }

  /** Plays one of its sounds, or the stream's own choice. Remembered for what is loaded later. */
  playSound(id: string | null): void {
    this.#sound = id;
    this.#engine?.playSound(id);
    this.#tell("change");
  }

  /** The automatic one and one for each picture height, or none where there is no choice. */
  get qualities(): Choice[] {
    return this.#engine?.qualities ?? [];
  }

  showQuality(id: string): void {
    this.#engine?.showQuality(id);
    this.#tell("change");
  }

  /** Turns away from the media there was. */
  #turn(): number {
    this.#ready = false;
    this.#failed = false;
    this.#eager = false;
    removeThumbnails(this.video);
    this.#tell("start");
    this.#loads += 1;
    return this.#loads;
  }

  /** One engine, however many loads wait for it; where it could not be had, the next load tries anew. */
  #start(): Promise<Engine> {
    this.#starting ??= startAdaptive(this.video, this.#captions, (news) => this.#tell(news))
      .then((engine) => {
        engine.showCaptions(this.#language);
        engine.playSound(this.#sound);
        this.#engine = engine;
        return engine;
      })
      .catch((error: unknown) => {
        this.#starting = undefined;
        throw error;
      });
    return this.#starting;
  }

  #tell(news: News | "start"): void {
    if (news === "failure") this.#failed = true;
    this.dispatchEvent(new Event(news));
  }
}

/** iPhones have it only by another name, and there their own HLS is the better player. */
function hasMediaSource(): boolean {
  return "MediaSource" in window;
}
