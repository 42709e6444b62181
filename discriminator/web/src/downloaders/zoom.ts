// A picture looked at closely: moved and enlarged by hand, wheel, two fingers or keys.

export interface View {
  /** How many times larger, from 1 to 4. */
  readonly scale: number;
  /** How far the picture is moved, in px. */
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
const MOST = 4;
const STEP = 1.4;
const KEY_MOVE = 60;

/** Keeps the picture over its frame: no gap opens at a side. */
export function clampView({ scale, x, y }: View, frame: Size): View {
  const bounded = Math.min(Math.max(scale, 1), MOST);
  const sideways = ((bounded - 1) * frame.width) / 2;
  const upright = ((bounded - 1) * frame.height) / 2;
  return {
    scale: bounded,
    x: Math.min(Math.max(x, -sideways), sideways),
    y: Math.min(Math.max(y, -upright), upright),
  };
}

/** Enlarges about a point of the frame, given from its middle in px: what is there stays there. */
export function zoomAbout(view: View, times: number, px: number, py: number, frame: Size): View {
  const scale = Math.min(Math.max(view.scale * times, 1), MOST);
  const grown = scale / view.scale;
  return clampView({ scale, x: px - (px - view.x) * grown, y: py - (py - view.y) * grown }, frame);
}

/** Lets a frame's picture be looked at closely until `until`; `picture` gets the transform. */
export class Lens {
  readonly #frame: HTMLElement;
  readonly #picture: HTMLElement;
  readonly #fingers = new Map<number, { x: number; y: number }>();
  #view = WHOLE;

  constructor(frame: HTMLElement, picture: HTMLElement) {
    this.#frame = frame;
    this.#picture = picture;
    frame.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    frame.addEventListener("pointerdown", (event) => this.#onDown(event));
    frame.addEventListener("pointermove", (event) => this.#onMove(event));
    for (const end of ["pointerup", "pointercancel"] as const) {
      frame.addEventListener(end, ({ pointerId }) => this.#fingers.delete(pointerId));
    }
    frame.addEventListener("keydown", (event) => this.#onKey(event));
  }

  get closer(): boolean {
    return this.#view.scale > 1;
  }

  /** Enlarges (or, below 1, shrinks) about the middle. */
  zoom(times: number): void {
    this.#show(zoomAbout(this.#view, times, 0, 0, this.#size));
  }

  enlarge(): void {
    this.zoom(STEP);
  }

  reduce(): void {
    this.zoom(1 / STEP);
  }

  reset(): void {
    this.#show(WHOLE);
  }

  get #size(): Size {
    return { width: this.#frame.clientWidth, height: this.#frame.clientHeight };
  }

  #show(view: View): void {
    this.#view = view;
    this.#picture.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    this.#frame.toggleAttribute("data-closer", this.closer);
  }

  #fromMiddle(x: number, y: number): [number, number] {
    const { left, top, width, height } = this.#frame.getBoundingClientRect();
    return [x - left - width / 2, y - top - height / 2];
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    const [x, y] = this.#fromMiddle(event.clientX, event.clientY);
    this.#show(zoomAbout(this.#view, 1.1 ** (-event.deltaY / 52), x, y, this.#size));
  }

  #onDown(event: PointerEvent): void {
    this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.#frame.setPointerCapture?.(event.pointerId);
  }

  #onMove(event: PointerEvent): void {
    const before = this.#fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.#fingers.set(event.pointerId, now);
    if (!other) {
      const { scale, x, y } = this.#view;
      this.#show(
        clampView({ scale, x: x + now.x - before.x, y: y + now.y - before.y }, this.#size),
      );
      return;
    }
    const apart = (at: { x: number; y: number }) => Math.hypot(at.x - other.x, at.y - other.y);
    const [x, y] = this.#fromMiddle((now.x + other.x) / 2, (now.y + other.y) / 2);
    this.#show(zoomAbout(this.#view, apart(now) / (apart(before) || 1), x, y, this.#size));
  }

  #onKey(event: KeyboardEvent): void {
    const { scale, x, y } = this.#view;
    const moved = (dx: number, dy: number) => () =>
      this.#show(clampView({ scale, x: x + dx, y: y + dy }, this.#size));
    const acts: Record<string, () => void> = {
      "+": () => this.enlarge(),
      "=": () => this.enlarge(),
      "-": () => this.reduce(),
      "0": () => this.reset(),
      ArrowLeft: moved(KEY_MOVE, 0),
      ArrowRight: moved(-KEY_MOVE, 0),
      ArrowUp: moved(0, KEY_MOVE),
      ArrowDown: moved(0, -KEY_MOVE),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}
