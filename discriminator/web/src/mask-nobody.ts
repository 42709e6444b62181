// Nobody's skin: a drawn face, laid out flat as the mesh's texture wants it.

import mesh from "./mesh.json";
import nobody from "./nobody.json";

const SIZE = 1024;

export function paintNobody(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: SIZE, height: SIZE });
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  shade(context);
  net(context);
  contours(context);
  return canvas;
}

function at(index: number): [number, number] {
  return [(mesh.texture[2 * index] ?? 0) * SIZE, (mesh.texture[2 * index + 1] ?? 0) * SIZE];
}

/** Light from above, hollows where eyes and mouth would be. */
function shade(context: CanvasRenderingContext2D): void {
  const light = context.createLinearGradient(0, 0, SIZE * 0.3, SIZE);
  light.addColorStop(0, "#cfc8bb");
  light.addColorStop(0.55, "#8f897f");
  light.addColorStop(1, "#3b3a3a");
  context.fillStyle = light;
  context.fillRect(0, 0, SIZE, SIZE);
  const hollows: [number, number, number][] = [
    [159, 0.13, 0.95],
    [386, 0.13, 0.95],
    [13, 0.15, 0.6],
    [98, 0.05, 0.7],
    [327, 0.05, 0.7],
  ];
  for (const [point, reach, dark] of hollows) {
    const [x, y] = at(point);
    const hollow = context.createRadialGradient(x, y, 0, x, y, reach * SIZE);
    hollow.addColorStop(0, `rgb(12 13 16 / ${dark})`);
    hollow.addColorStop(1, "rgb(12 13 16 / 0)");
    context.fillStyle = hollow;
    context.fillRect(0, 0, SIZE, SIZE);
  }
}

function net(context: CanvasRenderingContext2D): void {
  context.strokeStyle = "rgb(12 13 16 / 0.35)";
  context.lineWidth = 1;
  context.beginPath();
  for (let i = 0; i < mesh.triangles.length; i += 3) {
    const corners = mesh.triangles.slice(i, i + 3).map(at);
    const [[x = 0, y = 0] = [], ...others] = corners;
    context.moveTo(x, y);
    for (const [u, v] of others) context.lineTo(u, v);
  }
  context.stroke();
}

function contours(context: CanvasRenderingContext2D): void {
  context.strokeStyle = "#59e08a";
  context.lineWidth = 4;
  context.lineCap = "round";
  context.beginPath();
  for (let i = 0; i < nobody.contours.length; i += 2) {
    context.moveTo(...at(nobody.contours[i] ?? 0));
    context.lineTo(...at(nobody.contours[i + 1] ?? 0));
  }
  context.stroke();
}
