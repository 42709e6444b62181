// What the bar, the keys and a click on the picture ask of the media that is on stage.

import type { Memory } from "./memory";
import { icon, part } from "./parts";
import { Player } from "./player";
import { besides } from "./rates";

/** Share of the viewer's volume while something else speaks. */
const SOFT = 0.15;

/** What Safari adds to a video. */
interface FillingVideo extends HTMLVideoElement {
  webkitEnterFullscreen?(): void;
}

export class Deck {
  readonly player: Player;
  readonly video: HTMLVideoElement;
  readonly #film: HTMLElement;
  readonly #memory: Memory;
  /** The viewer's volume while the chapter is ducked. */
  #loud: number | undefined;

  constructor(film: HTMLElement, memory: Memory) {
    this.#film = film;
    this.#memory = memory;
    this.player = new Player(part(film, "screen"), part(film, "captions"));
    this.video = this.player.video;
    this.#remember();
    this.#showWaiting();
    this.#showFailure();
    this.#showStillness();
    part(film, "screen").addEventListener("click", () => this.togglePlay());
  }

  /** Whether a chapter is on stage, so that there is something to play. */
  get hasMedia(): boolean {
    return this.#film.dataset["page"]?.startsWith("chapter") === true;
  }

  play(): void {
    this.player.play();
  }

  pause(): void {
    this.player.pause();
  }

  togglePlay(): void {
    if (this.video.paused) this.play();
    else this.pause();
  }

  /** How fast the film plays; the element itself says 0 while it waits for its media. */
  get rate(): number {
    return this.video.defaultPlaybackRate;
  }

  setRate(rate: number): void {
    this.#memory.set("rate", rate);
    // What is loaded later begins at the default.
    this.video.defaultPlaybackRate = rate;
    this.video.playbackRate = rate;
  }

  changeRate(by: -1 | 1): void {
    this.setRate(besides(this.rate, by));
  }

  /** What the viewer chose, from 0 to 1, also while the chapter is ducked. */
  get volume(): number {
    return this.#loud ?? this.video.volume;
  }

  toggleMute(): void {
    this.video.muted = !this.video.muted;
  }

  /** @param volume from 0 to 1; silence mutes, so that the Mute button can bring the sound back. */
  setVolume(volume: number): void {
    const percent = Math.round(Math.min(Math.max(volume, 0), 1) * 100);
    this.video.muted = percent === 0;
    if (!percent) return;
    if (this.#loud !== undefined) this.#loud = percent / 100;
    this.video.volume = this.#loud === undefined ? percent / 100 : this.#loud * SOFT;
  }

  /** Lets the chapter speak softly while something else speaks; the viewer's own volume stays known. */
  duck(soft: boolean): void {
    if (soft === (this.#loud !== undefined)) return;
    const { volume } = this;
    this.#loud = soft ? volume : undefined;
    this.video.volume = soft ? volume * SOFT : volume;
  }

  seekBy(seconds: number): void {
    const { currentTime, duration } = this.video;
    if (duration) this.video.currentTime = Math.min(Math.max(currentTime + seconds, 0), duration);
  }

  toggleCaptions(): void {
    const tracks = this.player.captions;
    if (!tracks.length) return;
    const on = tracks.some(({ active }) => active);
    this.showCaptions(on ? null : (tracks[0]?.id ?? null));
  }

  showCaptions(language: string | null): void {
    this.#memory.set("captions", language);
    this.player.showCaptions(language);
  }

  toggleFullscreen(): void {
    const turn = document.fullscreenElement
      ? document.exitFullscreen()
      : this.#film.requestFullscreen?.();
    // iPhones fill their screen with a video and with nothing else.
    if (!turn) (this.video as FillingVideo).webkitEnterFullscreen?.();
    // A browser may refuse, in a frame for instance; the film goes on in its place.
    void turn?.catch(() => undefined);
  }

  /** Whether the picture can leave the page for a window of its own. */
  get canFloat(): boolean {
    return document.pictureInPictureEnabled === true && this.video.videoWidth > 0;
  }

  get floats(): boolean {
    return document.pictureInPictureElement === this.video;
  }

  toggleFloating(): void {
    const turn = this.floats
      ? document.exitPictureInPicture()
      : this.video.requestPictureInPicture();
    // A browser may refuse; the picture stays in the page.
    void turn.catch(() => undefined);
  }

  #remember(): void {
    this.setRate(this.#memory.get("rate"));
    this.video.volume = this.#memory.get("volume");
    this.video.muted = this.#memory.get("muted");
    this.player.showCaptions(this.#memory.get("captions"));
    this.video.addEventListener("volumechange", () => {
      this.#memory.set("volume", this.volume);
      this.#memory.set("muted", this.video.muted);
    });
  }

  /** Says that the media is late, also while the controls are hidden. */
  #showWaiting(): void {
    const busy = part(this.#film, "busy");
    const show = (waiting: boolean) => () => {
      busy.hidden = !waiting;
    };
    for (const event of ["waiting", "seeking", "loadstart"]) {
      this.video.addEventListener(event, show(true));
    }
    for (const event of ["playing", "canplay", "seeked", "emptied"]) {
      this.video.addEventListener(event, show(false));
    }
  }

  /** A sign on the picture while it stands still, for whoever pressed it or has to begin. */
  #showStillness(): void {
    const still = part(this.#film, "still");
    const show = () => {
      icon(still, this.video.ended ? "replay" : "play");
      still.hidden = !this.video.paused || !this.player.ready;
    };
    for (const event of ["play", "pause", "ended", "seeked"]) {
      this.video.addEventListener(event, show);
    }
    for (const event of ["start", "change", "failure"]) this.player.addEventListener(event, show);
  }

  #showFailure(): void {
    const failure = part(this.#film, "failure");
    const show = (failed: boolean) => () => {
      failure.hidden = !failed;
      if (failed) part(this.#film, "busy").hidden = true;
    };
    this.player.addEventListener("failure", show(true));
    this.player.addEventListener("start", show(false));
    // A line that is back brings the media with it.
    this.video.addEventListener("canplay", show(false));
    part(this.#film, "retry").addEventListener("click", () => {
      void this.player.retry();
      if (this.hasMedia) this.play();
    });
  }
}
