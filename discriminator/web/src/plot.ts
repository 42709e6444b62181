// A Plotly figure in a notebook, drawn by the film's own plotly.js.

import { type Figure, Plot } from "./downloaders/plotly";
import type { Stop } from "./signal";
import { addStyle } from "./style";

/** The parts of the Jupyter widget's model that a figure needs. */
interface Model {
  get(name: "figure"): Figure;
  get(name: "height"): number;
  set(name: "picked", value: unknown[]): void;
  save_changes(): void;
  on(event: "change:figure", listener: () => void): void;
  off(event: "change:figure", listener: () => void): void;
}

async function render({ model, el }: { model: Model; el: HTMLElement }): Promise<Stop> {
  addStyle();
  const place = document.createElement("div");
  place.className = "plot";
  place.style.height = `${model.get("height")}px`;
  el.replaceChildren(place);
  const plot = await Plot.draw(place, model.get("figure"));
  plot.element.on("plotly_click", ({ points }) => {
    model.set(
      "picked",
      points.map(({ customdata }) => customdata ?? null),
    );
    model.save_changes();
  });
  const show = () => void plot.show(model.get("figure"));
  model.on("change:figure", show);
  return () => {
    model.off("change:figure", show);
    plot.close();
  };
}

export default { render };
