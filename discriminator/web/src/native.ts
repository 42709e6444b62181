// HLS as the browser itself plays it: on iPhones, whose full screen shows nothing else.

import { type Choice, captionName, type Engine, type News } from "./engine";

export class Native implements Engine {
  readonly #video: HTMLVideoElement;
  readonly #tell: (news: News) => void;
  #language: string | null = null;
  /** Line and screen decide; such browsers let nobody else. */
  readonly qualities: Choice[] = [];

  constructor(video: HTMLVideoElement, tell: (news: News) => void) {
    this.#video = video;
    this.#tell = tell;
    video.addEventListener("error", () => {
      if (video.hasAttribute("src")) tell("failure");
    });
    // Its tracks come one by one, after the rest; and full screen has a menu of its own for them.
    video.textTracks.addEventListener("addtrack", () => this.showCaptions(this.#language));
    video.textTracks.addEventListener("change", () => this.#follow());
  }

  async load(folder: string, at: number): Promise<void> {
    this.#video.src = `${folder}master.m3u8`;
    await new Promise((loaded) => {
      this.#video.addEventListener("loadedmetadata", loaded, { once: true });
    });
    if (at) this.#video.currentTime = at;
  }

  async unload(): Promise<void> {
    if (!this.#video.hasAttribute("src")) return;
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  async destroy(): Promise<void> {
    await this.unload();
  }

  get captions(): Choice[] {
    return this.#tracks().map(({ language, label, mode }) => ({
      id: language,
      label: captionName(label, language),
      active: mode === "showing",
    }));
  }

  showCaptions(language: string | null): void {
    this.#language = language;
    for (const track of this.#tracks()) {
      track.mode = track.language === language ? "showing" : "disabled";
    }
    this.#tell("change");
  }

  showQuality(): void {}

  #follow(): void {
    const tracks = this.#tracks();
    if (!tracks.length) return;
    this.#language = tracks.find(({ mode }) => mode === "showing")?.language ?? null;
    this.#tell("change");
  }

  #tracks(): TextTrack[] {
    const all = [...this.#video.textTracks];
    return all.filter(({ kind }) => kind === "captions" || kind === "subtitles");
  }
}
