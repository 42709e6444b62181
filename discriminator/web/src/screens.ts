// What a chapter shows instead of a picture. The code of such screens comes with their chapter.

import type { Deck } from "./deck";
import { button, make } from "./make";
import { part } from "./parts";
import type { Stop } from "./signal";
import type { Chapter, Story } from "./story";

/** What screens are drawn into and driven by. */
export interface Setting {
  readonly place: HTMLElement;
  readonly deck: Deck;
  readonly chapter: Chapter;
  readonly words: Readonly<Record<string, string>>;
  /** The address below which the film's media lies, with a slash at its end. */
  readonly media: string;
}

/** Draws until it is told to stop. */
export type Opener = (setting: Setting) => Promise<Stop>;

const OPENERS: Readonly<Record<string, () => Promise<{ open: Opener }>>> = {
  downloaders: () => import("./downloaders/chapter"),
};

export class Screens {
  readonly #film: HTMLElement;
  readonly #place: HTMLElement;
  readonly #deck: Deck;
  readonly #story: Story;
  readonly #root: string;
  #shown: Chapter | undefined;
  #stop: Stop | undefined;
  /** Counts openings: a slow one that another has overtaken is closed as it comes. */
  #openings = 0;

  constructor(film: HTMLElement, deck: Deck, story: Story, root: string) {
    this.#film = film;
    this.#place = part(film, "screens");
    this.#deck = deck;
    this.#story = story;
    this.#root = root;
    this.#place.addEventListener("click", (event) => {
      const target = event.target as Element;
      // A press between the things on a screen is a press on the picture.
      if (!target.closest("button, a, input, select, [tabindex], .own-pointer")) deck.togglePlay();
    });
  }

  /** Shows the screens of a chapter, or none. */
  show(chapter: Chapter | undefined): void {
    const wanted = chapter?.screens ? chapter : undefined;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#openings += 1;
    this.#stop?.();
    this.#stop = undefined;
    this.#place.replaceChildren();
    this.#place.hidden = !wanted;
    this.#film.toggleAttribute("data-screens", Boolean(wanted));
    if (wanted) void this.#open(wanted, this.#openings);
  }

  async #open(chapter: Chapter, opening: number): Promise<void> {
    const kind = chapter.screens ?? "";
    try {
      const opener = await OPENERS[kind]?.();
      const stop = await opener?.open({
        place: this.#place,
        deck: this.#deck,
        chapter,
        words: this.#story.screens[kind] ?? {},
        media: `${this.#root}media/`,
      });
      if (opening === this.#openings) this.#stop = stop;
      else stop?.();
    } catch (error) {
      console.warn(error);
      if (opening === this.#openings) this.#fail(chapter);
    }
  }

  /** Says that the screens could not be had; the sound plays on. */
  #fail(chapter: Chapter): void {
    const { words } = this.#story;
    const tryAgain = () => {
      this.#shown = undefined;
      this.show(chapter);
    };
    const again = button(words["media_retry"] ?? "", tryAgain, { class: "button primary" });
    const sentence = make("p", {}, words["media"] ?? "");
    this.#place.replaceChildren(make("div", { class: "failure", role: "alert" }, sentence, again));
  }
}
