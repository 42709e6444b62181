// What the viewer looks for in the list. One filter for all views: each of them shows it and sets it.

import { type Asked, KINDS, type Kind, YEARS } from "./record";

export interface Filter {
  readonly text: string;
  readonly year: number | null;
  readonly kind: Kind | null;
  /** Code of a country, or `UNPLACED`. */
  readonly country: string | null;
}

/** Stands for the country of requests from whose names none could be inferred. */
export const UNPLACED = "none";

export const ALL: Filter = { text: "", year: null, kind: null, country: null };

/** Makes a test that is fast enough to run over every request at every key. */
export function matcher(filter: Filter): (asked: Asked) => boolean {
  const wanted = fold(filter.text.trim());
  return (asked) =>
    (filter.year === null || asked.year === filter.year) &&
    (filter.kind === null || asked.kind === filter.kind) &&
    (filter.country === null || (asked.country ?? UNPLACED) === filter.country) &&
    (!wanted || fold(asked.as_entered).includes(wanted) || named(asked, wanted));
}

function named({ organisation }: Asked, wanted: string): boolean {
  return organisation !== null && fold(organisation).includes(wanted);
}

/** Small letters without their marks, so that "estee" finds Estée. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

export interface Counts {
  readonly all: number;
  /** Also of those without one, as `UNPLACED`. */
  readonly countries: ReadonlyMap<string, number>;
  readonly notable: ReadonlyMap<string, number>;
  /** For each kind the requests of each year. */
  readonly years: Readonly<Record<Kind, readonly number[]>>;
}

export function count(asked: readonly Asked[]): Counts {
  const countries = new Map<string, number>();
  const notable = new Map<string, number>();
  const years = Object.fromEntries(KINDS.map((kind) => [kind, YEARS.map(() => 0)])) as Record<
    Kind,
    number[]
  >;
  for (const one of asked) {
    const country = one.country ?? UNPLACED;
    countries.set(country, (countries.get(country) ?? 0) + 1);
    if (one.notable) notable.set(one.notable, (notable.get(one.notable) ?? 0) + 1);
    const index = one.year - YEARS[0];
    years[one.kind][index] = (years[one.kind][index] ?? 0) + 1;
  }
  return { all: asked.length, countries, notable, years };
}

const WIDEST = 64;
const SMALLEST = 6;
const SCALE = 3;

/** Px of a bubble whose area grows with the count; `figures.diameter` in Python says the same. */
export function diameter(requests: number): number {
  return requests ? Math.min(Math.max(SMALLEST, SCALE * Math.sqrt(requests)), WIDEST) : 0;
}
