// Short sentences at the edge of the stage: shown, spoken, and gone by themselves or on request.

import { label } from "./parts";
import type { Story } from "./story";

export interface Notice {
  readonly text: string;
  /** Seconds until it leaves by itself; it stays if there are none. */
  readonly seconds?: number;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export class Notices {
  readonly #place: HTMLElement;
  readonly #dismiss: string;
  readonly #shown = new Map<string, HTMLElement>();

  constructor(place: HTMLElement, story: Story) {
    this.#place = place;
    this.#dismiss = story.words["dismiss"] ?? "×";
  }

  /** Shows a notice; another of the same name takes the place of the first. */
  show(name: string, notice: Notice): void {
    this.hide(name);
    const element = this.#draw(name, notice);
    this.#shown.set(name, element);
    this.#place.append(element);
    if (notice.seconds) setTimeout(() => this.#remove(name, element), notice.seconds * 1000);
  }

  hide(name: string): void {
    this.#shown.get(name)?.remove();
    this.#shown.delete(name);
  }

  #remove(name: string, element: HTMLElement): void {
    if (this.#shown.get(name) === element) this.hide(name);
  }

  #cross(name: string): HTMLButtonElement {
    const cross = button("", () => {
      this.hide(name);
      // The button that had the focus is gone; the stage takes it, not the document's beginning.
      this.#place.closest<HTMLElement>("main")?.focus({ preventScroll: true });
    });
    cross.className = "control";
    cross.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#icon-close"/></svg>';
    label(cross, this.#dismiss);
    return cross;
  }

  #draw(name: string, { text, action }: Notice): HTMLElement {
    const element = document.createElement("div");
    element.className = "notice";
    element.dataset["notice"] = name;
    const sentence = document.createElement("p");
    sentence.textContent = text;
    element.append(sentence);
    element.append(this.#cross(name));
    if (action) element.append(button(action.label, action.run));
    return element;
  }
}

function button(text: string, run: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button small";
  made.textContent = text;
  made.addEventListener("click", run);
  return made;
}
