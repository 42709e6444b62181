// The three figures beside the list: what each shows of a filter, and as a table.

import { type Counts, diameter, type Filter } from "./filter";
import { type Figure, Plot } from "./plotly";
import { type Downloads, KINDS, type Kind, YEARS } from "./record";
import type { Words } from "./screen";
import type { Table } from "./table";

export const PANELS = ["world", "years", "timeline"] as const;
export type PanelName = (typeof PANELS)[number];
export type Figures = Readonly<Record<PanelName, Figure>>;

/** Px of a seat's mark. */
const SEAT = 8;

/** Px of a map on which bubbles have their full size; on a smaller one they are smaller with it. */
const ROOMY = 640;

/** What clicking a point of a figure asks for. */
export type Pick = Partial<Filter> & { readonly notable?: string };

/** A figure that follows the filter. */
export interface Panel {
  readonly plot: Plot;
  update(counts: Counts): Promise<void>;
}

/** What is behind a point of the map: its key, and how many requests it stands for. */
type Keyed = readonly [string, number];

interface Points {
  readonly customdata: readonly Keyed[];
}

export async function drawPanel(
  name: PanelName,
  element: HTMLElement,
  figures: Figures,
  pick: (pick: Pick) => void,
): Promise<Panel> {
  const figure = figures[name];
  const plot = await Plot.draw(element, figure);
  const update = { world: updateWorld, years: updateYears, timeline: async () => undefined }[name];
  plot.element.on("plotly_click", ({ points }) => {
    const point = points[0];
    if (!point) return;
    if (name === "world") {
      const [key] = point.customdata as Keyed;
      pick(point.curveNumber ? { notable: key } : { country: key });
    }
    if (name === "years") pick({ kind: KINDS[point.curveNumber] ?? null, year: yearAt(point.x) });
  });
  return { plot, update: (counts) => update(plot, figure, counts) };
}

function yearAt(x = 0): number {
  return YEARS.find((year) => year >= x) ?? YEARS[YEARS.length - 1] ?? x;
}

/** Only sizes and numbers change: the map below them is not drawn anew. */
async function updateWorld(plot: Plot, figure: Figure, counts: Counts): Promise<void> {
  const [bubbles, seats] = figure.data as [Points, Points];
  const here = bubbles.customdata.map(([code]) => [code, counts.countries.get(code) ?? 0] as const);
  const seated = seats.customdata.map(([slug]) => [slug, counts.notable.get(slug) ?? 0] as const);
  const scale = Math.min(plot.element.clientWidth / ROOMY, 1);
  const sizes = [
    here.map(([, n]) => diameter(n) * scale),
    seated.map(([, n]) => (n ? SEAT * scale : 0)),
  ];
  await plot.restyle({ "marker.size": sizes, customdata: [here, seated] }, [0, 1]);
}

async function updateYears(plot: Plot, _: Figure, counts: Counts): Promise<void> {
  const y = KINDS.map((kind) => padded(counts.years[kind]));
  await plot.restyle({ y }, [...KINDS.keys()]);
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
