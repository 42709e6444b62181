// The years of the map: one slider for all of them and for each, and a button that plays them.

import { button, make } from "../make";
import type { Filter } from "./filter";
import { YEARS } from "./record";
import type { Words } from "./screen";

/** Milliseconds that a year stays while the years are played. */
const LASTS = 1400;

export class YearSlider {
  readonly element: HTMLElement;
  readonly #input = make("input", {
    type: "range",
    min: "0",
    max: String(YEARS.length),
    step: "1",
  });
  readonly #text = make("output", { class: "mono" });
  readonly #play: HTMLButtonElement;
  readonly #words: Words;
  readonly #want: (change: Partial<Filter>) => void;
  #timer = 0;

  constructor(words: Words, want: (change: Partial<Filter>) => void) {
    this.#words = words;
    this.#want = want;
    this.#play = button(this.#say("play_years"), () => (this.#timer ? this.stop() : this.#start()));
    this.#input.addEventListener("input", () => {
      this.stop();
      want({ year: YEARS[this.#input.valueAsNumber - 1] ?? null });
    });
    const name = make("span", { class: "spoken" }, this.#say("year"));
    const label = make("label", {}, name, this.#input);
    this.element = make("div", { class: "figure-year" }, this.#play, label, this.#text);
  }

  show(year: number | null): void {
    const text = year === null ? this.#say("year_all") : String(year);
    this.#input.value = String(year === null ? 0 : year - YEARS[0] + 1);
    this.#input.setAttribute("aria-valuetext", text);
    this.#text.textContent = text;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#play.textContent = this.#say("play_years");
  }

  /** Each year in turn, and at last all of them. */
  #start(): void {
    const years: (number | null)[] = [...YEARS, null];
    const step = () => {
      const year = years.shift();
      if (year === undefined) this.stop();
      else this.#want({ year });
    };
    this.#timer = window.setInterval(step, LASTS);
    this.#play.textContent = this.#say("stop_years");
    step();
  }

  #say(name: string): string {
    return this.#words[name] ?? name;
  }
}
