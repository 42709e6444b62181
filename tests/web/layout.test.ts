import { expect, test } from "vitest";
import { layOut, type Rect } from "../../discriminator/web/src/layout";
import type { Stage } from "../../discriminator/web/src/story";

const AREA = { top: 0.1667, height: 0.5556 };
const STAGE: Stage = {
  face: { ...AREA, left: 0.0625, width: 0.3125 },
  table: { ...AREA, left: 0.401, width: 0.1979 },
  second: { ...AREA, left: 0.625, width: 0.3125 },
  steps: [],
};

test("a desk's screen has the reading where the film leaves room", () => {
  const { face, alone } = layOut(STAGE, 1600, 900, false);
  expect(alone).toBe(false);
  expect(face.x).toBeCloseTo(100);
  expect(face.y).toBeCloseTo(150, 0);
  expect(face.wide).toBeCloseTo(500);
});

const inside = ({ x, y, wide, tall }: Rect, width: number, height: number) =>
  x >= 0 && y >= 0 && x + wide <= width && y + tall <= height;
const apart = (one: Rect, other: Rect) =>
  one.x + one.wide <= other.x ||
  other.x + other.wide <= one.x ||
  one.y + one.tall <= other.y ||
  other.y + other.tall <= one.y;

test.each([
  [360, 740],
  [740, 360],
  [768, 1024],
  [1024, 768],
  [1440, 900],
])("at %s by %s nothing lies over anything else, and it can be read", (width, height) => {
  for (const twice of [false, true]) {
    const { face, second, table, size } = layOut(STAGE, width, height, twice);
    const shown = twice ? [face, table, second] : [face, table];
    for (const rect of shown) expect(inside(rect, width, height)).toBe(true);
    shown.forEach((one, i) => {
      for (const other of shown.slice(i + 1)) expect(apart(one, other)).toBe(true);
    });
    expect(size).toBeGreaterThanOrEqual(10);
    expect(face.wide).toBeCloseTo(face.tall, 0);
  }
});
