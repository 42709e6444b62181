// Which screen belongs to which second: the narration's cues, read in both directions.

export type Cues = Readonly<Record<string, number>>;

/** The screens in their order, and the cue at which each begins. */
export const SCENES = {
  call: "call",
  album: "album",
  rain: "rain",
  years: "year_2015",
  list: "list",
  piles: "piles",
} as const;

export type Scene = keyof typeof SCENES;

/** The screen to be seen at a second of the chapter. */
export function sceneAt(second: number, cues: Cues): Scene {
  const names = Object.keys(SCENES) as Scene[];
  return names.findLast((name) => passed(second, cues, SCENES[name])) ?? "call";
}

/** Whether a cue has come; one that the story does not name never comes. */
export function passed(second: number, cues: Cues, name: string): boolean {
  return second >= at(cues, name);
}

/** The second of a cue. */
export function at(cues: Cues, name: string): number {
  return cues[name] ?? Number.POSITIVE_INFINITY;
}

/** The last of some cues that has come. */
export function latest(second: number, cues: Cues, names: readonly string[]): string | undefined {
  const come = names.filter((name) => passed(second, cues, name));
  return come.sort((one, other) => at(cues, one) - at(cues, other)).at(-1);
}

/** How far a second is between two others, from 0 to 1. */
export function share(second: number, from: number, to: number): number {
  return Math.min(Math.max((second - from) / (to - from), 0), 1);
}

const EXPLORE = "explore_";

/** Where the narration waits for the viewer; at its end it waits anyway. */
export function pausesOf(cues: Cues): number[] {
  const last = Math.max(...Object.values(cues));
  return Object.entries(cues)
    .filter(([name, second]) => name.startsWith(EXPLORE) && second < last)
    .map(([, second]) => second)
    .sort((one, other) => one - other);
}
