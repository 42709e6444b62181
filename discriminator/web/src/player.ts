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

/** Tells `change` when its choices do, and `failure` when its media cannot be had. */
export class Player extends EventTarget {
  readonly video: HTMLVideoElement;
  readonly #captions: HTMLElement;
  #shaka: shaka.Player | undefined;
  #folder: string | undefined;
  #language: string | null = null;

  constructor(screen: HTMLElement, captions: HTMLElement) {
    super();
    this.#captions = captions;
    this.video = document.createElement("video");
    this.video.playsInline = true;
    this.video.preload = "auto";
    this.video.tabIndex = -1;
    screen.replaceChildren(this.video);
  }

  /** Loads the stream in `folder` (an address that ends in `/`) and stands at second `at`. */
  async load(folder: string, at = 0): Promise<void> {
    this.#folder = folder;
    try {
      await (hasMediaSource() ? this.#loadDash(folder, at) : this.#loadNative(folder, at));
    } catch (error) {
      if (this.#folder === folder && !isInterruption(error)) this.#fail();
      return;
    }
    this.dispatchEvent(new Event("change"));
  }

  /** Loads again after a failure, where the viewer was. */
  async retry(): Promise<void> {
    if (this.#folder) await this.load(this.#folder, this.video.currentTime);
  }

  async unload(): Promise<void> {
    this.#folder = undefined;
    this.video.pause();
    await this.#shaka?.unload();
    this.dispatchEvent(new Event("change"));
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
    this.dispatchEvent(new Event("change"));
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
    this.dispatchEvent(new Event("change"));
  }

  /** One variant for each picture height, the tallest first. */
  #variants(): shaka.extern.Track[] {
    const tracks = (this.#shaka?.getVariantTracks() ?? []).filter(({ height }) => height);
    const byHeight = new Map(tracks.map((track) => [track.height, track]));
    for (const track of tracks) if (track.active) byHeight.set(track.height, track);
    return [...byHeight.values()].sort((one, other) => (other.height ?? 0) - (one.height ?? 0));
  }

  async #loadDash(folder: string, at: number): Promise<void> {
    const player = await this.#engine();
    await player.load(`${folder}manifest.mpd`, at);
    this.showCaptions(this.#language);
  }

  async #loadNative(folder: string, at: number): Promise<void> {
    this.video.src = `${folder}master.m3u8`;
    this.video.currentTime = at;
    await new Promise((loaded, failed) => {
      this.video.addEventListener("loadedmetadata", loaded, { once: true });
      this.video.addEventListener("error", failed, { once: true });
    });
  }

  async #engine(): Promise<shaka.Player> {
    if (this.#shaka) return this.#shaka;
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
      abr: { defaultBandwidthEstimate: 4e6, restrictToElementSize: true },
    });
    player.addEventListener("error", () => this.#fail());
    for (const name of ["trackschanged", "variantchanged", "adaptation", "textchanged"]) {
      player.addEventListener(name, () => this.dispatchEvent(new Event("change")));
    }
    this.#shaka = player;
    return player;
  }

  #fail(): void {
    this.dispatchEvent(new Event("failure"));
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

function languageName(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
