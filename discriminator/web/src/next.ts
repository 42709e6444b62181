// The button that leads on. At the end of a chapter it waits for nobody: who does nothing is taken along.

import { icon, part } from "./parts";
import type { Signal } from "./signal";

/** Seconds without a sign of the viewer, after those that make them idle, until the film goes on. */
export const PATIENCE = 6;

export class NextButton {
  readonly #film: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #label: HTMLElement;
  readonly #idle: Signal<boolean>;
  #timer = 0;
  #waiting = false;

  constructor(film: HTMLElement, idle: Signal<boolean>, next: () => void, until: AbortSignal) {
    this.#film = film;
    this.#button = part<HTMLButtonElement>(film, "next");
    this.#label = part(film, "next-label");
    this.#idle = idle;
    this.#button.addEventListener("click", next);
    idle.listen((isIdle) => this.#count(isIdle && this.#waiting));
    until.addEventListener("abort", () => this.hide());
    icon(this.#button, "next");
  }

  /** On a cover: there from the start, wide, and patient. */
  offer(label: string): void {
    this.#show(label, "wide");
    this.#wait(false);
  }

  /** After a chapter: small until noticed, and counting while the viewer is idle. */
  insist(label: string): void {
    this.#show(label, "narrow");
    this.#wait(true);
  }

  hide(): void {
    this.#button.hidden = true;
    this.#wait(false);
  }

  #wait(waiting: boolean): void {
    this.#waiting = waiting;
    this.#count(waiting && this.#idle.value);
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
      // Who reads a sheet, or another tab, is not taken away from it.
      if (document.hidden || this.#film.querySelector("dialog[open]")) return;
      seconds += 1;
      this.#button.style.setProperty("--waited", String(Math.min(seconds / (PATIENCE - 1), 1)));
      if (seconds > 1) this.#button.dataset["width"] = "wide";
      if (seconds < PATIENCE) return;
      this.#wait(false);
      this.#button.click();
    }, 1000);
  }
}
