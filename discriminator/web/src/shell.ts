// The film's frame. The page of a Voila server calls `mount` as soon as its HTML is there; in a
// notebook the widget brings the HTML and mounts it in its cell. Either way it is this one module.

import { Film } from "./film";
import { cellBar, tabBar } from "./journey";
import type { Kernel } from "./thread";

declare const STYLE: string;

/** What anywidget hands to `render`: the parts of a Jupyter widget's model that the shell needs. */
interface Model {
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

function mountCell(model: Model, cell: HTMLElement): Film {
  addStyle();
  const template = document.createElement("template");
  template.innerHTML = model.get("markup");
  const element = template.content.firstElementChild as HTMLElement;
  element.classList.add("in-cell");
  cell.replaceChildren(element);
  return new Film(element, cellBar(model.get("start")), new URL("../", import.meta.url).pathname);
}

function addStyle(): void {
  const href = new URL(STYLE, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const film = onPage ?? mountCell(model, el);
  const kernel = model.widget_manager?.kernel;
  if (kernel) film.thread.follow(kernel);
  return () => {
    if (film !== onPage) film.close();
  };
}

mountPage();

export default { render };
