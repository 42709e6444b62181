// Upright or leaning squares of a frame: what a network looks at, and where its points lie.

import type { Points } from "./geometry";

export interface Square {
  /** Centre in px of the frame. */
  readonly x: number;
  readonly y: number;
  /** Side in px of the frame. */
  readonly side: number;
  /** Radians by which it leans, clockwise as the frame is seen. */
  readonly lean: number;
}

const [LEFT_EYE, RIGHT_EYE] = [33, 263];
/** What the mesh's network wants to see around a face, in parts of the face. */
const ROOM = 1.5;

/** The square in which the mesh's network should look for the same face in the next frame. */
export function squareAround(points: Points): Square {
  const at = (index: number) => [points[3 * index] ?? 0, points[3 * index + 1] ?? 0] as const;
  const [[x1, y1], [x2, y2]] = [at(LEFT_EYE), at(RIGHT_EYE)];
  const lean = Math.atan2(y2 - y1, x2 - x1);
  const [c, s] = [Math.cos(lean), Math.sin(lean)];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length / 3; i += 1) {
    const [x, y] = at(i);
    const [u, v] = [x * c + y * s, y * c - x * s];
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  const side = ROOM * Math.max(right - left, bottom - top);
  return { x: u * c - v * s, y: u * s + v * c, side, lean };
}

/** The square of one eye, as the iris's network wants it; the corners are in px of the frame. */
export function squareOfEye(points: Points, outer: number, inner: number, lean: number): Square {
  const [x1 = 0, y1 = 0] = points.slice(3 * outer, 3 * outer + 2);
  const [x2 = 0, y2 = 0] = points.slice(3 * inner, 3 * inner + 2);
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, side: 2.3 * Math.hypot(x2 - x1, y2 - y1), lean };
}

/** From a network's own px, in an input of `size`, to px of the frame; z keeps the same unit. */
export function toFrame(
  found: ArrayLike<number>,
  size: number,
  { x, y, side, lean }: Square,
): Float32Array {
  const placed = new Float32Array(found.length);
  const scale = side / size;
  const [c, s] = [scale * Math.cos(lean), scale * Math.sin(lean)];
  for (let i = 0; i < found.length; i += 3) {
    const [u, v] = [(found[i] ?? 0) - size / 2, (found[i + 1] ?? 0) - size / 2];
    placed[i] = x + u * c - v * s;
    placed[i + 1] = y + u * s + v * c;
    placed[i + 2] = (found[i + 2] ?? 0) * scale;
  }
  return placed;
}

/** How a square of the frame is put before a network. */
export interface Manner {
  readonly flipped?: boolean;
  /** How much of its light is left, from 0 to 1. */
  readonly light?: number;
}

/** Cuts squares out of frames; what lies outside a frame is black. */
export class Cutter {
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  readonly #size: number;

  constructor(size: number) {
    const context = canvasOf(size).getContext("2d", { willReadFrequently: true }) as
      | CanvasRenderingContext2D
      | OffscreenCanvasRenderingContext2D
      | null;
    if (!context) throw new Error("This browser gives no canvas to cut faces out with.");
    this.#context = context;
    this.#size = size;
  }

  /** RGB of a square, row by row, each from 0 to 1. */
  cut(frame: ImageBitmap, { x, y, side, lean }: Square, manner: Manner = {}): Float32Array {
    const [context, size] = [this.#context, this.#size];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, size, size);
    context.translate(size / 2, size / 2);
    context.scale((manner.flipped ? -1 : 1) * (size / side), size / side);
    context.rotate(-lean);
    context.drawImage(frame, -x, -y);
    return rgb(context.getImageData(0, 0, size, size).data, manner.light ?? 1);
  }
}

/** One of the page's own where browsers have none for workers. */
function canvasOf(size: number): HTMLCanvasElement | OffscreenCanvas {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(size, size);
  return Object.assign(document.createElement("canvas"), { width: size, height: size });
}

/** Light is taken away here, not by a canvas's filter, which some browsers ignore. */
function rgb(rgba: Uint8ClampedArray, light: number): Float32Array {
  const scale = light / 255;
  const values = new Float32Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    values[to] = (rgba[from] ?? 0) * scale;
    values[to + 1] = (rgba[from + 1] ?? 0) * scale;
    values[to + 2] = (rgba[from + 2] ?? 0) * scale;
  }
  return values;
}
