// Short sentences at the edge of the stage: shown, spoken, and gone by themselves or on request.

import { button, iconButton, make } from "./make";
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
    return iconButton("close", this.#dismiss, () => {
      this.hide(name);
      // The button that had the focus is gone; the stage takes it, not the document's beginning.
      this.#place.closest<HTMLElement>("main")?.focus({ preventScroll: true });
    });
  }

  #draw(name: string, { text, action }: Notice): HTMLElement {
    const look = { class: "notice", "data-notice": name };
    const element = make("div", look, make("p", {}, text), this.#cross(name));
    if (action) element.append(button(action.label, action.run));
    return element;
  }
}
