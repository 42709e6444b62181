// Whoever sits before the film and is looked at: the viewer, by their camera, or, where there is no
// camera, Nobody, who looks, blinks and talks in a loop. The picture is never part of the page.

import type { Camera } from "./camera";
import { Signal } from "./signal";

export type Who = "viewer" | "nobody" | "none";

export class Sitter {
  /** Who sits there and can be looked at now. */
  readonly who = new Signal<Who>("none");
  readonly video = document.createElement("video");
  readonly #camera: Camera;
  readonly #nobody: string | undefined;
  #needed = false;

  /** @param nobody address of the clip of Nobody, in a film that has one. */
  constructor(camera: Camera, nobody: string | undefined) {
    this.#camera = camera;
    this.#nobody = nobody;
    Object.assign(this.video, { muted: true, playsInline: true, loop: true });
    this.video.addEventListener("playing", () => this.#sit());
    camera.wanted.listen(() => this.#change());
    camera.state.follow(() => this.#change());
  }

  /** Whether the page on stage looks at faces. */
  need(needed: boolean): void {
    this.#needed = needed;
    this.#change();
  }

  #change(): void {
    const { stream, state, wanted } = this.#camera;
    // While the browser asks, or the tab is hidden, nobody takes the viewer's chair.
    const awaited = wanted.value && (state.value === "asking" || state.value === "off");
    const nobody = this.#needed && !stream && !awaited;
    if (this.video.srcObject !== (stream ?? null)) this.video.srcObject = stream ?? null;
    if (!nobody || !this.#nobody) this.video.removeAttribute("src");
    else if (!this.video.hasAttribute("src")) this.video.src = this.#nobody;
    if (stream || this.video.hasAttribute("src")) void this.video.play().catch(() => undefined);
    else this.who.value = "none";
  }

  #sit(): void {
    if (this.video.srcObject) this.who.value = "viewer";
    else if (this.video.hasAttribute("src")) this.who.value = "nobody";
  }
}
