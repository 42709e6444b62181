// Where a viewer can be, how each place is written as an address, and what follows what.

import type { Chapter } from "./story";

export type Place =
  | { readonly page: "home" | "permissions" }
  | { readonly page: "cover" | "chapter"; readonly chapter: number };

export const SHEETS = ["about", "privacy", "support"] as const;
export type Sheet = (typeof SHEETS)[number];

/** A place, the sheet that lies over it, and the second at which its media should begin. */
export interface Visit {
  readonly place: Place;
  readonly sheet?: Sheet;
  readonly at?: number;
}

/** Why an address could not be taken as it was written. */
export type Trouble =
  | { readonly kind: "route" }
  | { readonly kind: "chapter"; readonly asked: string; readonly instead: number };

export const HOME: Place = { page: "home" };
export const PERMISSIONS: Place = { page: "permissions" };

/** `home`, `permissions`, `cover-1`, `chapter-4`: what the stage's `data-page` says. */
export function nameOf(place: Place): string {
  return "chapter" in place ? `${place.page}-${place.chapter}` : place.page;
}

export function samePlace(one: Place, other: Place): boolean {
  return nameOf(one) === nameOf(other);
}

/** The address of a visit below the film's root, such as `/chapter/2?type=cover&modal=about`. */
export function addressOf({ place, sheet, at }: Visit): string {
  const query = new URLSearchParams();
  if ("chapter" in place) query.set("type", place.page);
  if (at !== undefined) query.set("t", String(Math.floor(at)));
  if (sheet) query.set("modal", sheet);
  const path = "chapter" in place ? `/chapter/${place.chapter}` : pathOf(place.page);
  return query.size ? `${path}?${query}` : path;
}

function pathOf(page: "home" | "permissions"): string {
  return page === "home" ? "/" : `/${page}`;
}

/** Reads an address. What cannot be taken literally becomes the nearest place, and the trouble is told. */
export function readAddress(
  address: string,
  chapters: readonly Chapter[],
): { visit: Visit; trouble?: Trouble } {
  const url = new URL(`http://film/${address.replace(/^\/+/, "")}`);
  const { place, trouble } = readPlace(url, chapters);
  const visit = { place, ...readSheet(url), ...readTime(url) };
  return trouble ? { visit, trouble } : { visit };
}

function readPlace(url: URL, chapters: readonly Chapter[]): { place: Place; trouble?: Trouble } {
  const path = url.pathname.replace(/\/+$/, "");
  if (path === "" || path === "/home") return { place: HOME };
  if (path === "/permissions") return { place: PERMISSIONS };
  const asked = /^\/chapter\/([^/]+)$/.exec(path)?.[1];
  if (asked === undefined) return { place: HOME, trouble: { kind: "route" } };
  return readChapter(asked, url.searchParams.get("type"), chapters);
}

function readChapter(
  asked: string,
  type: string | null,
  chapters: readonly Chapter[],
): { place: Place; trouble?: Trouble } {
  const chapter = chapters.find(({ number }) => String(number) === asked);
  if (chapter) return { place: doorOf(chapter, type) };
  const first = chapters[0];
  if (!first) return { place: HOME, trouble: { kind: "route" } };
  const trouble = { kind: "chapter", asked, instead: first.number } as const;
  return { place: { page: "chapter", chapter: first.number }, trouble };
}

/** A chapter is entered by its cover, where it has one; only the first is entered directly. */
function doorOf(chapter: Chapter, type: string | null): Place {
  const asked = type === "cover" || type === "chapter" ? type : undefined;
  const wanted = asked ?? (chapter.number === 1 ? "chapter" : "cover");
  return { page: chapter.cover ? wanted : "chapter", chapter: chapter.number };
}

function readSheet(url: URL): { sheet?: Sheet } {
  const asked = url.searchParams.get("modal");
  const sheet = SHEETS.find((name) => name === asked);
  return sheet ? { sheet } : {};
}

/** The second that an address names with `t=`. */
export function readTime(url: URL): { at?: number } {
  const at = Number.parseFloat(url.searchParams.get("t") ?? "");
  return Number.isFinite(at) && at >= 0 ? { at } : {};
}

/** The whole walk, from the first page to the last. */
export function walk(chapters: readonly Chapter[]): Place[] {
  const played = chapters.flatMap(({ number, cover }): Place[] => [
    ...(cover ? [{ page: "cover", chapter: number } as const] : []),
    { page: "chapter", chapter: number },
  ]);
  return [HOME, PERMISSIONS, ...played];
}

/** The next place, or nothing after the last: then the film asks whether the viewer wants to help. */
export function after(place: Place, chapters: readonly Chapter[]): Place | undefined {
  const places = walk(chapters);
  return places[places.findIndex((other) => samePlace(other, place)) + 1];
}
