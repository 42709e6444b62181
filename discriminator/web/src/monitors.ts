// The screens in the film's picture on which the viewer's clip appears: where they are at a time.

import type { Corner, Monitor, Quad } from "./story";

/** Where a monitor hangs at a second of the chapter; nothing while it rests. */
export function cornersAt(monitor: Monitor, second: number): Quad | undefined {
  if (second < monitor.from || second >= monitor.to) return undefined;
  const next = monitor.path.findIndex(({ at }) => at > second);
  const after = monitor.path.at(next);
  const before = next === 0 ? after : monitor.path.at(next < 0 ? -1 : next - 1);
  if (!before || !after || before === after) return after?.corners;
  const gone = glide((second - before.at) / (after.at - before.at));
  const between = (corner: 0 | 1 | 2 | 3): Corner => {
    const [x, y] = before.corners[corner];
    const [toX, toY] = after.corners[corner];
    return [x + (toX - x) * gone, y + (toY - y) * gone];
  };
  return [between(0), between(1), between(2), between(3)];
}

/** Eases in and out, as the film's own camera does. */
function glide(x: number): number {
  return x * x * x * (x * (6 * x - 15) + 10);
}
