// The three figures beside the list: what each shows of a filter, and as a table.

import { type Counts, type Filter, UNPLACED } from "./filter";
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
  plot.element.on("plotly_afterplot", () => placeNames(element));
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

/** Px between a mark and its name. */
const GAP = 3;

/** Puts names where they lie on no mark and on no other; a mark's own label and the table say the rest. */
function placeNames(figure: HTMLElement): void {
  const { left, right } = figure.getBoundingClientRect();
  const boxOf = (one: Element) => one.getBoundingClientRect();
  const marks = [...figure.querySelectorAll(".points path")].map(boxOf);
  const names = [...figure.querySelectorAll<SVGElement>(".textpoint text")];
  const taken = [...marks, ...[...figure.querySelectorAll(".ytick text")].map(boxOf)];
  // What was withdrawn is drawn last and comes first, as the film tells of it.
  for (const [n, name] of [...names.entries()].reverse()) {
    name.style.translate = "";
    const mark = marks[n] ?? boxOf(name);
    const others = taken.filter((one) => one !== mark);
    const free = spotsOf(boxOf(name), mark).find(
      (spot) => spot.left >= left && spot.right <= right && others.every((one) => apart(spot, one)),
    );
    name.style.visibility = free ? "" : "hidden";
    if (!free) continue;
    name.style.translate = `${free.x - boxOf(name).x}px ${free.y - boxOf(name).y}px`;
    taken.push(free);
  }
}

/** Where a mark's name may stand: where it is, then right of it, left, above, below, at a corner. */
export function spotsOf(name: DOMRect, mark: DOMRect): DOMRect[] {
  const { width, height } = name;
  const across = mark.x + (mark.width - width) / 2;
  const level = mark.y + (mark.height - height) / 2;
  const places: [number, number][] = [
    [name.x, name.y],
    [mark.right + GAP, level],
    [mark.x - GAP - width, level],
    [across, mark.y - GAP - height],
    [across, mark.bottom + GAP],
    [mark.right, mark.bottom],
    [mark.x - width, mark.bottom],
    [mark.right, mark.y - height],
    [mark.x - width, mark.y - height],
  ];
  return places.map(([x, y]) => new DOMRect(x, y, width, height));
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

/** The cities of notable names, as the map shows them: city, requests, names. */
function seatsOf({ notable }: Counts, record: Downloads): [string, number, string][] {
  const cities = new Map<string, { requests: number; names: string[] }>();
  for (const [slug, number] of byCount(notable)) {
    const { seat, organisation } = record.notable[slug] ?? { seat: slug, organisation: slug };
    const { requests, names } = cities.get(seat) ?? { requests: 0, names: [] };
    cities.set(seat, { requests: requests + number, names: [...names, organisation] });
  }
  return [...cities]
    .sort(([, one], [, other]) => other.requests - one.requests)
    .map(([seat, { requests, names }]) => [seat, requests, names.join(", ")]);
}

/** What is counted, most first; what has no country comes last. */
function byCount(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  return [...counts].sort(
    ([one, many], [other, more]) =>
      Number(one === UNPLACED) - Number(other === UNPLACED) || more - many,
  );
}

/** The data behind a figure, as it is filtered now. */
export function tableOf(name: PanelName, counts: Counts, record: Downloads, words: Words): Table {
  const say = (key: string) => words[key] ?? key;
  const caption = say(`table_${name}`);
  if (name === "world") {
    const nameOf = (code: string) => record.countries[code] ?? say("country_none");
    const rows = [
      ...byCount(counts.countries).map(([code, number]) => [nameOf(code), number, null]),
      ...seatsOf(counts, record),
    ];
    const columns = ["column_place", "column_requests", "column_names"].map(say);
    return { caption, columns, rows, years: [] };
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
