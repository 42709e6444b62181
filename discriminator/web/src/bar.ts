// The control bar: when it is open, and what its buttons do.

import { clock } from "./clock";
import type { Deck } from "./deck";
import { find, icon, label, part } from "./parts";
import type { Signal } from "./signal";
import { fill, type Story } from "./story";

/** What the film itself does when a button or a key says so. */
export interface Orders {
  next(): void;
  showKeys(): void;
}

/** Milliseconds between pointing at the dots and clicking them, for most hands. */
const HESITATION = 700;

export class Bar {
  readonly #film: HTMLElement;
  readonly #body: HTMLElement;
  readonly #dots: HTMLButtonElement;

  constructor(film: HTMLElement, deck: Deck, orders: Orders, idle: Signal<boolean>, story: Story) {
    this.#film = film;
    this.#body = part(film, "bar-body");
    this.#dots = part<HTMLButtonElement>(film, "dots");
    this.#wireOpening(idle);
    wireButtons(film, deck, orders);
    wireVideo(film, deck, story);
  }

  set open(open: boolean) {
    const held = this.#body.contains(document.activeElement);
    if (!open && held) this.#dots.focus();
    this.#film.toggleAttribute("data-bar", open);
    this.#dots.setAttribute("aria-expanded", String(open));
    this.#body.inert = !open;
  }

  get open(): boolean {
    return this.#film.hasAttribute("data-bar");
  }

  #wireOpening(idle: Signal<boolean>): void {
    let hovered = 0;
    this.#dots.addEventListener("click", ({ timeStamp }) => {
      // The hand that opened the bar by pointing may also click; that does not close it again.
      if (this.open && timeStamp - hovered < HESITATION) return;
      this.open = !this.open;
    });
    this.#dots.addEventListener("pointerenter", ({ pointerType, timeStamp }) => {
      if (pointerType !== "mouse" || this.open) return;
      hovered = timeStamp;
      this.open = true;
    });
    idle.listen((isIdle) => {
      if (isIdle) this.open = false;
    });
  }
}

function wireButtons(film: HTMLElement, deck: Deck, orders: Orders): void {
  const actions: Record<string, () => void> = {
    play: () => deck.togglePlay(),
    back: () => deck.seekBy(-10),
    forward: () => deck.seekBy(10),
    mute: () => deck.toggleMute(),
    fullscreen: () => deck.toggleFullscreen(),
    next: () => orders.next(),
    keys: () => orders.showKeys(),
  };
  for (const [name, act] of Object.entries(actions)) {
    control(film, name).addEventListener("click", act);
  }
  const volume = part<HTMLInputElement>(film, "volume");
  volume.addEventListener("input", () => deck.setVolume(volume.valueAsNumber / 100));
}

export function control(film: HTMLElement, name: string): HTMLButtonElement {
  return find<HTMLButtonElement>(film, `[data-control="${name}"]`);
}

/** Keeps icons, names and the clock in step with the video. */
function wireVideo(film: HTMLElement, { video }: Deck, story: Story): void {
  const say = (name: string) => story.words[name] ?? name;
  const play = control(film, "play");
  const showPlay = () => {
    const name = video.ended ? "replay" : video.paused ? "play" : "pause";
    icon(play, name);
    label(play, say(name));
  };
  for (const event of ["play", "pause", "ended", "seeked"]) video.addEventListener(event, showPlay);

  const mute = control(film, "mute");
  const volume = part<HTMLInputElement>(film, "volume");
  const showVolume = () => {
    const silent = video.muted || video.volume === 0;
    icon(mute, silent ? "muted" : "sound");
    label(mute, say(silent ? "unmute" : "mute"));
    volume.value = String(silent ? 0 : Math.round(video.volume * 100));
  };
  video.addEventListener("volumechange", showVolume);
  showVolume();

  const face = part(film, "clock");
  const showTime = () => {
    const times = { now: clock(video.currentTime), all: clock(video.duration) };
    face.textContent = video.duration ? fill(say("position_text"), times) : "";
  };
  for (const event of ["timeupdate", "durationchange"]) video.addEventListener(event, showTime);

  const fullscreen = control(film, "fullscreen");
  document.addEventListener("fullscreenchange", () => {
    const full = document.fullscreenElement !== null;
    icon(fullscreen, full ? "fullscreen-leave" : "fullscreen");
    label(fullscreen, say(full ? "fullscreen_leave" : "fullscreen"));
  });
}
