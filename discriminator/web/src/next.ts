// The button that leads on. At the end of a chapter it waits for nobody: who does nothing is taken along.

import { icon, part } from "./parts";
import type { Signal } from "./signal";

/** Seconds without a sign of the viewer, after those that make them idle, until the film goes on. */
export const PATIENCE = 6;

export class NextButton {
  readonly #button: HTMLButtonElement;
  readonly #label: HTMLElement;
  readonly #idle: Signal<boolean>;
  #timer = 0;
  #waiting = false;

  constructor(film: HTMLElement, idle: Signal<boolean>, next: () => void) {
    this.#button = part<HTMLButtonElement>(film, "next");
    this.#label = part(film, "next-label");
    this.#idle = idle;
    this.#button.addEventListener("click", next);
    idle.listen((isIdle) => this.#count(isIdle && this.#waiting));
    icon(this.#button, "next");
  }

  /** On a cover: there from the start, wide, and patient. */
  offer(label: string): void {
    this.#show(label, "wide");
    this.#waiting = false;
  }

  /** After a chapter: small until noticed, and counting while the viewer is idle. */
  insist(label: string): void {
    this.#show(label, "narrow");
    this.#waiting = true;
    this.#count(this.#idle.value);
  }

  hide(): void {
    this.#button.hidden = true;
    this.#waiting = false;
    this.#count(false);
  }

  #show(label: string, width: "wide" | "narrow"): void {
    this.#button.hidden = false;
    this.#button.dataset["width"] = width;
    this.#label.textContent = label;
  }

  #count(counting: boolean): void {
    clearInterval(this.#timer);
    let seconds = 0;
    this.#button.style.setProperty("--waited", "0");
    if (!counting) return;
    this.#timer = window.setInterval(() => {
      seconds += 1;
      this.#button.style.setProperty("--waited", String(Math.min(seconds / (PATIENCE - 1), 1)));
      if (seconds > 1) this.#button.dataset["width"] = "wide";
      if (seconds >= PATIENCE) this.#button.click();
    }, 1000);
  }
}
