// What there is at a second that the viewer points at: its time, and a small picture where one is.

import { clock } from "./clock";
import { thumbnailAt } from "./thumbnails";

export class Foresight {
  readonly #video: HTMLVideoElement;
  readonly #box = document.createElement("div");
  readonly #picture = document.createElement("div");
  readonly #time = document.createElement("span");

  constructor(timeline: HTMLElement, video: HTMLVideoElement) {
    this.#video = video;
    this.#box.className = "foresight";
    // The handle says the same in words.
    this.#box.setAttribute("aria-hidden", "true");
    this.#picture.className = "foresight-picture";
    this.#box.append(this.#picture, this.#time);
    this.hide();
    timeline.append(this.#box);
  }

  /** @param x pixels from the timeline's left edge. */
  show(second: number, x: number): void {
    this.#time.textContent = clock(second);
    this.#box.style.setProperty("--x", `${x}px`);
    this.#draw(second);
    this.#box.hidden = false;
  }

  hide(): void {
    this.#box.hidden = true;
  }

  #draw(second: number): void {
    const found = thumbnailAt(this.#video, second);
    this.#picture.hidden = !found;
    if (!found) return;
    const { sheet, x, y, width, height } = found;
    Object.assign(this.#picture.style, {
      backgroundImage: `url("${sheet}")`,
      backgroundPosition: `-${x}px -${y}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
  }
}
