/**
 * The grain of a camera, measured in the browser: `detect/noise.py` says what and why, and both are
 * held to `tests/detect/vectors.json`. Nothing leaves the page.
 */

/** Grey levels of a square, row by row. */
export type Square = ArrayLike<number>;

/** One square in two successive frames, moved along with the face. */
export interface Grain {
  readonly before: Square;
  readonly after: Square;
}

/** Squares of one moment by their places; those beside the face may be missing. */
export type Moment = Readonly<Record<string, Grain>>;

/** What was measured of one face, in grey levels; `likeness` is 0 for a camera's, 1 for a photo's. */
export interface Noise {
  readonly behind: number;
  readonly skin: number;
  readonly mouth: number;
  readonly likeness: number;
}

const SKIN = ["forehead", "left cheek", "right cheek"] as const;
const BESIDE = ["left of the face", "right of the face"] as const;

const KERNEL = [
  [-1, 2, -2, 2, -1],
  [2, -6, 8, -6, 2],
  [-2, 8, -12, 8, -2],
  [2, -6, 8, -6, 2],
  [-1, 2, -2, 2, -1],
] as const;
const SCALE = 12;
/** From the median of the absolute values to the standard deviation, for noise. */
const TO_SIGMA = 1.4826;
const TINY = 0.01;
/** Grey levels of grain below which compression has taken it. */
const FAINTEST = 1.5;
const FROZEN = 0.7;
const [FACE, MOUTH] = [-0.75, -0.47];
const [FACE_SLOPE, MOUTH_SLOPE, STEEP] = [11, 9, 22];

/** The noise of a face from squares of it at some moments. */
export function measureNoise(moments: readonly Moment[]): Noise {
  const behind = BESIDE.map((place) => grainAt(moments, place)).filter((v) => !Number.isNaN(v));
  const likenesses = moments.flatMap((one) =>
    SKIN.flatMap((place) => (one[place] ? [likeness(one[place])] : [])),
  );
  return {
    behind: behind.length ? Math.max(...behind) : Number.NaN,
    skin: SKIN.reduce((all, place) => all + grainAt(moments, place), 0) / SKIN.length,
    mouth: grainAt(moments, "mouth"),
    likeness: median(likenesses),
  };
}

/** P(fake) for a noise; until it is calibrated on real clips, show words and no number. */
export function fakeNoise(noise: Noise): number {
  const skin = Math.max(noise.skin, TINY);
  const doubts = [MOUTH_SLOPE * (MOUTH - Math.log(Math.max(noise.mouth, TINY) / skin))];
  if (noise.skin >= FAINTEST) doubts.push(STEEP * (noise.likeness - FROZEN));
  if (Number.isFinite(noise.behind))
    doubts.push(FACE_SLOPE * (FACE - Math.log(skin / Math.max(noise.behind, TINY))));
  return 1 / (1 + Math.exp(-Math.max(...doubts)));
}

/** What the kernel leaves of a square, in grey levels; two px are lost on each side. */
function residual(square: Square): Float64Array {
  const side = Math.round(Math.sqrt(square.length));
  const inner = side - 4;
  const left = new Float64Array(inner * inner);
  for (let y = 0; y < inner; y++)
    for (let x = 0; x < inner; x++) {
      let sum = 0;
      KERNEL.forEach((row, down) => {
        row.forEach((weight, across) => {
          sum += weight * (square[(y + down) * side + x + across] ?? 0);
        });
      });
      left[y * inner + x] = sum / SCALE;
    }
  return left;
}

function strength(rest: Float64Array): number {
  return median(Array.from(rest, Math.abs)) * TO_SIGMA;
}

/** The correlation of the grain of two frames, at the best shift of up to a pixel. */
function likeness({ before, after }: Grain): number {
  const [first, second] = [residual(before), residual(after)];
  const side = Math.round(Math.sqrt(first.length));
  let best = Number.NEGATIVE_INFINITY;
  for (let down = 0; down < 3; down++)
    for (let across = 0; across < 3; across++) {
      let [both, one, other] = [0, 0, 0];
      for (let y = 0; y < side - 2; y++)
        for (let x = 0; x < side - 2; x++) {
          const a = first[(y + 1) * side + x + 1] ?? 0;
          const b = second[(y + down) * side + x + across] ?? 0;
          both += a * b;
          one += a * a;
          other += b * b;
        }
      best = Math.max(best, both / Math.max(Math.sqrt(one * other), TINY));
    }
  return best;
}

function grainAt(moments: readonly Moment[], place: string): number {
  return median(
    moments.flatMap((one) => (one[place] ? [strength(residual(one[place].before))] : [])),
  );
}

function median(values: readonly number[]): number {
  if (!values.length) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
