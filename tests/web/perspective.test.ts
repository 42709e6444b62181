import fc from "fast-check";
import { expect, test } from "vitest";
import { hung, ontoQuad, wider } from "../../discriminator/web/src/perspective";
import type { Corner, Quad } from "../../discriminator/web/src/story";

const SQUARE: Quad = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** Four corners that go round and bulge, as a screen's do. */
const quads = fc
  .array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 8, maxLength: 8 })
  .map((moved) =>
    SQUARE.map(([x, y], i) => [x + (moved[2 * i] ?? 0), y + (moved[2 * i + 1] ?? 0)] as const),
  )
  .map((corners) => corners as unknown as Quad);

function through(quad: Quad, [u, v]: Corner): Corner {
  const [a, b, c, d, e, f, g, h, i] = ontoQuad(quad);
  const depth = g * u + h * v + i;
  return [(a * u + b * v + c) / depth, (d * u + e * v + f) / depth];
}

test("each corner of a picture comes to its own corner", () => {
  fc.assert(
    fc.property(quads, (quad) => {
      SQUARE.forEach((corner, i) => {
        const [x, y] = through(quad, corner);
        expect(x).toBeCloseTo(quad[i]?.[0] ?? Number.NaN, 9);
        expect(y).toBeCloseTo(quad[i]?.[1] ?? Number.NaN, 9);
      });
    }),
  );
});

test("straight lines stay straight: the middle is where the diagonals cross", () => {
  fc.assert(
    fc.property(quads, (quad) => {
      const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = quad;
      const [x, y] = through(quad, [0.5, 0.5]);
      expect((x2 - x0) * (y - y0) - (y2 - y0) * (x - x0)).toBeCloseTo(0, 9);
      expect((x3 - x1) * (y - y1) - (y3 - y1) * (x - x1)).toBeCloseTo(0, 9);
    }),
  );
});

test("what is nearer is larger: the middle lies towards the far edge", () => {
  const nearLeft: Quad = [
    [0, 0],
    [1, 0.25],
    [1, 0.75],
    [0, 1],
  ];
  expect(through(nearLeft, [0.5, 0.5])[0]).toBeCloseTo(2 / 3);
});

test("an element hung where it is already is not bent", () => {
  const quad: Quad = [
    [10, 20],
    [110, 20],
    [110, 70],
    [10, 70],
  ];
  expect(hung(quad, 100, 50)).toBe("matrix3d(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 10, 20, 0, 1)");
});

test("corners go outwards from their middle", () => {
  expect(wider(SQUARE, 2)).toEqual([
    [-0.5, -0.5],
    [1.5, -0.5],
    [1.5, 1.5],
    [-0.5, 1.5],
  ]);
});
