// A flat picture hung between four corners, as it would be seen there: near edges larger than far ones.

import type { Quad } from "./story";

/** Nine numbers, row by row, that take (u, v, 1) of the unit square to a point, up to its scale. */
export type Homography = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** From the unit square to four corners: top left, top right, bottom right, bottom left. */
export function ontoQuad(corners: Quad): Homography {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
  const [ax, ay, bx, by] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const area = ax * by - bx * ay;
  const g = (sx * by - bx * sy) / area;
  const h = (ax * sy - sx * ay) / area;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

/** The CSS that hangs an element of a size between corners in px of its container's top left. */
export function hung(corners: Quad, width: number, height: number): string {
  const [a, b, c, d, e, f, g, h] = ontoQuad(corners);
  const columns = [a / width, d / width, 0, g / width, b / height, e / height, 0, h / height];
  return `matrix3d(${[...columns, 0, 0, 1, 0, c, f, 0, 1].join(", ")})`;
}

/** Moves each corner away from the middle, so that nothing of what lies below looks out at the edges. */
export function wider(corners: Quad, by: number): Quad {
  const x = corners.reduce((sum, corner) => sum + corner[0], 0) / 4;
  const y = corners.reduce((sum, corner) => sum + corner[1], 0) / 4;
  const [a, b, c, d] = corners.map(([cx, cy]) => [x + (cx - x) * by, y + (cy - y) * by] as const);
  return a && b && c && d ? [a, b, c, d] : corners;
}
