import { describe, expect, test } from "vitest";
import {
  align,
  around,
  Blinks,
  COUNT,
  crop,
  eyeOpenness,
  headPose,
  mouthOpenness,
  mouthSwitch,
} from "../../discriminator/web/src/geometry";
import nobody from "../../discriminator/web/src/nobody.json";
import vectors from "../faces/vectors.json";

/** The points that a vector gives; the others are at (0, 0, 0). */
function pointsOf(given: Readonly<Record<string, readonly number[]>>): Float32Array {
  const points = new Float32Array(3 * COUNT);
  for (const [index, place] of Object.entries(given)) points.set(place, 3 * Number(index));
  return points;
}

describe("the browser measures what Python measures", () => {
  test.each(vectors.faces)("$name", ({ points, eyes, mouth, head }) => {
    const face = pointsOf(points as unknown as Record<string, number[]>);
    const { yaw, pitch, roll } = headPose(face);
    const measured = [...eyeOpenness(face), mouthOpenness(face), yaw, pitch, roll];
    [...eyes, mouth, ...head].forEach((wanted, i) => {
      expect(measured[i]).toBeCloseTo(wanted, i < 3 ? 4 : 2);
    });
  });

  test.each(vectors.crops)(
    "the crop around $box",
    ({ box, margin, width, height, crop: wanted }) => {
      const [left = 0, top = 0, right = 0, bottom = 0] = box;
      const found = crop({ left, top, right, bottom }, margin, width, height);
      expect([found.left, found.top, found.right, found.bottom]).toEqual(wanted);
    },
  );

  test.each(vectors.alignments)("the alignment of $name", ({ name, size, matrix }) => {
    const { points } = vectors.faces.find((face) => face.name === name) ?? {};
    const found = align(pointsOf(points as unknown as Record<string, number[]>), size);
    matrix.flat().forEach((wanted, i) => {
      expect(found[i]).toBeCloseTo(wanted, 1);
    });
  });

  test.each(vectors.blinks)("$name", ({ values, blinks: wanted, a_second }) => {
    const blinks = new Blinks();
    const seen = values.flatMap((value, i) =>
      blinks.see(value ?? undefined, i / a_second) ? [i] : [],
    );
    expect(seen).toEqual(wanted);
  });

  test.each(vectors.mouths)("$name", ({ values, openings }) => {
    const mouth = mouthSwitch();
    expect(values.flatMap((value, i) => (mouth.see(value ?? undefined) ? [i] : []))).toEqual(
      openings,
    );
  });
});

/** Nobody's face, looking straight ahead. */
const face = () => Float32Array.from(nobody.points);

function move(points: Float32Array, index: number, down: number): Float32Array {
  const at = 3 * index + 1;
  points[at] = (points[at] ?? 0) + down;
  return points;
}

describe("a face without expression", () => {
  test("has open eyes and a shut mouth", () => {
    const [left, right] = eyeOpenness(face());
    expect(left).toBeGreaterThan(0.2);
    expect(right).toBeGreaterThan(0.2);
    expect(mouthOpenness(face())).toBeLessThan(0.2);
  });

  test("is measured alike at any size", () => {
    const large = face().map((value) => 3 * value);
    expect(eyeOpenness(large)[0]).toBeCloseTo(eyeOpenness(face())[0], 5);
    expect(headPose(large).yaw).toBeCloseTo(headPose(face()).yaw, 3);
  });

  test("lies in the box around it", () => {
    const { left, top, right, bottom } = around(face());
    expect(left).toBeLessThan(right);
    expect(top).toBeLessThan(bottom);
  });
});

test("a lower lip that drops opens the mouth, at most wholly", () => {
  expect(mouthOpenness(move(face(), 14, 220))).toBeGreaterThan(0.5);
  expect(mouthOpenness(move(face(), 14, 3000))).toBe(1);
});

test("points that all lie in one place measure nothing", () => {
  const nothing = new Float32Array(3 * 478);
  expect(eyeOpenness(nothing)).toEqual([0, 0]);
  expect(mouthOpenness(nothing)).toBe(0);
});

/** Counts the blinks in a row of opennesses, thirty a second; `undefined` is no face. */
function blinksIn(...values: (number | undefined)[]): number {
  const blinks = new Blinks();
  return values.filter((value, i) => blinks.see(value, i / 30)).length;
}
const open = (count: number, openness = 0.3) => new Array<number>(count).fill(openness);

describe("blinks are counted when the eyes reopen", () => {
  test("one for one", () => expect(blinksIn(...open(20), 0.1, 0.05, ...open(9))).toBe(1));
  test("none at first sight", () => expect(blinksIn(...open(20))).toBe(0));
  test("none for eyes that were shut at first", () =>
    expect(blinksIn(0.05, 0.05, ...open(20))).toBe(0));
  test("none for a face that leaves and comes back", () =>
    expect(blinksIn(...open(20), undefined, ...open(20))).toBe(0));
  test("none for eyes that shut, leave and come back open", () =>
    expect(blinksIn(...open(20), 0.05, undefined, ...open(20))).toBe(0));
  test("none for a tremble around one threshold", () =>
    expect(blinksIn(...open(9), 0.2, 0.19, 0.21, 0.19, ...open(9))).toBe(0));
  test("narrow eyes count as wide ones do", () =>
    expect(blinksIn(...open(120, 0.17), 0.05, ...open(9, 0.17))).toBe(1));
});

test("a mouth opens once until it was shut again", () => {
  const mouth = mouthSwitch();
  const row = [0.1, 0.6, 0.45, 0.6, 0.2, 0.7];
  expect(row.filter((value) => mouth.see(value))).toEqual([0.6, 0.7]);
});
