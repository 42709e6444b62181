import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressOf,
  after,
  HOME,
  nameOf,
  PERMISSIONS,
  type Place,
  readAddress,
  SHEETS,
  samePlace,
  type Visit,
  walk,
} from "../../discriminator/web/src/places";
import type { Chapter } from "../../discriminator/web/src/story";

function chapter(number: number, cover: boolean): Chapter {
  const stream = `chapter-${number}`;
  return {
    number,
    cover,
    title: "",
    stream,
    camera: false,
    cues: {},
    stage: null,
    screens: null,
    described: null,
    monitors: [],
  };
}

const COVERED = [1, 2, 3, 4].map((number) => chapter(number, true));
const MIXED = [chapter(1, false), chapter(2, true), chapter(3, false)];

const read = (address: string, chapters = COVERED) => readAddress(address, chapters);
const nameAt = (address: string, chapters = COVERED) => nameOf(read(address, chapters).visit.place);

describe("an address is read", () => {
  test.each([
    ["/", "home"],
    ["/home", "home"],
    ["/home/", "home"],
    ["", "home"],
    ["/permissions", "permissions"],
    ["/chapter/1?type=cover", "cover-1"],
    ["/chapter/3?type=chapter", "chapter-3"],
    ["/chapter/4/?type=cover", "cover-4"],
  ])("%s is %s", (address, name) => {
    expect(nameAt(address)).toBe(name);
    expect(read(address).trouble).toBeUndefined();
  });

  test.each(["", "?type=", "?type=film", "?type=COVER"])(
    "with the type %j the first chapter is entered directly, every other by its cover",
    (query) => {
      expect(nameAt(`/chapter/1${query}`)).toBe("chapter-1");
      expect(nameAt(`/chapter/2${query}`)).toBe("cover-2");
      expect(nameAt(`/chapter/4${query}`)).toBe("cover-4");
    },
  );

  test("a chapter without a cover is entered directly, whatever was asked", () => {
    expect(nameAt("/chapter/3", MIXED)).toBe("chapter-3");
    expect(nameAt("/chapter/3?type=cover", MIXED)).toBe("chapter-3");
  });

  test.each(["9", "0", "-1", "01", "1.0", "one", "%31", "constructor"])(
    "chapter %s is not there: the first is shown instead, and that is told",
    (asked) => {
      const { visit, trouble } = read(`/chapter/${asked}?type=cover`);
      expect(nameOf(visit.place)).toBe("chapter-1");
      expect(trouble).toEqual({ kind: "chapter", asked, instead: 1 });
    },
  );

  test.each(["/chapter", "/chapter/", "/chapter/1/2", "/lab", "/homes", "/index.html"])(
    "%s is no page: Home is shown instead, and that is told",
    (address) => {
      const { visit, trouble } = read(address);
      expect(visit.place).toEqual(HOME);
      expect(trouble).toEqual({ kind: "route" });
    },
  );

  test("a film without chapters still has its Home", () => {
    expect(nameAt("/chapter/1", [])).toBe("home");
    expect(walk([])).toEqual([HOME, PERMISSIONS]);
  });

  test.each(SHEETS)("the sheet %s lies over any page", (sheet) => {
    expect(read(`/?modal=${sheet}`).visit).toEqual({ place: HOME, sheet });
    expect(read(`/chapter/2?type=cover&modal=${sheet}`).visit.sheet).toBe(sheet);
  });

  test.each(["other", "", "ABOUT", "constructor"])("%j is no sheet", (sheet) => {
    expect(read(`/?modal=${sheet}`).visit).toEqual({ place: HOME });
  });

  test.each(["-1", "x", "", "Infinity", "NaN", "1e999"])("%j is no second", (second) => {
    expect(read(`/chapter/1?t=${second}`).visit.at).toBeUndefined();
  });
});

describe("an address is written", () => {
  const chapters = fc.integer({ min: 1, max: 4 });
  const places: fc.Arbitrary<Place> = fc.oneof(
    fc.constantFrom<Place>(HOME, PERMISSIONS),
    chapters.map((number): Place => ({ page: "cover", chapter: number })),
    chapters.map((number): Place => ({ page: "chapter", chapter: number })),
  );
  const visits: fc.Arbitrary<Visit> = fc.record(
    { place: places, sheet: fc.constantFrom(...SHEETS), at: fc.nat() },
    { requiredKeys: ["place"] },
  );

  test("so that reading it gives the same visit", () => {
    fc.assert(
      fc.property(visits, (visit) => {
        expect(read(addressOf(visit))).toEqual({ visit });
      }),
    );
  });

  test("in the form that others rely on", () => {
    expect(addressOf({ place: HOME })).toBe("/");
    expect(addressOf({ place: PERMISSIONS, sheet: "about" })).toBe("/permissions?modal=about");
    expect(addressOf({ place: { page: "cover", chapter: 2 }, sheet: "privacy", at: 7.9 })).toBe(
      "/chapter/2?type=cover&t=7&modal=privacy",
    );
  });
});

describe("a hostile address", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "binary" }).map((text) => `/chapter/${text}`),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.constantFrom("//", "//x:y", "///", "http://[", "//[::1", "\\\\a:b", "/%", "/%zz", "?%", "#"),
  );

  test("never throws, and leads to a page that the film has", () => {
    const names = ["", ...walk(MIXED).map(nameOf)];
    fc.assert(
      fc.property(hostile, (address) => {
        expect(names).toContain(nameAt(address, MIXED));
      }),
      { numRuns: 500 },
    );
  });

  test("becomes an address that is taken literally", () => {
    fc.assert(
      fc.property(hostile, (address) => {
        const { visit } = read(address, MIXED);
        expect(read(addressOf(visit), MIXED).trouble).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe("the walk", () => {
  test("goes through every cover and chapter, in order", () => {
    expect(walk(COVERED).map(nameOf)).toEqual([
      "home",
      "permissions",
      "cover-1",
      "chapter-1",
      "cover-2",
      "chapter-2",
      "cover-3",
      "chapter-3",
      "cover-4",
      "chapter-4",
    ]);
  });

  test("leaves out the covers that are not there", () => {
    expect(walk(MIXED).map(nameOf)).toEqual([
      "home",
      "permissions",
      "chapter-1",
      "cover-2",
      "chapter-2",
      "chapter-3",
    ]);
  });

  test("each place is followed by the next, and the last by nothing", () => {
    const places = walk(MIXED);
    expect(places.map((place) => after(place, MIXED))).toEqual([...places.slice(1), undefined]);
  });
});

test("two places are the same by what they are", () => {
  expect(samePlace({ page: "cover", chapter: 1 }, { page: "cover", chapter: 1 })).toBe(true);
  expect(samePlace({ page: "cover", chapter: 1 }, { page: "chapter", chapter: 1 })).toBe(false);
});
