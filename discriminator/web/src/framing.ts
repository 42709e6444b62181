// What keeps a photo from being a good one, said to whoever sits before the camera.

import { around, headPose } from "./geometry";
import type { Sight } from "./sight";

export type Advice =
  | "none"
  | "several"
  | "dark"
  | "far"
  | "near"
  | "turned"
  | "aside"
  | "doubtful"
  | "ready";

/** Of full light, below which a face cannot be seen well. */
const DARK = 0.16;
/** Height of the face in the picture's shorter side: the least, and the most. */
const [FAR, NEAR] = [0.24, 0.8];
/** Degrees that the head may be turned to a side, and up or down. */
const [ASIDE, NODDING] = [20, 22];
/** Above this the machine is sure enough of a face. */
const SURE = 0.8;

/** @param light on the face, or on the whole picture where there is none, from 0 to 1. */
export function adviceOn({ face, width, height }: Sight, light: number): Advice {
  if (!face) return light < DARK ? "dark" : "none";
  if (face.others) return "several";
  if (light < DARK) return "dark";
  const { left, top, right, bottom } = around(face.points);
  const tall = (bottom - top) / Math.min(width, height);
  if (tall < FAR) return "far";
  if (left < 0 || top < 0 || right > width || bottom > height)
    return tall > NEAR ? "near" : "aside";
  if (tall > NEAR) return "near";
  const { yaw, pitch } = headPose(face.points);
  if (Math.abs(yaw) > ASIDE || Math.abs(pitch) > NODDING) return "turned";
  return face.confidence > SURE ? "ready" : "doubtful";
}

/** How light a picture is where the face is, from 0 to 1; a few pixels of it tell. */
export class LightMeter {
  readonly #context: CanvasRenderingContext2D | null;
  static readonly #SIZE = 16;

  constructor() {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: LightMeter.#SIZE, height: LightMeter.#SIZE });
    this.#context = canvas.getContext("2d", { willReadFrequently: true });
  }

  /** @param sight whose numbers may be of a smaller picture than the video's own. */
  read(video: HTMLVideoElement, { face, width, height }: Sight): number {
    if (!this.#context || !video.videoWidth) return 1;
    const scale = video.videoWidth / width;
    const whole = { left: 0, top: 0, right: width, bottom: height };
    const { left, top, right, bottom } = face ? around(face.points) : whole;
    const area = [left, top, right - left, bottom - top].map((value) => value * scale);
    const [x = 0, y = 0, wide = 1, tall = 1] = area;
    const size = LightMeter.#SIZE;
    this.#context.drawImage(video, x, y, wide, tall, 0, 0, size, size);
    return meanLight(this.#context.getImageData(0, 0, size, size).data);
  }
}

/** Mean of red, green and blue as an eye weighs them, from 0 to 1. */
export function meanLight(rgba: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    sum += 0.299 * (rgba[i] ?? 0) + 0.587 * (rgba[i + 1] ?? 0) + 0.114 * (rgba[i + 2] ?? 0);
  }
  return sum / (255 * (rgba.length / 4));
}
