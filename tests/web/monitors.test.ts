import fc from "fast-check";
import { expect, test } from "vitest";
import { cornersAt } from "../../discriminator/web/src/monitors";
import type { Monitor, Quad } from "../../discriminator/web/src/story";

const SMALL: Quad = [
  [0.4, 0.4],
  [0.6, 0.4],
  [0.6, 0.6],
  [0.4, 0.6],
];
const LARGE: Quad = [
  [0.2, 0.1],
  [0.8, 0.1],
  [0.8, 0.9],
  [0.2, 0.9],
];
const NEARER: Monitor = {
  name: "monitor",
  clip: 10,
  from: 10,
  to: 20,
  path: [
    { at: 12, corners: SMALL },
    { at: 18, corners: LARGE },
  ],
  aspect: 1,
  still: null,
};

test("a monitor rests before and after its time", () => {
  expect(cornersAt(NEARER, 9.99)).toBeUndefined();
  expect(cornersAt(NEARER, 20)).toBeUndefined();
});

test("corners stay before the way begins and after it ends", () => {
  expect(cornersAt(NEARER, 10)).toEqual(SMALL);
  expect(cornersAt(NEARER, 12)).toEqual(SMALL);
  expect(cornersAt(NEARER, 18)).toEqual(LARGE);
  expect(cornersAt(NEARER, 19.9)).toEqual(LARGE);
});

test("half way in time is half way in the picture", () => {
  const corners = cornersAt(NEARER, 15);
  expect(corners?.[0][0]).toBeCloseTo(0.3);
  expect(corners?.[2][1]).toBeCloseTo(0.75);
});

test("corners only ever come nearer", () => {
  const second = fc.double({ min: 10, max: 19.9, noNaN: true });
  fc.assert(
    fc.property(second, second, (one, other) => {
      const [early, late] = one < other ? [one, other] : [other, one];
      const left = (at: number) => cornersAt(NEARER, at)?.[0][0] ?? Number.NaN;
      expect(left(late)).toBeLessThanOrEqual(left(early) + 1e-12);
    }),
  );
});

test("a monitor that never moves has one place", () => {
  const still = { ...NEARER, path: [{ at: 0, corners: SMALL }] };
  expect(cornersAt(still, 15)).toEqual(SMALL);
});
