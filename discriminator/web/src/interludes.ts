// The pieces that answer to a face: covers, and parts of chapters. Each is a module of its own that
// is fetched when its page comes.

import type { Camera } from "./camera";
import type { Clip } from "./clip";
import { part } from "./parts";
import { nameOf, type Place } from "./places";
import type { Stop } from "./signal";
import type { Sitter, Who } from "./sitter";
import type { Sounds } from "./sounds";
import type { Chapter, Story } from "./story";
import type { Tracker } from "./tracker";

/** What an interlude has to play with. */
export interface Room {
  /** An empty layer over the film's picture, below its controls. */
  readonly place: HTMLElement;
  readonly tracker: Tracker;
  readonly sitter: Sitter;
  readonly sounds: Sounds;
  readonly camera: Camera;
  /** What becomes of the viewer's photo. */
  readonly clip: Clip;
  /** What the viewer's own face will say. */
  readonly said: readonly string[];
  readonly words: Readonly<Record<string, string>>;
  /** The film's own picture and sound. */
  readonly media: HTMLVideoElement;
  readonly chapter: Chapter;
  /** Whether the viewer asked their system for less motion. */
  readonly calm: boolean;
  /** Says something over the picture, and to who listens. */
  say(text: string): void;
}

export interface Interlude {
  play(room: Room): Stop;
}

/** `seen` names the words that tell who cannot see a piece what it shows. */
interface Piece {
  readonly seen: string;
  fetch(): Promise<Interlude>;
}

/** The page of the photo booth. */
export const BOOTH = "cover-1";

const PIECES: Readonly<Record<string, Piece>> = {
  [BOOTH]: { seen: "seen_booth", fetch: () => import("./booth") },
  "chapter-2": { seen: "seen_wearing", fetch: () => import("./speaking") },
  "chapter-4": { seen: "seen_reading", fetch: () => import("./reading") },
  "cover-3": { seen: "seen_masking", fetch: () => import("./masking") },
  "cover-4": { seen: "seen_smiling", fetch: () => import("./smiling") },
  "cover-2": { seen: "seen_blinking", fetch: () => import("./blinking") },
};

/** Every cover answers to a face; of chapters, those of which the story says so. */
export function needsFace(place: Place, chapter: Chapter | undefined): boolean {
  return place.page === "cover" || (place.page === "chapter" && chapter?.camera === true);
}

/** What a film gives to all of its interludes. */
type Hands = Pick<Room, "tracker" | "sitter" | "sounds" | "media" | "clip" | "camera">;

export class Interludes {
  readonly #film: HTMLElement;
  readonly #story: Story;
  readonly #hands: Hands;
  #stop: Stop | undefined;
  #shown = "";
  #failed = false;

  constructor(film: HTMLElement, story: Story, hands: Hands) {
    this.#film = film;
    this.#story = story;
    this.#hands = hands;
    const { tracker, sitter, camera } = hands;
    tracker.state.follow((state) => {
      film.dataset["tracking"] = state;
    });
    sitter.who.follow((who) => {
      film.dataset["sitter"] = who;
      tracker.subject = who === "none" ? undefined : sitter.video;
    });
    camera.state.listen(() => this.#introduce(sitter.who.value));
    sitter.who.listen((who) => this.#introduce(who));
  }

  /** Ends what was on stage and begins what belongs to a place, if anything does. */
  async show(place: Place, chapter: Chapter | undefined): Promise<void> {
    this.close();
    const name = nameOf(place);
    this.#shown = name;
    this.#hands.sitter.need(needsFace(place, chapter));
    const piece = PIECES[name];
    part(this.#film, "interlude").hidden = !piece;
    part(this.#film, "seen").textContent = this.#story.words[piece?.seen ?? ""] ?? "";
    if (!piece || !chapter) return;
    try {
      const { play } = await piece.fetch();
      // The viewer may have gone on while it was fetched.
      if (this.#shown === name) this.#stop = play(this.#room(chapter));
    } catch (error) {
      console.warn(error);
      if (this.#shown === name) this.#fail(chapter);
    }
  }

  /** A line may be down, and not every browser draws in three dimensions: the film goes on. */
  #fail(chapter: Chapter): void {
    const { place, say, words } = this.#room(chapter);
    this.#failed = true;
    this.#introduce(this.#hands.sitter.who.value);
    place.replaceChildren();
    part(this.#film, "seen").textContent = "";
    say(words["piece_lost"] ?? "");
  }

  close(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#shown = "";
    this.#failed = false;
    this.#introduce(this.#hands.sitter.who.value);
    part(this.#film, "interlude-place").replaceChildren();
    part(this.#film, "headline").textContent = "";
  }

  #room(chapter: Chapter): Room {
    const headline = part(this.#film, "headline");
    return {
      ...this.#hands,
      chapter,
      place: part(this.#film, "interlude-place"),
      words: this.#story.words,
      said: this.#story.said,
      calm: matchMedia("(prefers-reduced-motion: reduce)").matches,
      say: (text) => {
        if (headline.textContent !== text) headline.textContent = text;
      },
    };
  }

  /** Says whose face it is that blinks, where it is not the viewer's. */
  #introduce(who: Who): void {
    const line = part(this.#film, "stand-in");
    line.hidden = who !== "nobody" || this.#failed;
  }
}
