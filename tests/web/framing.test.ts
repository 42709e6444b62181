import { expect, test } from "vitest";
import { adviceOn, LightMeter, meanLight } from "../../discriminator/web/src/framing";
import { around, type Points } from "../../discriminator/web/src/geometry";
import nobody from "../../discriminator/web/src/nobody.json";
import type { Face, Sight } from "../../discriminator/web/src/sight";

const FRAME = { width: 640, height: 480, at: 0 };
const BRIGHT = 0.5;

/** Nobody's points, looking ahead: as high as asked, their middle at a place. */
function face(tall = 200, [x, y] = [320, 240], different: Partial<Face> = {}): Face {
  const points = Float32Array.from(nobody.points);
  const { left, top, right, bottom } = around(points);
  const scale = tall / (bottom - top);
  const middle = [(left + right) / 2, (top + bottom) / 2, 0];
  const moved = points.map((value, i) => (value - (middle[i % 3] ?? 0)) * scale);
  const placed: Points = moved.map((value, i) => value + ([x, y, 0][i % 3] ?? 0));
  return { points: placed, confidence: 0.95, ...different };
}

function turned(by: number): Face {
  const { points, ...rest } = face();
  const [c, s] = [Math.cos(by), Math.sin(by)];
  const round = points.slice();
  for (let i = 0; i < round.length; i += 3) {
    const [x, z] = [(points[i] ?? 0) - 320, points[i + 2] ?? 0];
    round[i] = 320 + x * c + z * s;
    round[i + 2] = z * c - x * s;
  }
  return { points: round, ...rest };
}

test.each<[string, Partial<Sight>, number, string]>([
  ["a face in the middle", { face: face() }, BRIGHT, "ready"],
  ["nobody", {}, BRIGHT, "none"],
  ["nobody in the dark", {}, 0.05, "dark"],
  ["a face in the dark", { face: face() }, 0.1, "dark"],
  ["two faces", { face: face(200, [320, 240], { others: 1 }) }, BRIGHT, "several"],
  ["one face, counted", { face: face(200, [320, 240], { others: 0 }) }, BRIGHT, "ready"],
  ["somebody at the wall behind", { face: face(80) }, BRIGHT, "far"],
  ["somebody at the lens", { face: face(440) }, BRIGHT, "near"],
  ["half a face", { face: face(200, [20, 240]) }, BRIGHT, "aside"],
  ["a face that looks to the left", { face: turned(-0.6) }, BRIGHT, "turned"],
  ["a face that looks to the right", { face: turned(0.6) }, BRIGHT, "turned"],
  ["a doubtful face", { face: face(200, [320, 240], { confidence: 0.8 }) }, BRIGHT, "doubtful"],
])("%s", (_, sight, light, advice) => expect(adviceOn({ ...FRAME, ...sight }, light)).toBe(advice));

test("light is weighed as an eye weighs it", () => {
  expect(meanLight([255, 255, 255, 255, 0, 0, 0, 255])).toBeCloseTo(0.5);
  expect(meanLight([0, 255, 0, 255])).toBeGreaterThan(meanLight([255, 0, 0, 255]));
});

test("where there is no picture yet, nobody is told that it is dark", () => {
  expect(new LightMeter().read(document.createElement("video"), FRAME)).toBe(1);
});
