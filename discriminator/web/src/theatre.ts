// The dark in which masks are worn: a camera's noise behind, a mask in the middle, and whatever its
// mouth lets out. The mask may sit on the face itself, with the camera's picture around it. Slower
// machines get fewer chunks and larger pixels, calm viewers a still noise.

import { PerspectiveCamera, Scene, WebGLRenderer } from "three";
import { Backdrop } from "./backdrop";
import { drawsByItself } from "./graphics";
import { Mask, type MaskName } from "./mask";
import { Rainbow } from "./rainbow";
import type { Sight } from "./sight";

const FIELD = 40;
/** Height of the stage in faces. */
const TALL = 2;
/** Faces by which the mask hangs below the middle, for there are words above it; on a tall screen
 * the controls below need more room than the words. */
const [LIFT, LIFT_TALL] = [0.1, -0.25];
/** Above this a mouth is open. */
const OPEN = 0.5;
/** Where a mask is worn. */
export type Seat = "middle" | "face";

interface Power {
  readonly chunks: number;
  readonly density: number;
  readonly interval: number;
}
/** Chunks, px of the canvas in a px of the page, and seconds between two pictures. */
const STRONG: Power = { chunks: 500, density: 1.5, interval: 0 };
const WEAK: Power = { chunks: 120, density: 0.5, interval: 1 / 31 };

export class Theatre {
  readonly canvas = document.createElement("canvas");
  readonly #mask: Mask;
  readonly #rainbow: Rainbow;
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(FIELD, 1, 0.1, 20);
  readonly #backdrop: Backdrop;
  readonly #resized: ResizeObserver;
  readonly #power: Power;
  readonly #calm: boolean;
  #frame = 0;
  #last = 0;
  #open = false;
  #seat: Seat = "middle";
  /** Width of the camera's picture in its heights. */
  #frameAspect = 1;

  /** @throws Error where the browser draws in no third dimension. */
  constructor(place: HTMLElement, video: HTMLVideoElement, calm: boolean) {
    this.#calm = calm;
    this.#power = drawsByItself() ? STRONG : WEAK;
    this.canvas.setAttribute("aria-hidden", "true");
    this.#renderer = new WebGLRenderer({ canvas: this.canvas, antialias: this.#power === STRONG });
    this.#mask = new Mask(video);
    this.#rainbow = new Rainbow(calm ? 0 : this.#power.chunks);
    this.#backdrop = new Backdrop(this.#mask.picture);
    this.#scene.add(this.#backdrop.object, this.#mask.object, this.#rainbow.object);
    place.append(this.canvas);
    this.#resized = new ResizeObserver(() => this.#fit());
    this.#resized.observe(this.canvas);
    this.#frame = requestAnimationFrame((now) => this.#draw(now));
  }

  get worn(): MaskName {
    return this.#mask.worn;
  }

  wear(name: MaskName): void {
    this.#mask.wear(name);
    this.canvas.dataset["mask"] = name;
  }

  get seat(): Seat {
    return this.#seat;
  }

  /** In the middle of the noise, or on the face where the camera sees it. */
  sit(seat: Seat): void {
    this.#seat = seat;
    this.canvas.dataset["seat"] = seat;
    this.#put();
  }

  see(sight: Sight): void {
    this.#frameAspect = sight.width / sight.height;
    this.#open = this.#mask.follow(sight) > OPEN;
    this.canvas.toggleAttribute("data-worn", this.#mask.object.visible);
    this.#put();
  }

  /** The picture as it is now, for the viewer to keep. */
  async keep(): Promise<Blob | null> {
    this.#renderer.render(this.#scene, this.#camera);
    return new Promise((give) => this.canvas.toBlob(give, "image/png"));
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#resized.disconnect();
    this.#mask.close();
    this.#rainbow.close();
    this.#backdrop.close();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
    this.canvas.remove();
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height) return;
    this.#renderer.setPixelRatio(Math.min(devicePixelRatio, 1) * this.#power.density);
    this.#renderer.setSize(width, height, false);
    this.#camera.aspect = width / height;
    // On a tall screen the face is as wide as the screen allows.
    const tall = TALL / Math.min(this.#camera.aspect / 0.9, 1);
    this.#camera.position.z = tall / 2 / Math.tan((FIELD * Math.PI) / 360);
    this.#camera.position.y = this.#camera.aspect < 0.9 ? LIFT_TALL : LIFT;
    this.#camera.updateProjectionMatrix();
    this.#put();
  }

  #put(): void {
    const { aspect, position } = this.#camera;
    if (this.#seat === "middle") {
      this.#mask.centre();
      this.#backdrop.blind();
      return;
    }
    this.#backdrop.mirror(aspect, this.#frameAspect);
    const tall = 2 * position.z * Math.tan((FIELD * Math.PI) / 360);
    this.#mask.cover(tall * Math.max(aspect / this.#frameAspect, 1), position.y);
  }

  #draw(now: number): void {
    this.#frame = requestAnimationFrame((next) => this.#draw(next));
    const passed = now / 1000 - this.#last;
    if (passed < this.#power.interval) return;
    this.#last = now / 1000;
    const seconds = Math.min(passed, 0.1);
    const still = this.#calm ? 0 : this.#last;
    this.#backdrop.tick(still);
    this.#mask.tick(still);
    this.#rainbow.tick(seconds, this.#open ? this.#mask.mouth : undefined);
    this.#renderer.render(this.#scene, this.#camera);
  }
}
