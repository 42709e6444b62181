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
  /** Plays slower (-1) or faster (1), and says how fast. */
  pace(by: -1 | 1): void;
}

/** Milliseconds between pointing at the dots and clicking them, for most hands. */
const HESITATION = 700;

export class Bar {
  readonly #film: HTMLElement;
  readonly #deck: Deck;
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
    this.#deck = deck;
    this.#body = part(film, "bar-body");
    this.#dots = part<HTMLButtonElement>(film, "dots");
    this.#wireOpening(idle);
    wireButtons(film, deck, orders);
    wireVideo(film, deck, story);
    wireFullscreen(film, story, until);
    wirePicture(film, deck, story);
  }

  /** The bar belongs to chapters and their covers; below a cover there is nothing to play yet. */
  show(place: Place): void {
    part(this.#film, "bar").hidden = !("chapter" in place);
    for (const name of ["play", "back", "forward", "picture"]) {
      control(this.#film, name).disabled = place.page === "cover";
    }
    if (place.page !== "chapter" && this.#deck.floats) this.#deck.toggleFloating();
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
    picture: () => deck.toggleFloating(),
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
function wireVideo(film: HTMLElement, deck: Deck, story: Story): void {
  const { video } = deck;
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
    const silent = video.muted || deck.volume === 0;
    icon(mute, silent ? "muted" : "sound");
    label(mute, say(silent ? "unmute" : "mute"));
    volume.value = String(silent ? 0 : Math.round(deck.volume * 100));
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

/** Only where browser and chapter have such a picture: one that the page draws cannot leave it. */
function wirePicture(film: HTMLElement, deck: Deck, story: Story): void {
  const button = control(film, "picture");
  const show = () => {
    button.hidden = !deck.canFloat;
    const name = deck.floats ? "picture_leave" : "picture";
    icon(button, name.replace("_", "-"));
    label(button, story.words[name] ?? name);
    if (deck.floats && !deck.canFloat) deck.toggleFloating();
  };
  const news = ["loadedmetadata", "emptied", "enterpictureinpicture", "leavepictureinpicture"];
  for (const event of news) deck.video.addEventListener(event, show);
  show();
}
