// Screen E: the whole list, beside it a map, the years and the great collections; one filter for all.

import type { Deck } from "../deck";
import { Signal, type Stop } from "../signal";
import { fill } from "../story";
import { FigureSide } from "./figure-side";
import { ALL, count, type Filter, matcher } from "./filter";
import { FilterForm } from "./filter-form";
import { List } from "./list";
import { button, iconButton, make } from "./make";
import { Notes } from "./notes";
import { type Figures, PANELS, type PanelName, type Pick } from "./panels";
import { type Asked, type Downloads, YEARS } from "./record";
import { at, type Cues, passed } from "./scenes";
import type { Screen, Words } from "./screen";
import { csvOf, saveText } from "./table";

/** On a narrow screen the list is one of the views; on a wide one it stands beside them. */
type View = PanelName | "list";
const VIEWS: readonly View[] = ["list", ...PANELS];

/** Milliseconds of rest after which the marks beside the list are drawn anew: they measure it whole. */
const MARK_AFTER = 250;

export class Explorer implements Screen {
  readonly element: HTMLElement;
  readonly #filter = new Signal<Filter>(ALL);
  readonly #record: Downloads;
  readonly #cues: Cues;
  readonly #words: Words;
  readonly #list: List;
  readonly #notes: Notes;
  readonly #form: FilterForm;
  readonly #side: FigureSide;
  readonly #tabs: ReadonlyMap<View, HTMLButtonElement>;
  readonly #reading = make("p", { class: "list-reading mono" });
  readonly #found = make("p", { class: "list-found mono", role: "status" });
  readonly #stopFollowing: Stop;
  #shown: Asked[] = [];
  #year: number = YEARS[0];
  #updating = 0;
  #marking = 0;
  /** Whether the viewer has taken the list in hand, so that the narration leads it no more. */
  #free = false;

  constructor(
    record: Downloads,
    figures: Figures,
    deck: Deck,
    media: string,
    cues: Cues,
    words: Words,
  ) {
    this.#record = record;
    this.#cues = cues;
    this.#words = words;
    const want = (change: Partial<Filter>) => this.#want(change);
    this.#notes = new Notes(record, deck, media, words);
    this.#form = new FilterForm(countriesOf(record), words, want);
    const point = (slugs: readonly string[]) => this.#point(slugs);
    this.#side = new FigureSide(record, figures, words, {
      want,
      point,
      pick: (pick) => this.#pick(pick),
      find: (slugs) => this.#find(slugs),
    });
    this.#list = new List(record.asked, words, {
      point,
      ask: (slug) => this.#notes.ask(slug),
      read: (year, number) => this.#read(year, number),
    });
    this.#tabs = new Map(VIEWS.map((view) => [view, this.#tab(view)]));
    this.element = this.#assemble();
    this.#stopFollowing = this.#filter.follow((filter) => this.#apply(filter));
    this.#view("world");
    this.#read(YEARS[0], 0);
  }

  draw(second: number): void {
    this.element.toggleAttribute("data-map", passed(second, this.#cues, "map"));
    if (!this.#free) this.#list.lead(second - at(this.#cues, "list"));
  }

  leave(): void {
    this.#free = false;
    this.#side.years.stop();
    this.#notes.close();
  }

  close(): void {
    this.leave();
    this.#stopFollowing();
    cancelAnimationFrame(this.#updating);
    clearTimeout(this.#marking);
    this.#side.close();
  }

  #say(name: string): string {
    return this.#words[name] ?? name;
  }

  // --- what the viewer wants ----------------------------------------------------------------

  #want(change: Partial<Filter>): void {
    this.#free = true;
    this.#filter.value = { ...this.#filter.value, ...change };
  }

  /** A point of a figure: pressed once it filters, pressed again it lets go. */
  #pick(wanted: Pick): void {
    const now = this.#filter.value;
    const names = Object.keys(wanted) as (keyof Pick)[];
    const again = names.every((name) => now[name] === wanted[name]);
    this.#want(again ? Object.fromEntries(names.map((name) => [name, ALL[name]])) : wanted);
  }

  /** Names of one city are lit together; a note is of one name. */
  #point(slugs: readonly string[]): void {
    const [slug = null] = slugs;
    this.#notes.point(slugs.length === 1 ? slug : null);
    this.#list.light(slugs);
    this.#side.light(slugs);
  }

  #find(slugs: readonly string[]): void {
    const [slug] = slugs;
    if (!slug) return;
    this.#free = true;
    this.#notes.ask(slug);
    this.#list.light(slugs);
    this.#list.find(slug);
  }

  #apply(filter: Filter): void {
    this.#shown = this.#list.show(matcher(filter));
    this.#found.textContent = fill(this.#say("list_found"), {
      count: this.#shown.length.toLocaleString("en"),
      all: this.#record.asked.length.toLocaleString("en"),
    });
    this.#form.show(filter);
    this.#side.years.show(filter.year);
    // The figure follows in the next frame, however many changes come in this one.
    cancelAnimationFrame(this.#updating);
    this.#updating = requestAnimationFrame(() => void this.#side.update(count(this.#shown)));
    clearTimeout(this.#marking);
    this.#marking = window.setTimeout(() => this.#list.mark(), MARK_AFTER);
  }

  #read(year: number, number: number): void {
    this.#year = year;
    const count = number.toLocaleString("en");
    this.#reading.textContent = fill(this.#say("list_reading"), { year, count });
  }

  #goBy(years: number): void {
    this.#free = true;
    const last = YEARS[YEARS.length - 1] ?? YEARS[0];
    this.#list.goTo(Math.min(Math.max(this.#year + years, YEARS[0]), last));
  }

  #view(view: View): void {
    for (const [one, tab] of this.#tabs) tab.setAttribute("aria-pressed", String(one === view));
    this.element.dataset["view"] = view;
    if (view !== "list") void this.#side.show(view);
  }

  #saveList(): void {
    const columns = ["year", "as_entered", "organisation", "kind", "country"] as const;
    const rows = this.#shown.map((one) => columns.map((column) => one[column]));
    saveText("requests.csv", csvOf({ caption: "", columns, rows, years: [0] }));
  }

  // --- the page -----------------------------------------------------------------------------

  #assemble(): HTMLElement {
    return make(
      "section",
      { class: "scene explorer", "data-scene": "list", "aria-label": this.#say("scene_list") },
      this.#head(),
      this.#form.element,
      make("nav", { class: "tabs", "aria-label": this.#say("views") }, ...this.#tabs.values()),
      this.#listSide(),
      this.#side.element,
      this.#notes.element,
    );
  }

  #tab(view: View): HTMLButtonElement {
    const look = { class: `tab-button tab-${view}`, "aria-pressed": "false" };
    return button(this.#say(`tab_${view}`), () => this.#view(view), look);
  }

  #head(): HTMLElement {
    const years = make(
      "div",
      { class: "list-years" },
      iconButton("before", this.#say("year_before"), () => this.#goBy(-1)),
      this.#reading,
      iconButton("next", this.#say("year_after"), () => this.#goBy(1)),
    );
    return make("header", { class: "list-head" }, make("h2", {}, this.#say("list_title")), years);
  }

  #listSide(): HTMLElement {
    const frame = make("div", { class: "list-frame" }, this.#list.element, this.#list.marks);
    const take = () => {
      this.#free = true;
    };
    for (const event of ["wheel", "pointerdown", "keydown"]) {
      frame.addEventListener(event, take, { passive: true });
    }
    const keep = button(this.#say("save_list"), () => this.#saveList(), {
      class: "button small quiet",
    });
    const foot = make("div", { class: "list-foot" }, this.#found, keep);
    return make("div", { class: "list-side" }, frame, foot);
  }
}

/** The countries of the list, by name. */
function countriesOf({ asked, countries }: Downloads): (readonly [string, string])[] {
  const codes = new Set(asked.map(({ country }) => country).filter((code) => code !== null));
  return [...codes]
    .map((code) => [code, countries[code] ?? code] as const)
    .sort(([, one], [, other]) => one.localeCompare(other));
}
