// Screen C: the requests come down. Every arrow's place follows from the second alone.

import { language } from "../language";
import { make } from "../make";
import { at, type Cues, share } from "./scenes";
import { calm, chance, type Screen, type Words } from "./screen";

const MOST = 90;

/** @param requests how many there were. */
export function rainScreen(requests: number, cues: Cues, words: Words): Screen {
  const canvas = make("canvas", { class: "rain-sky", "aria-hidden": true });
  const number = make("p", { class: "rain-number" });
  const disc = make("div", { class: "rain-disc", "aria-hidden": true });
  const element = make(
    "section",
    { class: "scene rain", "data-scene": "rain", "aria-label": words["scene_rain"] ?? "" },
    disc,
    canvas,
    make(
      "div",
      { class: "rain-words" },
      number,
      make("p", { class: "mono" }, words["rain_requests"] ?? ""),
      make("p", { class: "dim" }, words["rain_faces"] ?? ""),
    ),
  );
  const from = at(cues, "rain");
  const counting = at(cues, "rain_count");
  const end = at(cues, "year_2015");
  return {
    element,
    draw(second) {
      const counted = Math.round(requests * share(second, counting, counting + 6) ** 2);
      number.textContent = counted.toLocaleString(language());
      element.toggleAttribute("data-counting", second >= counting);
      element.toggleAttribute("data-faces", second >= counting + 8);
      disc.style.scale = String(calm() ? 6 : 0.8 + 24 * share(second, from, end) ** 3);
      drawArrows(canvas, calm() ? counting : second, from, counting);
    },
  };
}

/** Arrows at a second: few at first, then as many as fit. */
function drawArrows(canvas: HTMLCanvasElement, second: number, from: number, full: number): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const pen = canvas.getContext("2d");
  if (!pen || !width) return;
  fitCanvas(canvas, pen);
  pen.clearRect(0, 0, width, height);
  pen.strokeStyle = "#f1ede4";
  pen.lineWidth = 2;
  const falling = 4 + (MOST - 4) * share(second, from, full + 3) ** 2;
  for (let index = 0; index < falling; index += 1) {
    const { x, y, size, alpha } = arrowAt(index, second - from);
    pen.globalAlpha = alpha;
    arrow(pen, x * width, y * (height + 2 * size) - size, size);
  }
}

/** Gives a canvas the screen's own pixels. */
export function fitCanvas(canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D): void {
  const ratio = Math.min(devicePixelRatio, 2);
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}

/** Where an arrow is after so many seconds: shares of the picture, px, opacity. */
export function arrowAt(index: number, seconds: number) {
  const falls = 2 + chance(index);
  const turn = seconds / falls + chance(index + 1000);
  const round = Math.floor(turn);
  const size = 21 + 11 * chance(index + 2000);
  return { x: chance(index * 31 + round), y: turn - round, size, alpha: (size - 16) / 16 };
}

function arrow(pen: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  const half = size / 3;
  pen.beginPath();
  pen.moveTo(x, y - size / 2);
  pen.lineTo(x, y + size / 3);
  pen.moveTo(x - half, y);
  pen.lineTo(x, y + size / 3);
  pen.lineTo(x + half, y);
  pen.moveTo(x - half, y + size / 2);
  pen.lineTo(x + half, y + size / 2);
  pen.stroke();
}
