// The irises' network: looks at each eye closely, mends the lids of the mesh and adds the irises.

import type { Load, Network, Tensors } from "./eyes";
import { IN_MESH, type Points } from "./geometry";
import { Cutter, squareOfEye, toFrame } from "./squares";

const SIZE = 64;
/** What the network says of an eye: 71 points of its contours, then 5 of its iris. */
const IN_EYE = 76;
const CONTOURS = 71;
/** Centre, right, top, left, bottom; in a mirrored eye right and left have changed places. */
const IRIS = [0, 1, 2, 3, 4] as const;
const MIRRORED_IRIS = [0, 3, 2, 1, 4] as const;
/** For its first 16 points, lower lid then upper, the points of the mesh that they are. */
const LIDS = {
  left: [33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173],
  right: [263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398],
} as const;
/** The picture's left eye first, as in the mesh. The network knows one side; the other is mirrored. */
const EYES = [
  { outer: 33, inner: 133, lids: LIDS.left, flipped: false, iris: IN_MESH },
  { outer: 263, inner: 362, lids: LIDS.right, flipped: true, iris: IN_MESH + 5 },
] as const;

export class Irises {
  readonly #tf: Tensors;
  readonly #network: Network;
  readonly #cutter = new Cutter(SIZE);

  private constructor(tf: Tensors, network: Network) {
    this.#tf = tf;
    this.#network = network;
  }

  static async load(tf: Tensors, load: Load): Promise<Irises> {
    return new Irises(tf, await load("iris"));
  }

  /** Changes the lids among the points, px of the frame, and fills in the ten of the irises. */
  async refine(frame: ImageBitmap, points: Points, lean: number): Promise<void> {
    const squares = EYES.map(({ outer, inner }) => squareOfEye(points, outer, inner, lean));
    const pixels = new Float32Array(EYES.length * SIZE * SIZE * 3);
    EYES.forEach(({ flipped }, i) => {
      const square = squares[i];
      if (square) pixels.set(this.#cutter.cut(frame, square, { flipped }), i * SIZE * SIZE * 3);
    });
    const input = this.#tf.tensor4d(pixels, [EYES.length, SIZE, SIZE, 3]);
    const output = this.#network.execute(input) as ReturnType<Tensors["tensor"]>;
    const found = await output.data();
    this.#tf.dispose([input, output]);
    EYES.forEach((eye, i) => {
      const square = squares[i];
      if (!square) return;
      const raw = found.slice(i * IN_EYE * 3, (i + 1) * IN_EYE * 3);
      if (eye.flipped) for (let at = 0; at < raw.length; at += 3) raw[at] = SIZE - (raw[at] ?? 0);
      place(toFrame(raw, SIZE, square), points, eye);
    });
  }
}

/** How deep an eye lies is the mesh's to say; the close look knows only across and down. */
function place(
  found: Float32Array,
  points: Points,
  { lids, iris, flipped }: { lids: readonly number[]; iris: number; flipped: boolean },
): void {
  const put = (to: number, from: number, depth: number) => {
    points[3 * to] = found[3 * from] ?? 0;
    points[3 * to + 1] = found[3 * from + 1] ?? 0;
    points[3 * to + 2] = depth;
  };
  for (const [from, to] of lids.entries()) put(to, from, points[3 * to + 2] ?? 0);
  const depths = lids.map((lid) => points[3 * lid + 2] ?? 0);
  const depth = depths.reduce((sum, value) => sum + value, 0) / depths.length;
  const order = flipped ? MIRRORED_IRIS : IRIS;
  for (const [to, from] of order.entries()) put(iris + to, CONTOURS + from, depth);
}
