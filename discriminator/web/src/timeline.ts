// One segment for each chapter; on the current one, a handle that can be dragged, pressed and typed at.

import { clock } from "./clock";
import { Foresight } from "./foresight";
import { find, part } from "./parts";
import type { Place } from "./places";
import { fill, type Story } from "./story";

const SMALL_STEP = 5;
const LARGE_STEP = 30;

export class Timeline {
  readonly #timeline: HTMLElement;
  readonly #handle: HTMLElement;
  readonly #video: HTMLVideoElement;
  readonly #text: string;
  readonly #foresight: Foresight;
  #segment: HTMLElement | undefined;
  #dragging = false;

  /** @param enter is called when the viewer picks a second while the chapter's cover is shown. */
  constructor(
    film: HTMLElement,
    video: HTMLVideoElement,
    story: Story,
    enter: () => void,
    until: AbortSignal,
  ) {
    this.#timeline = part(film, "timeline");
    this.#handle = part(film, "scrubber");
    this.#video = video;
    this.#text = story.words["position_text"] ?? "{now}";
    for (const event of ["timeupdate", "durationchange", "seeking"]) {
      video.addEventListener(event, () => this.#draw());
    }
    this.#foresight = new Foresight(this.#timeline, video);
    this.#wirePointer(enter);
    this.#wireForesight();
    this.#handle.addEventListener("keydown", (event) => this.#onKey(event));
    const resized = new ResizeObserver(() => this.#draw());
    resized.observe(this.#timeline);
    until.addEventListener("abort", () => resized.disconnect());
  }

  /** Moves the handle to the segment of the chapter that is on stage, or away. */
  show(place: Place): void {
    const number = "chapter" in place ? place.chapter : 0;
    this.#segment = undefined;
    for (const segment of this.#segments()) {
      const current = segment.dataset["chapter"] === String(number);
      segment.classList.toggle("current", current);
      find(segment, "a").setAttribute("aria-current", current ? "page" : "false");
      if (current) this.#segment = segment;
    }
    this.#handle.hidden = !this.#segment;
    this.#foresight.hide();
    this.#draw();
  }

  #segments(): HTMLElement[] {
    return [...this.#timeline.querySelectorAll<HTMLElement>("[data-chapter]")];
  }

  #wirePointer(enter: () => void): void {
    let wasPlaying = false;
    this.#timeline.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.#holds(event.target)) return;
      this.#dragging = true;
      wasPlaying = !this.#video.paused;
      this.#video.pause();
      this.#timeline.setPointerCapture(event.pointerId);
      this.#seekTo(event.clientX);
    });
    this.#timeline.addEventListener("pointermove", (event) => {
      if (this.#dragging) this.#seekTo(event.clientX);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      this.#timeline.addEventListener(end, () => {
        if (!this.#dragging) return;
        this.#dragging = false;
        if (end === "pointerup") enter();
        if (wasPlaying) void this.#video.play().catch(() => undefined);
      });
    }
    // The current segment's link is a place to press, not a way to leave.
    this.#timeline.addEventListener("click", (event) => {
      if (!this.#holds(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      // A key presses too, and no pointer has come before it.
      if (event.detail === 0) enter();
    });
  }

  /** Whether something belongs to the segment of the chapter on stage, or is the handle on it. */
  #holds(target: EventTarget | null): boolean {
    if (!this.#segment) return false;
    return target === this.#handle || this.#segment.contains(target as Node);
  }

  #wireForesight(): void {
    const hide = () => this.#foresight.hide();
    this.#timeline.addEventListener("pointermove", ({ target, clientX }) => {
      const second = this.#secondAt(clientX);
      if (second !== undefined && (this.#dragging || this.#holds(target))) this.#show(second);
      else hide();
    });
    this.#timeline.addEventListener("pointerleave", hide);
    this.#timeline.addEventListener("pointerup", ({ pointerType }) => {
      // A finger that is lifted points at nothing.
      if (pointerType !== "mouse") hide();
    });
    this.#handle.addEventListener("blur", hide);
  }

  #show(second: number): void {
    this.#foresight.show(second, this.#xOf(second));
  }

  #secondAt(clientX: number): number | undefined {
    if (!this.#segment || !this.#video.duration) return undefined;
    const { left, width } = this.#segment.getBoundingClientRect();
    if (!width) return undefined;
    const fraction = Math.min(Math.max((clientX - left) / width, 0), 1);
    return fraction * this.#video.duration;
  }

  /** Pixels from the timeline's left edge to a second of the chapter on stage. */
  #xOf(second: number): number {
    const { offsetLeft = 0, offsetWidth = 0 } = this.#segment ?? {};
    const { duration } = this.#video;
    return offsetLeft + (duration ? second / duration : 0) * offsetWidth;
  }

  #seekTo(clientX: number): void {
    const second = this.#secondAt(clientX);
    if (second !== undefined) this.#video.currentTime = second;
  }

  #onKey(event: KeyboardEvent): void {
    const { currentTime: now, duration } = this.#video;
    const targets: Record<string, number> = {
      ArrowLeft: now - SMALL_STEP,
      ArrowDown: now - SMALL_STEP,
      ArrowRight: now + SMALL_STEP,
      ArrowUp: now + SMALL_STEP,
      PageDown: now - LARGE_STEP,
      PageUp: now + LARGE_STEP,
      Home: 0,
      End: duration,
    };
    const target = targets[event.key];
    if (target === undefined || !duration) return;
    event.preventDefault();
    event.stopPropagation();
    const second = Math.min(Math.max(target, 0), duration);
    this.#video.currentTime = second;
    this.#show(second);
  }

  #draw(): void {
    if (!this.#segment) return;
    const { currentTime, duration } = this.#video;
    const fraction = duration ? currentTime / duration : 0;
    this.#segment.style.setProperty("--played", String(fraction));
    this.#handle.style.setProperty("--x", `${this.#xOf(currentTime)}px`);
    const times = { now: clock(currentTime), all: clock(duration) };
    this.#handle.setAttribute("aria-valuemax", String(Math.floor(duration || 0)));
    this.#handle.setAttribute("aria-valuenow", String(Math.floor(currentTime)));
    this.#handle.setAttribute("aria-valuetext", fill(this.#text, times));
  }
}
