// A Plotly figure in a notebook, drawn by the film's own plotly.js.

import { type Figure, Plot } from "./downloaders/plotly";
import type { Stop } from "./signal";
import { addStyle } from "./style";

/** Milliseconds after which somebody who clicked is told that Python has not answered yet. */
const SOON = 300;
const WAITING = "Waiting for Python …";

type Change = "change:figure" | "change:answered";

/** The parts of the Jupyter widget's model that a figure needs. */
interface Model {
  get(name: "figure"): Figure;
  get(name: "height" | "clicks"): number;
  set(name: "picked", value: unknown[]): void;
  set(name: "clicks", value: number): void;
  save_changes(): void;
  on(event: Change, listener: () => void): void;
  off(event: Change, listener: () => void): void;
}

async function render({ model, el }: { model: Model; el: HTMLElement }): Promise<Stop> {
  addStyle();
  const place = document.createElement("div");
  place.className = "plot";
  place.style.height = `${model.get("height")}px`;
  const waiting = document.createElement("p");
  waiting.className = "plot-waiting";
  waiting.role = "status";
  el.replaceChildren(place, waiting);
  const plot = await Plot.draw(place, model.get("figure"));
  let timer = 0;
  plot.element.on("plotly_click", ({ points }) => {
    model.set(
      "picked",
      points.map(({ customdata }) => customdata ?? null),
    );
    // A click on what is picked already changes nothing else, and only what is changed is sent.
    model.set("clicks", model.get("clicks") + 1);
    model.save_changes();
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      waiting.textContent = WAITING;
    }, SOON);
  });
  const show = () => void plot.show(model.get("figure"));
  const answer = () => {
    clearTimeout(timer);
    waiting.textContent = "";
  };
  model.on("change:figure", show);
  model.on("change:answered", answer);
  return () => {
    clearTimeout(timer);
    model.off("change:figure", show);
    model.off("change:answered", answer);
    plot.close();
  };
}

export default { render };
