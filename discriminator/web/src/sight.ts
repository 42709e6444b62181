// What the tracker saw in one frame, and what page and worker say to each other about it.

import type { Points } from "./geometry";

/**
 * What is looked for: the mesh and the irises; or also what a machine believes of the person; or, for
 * a photo, the largest of all faces, found anew in each frame, and how many others there are.
 */
export type Level = "mesh" | "guesses" | "portrait";
export type Backend = "wasm" | "webgpu" | "webgl";

export const EMOTIONS = [
  "angry",
  "disgust",
  "fear",
  "happy",
  "sad",
  "surprise",
  "neutral",
] as const;
export type Emotion = (typeof EMOTIONS)[number];

/** How the same face was shown to the networks: as it is, or in less light. */
export type Reading = "plain" | "darker";

/** What two networks say of a face. None of it is a fact about anybody. */
export interface Guesses {
  /** Years, and how far the network's own doubts spread around them. */
  readonly age: { readonly years: number; readonly spread: number };
  readonly gender: "female" | "male";
  /** How sure the network says it is of that, from 0.5 to 1. */
  readonly certainty: number;
  /** Parts of 1. */
  readonly emotions: Readonly<Record<Emotion, number>>;
}

export interface Face {
  readonly points: Points;
  /** From 0 to 1. */
  readonly confidence: number;
  /** How many more faces are in the frame, where they are counted. */
  readonly others?: number;
  /** The newest of each reading, once there is one. */
  readonly guesses?: Partial<Readonly<Record<Reading, Guesses>>>;
}

export interface Sight {
  /** Nothing where no face is in the frame. */
  readonly face?: Face;
  /** Size of the frame in px, which is the points' unit. */
  readonly width: number;
  readonly height: number;
  /** Seconds of the page's clock at which the frame was taken. */
  readonly at: number;
}

/** From the page to the worker: a frame to look at. The first one of a level loads its models. */
export interface Look {
  readonly frame: ImageBitmap;
  readonly level: Level;
  readonly at: number;
}

/** From the worker to the page; a failure is one sentence. */
export type Answer = { readonly sight: Sight } | { readonly failure: string };
