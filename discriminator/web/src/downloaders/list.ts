// All requests as one long text, in the words that were typed; the years stand between them.

import { make } from "../make";
import { type Asked, YEARS } from "./record";
import { calm, type Words } from "./screen";

/** Px below the top at which a line counts as being read. */
const READING = 72;
/** Px a second while the narration leads. */
const PACE = 46;

/** Milliseconds of rest after which the marks are drawn anew: they measure the whole list. */
const MARK_AFTER = 250;

export interface ListEvents {
  /** Somebody points at a notable name, or at none. */
  point(slugs: readonly string[]): void;
  /** Somebody asks for a notable name's note to stay. */
  ask(slug: string): void;
  /** Which year is read, and how many requests have gone by. */
  read(year: number, count: number): void;
}

export class List {
  readonly element: HTMLElement;
  readonly #items: readonly HTMLElement[];
  readonly #asked: readonly Asked[];
  readonly #blocks: ReadonlyMap<number, HTMLElement>;
  readonly #marks: HTMLElement;
  readonly #nothing: HTMLElement;
  readonly #events: ListEvents;
  readonly #resized = new ResizeObserver(() => this.#markSoon());
  /** How many requests of each year are shown. */
  #counts = new Map<number, number>();
  /** The year that is read. */
  #year: number = YEARS[0];
  #told = "";
  #marking = 0;

  constructor(asked: readonly Asked[], words: Words, events: ListEvents) {
    this.#asked = asked;
    this.#events = events;
    this.#items = asked.map((one) => itemOf(one));
    this.#blocks = new Map(YEARS.map((year) => [year, this.#block(year)]));
    this.#marks = make("div", { class: "list-marks", "aria-hidden": true });
    this.#nothing = make("p", { class: "list-nothing", hidden: true }, words["list_nothing"] ?? "");
    this.element = make(
      "div",
      {
        class: "list own-pointer",
        tabindex: "0",
        role: "region",
        "aria-label": words["list"] ?? "",
      },
      ...this.#blocks.values(),
      this.#nothing,
    );
    this.#wire();
  }

  close(): void {
    this.#resized.disconnect();
    clearTimeout(this.#marking);
  }

  /** Marks beside the list: where the notable names are. */
  get marks(): HTMLElement {
    return this.#marks;
  }

  /** Shows the requests that fit, and says how many they are. */
  show(fits: (asked: Asked) => boolean): Asked[] {
    const shown: Asked[] = [];
    this.#asked.forEach((one, index) => {
      const fitting = fits(one);
      if (fitting) shown.push(one);
      const item = this.#items[index];
      if (item && item.hidden === fitting) item.hidden = !fitting;
    });
    this.#counts = new Map();
    for (const { year } of shown) this.#counts.set(year, (this.#counts.get(year) ?? 0) + 1);
    for (const [year, block] of this.#blocks) block.hidden = !this.#counts.has(year);
    this.#nothing.hidden = shown.length > 0;
    this.#tellReading();
    this.#markSoon();
    return shown;
  }

  /** Scrolls by so many of the years that are shown. */
  goBy(years: number): void {
    const shown = [...this.#counts.keys()];
    const to = Math.min(Math.max(shown.indexOf(this.#year) + years, 0), shown.length - 1);
    const top = this.#blocks.get(shown[to] ?? 0)?.offsetTop;
    if (top !== undefined) this.element.scrollTo({ top, behavior: calm() ? "instant" : "smooth" });
  }

  /** Stands where the narration has brought the list after so many seconds. */
  lead(seconds: number): void {
    this.element.scrollTop = calm() ? 0 : Math.max(seconds, 0) * PACE;
  }

  /** Lights notable names wherever they stand. */
  light(slugs: readonly string[]): void {
    for (const name of this.element.querySelectorAll<HTMLElement>("[data-notable]")) {
      name.toggleAttribute("data-lit", slugs.includes(name.dataset["notable"] ?? ""));
    }
  }

  /** Brings the first request with a notable name that is shown into view. */
  find(slug: string): void {
    const name = this.#names.find(({ dataset }) => dataset["notable"] === slug);
    name?.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
  }

  /** Notable names as they are shown. */
  get #names(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>("li:not([hidden]) > [data-notable]")];
  }

  /** Draws the marks anew in a while; after a filter or a resize they stand elsewhere. */
  #markSoon(): void {
    clearTimeout(this.#marking);
    this.#marking = window.setTimeout(() => this.#mark(), MARK_AFTER);
  }

  #mark(): void {
    const { scrollHeight } = this.element;
    const places = this.#names.map(({ offsetTop }) => offsetTop / (scrollHeight || 1));
    this.#marks.replaceChildren(
      ...places.map((place) => make("i", { style: `top: ${(place * 100).toFixed(2)}%` })),
    );
  }

  #block(year: number): HTMLElement {
    const mine = this.#items.filter((_, index) => this.#asked[index]?.year === year);
    return make(
      "section",
      { "data-year": year, "aria-label": String(year) },
      make("h3", {}, String(year)),
      make("ol", {}, ...mine),
    );
  }

  #wire(): void {
    const list = this.element;
    const slugAt = (event: Event) =>
      (event.target as Element).closest<HTMLElement>("[data-notable]")?.dataset["notable"] ?? null;
    const point = (event: Event) => {
      const slug = slugAt(event);
      this.#events.point(slug ? [slug] : []);
    };
    list.addEventListener("pointerover", point);
    list.addEventListener("pointerleave", () => this.#events.point([]));
    list.addEventListener("focusin", point);
    list.addEventListener("focusout", () => this.#events.point([]));
    list.addEventListener("click", (event) => {
      const slug = slugAt(event);
      if (slug) this.#events.ask(slug);
    });
    // These scroll the list; the film would jump to another second.
    list.addEventListener("keydown", (event) => {
      if (event.target === list && /^Arrow|^Page|^Home$|^End$/.test(event.key))
        event.stopPropagation();
    });
    list.addEventListener("scroll", () => this.#tellReading(), { passive: true });
    for (const block of this.#blocks.values()) this.#resized.observe(block);
  }

  #tellReading(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    if (!clientHeight) return;
    const line = scrollTop + READING;
    let before = 0;
    let year: number = YEARS[0];
    let count = 0;
    for (const [one, block] of this.#blocks) {
      if (block.hidden || block.offsetTop > line) continue;
      const mine = this.#counts.get(one) ?? 0;
      const read = Math.min((line - block.offsetTop) / (block.offsetHeight || 1), 1);
      year = one;
      count = before + Math.floor(mine * read);
      before += mine;
    }
    const atEnd = scrollTop + clientHeight >= scrollHeight - 2;
    if (atEnd) {
      year = [...this.#counts.keys()].at(-1) ?? year;
      count = [...this.#counts.values()].reduce((sum, one) => sum + one, 0);
    }
    this.#year = year;
    const told = `${year} ${count}`;
    if (told !== this.#told) this.#events.read(year, count);
    this.#told = told;
  }
}

function itemOf({ as_entered, notable, kind }: Asked): HTMLElement {
  if (!notable) return make("li", { "data-kind": kind }, as_entered);
  const name = make("button", { type: "button", "data-notable": notable }, as_entered);
  return make("li", { "data-kind": kind }, name);
}
