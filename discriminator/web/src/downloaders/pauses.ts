// Where the film lets go: the narration stops once, and a button lets it go on.

import type { Deck } from "../deck";
import { Signal } from "../signal";

/** Seconds by which a pause may be missed; a page that looked later goes back to it. */
const LATE = 0.1;
/** Addresses name whole seconds: who came by one goes on from a pause though it is not quite reached. */
const NEAR = 1;

export class Pauses {
  /** Whether the film waits for the viewer now. */
  readonly waiting = new Signal(false);
  readonly #deck: Deck;
  readonly #seconds: readonly number[];
  #before: number;

  constructor(deck: Deck, seconds: readonly number[], until: AbortSignal) {
    this.#deck = deck;
    this.#seconds = seconds;
    const { video } = deck;
    this.#before = video.currentTime;
    const leave = () => {
      this.waiting.value = false;
    };
    video.addEventListener("play", leave, { signal: until });
    // Who jumps over a pause is not held by it; who jumps back before it is, once more.
    const jump = () => {
      if (this.waiting.value && Math.abs(video.currentTime - this.#before) < LATE) return;
      this.#before = video.currentTime;
      leave();
    };
    video.addEventListener("seeking", jump, { signal: until });
    video.addEventListener("timeupdate", () => this.look(), { signal: until });
  }

  /** Lets the narration go on, past the pause that it stands at. */
  goOn(): void {
    const now = this.#deck.video.currentTime;
    this.#before = this.#seconds.find((pause) => pause > now && pause - now < NEAR) ?? this.#before;
    this.#deck.play();
  }

  /** Looks whether a pause has come since it looked last. */
  look(): void {
    const { video } = this.#deck;
    const now = video.currentTime;
    const reached = this.#seconds.find((second) => this.#before < second && second <= now);
    // What a browser tells of its clock is rounded: it never goes back but by a jump.
    this.#before = Math.max(this.#before, now);
    if (reached === undefined || video.paused || video.seeking) return;
    this.#deck.pause();
    this.#before = reached;
    this.waiting.value = true;
    if (now - reached > LATE) video.currentTime = reached;
  }
}
