// Where a reading lies on the page: where the film's picture leaves room for it, or, on a screen so
// small that nobody could read it there, on a page of its own.

import type { Area, Stage } from "./story";

/** A rectangle of the page, in px. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly tall: number;
}

/** Where a step of the reading has the face, the answers and, read a second time, the face again. */
export type Places = Pick<Stage, "face" | "table" | "second">;

export interface Layout {
  readonly face: Rect;
  readonly second: Rect;
  readonly table: Rect;
  /** Of the table's letters, in px. */
  readonly size: number;
  /** Whether the film's picture makes way, for there is no room for both. */
  readonly alone: boolean;
}

/** Width of the film's picture in px below which a reading in it is too small. */
const SMALL = 800;
/** Room for what stands at the top and for captions at the bottom of a small page, held upright or
 * across, and between. */
const [UPRIGHT, ACROSS, GAP] = [[76, 132] as const, [56, 84] as const, 16];
/** Heights of letters down a table, and across one with one answer in a row or with two. */
const [DOWN, ONE, TWO] = [22, 15, 21.5];
/** In px; a short table need not shout. */
const LARGEST = 15;
/** The part of the picture's width that a table keeps from the faces beside it. */
const MARGIN = 0.004;

/** @param twice whether the same face is read a second time beside the first. */
export function layOut(places: Places, width: number, height: number, twice: boolean): Layout {
  const picture = Math.min(width, (height * 16) / 9);
  return picture < SMALL ? alone(width, height, twice) : inPicture(places, width, height, twice);
}

function inPicture(places: Places, width: number, height: number, twice: boolean): Layout {
  const place = (area: Area) => placed(area, width, height);
  const table = place(twice ? between(places) : places.table);
  const size = Math.min(table.tall / DOWN, table.wide / (twice ? TWO : ONE));
  return { face: place(places.face), second: place(places.second), table, size, alone: false };
}

/** Two answers in a row take all the room that there is between the faces. */
function between({ face, table, second }: Places): Area {
  const left = face.left + face.width + MARGIN;
  return { ...table, left, width: second.left - MARGIN - left };
}

function alone(width: number, height: number, twice: boolean): Layout {
  const upright = height > width;
  const [top, bottom] = upright ? UPRIGHT : ACROSS;
  const room = height - top - bottom;
  const widest = upright ? (twice ? (width - 3 * GAP) / 2 : 0.66 * width) : 0.3 * width;
  const side = Math.min(widest, upright ? 0.45 * room : room);
  const square = (x: number) => ({ x, y: top, wide: side, tall: side });
  const face = square(upright && !twice ? (width - side) / 2 : GAP);
  const second = square(width - GAP - side);
  const right = twice ? second.x : width;
  const table = upright
    ? { x: GAP, y: top + side + GAP, wide: width - 2 * GAP, tall: room - side - GAP }
    : { x: GAP + side + GAP, y: top, wide: right - side - 3 * GAP, tall: room };
  const size = Math.min(table.tall / DOWN, table.wide / (twice ? TWO : ONE), LARGEST);
  return { face, second, table, size, alone: true };
}

/** Where an area of the film's 16:9 picture lies on a page. */
function placed(area: Area, width: number, height: number): Rect {
  const scale = Math.min(width / 16, height / 9);
  const [w, h] = [16 * scale, 9 * scale];
  return {
    x: (width - w) / 2 + area.left * w,
    y: (height - h) / 2 + area.top * h,
    wide: area.width * w,
    tall: area.height * h,
  };
}
