// Cover 2: at every blink of the viewer, eyes open all over the screen, and stay.

import { drawEye, EYE_ASPECT, KINDS } from "./drawn-eyes";
import { Blinks, meanEyeOpenness } from "./geometry";
import type { Room } from "./interludes";
import type { Sight } from "./sight";
import type { Stop } from "./signal";
import { fill } from "./story";

const SOUNDS = 6;
/** Most eyes that open at one blink. */
const MOST = 10;
/** Width of an eye in px of the page. */
const [NARROW, WIDE] = [50, 200];
/** Seconds in which an eye opens. */
const OPENING = 0.28;
/** Sights without a face until it is said: one blurred frame is no absence. */
const PATIENCE = 8;

/** One eye of the collage; its place is in parts of the screen, so that it survives a new size. */
interface Pasted {
  readonly kind: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly since: number;
}

/** How many eyes open at the nth blink: 1, 2, 5, 8, and then ten each time. */
export function eyesAt(blink: number): number {
  return Math.min(Math.floor(blink ** 1.5), MOST);
}

export function play(room: Room): Stop {
  const collage = new Collage(room.place, room.calm);
  const quiet = room.sounds.drone("drone-2");
  const blinks = new Blinks();
  let [count, absent] = [0, 0];
  room.say(room.words["blink_not"] ?? "");
  const see = ({ face, at }: Sight) => {
    absent = face ? 0 : absent + 1;
    if (absent === PATIENCE) room.say(room.words["face_none"] ?? "");
    if (blinks.see(face && meanEyeOpenness(face.points), at)) {
      count += 1;
      collage.paste(eyesAt(count));
      room.sounds.oneOf("blink", SOUNDS);
    }
    if (face) room.say(headline(count, room.words));
  };
  const stop = room.tracker.watch("mesh", see);
  return () => {
    stop();
    quiet();
    collage.close();
  };
}

function headline(count: number, words: Room["words"]): string {
  if (!count) return words["blink_not"] ?? "";
  return fill(words[count === 1 ? "blink_one" : "blink_many"] ?? "", { count });
}

class Collage {
  readonly #canvas = document.createElement("canvas");
  readonly #eyes: Pasted[] = [];
  readonly #resized: ResizeObserver;
  readonly #calm: boolean;
  #frame = 0;
  /** Eyes that have opened and are painted for good. */
  #settled = 0;

  constructor(place: HTMLElement, calm: boolean) {
    this.#calm = calm;
    this.#canvas.className = "collage";
    this.#canvas.setAttribute("aria-hidden", "true");
    place.append(this.#canvas);
    this.#resized = new ResizeObserver(() => this.#layOut());
    this.#resized.observe(this.#canvas);
  }

  paste(count: number): void {
    const since = performance.now() / 1000;
    for (let i = 0; i < count; i += 1) {
      this.#eyes.push({
        kind: Math.floor(Math.random() * KINDS),
        x: Math.random(),
        y: Math.random(),
        width: NARROW + Math.random() * (WIDE - NARROW),
        // They open one after the other, as a crowd does.
        since: since + i * 0.05,
      });
    }
    this.#canvas.dataset["eyes"] = String(this.#eyes.length);
    if (!this.#frame) this.#paint();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#resized.disconnect();
    this.#canvas.remove();
  }

  /** Another size of the screen: every eye finds its place again. */
  #layOut(): void {
    const density = Math.min(devicePixelRatio, 2);
    this.#canvas.width = Math.round(this.#canvas.clientWidth * density);
    this.#canvas.height = Math.round(this.#canvas.clientHeight * density);
    this.#settled = 0;
    if (!this.#frame) this.#paint();
  }

  #paint(): void {
    const context = this.#canvas.getContext("2d");
    const now = performance.now() / 1000;
    for (const eye of context ? this.#eyes.slice(this.#settled) : []) {
      const open = this.#calm ? 1 : Math.min(Math.max((now - eye.since) / OPENING, 0), 1);
      if (context && open > 0) this.#paintEye(context, eye, open);
    }
    // An eye is settled when all before it are: they lie over one another in their order.
    while ((this.#eyes[this.#settled]?.since ?? Infinity) + OPENING < now) this.#settled += 1;
    const busy = this.#settled < this.#eyes.length;
    this.#frame = busy ? requestAnimationFrame(() => this.#paint()) : 0;
  }

  #paintEye(context: CanvasRenderingContext2D, eye: Pasted, open: number): void {
    const { width, height } = this.#canvas;
    const wide = eye.width * Math.min(devicePixelRatio, 2);
    const tall = wide / EYE_ASPECT;
    const picture = drawEye(eye.kind);
    context.drawImage(
      picture,
      0,
      (picture.height * (1 - open)) / 2,
      picture.width,
      picture.height * open,
      eye.x * width - wide / 2,
      eye.y * height - (tall * open) / 2,
      wide,
      tall * open,
    );
  }
}
