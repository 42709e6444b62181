// The film's real markup, as the templates make it, laid into the test's document.

import { readStory, type Story } from "../../discriminator/web/src/story";
import markup from "./film.html?raw";

/** Puts the film into an empty document: three chapters, the second with a cover and the camera. */
export function layFilm(): HTMLElement {
  document.body.innerHTML = markup;
  return get(document, ".film");
}

export function get<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
}

/** The element that a template marks with `data-part="name"`. */
export function piece<E extends Element = HTMLElement>(root: ParentNode, name: string): E {
  return get<E>(root, `[data-part="${name}"]`);
}

/** The story of `film.html`, with what a test wants to be different. */
export function story(different: Partial<Story> = {}): Story {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return { ...readStory(template.content.children[0] as Element), ...different };
}

/** A film that nobody closes. */
export const open = new AbortController().signal;

export function press(
  where: EventTarget,
  key: string,
  more: KeyboardEventInit = {},
): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  where.dispatchEvent(event);
  return event;
}

/** A click as the browser makes one; returns whether the browser would still follow the link. */
export function click(where: EventTarget, more: MouseEventInit = {}): boolean {
  return where.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...more }));
}

/** What the browser would say fills the screen. */
export function fillScreen(element: Element | null): void {
  Object.defineProperty(document, "fullscreenElement", { configurable: true, value: element });
}
