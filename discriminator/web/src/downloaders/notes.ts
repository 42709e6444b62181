// The note of a notable name: what the record says of it, and, for who asks, spoken.

import type { Deck } from "../deck";
import { fill } from "../story";
import { button, make } from "./make";
import type { Downloads } from "./record";
import type { Words } from "./screen";

export class Notes {
  readonly element: HTMLElement;
  readonly #record: Downloads;
  readonly #words: Words;
  readonly #folder: string;
  readonly #deck: Deck;
  readonly #voice = new Audio();
  readonly #speech: HTMLButtonElement;
  /** The note that was asked for; it stays while others are pointed at and left. */
  #asked: string | null = null;
  #shown: string | null = null;

  constructor(record: Downloads, deck: Deck, folder: string, words: Words) {
    this.#record = record;
    this.#deck = deck;
    this.#folder = folder;
    this.#words = words;
    this.element = make("aside", {
      class: "note own-pointer",
      "aria-live": "polite",
      hidden: true,
    });
    this.#speech = button("", () => this.#speak());
    this.#voice.preload = "none";
    this.#voice.addEventListener("playing", () => this.#sound(true));
    this.#sound(false);
    for (const event of ["ended", "pause", "error"]) {
      this.#voice.addEventListener(event, () => this.#sound(false));
    }
    this.#voice.addEventListener("timeupdate", () => this.#drawProgress());
  }

  point(slug: string | null): void {
    this.#show(slug ?? this.#asked);
  }

  ask(slug: string): void {
    this.#asked = slug;
    this.#show(slug);
  }

  close(): void {
    this.#asked = null;
    this.#show(null);
  }

  #show(slug: string | null): void {
    if (slug === this.#shown) return;
    this.#shown = slug;
    this.#hush();
    const told = slug === null ? undefined : this.#record.notable[slug];
    this.element.hidden = !told;
    if (!slug || !told) return;
    const typed = new Set(
      this.#record.asked.filter((one) => one.notable === slug).map((one) => one.as_entered),
    );
    const kind = this.#record.asked.find((one) => one.notable === slug)?.kind ?? "none";
    const say = (name: string) => this.#words[name] ?? name;
    const inferred = { kind: say(`kind_${kind}`), seat: told.seat };
    this.element.replaceChildren(
      make("h3", {}, told.organisation),
      make("p", {}, told.note),
      make("p", { class: "mono dim" }, fill(say("note_typed"), { names: [...typed].join(" · ") })),
      make("p", { class: "mono dim" }, fill(say("note_inferred"), inferred)),
      make("p", { class: "mono dim" }, say(`note_source_${told.source}`)),
      make(
        "p",
        { class: "note-actions" },
        this.#speech,
        button(say("note_close"), () => this.close(), { class: "button small quiet" }),
      ),
    );
  }

  /** Says the note that is shown, or stops saying it. */
  #speak(): void {
    if (!this.#voice.paused) {
      this.#voice.pause();
      return;
    }
    this.#voice.src = `${this.#folder}notes/${this.#shown}.opus`;
    this.#voice.volume = this.#deck.video.muted ? 0 : this.#deck.video.volume;
    this.#deck.duck(true);
    void this.#voice.play().catch(() => this.#sound(false));
  }

  #sound(speaking: boolean): void {
    this.element.toggleAttribute("data-speaking", speaking);
    this.#speech.textContent = this.#words[speaking ? "note_hush" : "note_speak"] ?? "";
    this.#deck.duck(speaking);
  }

  #hush(): void {
    this.#voice.pause();
    this.element.style.setProperty("--spoken", "0");
  }

  #drawProgress(): void {
    const { currentTime, duration } = this.#voice;
    this.element.style.setProperty("--spoken", String(duration ? currentTime / duration : 0));
  }
}
