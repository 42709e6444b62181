// The film's frame. The page of a Voila server calls `mount` as soon as its HTML is there; in a
// notebook the widget brings the HTML and mounts it in its cell. Either way it is this one module.

import type { Line } from "./clip";
import { Film } from "./film";
import { cellBar, tabBar } from "./journey";
import { addStyle } from "./style";
import type { Kernel } from "./thread";

/** What anywidget hands to `render`: the parts of a Jupyter widget's model that the shell needs. */
interface Model extends Line {
  get(name: "markup" | "start"): string;
  readonly widget_manager?: { readonly kernel?: Kernel };
}

let onPage: Film | undefined;

function mountPage(): void {
  const element = document.querySelector<HTMLElement>(".film:not(.apart):not(.noscript)");
  const root = document.documentElement.dataset["root"];
  if (!element || root === undefined) return;
  onPage = new Film(element, tabBar(root), root);
}

/** Voila's own shell brings a banner and a footer, both empty, beside the film's. */
function hideForeignLandmarks(): void {
  const foreign = '#main [role="banner"], #main [role="contentinfo"]';
  for (const panel of document.querySelectorAll<HTMLElement>(foreign)) panel.hidden = true;
}

function mountCell(model: Model, cell: HTMLElement): Film {
  addStyle();
  const template = document.createElement("template");
  template.innerHTML = model.get("markup");
  const element = template.content.firstElementChild as HTMLElement;
  element.classList.add("in-cell");
  // JupyterLab would else take the film's keys for its own: `m` makes a cell Markdown there.
  element.dataset["lmSuppressShortcuts"] = "true";
  cell.replaceChildren(element);
  return new Film(element, cellBar(model.get("start")), new URL("../", import.meta.url).pathname);
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const film = onPage ?? mountCell(model, el);
  if (film === onPage) hideForeignLandmarks();
  const kernel = model.widget_manager?.kernel;
  film.clip.connect(model);
  if (kernel) film.thread.follow(kernel);
  // In a notebook the kernel is the researcher's, and not the film's to end.
  if (kernel && film === onPage) film.thread.letGoWhenHidden(kernel.id);
  return () => {
    if (film !== onPage) film.close();
  };
}

mountPage();

export default { render };
