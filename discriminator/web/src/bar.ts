// The control bar: when it is open, and what its buttons do.

import { clock } from "./clock";
import type { Deck } from "./deck";
import { find, icon, label, part } from "./parts";
import type { Place } from "./places";
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

  constructor(
    film: HTMLElement,
    deck: Deck,
    orders: Orders,
    idle: Signal<boolean>,
    story: Story,
    until: AbortSignal,
  ) {
    this.#film = film;
    this.#body = part(film, "bar-body");
    this.#dots = part<HTMLButtonElement>(film, "dots");
    this.#wireOpening(idle);
    wireButtons(film, deck, orders);
    wireVideo(film, deck, story);
    wireFullscreen(film, story, until);
  }

  /** The bar belongs to chapters and their covers; below a cover there is nothing to play yet. */
  show(place: Place): void {
    part(this.#film, "bar").hidden = !("chapter" in place);
    for (const name of ["play", "back", "forward"]) {
      control(this.#film, name).disabled = place.page === "cover";
    }
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
    let hovered = Number.NEGATIVE_INFINITY;
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
}

function wireFullscreen(film: HTMLElement, story: Story, until: AbortSignal): void {
  const button = control(film, "fullscreen");
  const show = () => {
    const name = document.fullscreenElement ? "fullscreen_leave" : "fullscreen";
    icon(button, name.replace("_", "-"));
    label(button, story.words[name] ?? name);
  };
  document.addEventListener("fullscreenchange", show, { signal: until });
}
