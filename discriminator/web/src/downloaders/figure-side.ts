// The figures beside the list: one at a time, as a picture or as a table, to look at and to keep.

import { language } from "../language";
import { button, make } from "../make";
import { save, saveText } from "../saving";
import { fill } from "../story";
import { type Counts, count, type Filter, UNPLACED } from "./filter";
import {
  drawPanel,
  type Figures,
  PANELS,
  type Panel,
  type PanelAsks,
  type PanelName,
  tableOf,
} from "./panels";
import type { Downloads } from "./record";
import type { Words } from "./screen";
import { csvOf, type Table, tableElement } from "./table";
import { YearSlider } from "./year-slider";

export interface Asks extends PanelAsks {
  want(change: Partial<Filter>): void;
}

export class FigureSide {
  readonly element: HTMLElement;
  readonly years: YearSlider;
  readonly #record: Downloads;
  readonly #figures: Figures;
  readonly #words: Words;
  readonly #asks: PanelAsks;
  readonly #places: ReadonlyMap<PanelName, HTMLElement>;
  readonly #panels = new Map<PanelName, Promise<Panel>>();
  readonly #table = make("div", {
    class: "figure-table own-pointer",
    tabindex: "0",
    role: "region",
    hidden: true,
  });
  readonly #turn: HTMLButtonElement;
  readonly #source = make("p", { class: "figure-source" });
  readonly #missing: HTMLElement;
  #open: PanelName = "world";
  #counts: Counts;

  constructor(record: Downloads, figures: Figures, words: Words, asks: Asks) {
    this.#record = record;
    this.#figures = figures;
    this.#words = words;
    this.#asks = asks;
    this.#counts = count(record.asked);
    this.years = new YearSlider(words, asks.want);
    this.#places = new Map(PANELS.map((name) => [name, this.#place(name)]));
    this.#turn = button(this.#say("show_table"), () =>
      this.#showTable(this.#table.hidden === true),
    );
    this.#missing = make(
      "p",
      { class: "figure-missing", hidden: true },
      this.#say("figure_missing"),
    );
    this.element = make(
      "div",
      { class: "figure-side" },
      make("div", { class: "figure-frame" }, ...this.#places.values(), this.#table),
      this.years.element,
      make(
        "div",
        { class: "figure-foot" },
        this.#missing,
        this.#turn,
        button(this.#say("save_data"), () => this.#saveData()),
        button(this.#say("save_image"), () => void this.#saveImage()),
        this.#source,
      ),
    );
  }

  /** Shows one of the figures. */
  async show(name: PanelName): Promise<void> {
    this.#open = name;
    for (const [one, place] of this.#places) place.hidden = one !== name;
    this.element.dataset["figure"] = name;
    await this.update(this.#counts);
  }

  /** Shows other numbers, in whatever form is open. */
  async update(counts: Counts): Promise<void> {
    this.#counts = counts;
    this.#source.textContent = fill(this.#say(`source_${this.#open}`), {
      unplaced: (counts.countries.get(UNPLACED) ?? 0).toLocaleString(language()),
      all: counts.all.toLocaleString(language()),
    });
    if (!this.#table.hidden) this.#drawTable();
    const panel = await this.#panel(this.#open);
    if (counts === this.#counts) await panel?.update(counts);
  }

  /** Shows the figure itself, and not its data. */
  showFigure(): void {
    this.#missing.hidden = true;
    this.#showTable(false);
  }

  /** Lights where notable names sit, on the map. */
  light(slugs: readonly string[]): void {
    void this.#panels.get("world")?.then((panel) => panel.light?.(slugs));
  }

  close(): void {
    this.years.stop();
    for (const panel of this.#panels.values()) void panel.then(({ plot }) => plot.close());
  }

  /** A figure, drawn when it is first wanted; where it cannot be, its table stands in its place. */
  async #panel(name: PanelName): Promise<Panel | undefined> {
    const place = this.#places.get(name);
    if (!place) return undefined;
    const panel =
      this.#panels.get(name) ?? drawPanel(name, place, this.#figures, this.#record, this.#asks);
    this.#panels.set(name, panel);
    try {
      const drawn = await panel;
      // A table that stood in its place goes again.
      if (!this.#missing.hidden) this.showFigure();
      return drawn;
    } catch (error) {
      console.warn(error);
      this.#panels.delete(name);
      this.#missing.hidden = false;
      this.#showTable(true);
      return undefined;
    }
  }

  #place(name: PanelName): HTMLElement {
    return make("div", {
      class: "figure-place own-pointer",
      "data-figure": name,
      role: "img",
      "aria-label": this.#say(`table_${name}`),
    });
  }

  #showTable(wanted: boolean): void {
    this.#table.hidden = !wanted;
    this.#turn.textContent = this.#say(wanted ? "show_figure" : "show_table");
    if (wanted) this.#drawTable();
  }

  get #data(): Table {
    return tableOf(this.#open, this.#counts, this.#record, this.#words);
  }

  #drawTable(): void {
    const table = this.#data;
    this.#table.replaceChildren(tableElement(table));
    this.#table.setAttribute("aria-label", table.caption);
  }

  async #saveImage(): Promise<void> {
    const panel = await this.#panel(this.#open);
    if (!panel) return;
    const caption = this.#say(`table_${this.#open}`);
    save(`${this.#open}.png`, await panel.plot.picture(caption, this.#source.textContent));
  }

  #saveData(): void {
    saveText(`${this.#open}.csv`, csvOf(this.#data));
  }

  #say(name: string): string {
    return this.#words[name] ?? name;
  }
}
