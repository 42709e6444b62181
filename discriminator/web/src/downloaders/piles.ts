// Screen F: the same prints by their tag; then the many of which they are three points; then again.

import { make } from "../make";
import type { Album } from "./album";
import { Board } from "./board";
import type { Line } from "./call";
import { byTag, TAGS } from "./places";
import { fitCanvas } from "./rain";
import { at, type Cues, passed, share } from "./scenes";
import { calm, type Screen, type Words } from "./screen";

export function pilesScreen(
  album: Album,
  media: string,
  cues: Cues,
  lines: readonly Line[],
  words: Words,
): Screen {
  const board = new Board(album, media, byTag, words);
  const labels = make(
    "div",
    { class: "piles-labels", "aria-hidden": true },
    ...TAGS.map((tag) => make("span", { "data-tag": tag }, words[`pile_${tag}`] ?? tag)),
  );
  const plain = make("canvas", { class: "plain", "aria-hidden": true });
  const fine = make("div", { class: "piles-fine" }, figure(words, "fine"));
  const element = make(
    "section",
    { class: "scene piles", "data-scene": "piles", "aria-label": words["scene_piles"] ?? "" },
    plain,
    board.element,
    labels,
    make("div", { class: "piles-words" }, figure(words, "billions"), fine),
  );
  const from = at(cues, "billions");
  const until = at(cues, "end");
  const fined =
    lines.find(({ start, text }) => start > from && text.includes("30.5"))?.start ?? until;
  return {
    element,
    draw(second) {
      for (const tag of TAGS) {
        element.toggleAttribute(`data-${tag}`, passed(second, cues, `pile_${tag}`));
      }
      const many = second >= from && second < until;
      element.toggleAttribute("data-many", many);
      element.toggleAttribute("data-fined", many && second >= fined);
      element.toggleAttribute("data-end", second >= until);
      board.element.inert = many;
      board.put(() => second >= at(cues, "piles"), true);
      board.ring(second >= until);
      if (many)
        drawPlain(plain, share(second, from, from + 6), share(second, fined + 1, fined + 4));
    },
    leave() {
      board.leave();
      board.ring(false);
    },
    close: () => board.close(),
  };
}

function figure(words: Words, name: string): HTMLElement {
  return make(
    "div",
    { class: `piles-figure ${name}` },
    make("p", { class: "piles-number" }, words[`${name}_number`] ?? ""),
    make("p", { class: "mono" }, words[`${name}_what`] ?? ""),
    make("p", { class: "mono dim" }, words[`${name}_source`] ?? ""),
  );
}

const HORIZON = 0.34;
const ROWS = 46;

/** A plain of tiles as far as one can see; `fallen` is how far the coin has come. */
function drawPlain(canvas: HTMLCanvasElement, shown: number, fallen: number): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const pen = canvas.getContext("2d");
  if (!pen || !width) return;
  fitCanvas(canvas, pen);
  pen.clearRect(0, 0, width, height);
  const seen = calm() ? 1 : shown;
  for (let row = 0; row < ROWS; row += 1) {
    const depth = 1 / (1 + row * 0.42);
    const y = height * (HORIZON + (1 - HORIZON) * depth);
    const tile = width * 0.075 * depth;
    pen.globalAlpha = Math.max(0, Math.min(seen * ROWS - row * 0.6, 1)) * (0.16 + 0.5 * depth);
    pen.fillStyle = row % 2 ? "#3c3f4a" : "#4a4d59";
    const columns = Math.min(Math.ceil(width / tile / 1.25) + 2, 260);
    for (let column = -columns / 2; column < columns / 2; column += 1) {
      pen.fillRect(width / 2 + column * tile * 1.25, y - tile * 0.42, tile, tile * 0.36);
    }
  }
  drawPiles(pen, width, height);
  if (fallen > 0 && fallen < 1) drawCoin(pen, width, height, calm() ? 0.6 : fallen);
}

/** The three piles, as three points at the edge. */
function drawPiles(pen: CanvasRenderingContext2D, width: number, height: number): void {
  pen.globalAlpha = 1;
  ["#ff6b5e", "#8b97ff", "#59e08a"].forEach((colour, index) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(width * (0.04 + 0.016 * index), height * 0.93, 3.5, 0, 7);
    pen.fill();
  });
}

function drawCoin(pen: CanvasRenderingContext2D, width: number, height: number, way: number): void {
  const y = height * (0.05 + 0.58 * way ** 2);
  pen.globalAlpha = 1 - way ** 6;
  pen.fillStyle = "#ffd21f";
  pen.beginPath();
  pen.ellipse(width * 0.62, y, 9 * (1 - 0.7 * way), 11 * (1 - 0.7 * way), 0, 0, 7);
  pen.fill();
}
