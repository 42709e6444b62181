// Where the prints of the album lie: pure geometry, in shares of the wall.

import type { Photo } from "./album";
import { chance } from "./screen";

export interface Spot {
  /** The middle of the print, from 0 to 1. */
  readonly x: number;
  readonly y: number;
  /** The print's width as a share of the wall's width. */
  readonly width: number;
  /** Degrees. */
  readonly turn: number;
}

export interface Shape {
  readonly width: number;
  readonly height: number;
}

/** High over wide of a print. */
const FORMAT = 2 / 3;
/** How many prints a column holds before the year takes a second one. */
const TALL = 5;
const TURN = 14;

/** A column for each year, the oldest at the left, the prints at its foot; rows where it is narrow. */
export function byYear(photos: readonly Photo[], wall: Shape): Map<string, Spot> {
  const upright = wall.height > wall.width;
  const lanes = lanesOf(photos);
  const longest = Math.max(...lanes.map((lane) => lane.length));
  const spots = new Map<string, Spot>();
  const across = upright ? longest : lanes.length;
  const down = upright ? lanes.length : longest;
  // A cell is as wide as it may be, and as high as its print needs.
  const cell = Math.min(wall.width / across, (wall.height / down) * 1.35);
  const width = (cell * 0.84) / wall.width;
  lanes.forEach((lane, laneIndex) => {
    lane.forEach((photo, index) => {
      const along = (laneIndex + 0.5) / lanes.length;
      const up = (index + 0.5) / longest;
      spots.set(photo.name, {
        x: (upright ? up : along) + (jitter(photo, 1) * 0.12) / across,
        y: (upright ? along : 1 - up) + (jitter(photo, 2) * 0.12) / down,
        width,
        turn: jitter(photo, 3) * TURN,
      });
    });
  });
  return spots;
}

/** The years, each as often as it needs columns. */
export function lanesOf(photos: readonly Photo[]): Photo[][] {
  const years = [...new Set(photos.map(({ year }) => year))].sort();
  return years.flatMap((year) => {
    const mine = photos.filter((photo) => photo.year === year);
    const columns = Math.ceil(mine.length / TALL);
    const each = Math.ceil(mine.length / columns);
    return Array.from({ length: columns }, (_, n) => mine.slice(n * each, (n + 1) * each));
  });
}

export const TAGS = ["wedding", "party", "family"] as const;

/** Three piles, from the middle outwards. */
export function byTag(photos: readonly Photo[], wall: Shape): Map<string, Spot> {
  const upright = wall.height > wall.width;
  const spots = new Map<string, Spot>();
  TAGS.forEach((tag, pile) => {
    const middle = (pile + 0.5) / TAGS.length;
    const mine = photos.filter((photo) => photo.tagged === tag);
    const reach = 0.3 + 0.7 * Math.min(mine.length / 14, 1);
    mine.forEach((photo, index) => {
      // A sunflower's way of laying things close: each turned by the golden angle from the last.
      const distance = Math.sqrt((index + 0.4) / mine.length) * reach;
      const angle = index * 2.39996;
      const aside = (Math.cos(angle) * distance) / TAGS.length / 2.9;
      const along = Math.sin(angle) * distance * 0.3;
      spots.set(photo.name, {
        x: upright ? 0.5 + along * 0.9 : middle + aside,
        y: upright ? middle + aside * 0.8 : 0.52 + along,
        width: upright ? 0.24 : Math.min(0.13, (0.2 * wall.height) / wall.width / FORMAT),
        turn: jitter(photo, 4) * TURN,
      });
    });
  });
  return spots;
}

/** From -1 to 1, always the same for the same print. */
function jitter(photo: Photo, what: number): number {
  const seed = [...photo.name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), what);
  return chance(seed % 9973) * 2 - 1;
}
