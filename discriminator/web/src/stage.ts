// Changes pages: the old one fades, the new one comes, and of many hurried wishes the last wins.

import { find } from "./parts";
import { nameOf, type Place, samePlace } from "./places";

/** Milliseconds of each half of a page change; the style says the same to the browser. */
export const FADE = 450;

export class Stage {
  readonly #film: HTMLElement;
  readonly #main: HTMLElement;
  readonly #swap: (place: Place) => void;
  #shown: Place;
  #wanted: Place;
  #changing: Promise<void> | undefined;

  /** @param swap is called between the two halves, while nothing can be seen. */
  constructor(film: HTMLElement, first: Place, swap: (place: Place) => void) {
    this.#film = film;
    this.#main = find(film, "main");
    this.#swap = swap;
    this.#shown = first;
    this.#wanted = first;
    this.#put(first);
  }

  /** The place that was asked for last, whether or not its page is there yet. */
  get wanted(): Place {
    return this.#wanted;
  }

  /** Resolves when the page that was wanted last is there. */
  show(place: Place): Promise<void> {
    this.#wanted = place;
    this.#changing ??= this.#change();
    return this.#changing;
  }

  async #change(): Promise<void> {
    // Not before `show` has kept the promise: where nothing is to change, this ends at once.
    await undefined;
    try {
      while (!samePlace(this.#wanted, this.#shown)) await this.#exchange();
    } finally {
      this.#changing = undefined;
    }
  }

  async #exchange(): Promise<void> {
    await this.#fade("out");
    this.#shown = this.#wanted;
    this.#put(this.#shown);
    this.#main.focus({ preventScroll: true });
    await this.#fade("in");
  }

  #put(place: Place): void {
    const view = place.page === "cover" ? "chapter" : place.page;
    for (const page of this.#film.querySelectorAll<HTMLElement>("[data-view]")) {
      page.hidden = page.dataset["view"] !== view;
    }
    this.#film.dataset["page"] = nameOf(place);
    this.#swap(place);
  }

  async #fade(way: "in" | "out"): Promise<void> {
    this.#film.dataset["change"] = way;
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
      await new Promise((done) => setTimeout(done, FADE));
    }
    if (way === "in") delete this.#film.dataset["change"];
  }
}
