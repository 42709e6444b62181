// One segment for each chapter; on the current one, a handle that can be dragged, pressed and typed at.

import { clock } from "./clock";
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
    this.#wirePointer(enter);
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
    this.#draw();
  }

  #segments(): HTMLElement[] {
    return [...this.#timeline.querySelectorAll<HTMLElement>("[data-chapter]")];
  }

  #wirePointer(enter: () => void): void {
    let wasPlaying = false;
    this.#timeline.addEventListener("pointerdown", (event) => {
      if (!this.#segment || event.button !== 0) return;
      const onHandle = event.target === this.#handle;
      if (!onHandle && !this.#segment.contains(event.target as Node)) return;
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
      if (this.#segment?.contains(event.target as Node)) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
  }

  #seekTo(clientX: number): void {
    if (!this.#segment || !this.#video.duration) return;
    const { left, width } = this.#segment.getBoundingClientRect();
    if (!width) return;
    const fraction = Math.min(Math.max((clientX - left) / width, 0), 1);
    this.#video.currentTime = fraction * this.#video.duration;
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
    this.#video.currentTime = Math.min(Math.max(target, 0), duration);
  }

  #draw(): void {
    if (!this.#segment) return;
    const { currentTime, duration } = this.#video;
    const fraction = duration ? currentTime / duration : 0;
    this.#segment.style.setProperty("--played", String(fraction));
    const x = this.#segment.offsetLeft + fraction * this.#segment.offsetWidth;
    this.#handle.style.setProperty("--x", `${x}px`);
    const times = { now: clock(currentTime), all: clock(duration) };
    this.#handle.setAttribute("aria-valuemax", String(Math.floor(duration || 0)));
    this.#handle.setAttribute("aria-valuenow", String(Math.floor(currentTime)));
    this.#handle.setAttribute("aria-valuetext", fill(this.#text, times));
  }
}
