import { expect, test } from "vitest";
import { OneEuro } from "../../discriminator/web/src/one-euro";

/** What the filter makes of a row of values, thirty a second. */
function filtered(values: readonly number[]): number[] {
  const filter = new OneEuro();
  return values.map((value, i) => filter.filter(Float32Array.of(value), i / 30)?.[0] ?? Number.NaN);
}
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

test("a tremble gets smaller", () => {
  const trembling = Array.from({ length: 60 }, (_, i) => 100 + (i % 2));
  expect(spread(filtered(trembling).slice(30))).toBeLessThan(0.3);
});

test("a move is followed to its end", () => {
  const moving = Array.from({ length: 60 }, (_, i) => (i < 10 ? 0 : 200));
  expect(filtered(moving).at(-1)).toBeCloseTo(200, 0);
});

test("a face that was gone begins anew", () => {
  const filter = new OneEuro();
  filter.filter(Float32Array.of(0), 0);
  filter.filter(undefined, 0.1);
  expect(filter.filter(Float32Array.of(100), 0.2)?.[0]).toBe(100);
});
