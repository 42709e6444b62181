import fc from "fast-check";
import { expect, test } from "vitest";
import { cropAround, moved } from "../../discriminator/web/src/crop";

/** Points of which two span a box; the others lie in its middle. */
function pointsIn(left: number, top: number, wide: number, tall: number): Float32Array {
  const points = new Float32Array(3 * 478);
  for (let i = 0; i < points.length; i += 3) points.set([left + wide / 2, top + tall / 2, 1], i);
  points.set([left, top, 0], 0);
  points.set([left + wide, top + tall, 0], 3);
  return points;
}

test("the face stands in the middle, a little low, with its own size around it", () => {
  expect(cropAround(pointsIn(300, 200, 80, 100), 1280, 720)).toEqual({
    left: 240,
    top: 142,
    side: 200,
  });
});

test("nothing outside of the picture is ever asked for", () => {
  const size = fc.integer({ min: 64, max: 2000 });
  const place = fc.integer({ min: -200, max: 2200 });
  fc.assert(
    fc.property(size, size, place, place, size, size, (width, height, x, y, wide, tall) => {
      const { left, top, side } = cropAround(pointsIn(x, y, wide, tall), width, height);
      expect(side).toBeGreaterThan(0);
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(left + side).toBeLessThanOrEqual(width);
      expect(top + side).toBeLessThanOrEqual(height);
    }),
  );
});

test("points go with their square, and their depth with them", () => {
  const points = Float32Array.from([10, 20, 4, 30, 40, -4]);
  const small = moved(points, { left: 10, top: 10, side: 100 }, 0.5);
  expect([...small]).toEqual([0, 5, 2, 10, 15, -2]);
});
