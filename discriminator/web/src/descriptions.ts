// What a chapter only shows, in words: a screen reader speaks them as the film comes to them.

import type { Memory } from "./memory";
import { part } from "./parts";
import type { Chapter } from "./story";

export class Descriptions {
  readonly #line: HTMLElement;
  readonly #video: HTMLVideoElement;
  readonly #memory: Memory;
  readonly #media: string;
  /** Below the media, the file that describes the chapter on stage. */
  #file: string | null = null;
  #track: HTMLTrackElement | undefined;

  /** @param media the address below which the film's media lies, with a slash at its end. */
  constructor(film: HTMLElement, video: HTMLVideoElement, memory: Memory, media: string) {
    this.#line = part(film, "described");
    this.#video = video;
    this.#memory = memory;
    this.#media = media;
  }

  /** Whether the chapter on stage is described. */
  get offered(): boolean {
    return this.#file !== null;
  }

  get on(): boolean {
    return this.#memory.get("descriptions");
  }

  turn(on: boolean): void {
    this.#memory.set("descriptions", on);
    this.#read();
  }

  /** Describes a chapter, or nothing. */
  show(chapter: Chapter | undefined): void {
    const file = chapter?.described ?? null;
    if (file === this.#file) return;
    this.#file = file;
    this.#read();
  }

  /** A track that the browser reads keeps time by itself, however the film is sought and paced. */
  #read(): void {
    this.#track?.remove();
    this.#track = undefined;
    this.#line.textContent = "";
    if (!this.#file || !this.on) return;
    const element = document.createElement("track");
    element.kind = "descriptions";
    element.src = this.#media + this.#file;
    this.#video.append(element);
    this.#track = element;
    const { track } = element;
    track.mode = "hidden"; // read, and drawn by nobody
    track.addEventListener("cuechange", () => {
      if (this.#track === element) this.#say(track);
    });
  }

  #say({ activeCues }: TextTrack): void {
    const cues = [...(activeCues ?? [])] as VTTCue[];
    this.#line.textContent = cues.map(({ text }) => text).join(" ");
  }
}
