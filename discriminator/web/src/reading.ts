// Chapter 4: what a machine reads in the viewer's face, laid over the film's picture in step with
// the narration. The story says where and when; none of it leaves the page.

import { Answers } from "./answers";
import { around, type Points, pointOf } from "./geometry";
import type { Room } from "./interludes";
import { layOut, type Places, type Rect } from "./layout";
import { LINES } from "./lines";
import type { Sight } from "./sight";
import type { Stop } from "./signal";
import type { Shown, Stage } from "./story";

/** Seconds before the first step at which the networks are woken. */
const EARLY = 12;
/** Milliseconds for one more point of the lines. */
const STROKE = 55;
/** Side of the picture around a face, in parts of the face's longer side. */
const ROOM = 1.5;
/** How much of a move of the face its frame makes at each sight. */
const GLIDE = 0.3;
const DARK = 0.55;
const [GREEN, INK] = ["#59e08a", "#0c0d10"];

interface Framing {
  x: number;
  y: number;
  side: number;
}

/** The step of a stage at a second: its number, what it shows, and where. */
export function stepAt(
  second: number,
  stage: Stage,
  cues: Readonly<Record<string, number>>,
): { number: number; shows: readonly Shown[]; places: Places } {
  const number = stage.steps.filter(({ at }) => (cues[at] ?? Infinity) <= second).length - 1;
  const step = stage.steps[number];
  return { number, shows: step?.shows ?? [], places: { ...stage, ...step } };
}

export function play(room: Room): Stop {
  const { stage } = room.chapter;
  if (!stage) return () => undefined;
  const layer = new Layer(room);
  const { cues } = room.chapter;
  const first = cues[stage.steps[0]?.at ?? ""] ?? Infinity;
  const last = cues[stage.steps.at(-1)?.at ?? ""] ?? 0;
  let stopWatching: Stop | undefined;
  let frame = 0;
  let shown = -2;
  const follow = () => {
    frame = requestAnimationFrame(follow);
    const second = room.media.currentTime;
    const near = second >= first - EARLY && second <= last && room.sitter.who.value !== "none";
    if (near && !stopWatching) {
      stopWatching = room.tracker.watch("guesses", (sight) => layer.see(sight));
    } else if (!near && stopWatching) {
      stopWatching();
      stopWatching = undefined;
    }
    const { number, shows, places } = stepAt(second, stage, cues);
    if (number !== shown && number >= 0 && shows.length && near && shown !== -2) {
      room.sounds.oneOf("stage", 6);
    }
    shown = number;
    layer.draw(near ? shows : [], places);
  };
  frame = requestAnimationFrame(follow);
  return () => {
    cancelAnimationFrame(frame);
    stopWatching?.();
    layer.close();
  };
}

class Layer {
  readonly #canvas = document.createElement("canvas");
  readonly #answers: Answers;
  readonly #room: Room;
  #sight: Sight | undefined;
  #framing: Framing | undefined;
  #began = 0;

  constructor(room: Room) {
    this.#room = room;
    this.#answers = new Answers(room.words);
    this.#canvas.setAttribute("aria-hidden", "true");
    room.place.append(this.#canvas, this.#answers.element);
  }

  see(sight: Sight): void {
    this.#sight = sight;
    const { face } = sight;
    this.#answers.confidence = face?.confidence;
    if (!face) return;
    this.#answers.take(0, face.guesses?.plain);
    this.#answers.take(1, face.guesses?.darker);
    this.#frame(face.points);
  }

  draw(shows: readonly Shown[], places: Places): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const density = Math.min(devicePixelRatio, 1.5);
    const size = { width: Math.round(width * density), height: Math.round(height * density) };
    if (this.#canvas.width !== size.width || this.#canvas.height !== size.height) {
      Object.assign(this.#canvas, size);
    }
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    this.#canvas.dataset["shows"] = shows.join(" ");
    if (!shows.includes("wireframe")) this.#began = 0;
    else this.#began ||= performance.now();
    this.#answers.show(shows);
    if (!shows.length) return;
    const twice = shows.includes("second reading");
    const { face, second, table, size: letter, alone } = layOut(places, width, height, twice);
    this.#answers.lay(table, letter);
    context.scale(density, density);
    context.fillStyle = INK;
    if (alone) context.fillRect(0, 0, width, height);
    // The picture behind says which of the two stands in less light: the first.
    this.#paint(context, face, shows, twice ? DARK : 1);
    if (twice) this.#paint(context, second, ["frame", "picture"], 1);
  }

  close(): void {
    this.#canvas.remove();
    this.#answers.element.remove();
  }

  #frame(points: Points): void {
    const { left, top, right, bottom } = around(points);
    const wanted = {
      x: (left + right) / 2,
      y: (top + bottom) / 2 - 0.06 * (bottom - top),
      side: ROOM * Math.max(right - left, bottom - top),
    };
    const now = this.#framing ?? wanted;
    const glide = (one: number, other: number) => one + GLIDE * (other - one);
    this.#framing = {
      x: glide(now.x, wanted.x),
      y: glide(now.y, wanted.y),
      side: glide(now.side, wanted.side),
    };
  }

  #paint(
    context: CanvasRenderingContext2D,
    rect: Rect,
    shows: readonly Shown[],
    light: number,
  ): void {
    const { x, y, wide, tall } = rect;
    context.save();
    context.beginPath();
    context.rect(x, y, wide, tall);
    context.fillStyle = INK;
    context.fill();
    context.clip();
    if (this.#framing) {
      // Mirrored, so that the viewer knows the face; scaled so that its frame fills the square.
      context.translate(x + wide / 2, y + tall / 2);
      const scale = Math.min(wide, tall) / this.#framing.side;
      context.scale(-scale, scale);
      context.translate(-this.#framing.x, -this.#framing.y);
      if (shows.includes("picture")) this.#picture(context, light);
      if (shows.includes("wireframe")) this.#wires(context, scale);
    }
    context.restore();
    context.strokeStyle = GREEN;
    context.lineWidth = 2;
    if (shows.includes("frame")) context.strokeRect(x, y, wide, tall);
  }

  #picture(context: CanvasRenderingContext2D, light: number): void {
    const { width = 0, height = 0 } = this.#sight ?? {};
    context.drawImage(this.#room.sitter.video, 0, 0, width, height);
    // Black over it takes as much light away as the networks' own pictures have lost.
    context.fillStyle = `rgb(0 0 0 / ${1 - light})`;
    context.fillRect(0, 0, width, height);
  }

  /** One line after the other, point by point; all at once for who wants rest. */
  #wires(context: CanvasRenderingContext2D, scale: number): void {
    const points = this.#sight?.face?.points;
    if (!points) return;
    const grown = (performance.now() - this.#began) / STROKE;
    let left = this.#room.calm ? Infinity : grown;
    context.strokeStyle = GREEN;
    context.lineWidth = 1.6 / scale;
    context.beginPath();
    for (const line of LINES) {
      line.slice(0, Math.max(Math.ceil(left), 0)).forEach((index, i) => {
        const [u, v] = pointOf(points, index);
        if (i) context.lineTo(u, v);
        else context.moveTo(u, v);
      });
      left -= line.length;
    }
    context.stroke();
  }
}
