// Measures of a face, and the moments that are counted in them. `discriminator/faces` measures the
// same in Python; both are held to `tests/faces/vectors.json`.

/** 478 points of a face, three numbers each: px, x to the right, y down, z the same unit, smaller nearer. */
export type Points = Float32Array;
export type Vector = readonly [number, number, number];

export interface HeadPose {
  /** Degrees, positive where the nose points to the picture's right. */
  readonly yaw: number;
  /** Degrees, positive where the nose points down. */
  readonly pitch: number;
  /** Degrees, positive where the head leans to the picture's right. */
  readonly roll: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const COUNT = 478;
/** Of the points, those of the mesh; the rest are the irises. */
export const IN_MESH = 468;

const [FOREHEAD, CHIN] = [10, 152];
const [UPPER_LIP, LOWER_LIP] = [13, 14];
/** The corners of the eyes, from the picture's left to its right. */
const CORNERS = [33, 133, 362, 263] as const;
/** Upper and lower lid of the left eye, then of the right one. */
const LIDS = [159, 145, 386, 374] as const;
/** The gap of the lips that counts as fully open, in distances between the eyes' outer corners. */
const WIDE_OPEN = 0.28;
/** Degrees by which the line from forehead to chin leans in a face that looks straight ahead. */
const REST = 11;
/** Where the middles of the eyes come to in an aligned face: apart, and down, in parts of its side. */
const [EYES_APART, EYES_DOWN] = [0.36, 0.4];
/** What no length may be divided by less than. */
const TINY = 1e-9;

export function pointOf(points: Points, index: number): Vector {
  const at = 3 * index;
  return [points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0];
}

/** How far each eye is open, picture's left first: near 0.3 open, under 0.12 shut. */
export function eyeOpenness(points: Points): [number, number] {
  const between = (one: number, other: number) => distance(points, one, other);
  return [
    ratio(between(LIDS[0], LIDS[1]), between(CORNERS[0], CORNERS[1])),
    ratio(between(LIDS[2], LIDS[3]), between(CORNERS[2], CORNERS[3])),
  ];
}

/** The same as one number, of both eyes; a wink stays above half of it. */
export function meanEyeOpenness(points: Points): number {
  const [left, right] = eyeOpenness(points);
  return (left + right) / 2;
}

/** How far the mouth is open, from 0 (shut) to 1. */
export function mouthOpenness(points: Points): number {
  const gap = distance(points, UPPER_LIP, LOWER_LIP);
  return Math.min(ratio(gap, distance(points, CORNERS[0], CORNERS[3])) / WIDE_OPEN, 1);
}

/** The head's own axes in the picture: to its right, down, and out of the face. */
export function headAxes(points: Points): { right: Vector; down: Vector; forward: Vector } {
  const right = unit(minus(pointOf(points, CORNERS[3]), pointOf(points, CORNERS[0])));
  const length = minus(pointOf(points, CHIN), pointOf(points, FOREHEAD));
  const along = dot(length, right);
  const down = unit([
    length[0] - right[0] * along,
    length[1] - right[1] * along,
    length[2] - right[2] * along,
  ]);
  return { right, down, forward: cross(down, right) };
}

export function headPose(points: Points): HeadPose {
  const { right, forward } = headAxes(points);
  const roll = Math.atan2(right[1], right[0]);
  const [c, s] = [Math.cos(roll), Math.sin(roll)];
  const [x, y, z] = forward;
  const upright = Math.min(Math.max(y * c - x * s, -1), 1);
  return {
    yaw: degrees(Math.atan2(x * c + y * s, -z)),
    pitch: degrees(Math.asin(upright)) - REST,
    roll: degrees(roll),
  };
}

/** The box tightly around the points. */
export function around(points: Points): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 3) {
    const [x, y] = [points[at] ?? 0, points[at + 1] ?? 0];
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, right, bottom };
}

/**
 * The square around a box, `margin` of its longer side wider on each side, in whole px inside a
 * picture. What lies outside is cut off, but for one px.
 */
export function crop(box: Box, margin: number, width: number, height: number): Box {
  const half = Math.max(box.right - box.left, box.bottom - box.top) * (0.5 + margin);
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const left = within(Math.floor(x - half), width - 1);
  const top = within(Math.floor(y - half), height - 1);
  const right = Math.max(within(Math.ceil(x + half), width), left + 1);
  const bottom = Math.max(within(Math.ceil(y + half), height), top + 1);
  return { left, top, right, bottom };
}

/**
 * What turns, scales and moves a face upright into a square of `size`: two rows of a matrix that
 * takes (x, y, 1) of the picture, one after the other.
 */
export function align(points: Points, size: number): readonly number[] {
  const middle = (one: number, other: number) => {
    const [[x1, y1], [x2, y2]] = [pointOf(points, one), pointOf(points, other)];
    return [(x1 + x2) / 2, (y1 + y2) / 2] as const;
  };
  const [left, right] = [middle(CORNERS[0], CORNERS[1]), middle(CORNERS[2], CORNERS[3])];
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]];
  const [x, y] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  const scale = (EYES_APART * size) / Math.max(dx * dx + dy * dy, TINY);
  const [a, b] = [dx * scale, dy * scale];
  return [a, b, 0.5 * size - a * x - b * y, -b, a, EYES_DOWN * size + b * x - a * y];
}

/** Something that is on above one threshold and off below a lower one; between, it stays. */
export class Switch {
  readonly #onAbove: number;
  readonly #offBelow: number;
  #on: boolean | undefined;

  constructor(onAbove: number, offBelow: number) {
    this.#onAbove = onAbove;
    this.#offBelow = offBelow;
  }

  /** Unknown until the measure was once outside the two thresholds. */
  get on(): boolean | undefined {
    return this.#on;
  }

  /**
   * Takes the next value; says whether it was switched on by it, having been off. No value (no
   * face) forgets the state: what comes next is a first sight, and no edge.
   */
  see(value: number | undefined): boolean {
    const was = this.#on;
    if (value === undefined) this.#on = undefined;
    else if (value > this.#onAbove) this.#on = true;
    else if (value < this.#offBelow) this.#on = false;
    return was === false && this.#on === true;
  }
}

/** The switch that mouth openings are counted with. */
export function mouthSwitch(): Switch {
  return new Switch(0.5, 0.35);
}

/** Mean openness of open eyes before a viewer is known, and the least that is believed. */
const [USUAL, LEAST] = [0.28, 0.15];
/** Seconds in which most of a change of the usual openness is learnt. */
const LEARNING = 2;

/**
 * Blinks, counted when the eyes reopen. Narrow eyes and eyes behind glasses are open to different
 * degrees, so openness is judged against what is usual for this viewer. Eyes that are open or shut
 * at first sight are no blink: they have to have been open before.
 */
export class Blinks {
  readonly #eyes = new Switch(0.78, 0.55);
  #usual = USUAL;
  #wereOpen = false;
  #last: number | undefined;

  get usual(): number {
    return this.#usual;
  }

  /** Takes the mean openness at a time in seconds; says whether a blink just ended. */
  see(openness: number | undefined, at: number): boolean {
    if (openness === undefined) {
      this.#wereOpen = false;
      this.#last = undefined;
      return this.#eyes.see(undefined);
    }
    this.#learn(openness, at);
    const reopened = this.#eyes.see(openness / this.#usual) && this.#wereOpen;
    this.#wereOpen ||= this.#eyes.on === true;
    return reopened;
  }

  #learn(openness: number, at: number): void {
    const passed = this.#last === undefined ? 0 : Math.min(Math.max(at - this.#last, 0), 1);
    this.#last = at;
    if (openness > this.#usual) this.#usual = openness;
    else if (this.#eyes.on !== false) {
      const wanted = Math.max(openness, LEAST);
      this.#usual += (wanted - this.#usual) * (1 - Math.exp(-passed / LEARNING));
    }
  }
}

function distance(points: Points, one: number, other: number): number {
  return Math.hypot(...minus(pointOf(points, one), pointOf(points, other)));
}

function ratio(part: number, whole: number): number {
  return whole ? part / whole : 0;
}

function minus([a, b, c]: Vector, [x, y, z]: Vector): Vector {
  return [a - x, b - y, c - z];
}

function dot([a, b, c]: Vector, [x, y, z]: Vector): number {
  return a * x + b * y + c * z;
}

function cross([a, b, c]: Vector, [x, y, z]: Vector): Vector {
  return [b * z - c * y, c * x - a * z, a * y - b * x];
}

function unit(vector: Vector): Vector {
  const length = Math.max(Math.hypot(...vector), TINY);
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
