// The booth's window: what the camera sees, as in a mirror, then the photo, as others see it.

import type { Portrait } from "./crop";
import { type Points, pointOf } from "./geometry";
import { make } from "./make";

/** Seconds that are counted before the shutter. */
const COUNT = 3;

export class BoothFrame {
  readonly element: HTMLElement;
  readonly #live = document.createElement("video");
  readonly #photo = make("canvas", { class: "booth-photo", hidden: true });
  readonly #points = make("canvas", { class: "booth-points", hidden: true, "aria-hidden": "true" });
  readonly #count = make("p", { class: "booth-count", "aria-live": "assertive" });
  readonly #flash = make("span", { class: "booth-flash", "aria-hidden": "true" });

  /** @param names of what is to be seen, for who cannot: the camera's picture, and the photo. */
  constructor(names: { readonly live: string; readonly photo: string }) {
    Object.assign(this.#live, { muted: true, playsInline: true, loop: true });
    this.#live.className = "booth-live";
    this.#live.setAttribute("aria-label", names.live);
    this.#photo.setAttribute("role", "img");
    this.#photo.setAttribute("aria-label", names.photo);
    const corners = make("span", { class: "corners", "aria-hidden": "true" });
    const shown = [this.#live, this.#photo, this.#points, corners, this.#count, this.#flash];
    this.element = make("div", { class: "booth-frame" }, ...shown);
  }

  /** Shows what a video shows, from now on. */
  mirror(video: HTMLVideoElement): void {
    const { srcObject, src } = video;
    if (srcObject || !src) this.#live.removeAttribute("src");
    this.#live.srcObject = srcObject;
    if (!srcObject && src) this.#live.src = src;
    this.#live.toggleAttribute("data-mirrored", srcObject !== null);
    if (srcObject || src) void this.#live.play().catch(() => undefined);
    this.#show(false);
  }

  /** Holds a whole picture still, mirrored as it was. */
  freeze(picture: ImageBitmap, mirrored: boolean): void {
    this.#paint(picture, picture.width, picture.height);
    this.#photo.toggleAttribute("data-mirrored", mirrored);
    this.#show(true);
  }

  /** Shows the square that may be sent, and the points that go with it. */
  present({ picture, points }: Portrait): void {
    this.#paint(picture, picture.width, picture.height);
    this.#photo.removeAttribute("data-mirrored");
    dot(this.#points, points, picture.width);
    this.#show(true);
    this.#points.hidden = false;
  }

  /** Counts down; resolves to false if it was stopped. */
  async countDown(tick: () => void, until: AbortSignal): Promise<boolean> {
    for (let left = COUNT; left > 0 && !until.aborted; left -= 1) {
      this.#count.textContent = String(left);
      tick();
      await pause(1000, until);
    }
    this.#count.textContent = "";
    return !until.aborted;
  }

  /** Lights the window up for a moment, unless the viewer wants rest. */
  flash(): void {
    this.#flash.getAnimations().forEach((animation) => void animation.cancel());
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.#flash.animate([{ opacity: 1 }, { opacity: 0 }], { duration: 700, easing: "ease-out" });
  }

  close(): void {
    this.#live.srcObject = null;
    this.#live.removeAttribute("src");
  }

  #show(photo: boolean): void {
    this.#live.hidden = photo;
    this.#photo.hidden = !photo;
    this.#points.hidden = true;
  }

  #paint(picture: CanvasImageSource, width: number, height: number): void {
    Object.assign(this.#photo, { width, height });
    this.#photo.getContext("2d")?.drawImage(picture, 0, 0);
  }
}

function dot(canvas: HTMLCanvasElement, points: Points, size: number): void {
  Object.assign(canvas, { width: size, height: size });
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = "#59e08a";
  const large = size / 170;
  for (let i = 0; i < points.length / 3; i += 1) {
    const [x, y] = pointOf(points, i);
    context.fillRect(x - large / 2, y - large / 2, large, large);
  }
}

function pause(milliseconds: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    until.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
