// The note of a notable name: what the record says of it, and, for who asks, spoken.

import type { Deck } from "../deck";
import { button, make } from "../make";
import { fill } from "../story";
import type { Downloads } from "./record";
import type { Words } from "./screen";

export class Notes {
  readonly element: HTMLElement;
  readonly #record: Downloads;
  readonly #words: Words;
  readonly #folder: string;
  readonly #deck: Deck;
  /** Says a note to who asks for it. */
  readonly voice = new Audio();
  readonly #speech: HTMLButtonElement;
  readonly #silence: HTMLElement;
  /** The note that was asked for; it stays until it is closed or another is asked for. */
  #asked: string | null = null;
  #shown: string | null = null;
  /** What had the focus before the note took it. */
  #before: Element | null = null;

  constructor(record: Downloads, deck: Deck, folder: string, words: Words) {
    this.#record = record;
    this.#deck = deck;
    this.#folder = folder;
    this.#words = words;
    this.element = make("aside", {
      class: "note own-pointer",
      tabindex: "-1",
      "aria-live": "polite",
      hidden: true,
    });
    this.#silence = make("p", { class: "note-silence", hidden: true }, words["note_silent"] ?? "");
    this.#speech = button("", () => this.#speak());
    this.voice.preload = "none";
    this.voice.addEventListener("playing", () => this.#sound(true));
    this.#sound(false);
    for (const event of ["ended", "pause", "error"]) {
      this.voice.addEventListener(event, () => this.#sound(false));
    }
    this.voice.addEventListener("error", () => {
      this.#silence.hidden = false;
    });
    this.voice.addEventListener("timeupdate", () => this.#drawProgress());
  }

  /** Shows the note of a name that somebody points at, unless they asked for one. */
  point(slug: string | null): void {
    if (this.#asked === null) this.#show(slug);
  }

  /** Shows a note and gives it the focus: its buttons come next. */
  ask(slug: string): void {
    this.#asked = slug;
    this.element.toggleAttribute("data-asked", true);
    this.#show(slug);
    if (!this.#focused) this.#before = document.activeElement;
    this.element.focus({ preventScroll: true });
  }

  /** Hides the note and gives the focus back. */
  close(): void {
    // First the focus: a name that gets it would else show its note anew.
    if (this.#focused) (this.#before as HTMLElement | null)?.focus({ preventScroll: true });
    this.#asked = null;
    this.element.toggleAttribute("data-asked", false);
    this.#show(null);
  }

  get #focused(): boolean {
    return this.element.contains(document.activeElement);
  }

  #show(slug: string | null): void {
    if (slug === this.#shown) return;
    this.#shown = slug;
    this.#hush();
    const told = slug === null ? undefined : this.#record.notable[slug];
    this.element.hidden = !told;
    // A note that came by pointing is closed by Escape too, wherever the focus is.
    if (told) document.addEventListener("keydown", this.#onKey);
    else document.removeEventListener("keydown", this.#onKey);
    if (!slug || !told) return;
    this.element.setAttribute("aria-label", told.organisation);
    this.#silence.hidden = true;
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
      this.#silence,
      make(
        "p",
        { class: "note-actions" },
        this.#speech,
        button(say("note_close"), () => this.close(), { class: "button small quiet" }),
      ),
    );
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) this.close();
  };

  /** Says the note that is shown, or stops saying it. */
  #speak(): void {
    if (!this.voice.paused) {
      this.voice.pause();
      return;
    }
    this.voice.defaultPlaybackRate = this.#deck.rate; // a source begins at the default
    this.voice.src = `${this.#folder}notes/${this.#shown}.opus`;
    this.#silence.hidden = true;
    this.#sound(true);
    void this.voice.play().catch(() => this.#sound(false));
  }

  #sound(speaking: boolean): void {
    this.element.toggleAttribute("data-speaking", speaking);
    this.#speech.textContent = this.#words[speaking ? "note_hush" : "note_speak"] ?? "";
    this.#deck.duck(speaking);
    const { video } = this.#deck;
    if (speaking) video.addEventListener("volumechange", this.#tune);
    else video.removeEventListener("volumechange", this.#tune);
    this.#tune();
  }

  /** Speaks as loud as the viewer wants the film to be. */
  readonly #tune = (): void => {
    this.voice.volume = this.#deck.video.muted ? 0 : this.#deck.volume;
  };

  #hush(): void {
    this.voice.pause();
    this.element.style.setProperty("--spoken", "0");
  }

  #drawProgress(): void {
    const { currentTime, duration } = this.voice;
    this.element.style.setProperty("--spoken", String(duration ? currentTime / duration : 0));
  }
}
