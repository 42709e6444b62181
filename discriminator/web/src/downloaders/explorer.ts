// Screen E: the whole list, beside it a map, the years and the great collections; one filter for all.

import type { Deck } from "../deck";
import { language } from "../language";
import { button, iconButton, make } from "../make";
import { saveText } from "../saving";
import { Signal, type Stop } from "../signal";
import { fill } from "../story";
import { FigureSide } from "./figure-side";
import { ALL, count, type Filter, matcher, UNPLACED } from "./filter";
import { FilterForm } from "./filter-form";
import { List } from "./list";
import { Notes } from "./notes";
import { type Figures, PANELS, type PanelName, type Pick } from "./panels";
import { type Asked, type Downloads, YEARS } from "./record";
import { at, type Cues, passed } from "./scenes";
import type { Screen, Words } from "./screen";
import { csvOf } from "./table";

/** On a narrow screen the list is one of the views; on a wide one it stands beside them. */
type View = PanelName | "list";
const VIEWS: readonly View[] = ["list", ...PANELS];

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
  #updating = 0;
  /** Whether the viewer has taken the list in hand, so that the narration leads it no more. */
  #free = false;
  /** Whether the viewer has chosen a view, so that the narration chooses none. */
  #chosen = false;

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
    const nowhere = [UNPLACED, this.#say("country_none")] as const;
    this.#form = new FilterForm([nowhere, ...countriesOf(record)], words, want);
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
    this.#view("world"); // so that it is drawn when the narration comes to it
    this.#view("list");
    this.#read(YEARS[0], 0);
  }

  draw(second: number): void {
    this.#open(this.#chosen || passed(second, this.#cues, "map"));
    if (!this.#free) this.#list.lead(second - at(this.#cues, "list"));
  }

  leave(): void {
    this.#side.years.stop();
    this.#side.showFigure();
    this.#notes.close();
    this.#filter.value = ALL;
    this.#free = false;
    this.#chosen = false;
    this.#open(false);
  }

  close(): void {
    this.leave();
    this.#stopFollowing();
    cancelAnimationFrame(this.#updating);
    this.#list.close();
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
    // On a narrow screen the list is another view.
    if (!this.#list.element.checkVisibility({ visibilityProperty: true })) this.#choose("list");
    this.#notes.ask(slug);
    this.#list.light(slugs);
    this.#list.find(slug);
  }

  #apply(filter: Filter): void {
    this.#shown = this.#list.show(matcher(filter));
    this.#found.textContent = fill(this.#say("list_found"), {
      count: this.#shown.length.toLocaleString(language()),
      all: this.#record.asked.length.toLocaleString(language()),
    });
    this.#form.show(filter);
    this.#side.years.show(filter.year);
    // The figure follows in the next frame, however many changes come in this one.
    cancelAnimationFrame(this.#updating);
    this.#updating = requestAnimationFrame(() => void this.#side.update(count(this.#shown)));
  }

  #read(year: number, number: number): void {
    const count = number.toLocaleString(language());
    this.#reading.textContent = fill(this.#say("list_reading"), { year, count });
  }

  #goBy(years: number): void {
    this.#free = true;
    this.#list.goBy(years);
  }

  /** The list is alone until the narration names the map, or the viewer wants to see more. */
  #open(open: boolean): void {
    if (open === this.element.hasAttribute("data-map")) return;
    this.element.toggleAttribute("data-map", open);
    if (!this.#chosen) this.#view(open ? "world" : "list");
  }

  #choose(view: View): void {
    this.#chosen = true;
    this.#open(true);
    this.#view(view);
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
    // Beside the fields, where every view shows it and no note lies on it.
    this.#form.element.append(this.#found);
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
    return button(this.#say(`tab_${view}`), () => this.#choose(view), look);
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
    const foot = make("div", { class: "list-foot" }, keep);
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
