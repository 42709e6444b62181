// A chapter's media: one video element, fed by Shaka Player where the browser has MediaSource, and
// by the browser itself where it plays HLS (iPhones).

import type shaka from "shaka-player";

/** A caption language or a picture quality that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly active: boolean;
}

const AUTOMATIC = "auto";

/**
 * Tells `start` when it turns to other media or to none, `change` when its choices do, and `failure`
 * when its media cannot be had.
 */
export class Player extends EventTarget {
  readonly video: HTMLVideoElement;
  readonly #captions: HTMLElement;
  #shaka: shaka.Player | undefined;
  #starting: Promise<shaka.Player> | undefined;
  #folder: string | undefined;
  /** Where the media that is loaded, or still on its way, begins. */
  #second = 0;
  /** Counts loads: a slow one that another has overtaken says nothing any more. */
  #loads = 0;
  #ready = false;
  #eager = false;
  #language: string | null = null;

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
    });
    this.video.addEventListener("error", () => {
      // Shaka tells its own errors.
      if (!hasMediaSource() && this.#folder) this.#tell("failure");
    });
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
      await (hasMediaSource() ? this.#loadDash(folder, load) : this.#loadNative(folder));
    } catch (error) {
      if (load === this.#loads && !isInterruption(error)) this.#tell("failure");
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

  async unload(): Promise<void> {
    this.#turn();
    this.#folder = undefined;
    this.video.pause();
    if (this.#shaka) await this.#shaka.unload();
    else if (this.video.hasAttribute("src")) {
      this.video.removeAttribute("src");
      this.video.load();
    }
    this.#tell("change");
  }

  /** Lets go of everything; this player is not used again. */
  async close(): Promise<void> {
    await this.unload();
    const engine = await this.#starting?.catch(() => undefined);
    await engine?.destroy();
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

  /** Turns away from the media there was. */
  #turn(): number {
    this.#ready = false;
    this.#eager = false;
    this.#tell("start");
    this.#loads += 1;
    return this.#loads;
  }

  get captions(): Choice[] {
    const tracks = this.#shaka?.getTextTracks() ?? [];
    const shown = this.#language !== null;
    return tracks
      .filter(({ kind }) => kind !== "descriptions" && kind !== "metadata")
      .map(({ language, label: name, active }) => ({
        id: language,
        label: name ?? languageName(language),
        active: shown && active,
      }));
  }

  /** Shows captions in a language, or none. Remembered for what is loaded later. */
  showCaptions(language: string | null): void {
    this.#language = language;
    const track = this.#shaka?.getTextTracks().find((one) => one.language === language);
    if (this.#shaka) this.#shaka.selectTextTrack(track ?? null);
    this.#tell("change");
  }

  get qualities(): Choice[] {
    const automatic = this.#shaka?.getConfiguration().abr.enabled ?? true;
    const heights = this.#variants().map(({ height, active }) => ({
      id: String(height),
      label: `${height}p`,
      active: active && !automatic,
    }));
    if (heights.length < 2) return [];
    return [{ id: AUTOMATIC, label: "", active: automatic }, ...heights];
  }

  /** Keeps to one picture height, or lets the line decide. */
  showQuality(id: string): void {
    this.#shaka?.configure({ abr: { enabled: id === AUTOMATIC } });
    const track = this.#variants().find(({ height }) => String(height) === id);
    if (track) this.#shaka?.selectVariantTrack(track, true);
    this.#tell("change");
  }

  /** One variant for each picture height, the tallest first. */
  #variants(): shaka.extern.Track[] {
    const tracks = (this.#shaka?.getVariantTracks() ?? []).filter(({ height }) => height);
    const byHeight = new Map(tracks.map((track) => [track.height, track]));
    for (const track of tracks) if (track.active) byHeight.set(track.height, track);
    return [...byHeight.values()].sort((one, other) => (other.height ?? 0) - (one.height ?? 0));
  }

  async #loadDash(folder: string, load: number): Promise<void> {
    const player = await this.#engine();
    if (load !== this.#loads) return;
    await player.load(`${folder}manifest.mpd`, this.#second);
    if (load === this.#loads) this.showCaptions(this.#language);
  }

  async #loadNative(folder: string): Promise<void> {
    this.video.src = `${folder}master.m3u8`;
    this.video.currentTime = this.#second;
    await new Promise((loaded) => {
      this.video.addEventListener("loadedmetadata", loaded, { once: true });
    });
  }

  /** One engine, however many loads wait for it; where it could not be had, the next load tries anew. */
  #engine(): Promise<shaka.Player> {
    this.#starting ??= this.#startEngine().catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async #startEngine(): Promise<shaka.Player> {
    const { default: library } = await import("shaka-player");
    library.polyfill.installAll();
    const player = new library.Player();
    player.setVideoContainer(this.#captions);
    await player.attach(this.video);
    player.configure({
      streaming: {
        retryParameters: { maxAttempts: 6, baseDelay: 500, backoffFactor: 1.6, timeout: 15000 },
        bufferingGoal: 20,
        rebufferingGoal: 0.5,
      },
      abr: { defaultBandwidthEstimate: 8e6, restrictToElementSize: true },
    });
    player.addEventListener("error", (event) => {
      if (!isMended(event)) this.#tell("failure");
    });
    for (const name of ["trackschanged", "variantchanged", "adaptation", "textchanged"]) {
      player.addEventListener(name, () => this.#tell("change"));
    }
    this.#shaka = player;
    return player;
  }

  #tell(news: "start" | "change" | "failure"): void {
    this.dispatchEvent(new Event(news));
  }
}

function hasMediaSource(): boolean {
  return "MediaSource" in window || "ManagedMediaSource" in window;
}

/** Shaka's codes for a load that another load has overtaken. */
function isInterruption(error: unknown): boolean {
  const code = (error as { code?: number } | null)?.code;
  return code === 7000 || code === 7003;
}

/** Whether the engine goes on by itself after an error: severity 1 is "recoverable". */
function isMended(event: object): boolean {
  return (event as { detail?: { severity?: number } }).detail?.severity === 1;
}

function languageName(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
