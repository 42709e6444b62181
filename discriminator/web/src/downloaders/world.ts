// The map: a bubble for each country, a point for each city in which notable names sit.

import { type Counts, diameter } from "./filter";
import type { Panel, PanelAsks } from "./panels";
import { type Figure, Plot, type PlotEvent } from "./plotly";
import type { Notable } from "./record";

/** Px of a city's mark. */
const SEAT = 8;

/** What is behind a mark: a country's code, or the names of a city; and how many requests. */
type Keyed = readonly [string, number];

interface Marks {
  readonly customdata: readonly Keyed[];
  readonly lat: readonly number[];
  readonly text: readonly string[];
}

/** A mark as it is filtered: where it is, and what it says. */
interface Shown {
  readonly key: string;
  readonly requests: number;
  readonly text?: string;
}

export async function drawWorld(
  element: HTMLElement,
  figure: Figure,
  notable: Readonly<Record<string, Notable>>,
  asks: PanelAsks,
): Promise<Panel> {
  const plot = await Plot.draw(element, figure);
  const [bubbles, cities] = figure.data as [Marks, Marks];
  let seats: Shown[] = [];
  let lit: readonly string[] = [];
  plot.element.on("plotly_click", ({ points: [point] }) => {
    if (!point) return;
    const [key] = point.customdata as Keyed;
    if (point.curveNumber) asks.find(key.split(","));
    else asks.pick({ country: key });
  });
  plot.element.on("plotly_hover", (event) => asks.point(slugsAt(event)));
  plot.element.on("plotly_unhover", () => asks.point([]));
  // Marks that are drawn anew know nothing of it.
  plot.element.on("plotly_afterplot", () => lightSeats(element, seats, lit));
  return {
    plot,
    light(slugs) {
      lit = slugs;
      lightSeats(element, seats, lit);
    },
    async update({ countries, notable: counts }: Counts) {
      const here = bubbles.customdata.map(([key]) => ({ key, requests: countries.get(key) ?? 0 }));
      seats = cities.customdata.map(([key]) => seatOf(key.split(","), counts, notable));
      const { scale } = plot;
      // A mark of no size could still be pointed at: where nobody asked, there is none.
      const lat = [bubbles, cities].map((marks, trace) =>
        marks.lat.map((value, n) => ((trace ? seats : here)[n]?.requests ? value : null)),
      );
      await plot.restyle(
        {
          lat,
          text: [bubbles.text, seats.map(({ text }) => text)],
          customdata: [here, seats].map((all) => all.map(({ key, requests }) => [key, requests])),
          "marker.size": [here.map(({ requests }) => diameter(requests) * scale), SEAT * scale],
        },
        [0, 1],
      );
    },
  };
}

/** The names of the city that somebody points at. */
function slugsAt({ points: [point] }: PlotEvent): string[] {
  return point?.curveNumber ? (point.customdata as Keyed)[0].split(",") : [];
}

/** A city with those of its names that are not filtered away. */
function seatOf(
  slugs: readonly string[],
  counts: Counts["notable"],
  notable: Readonly<Record<string, Notable>>,
): Shown {
  const asked = slugs.filter((slug) => counts.has(slug));
  const names = asked.map((slug) => notable[slug]?.organisation ?? slug).join(", ");
  return {
    key: asked.join(","),
    requests: asked.reduce((sum, slug) => sum + (counts.get(slug) ?? 0), 0),
    text: `${names}, ${notable[asked[0] ?? ""]?.seat ?? ""}`,
  };
}

/** Lights cities: on the page alone, since Plotly would draw the whole map. */
function lightSeats(map: HTMLElement, seats: readonly Shown[], slugs: readonly string[]): void {
  const drawn = seats.filter(({ requests }) => requests);
  const lit = drawn.map(({ key }) => key.split(",").some((slug) => slugs.includes(slug)));
  map.toggleAttribute("data-lighting", lit.includes(true));
  const points = map.querySelectorAll(".scattergeo:nth-of-type(2) .point");
  for (const [n, point] of points.entries()) point.toggleAttribute("data-lit", lit[n] === true);
}
