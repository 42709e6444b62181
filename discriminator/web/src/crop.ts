// The square that leaves the page: the face with some room around it, and the points moved with it.

import { around, type Points } from "./geometry";

/** A square of a picture, px. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** A photo as it may be sent: a JPEG without any note of who, where and when, and its points. */
export interface Portrait {
  readonly picture: HTMLCanvasElement;
  readonly photo: ArrayBuffer;
  readonly points: Points;
}

/** Side of the square in heights of the face, which reaches from the brows' top to the chin. */
const ROOM = 2;
/** Of the face's height, by which the square's middle lies above the face's: there is hair. */
const HAIR = 0.08;
/** px; the largest screen of the film shows no more. */
const LARGEST = 720;
const QUALITY = 0.94;

/** The square around a face, as large as there is room for and never outside of the picture. */
export function cropAround(points: Points, width: number, height: number): Crop {
  const { left, top, right, bottom } = around(points);
  const tall = Math.max(bottom - top, right - left);
  const side = Math.min(Math.floor(ROOM * tall), width, height);
  const within = (middle: number, most: number) =>
    Math.round(Math.min(Math.max(middle - side / 2, 0), most - side));
  return {
    left: within((left + right) / 2, width),
    top: within((top + bottom) / 2 - HAIR * tall, height),
    side,
  };
}

/** Moves points with their square, `scale` px of the new picture for each of the old one. */
export function moved(points: Points, { left, top }: Crop, scale: number): Points {
  const from = [left, top, 0];
  return points.map((value, i) => (value - (from[i % 3] ?? 0)) * scale);
}

/**
 * Cuts the face out of a picture.
 *
 * @param points of the face, in px of the picture.
 */
export async function cut(picture: ImageBitmap, points: Points): Promise<Portrait> {
  const crop = cropAround(points, picture.width, picture.height);
  const size = Math.min(crop.side - (crop.side % 2), LARGEST);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: size, height: size });
  const context = canvas.getContext("2d");
  if (context) context.imageSmoothingQuality = "high";
  const { left, top, side } = crop;
  context?.drawImage(picture, left, top, side, side, 0, 0, size, size);
  const file = await new Promise<Blob | null>((give) => canvas.toBlob(give, "image/jpeg", QUALITY));
  if (!file) throw new Error("This browser writes no JPEG.");
  const photo = await file.arrayBuffer();
  return { picture: canvas, photo, points: moved(points, crop, size / side) };
}
