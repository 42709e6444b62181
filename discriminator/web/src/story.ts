// What the server says of the film, as the page's JSON block holds it.

/** A rectangle of the picture, as shares of the picture's width and height. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type Shown =
  | "frame"
  | "wireframe"
  | "picture"
  | "confidence"
  | "age"
  | "gender"
  | "emotions"
  | "second reading";

/** Where and when the reading of the viewer's face lies over a chapter's picture. */
export interface Stage {
  readonly face: Area;
  readonly table: Area;
  readonly second: Area;
  /** Each step lasts from its cue to the next step's, and may have places of its own. */
  readonly steps: readonly Step[];
}

export interface Step {
  readonly at: string;
  readonly shows: readonly Shown[];
  readonly face?: Area;
  readonly table?: Area;
}

/** A corner as shares of the picture's width and height. */
export type Corner = readonly [number, number];

/** Top left, top right, bottom right, bottom left. */
export type Quad = readonly [Corner, Corner, Corner, Corner];

/** Where something's corners are at a second, or from then on. */
export interface Standing {
  readonly at: number;
  readonly corners: Quad;
}

/** A screen in a chapter's picture, on which the viewer's clip is shown; seconds of the chapter's clock. */
export interface Monitor {
  readonly name: string;
  /** When the clip begins, also if the screen is seen later than that. */
  readonly clip: number;
  readonly from: number;
  readonly to: number;
  readonly path: readonly Standing[];
  /** Width by height of the screen seen from the front; the clip is cut to it. */
  readonly aspect: number;
  /** Where the picture stands that the clip was made of, until the screen rests. */
  readonly still: Standing | null;
}

export interface Chapter {
  readonly number: number;
  readonly title: string;
  readonly stream: string;
  readonly cover: boolean;
  readonly camera: boolean;
  readonly screens: string | null;
  /** Below the media, what tells in words what the chapter only shows. */
  readonly described: string | null;
  readonly cues: Readonly<Record<string, number>>;
  readonly stage: Stage | null;
  readonly monitors: readonly Monitor[];
}

export interface Story {
  readonly chapters: readonly Chapter[];
  readonly words: Readonly<Record<string, string>>;
  readonly titles: Readonly<Record<string, string>>;
  readonly screens: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly lost: { readonly route: string; readonly chapter: string };
  /** The sentences that the viewer's own face says; none in a film that has no voice for it. */
  readonly said: readonly string[];
  /** Whether there is a clip of Nobody, to sit in for viewers without a camera. */
  readonly nobody: boolean;
  readonly operator: { readonly analytics: string | null; readonly errors: string | null };
}

/** Reads the story out of the film's markup. */
export function readStory(film: Element): Story {
  const block = film.querySelector('script[data-part="story"]');
  if (!block?.textContent) throw new Error("The film's markup holds no story.");
  return JSON.parse(block.textContent) as Story;
}

/** Fills the braces of a text: `fill("Chapter {n}", { n: 2 })`. A name without value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
