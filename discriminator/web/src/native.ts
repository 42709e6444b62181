// HLS as the browser itself plays it: on iPhones, whose full screen shows nothing else.

import { type Choice, type Engine, type News, soundId, trackName } from "./engine";

/** What Safari adds to a video. */
interface Track {
  readonly language: string;
  readonly label: string;
  enabled: boolean;
}
interface HeardVideo extends HTMLVideoElement {
  readonly audioTracks?: EventTarget & Iterable<Track>;
}

export class Native implements Engine {
  readonly #video: HeardVideo;
  readonly #tell: (news: News) => void;
  #language: string | null = null;
  #sound: string | null = null;
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
    this.#video.audioTracks?.addEventListener("addtrack", () => this.playSound(this.#sound));
    this.#video.audioTracks?.addEventListener("change", () => tell("change"));
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
      label: trackName(label, language),
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

  get sounds(): Choice[] {
    const tracks = [...(this.#video.audioTracks ?? [])];
    if (tracks.length < 2) return [];
    return tracks.map((track) => ({
      id: soundId(track),
      label: trackName(track.label, track.language),
      active: track.enabled,
    }));
  }

  playSound(id: string | null): void {
    this.#sound = id;
    const tracks = [...(this.#video.audioTracks ?? [])];
    if (tracks.some((track) => soundId(track) === id)) {
      for (const track of tracks) track.enabled = soundId(track) === id;
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
