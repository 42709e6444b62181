// The three figures beside the list: what each shows of a filter, and as a table.

import type { Counts, Filter } from "./filter";
import { type Figure, Plot } from "./plotly";
import { type Downloads, KINDS, type Kind, MalformedData, YEARS } from "./record";
import type { Words } from "./screen";
import type { Table } from "./table";
import { drawWorld } from "./world";

export const PANELS = ["world", "years", "timeline"] as const;
export type PanelName = (typeof PANELS)[number];
export type Figures = Readonly<Record<PanelName, Figure>>;

export function readFigures(file: unknown): Figures {
  const told = file as Partial<Record<PanelName, Partial<Figure>>> | null;
  if (!PANELS.every((name) => told?.[name]?.data?.length && told[name].layout)) {
    throw new MalformedData("figures.json lacks a figure.");
  }
  return told as Figures;
}

/** What clicking a point of a figure asks for. */
export type Pick = Partial<Omit<Filter, "text">>;

/** What a figure asks of the views around it. Slugs are the notable names of a city. */
export interface PanelAsks {
  pick(pick: Pick): void;
  /** Somebody points at names, or at none any more. */
  point(slugs: readonly string[]): void;
  /** Somebody wants to see names in the list. */
  find(slugs: readonly string[]): void;
}

/** A figure that follows the filter. */
export interface Panel {
  readonly plot: Plot;
  update(counts: Counts): Promise<void>;
  /** Lights where notable names sit, if the figure shows it. */
  light?(slugs: readonly string[]): void;
}

interface Marks {
  readonly marker: { readonly size: readonly number[] };
}

export function drawPanel(
  name: PanelName,
  element: HTMLElement,
  figures: Figures,
  { notable }: Downloads,
  asks: PanelAsks,
): Promise<Panel> {
  const figure = figures[name];
  if (name === "world") return drawWorld(element, figure, notable, asks);
  return name === "years" ? drawYears(element, figure, asks) : drawTimeline(element, figure);
}

async function drawYears(element: HTMLElement, figure: Figure, asks: PanelAsks): Promise<Panel> {
  const plot = await Plot.draw(element, figure);
  plot.element.on("plotly_click", ({ points: [point] }) => {
    if (point) asks.pick({ kind: KINDS[point.curveNumber] ?? null, year: yearAt(point.x) });
  });
  return {
    plot,
    async update({ years }) {
      await plot.restyle({ y: KINDS.map((kind) => padded(years[kind])) }, [...KINDS.keys()]);
    },
  };
}

/** What collections hold does not depend on who asked; only the room for them does. */
async function drawTimeline(element: HTMLElement, figure: Figure): Promise<Panel> {
  const plot = await Plot.draw(element, figure);
  plot.element.on("plotly_afterplot", () => thinNames(element));
  const traces = figure.data as Marks[];
  return {
    plot,
    async update() {
      const { scale } = plot;
      const sizes = traces.map(({ marker }) => marker.size.map((size) => size * scale));
      await plot.restyle({ "marker.size": sizes }, [...traces.keys()]);
    },
  };
}

/** Hides names that would lie on others or stand out; a mark's own label and the table say them. */
function thinNames(figure: HTMLElement): void {
  const { right: edge } = figure.getBoundingClientRect();
  const kept = [...figure.querySelectorAll(".ytick text")].map((one) =>
    one.getBoundingClientRect(),
  );
  // What was withdrawn comes first, as the film tells of it.
  for (const name of [...figure.querySelectorAll<SVGElement>(".textpoint text")].reverse()) {
    const box = name.getBoundingClientRect();
    const free = box.right <= edge && kept.every((other) => apart(box, other));
    if (free) kept.push(box);
    name.style.visibility = free ? "" : "hidden";
  }
}

function apart(one: DOMRect, other: DOMRect): boolean {
  const beside = one.right < other.left || other.right < one.left;
  return beside || one.bottom < other.top || other.bottom < one.top;
}

function yearAt(x = 0): number {
  return YEARS.find((year) => year >= x) ?? YEARS[YEARS.length - 1] ?? x;
}

/** The first and the last year once more, as in Python's `figures.padded`: their steps are whole. */
function padded(years: readonly number[]): number[] {
  return [years[0] ?? 0, ...years, years.at(-1) ?? 0];
}

/** The data behind a figure, as it is filtered now. */
export function tableOf(name: PanelName, counts: Counts, record: Downloads, words: Words): Table {
  const say = (key: string) => words[key] ?? key;
  const caption = say(`table_${name}`);
  if (name === "world") {
    const rows = [...counts.countries]
      .sort(([, one], [, other]) => other - one)
      .map(([code, number]) => [record.countries[code] ?? code, number]);
    return { caption, columns: [say("column_country"), say("column_requests")], rows, years: [] };
  }
  if (name === "years") {
    const kinds = KINDS.map((kind: Kind) => say(`kind_${kind}`));
    const rows = YEARS.map((year, n) => [year, ...KINDS.map((kind) => counts.years[kind][n] ?? 0)]);
    return { caption, columns: [say("column_year"), ...kinds], rows, years: [0] };
  }
  const keys = ["name", "year", "images", "people", "pictures_from", "fate", "fate_year", "source"];
  const rows = record.collections.map((one) => keys.map((key) => one[key as keyof typeof one]));
  return { caption, columns: keys.map((key) => say(`column_${key}`)), rows, years: [1, 6] };
}
