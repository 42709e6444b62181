import { describe, expect, test } from "vitest";
import { readAlbum } from "../../../discriminator/web/src/downloaders/album";
import { readCall } from "../../../discriminator/web/src/downloaders/call";
import { readFigures } from "../../../discriminator/web/src/downloaders/panels";
import { MalformedData, readRecord } from "../../../discriminator/web/src/downloaders/record";
import album from "../../../media/data/album.json";
import call from "../../../media/data/call.json";
import downloads from "../../../media/data/downloads.json";
import figures from "../../../media/data/figures.json";

const row = [2018, "Amazon", "Amazon", "company", "US", "amazon"];

/** The film's own file with other rows. */
function rows(...other: unknown[][]): unknown {
  return { ...downloads, rows: other };
}

test("the film's own files are what they should be", () => {
  expect(readRecord(downloads).asked).toHaveLength(1453);
  expect(readAlbum(album).photos.length).toBeGreaterThan(30);
  expect(readCall(call).bands).toBe(48);
  expect(Object.keys(readFigures(figures))).toEqual(["world", "years", "timeline"]);
});

test("a row becomes a request", () => {
  expect(readRecord(rows(row)).asked).toEqual([
    {
      year: 2018,
      as_entered: "Amazon",
      organisation: "Amazon",
      kind: "company",
      country: "US",
      notable: "amazon",
    },
  ]);
});

describe("what is no record is refused, and said which row is wrong", () => {
  test.each([
    ["nothing", null, "no rows"],
    ["something else", { rows: [] }, "no rows"],
    ["no requests", rows(), "no rows"],
    ["other columns", { ...downloads, fields: ["year"] }, "known fields"],
    ["no countries", { ...downloads, countries: undefined }, "lacks countries"],
    ["an unknown year", rows(row, [1999, ...row.slice(1)]), "row 1"],
    ["an unknown kind", rows([2018, "X", null, "spy", null, null]), "row 0"],
    ["no name", rows([2018, "", null, "none", null, null]), "row 0"],
  ])("%s", (_, file, said) => {
    expect(() => readRecord(file)).toThrow(MalformedData);
    expect(() => readRecord(file)).toThrow(said);
  });
});

test.each([
  ["an album", readAlbum],
  ["a call", readCall],
  ["a set of figures", readFigures],
])("what is not %s is refused before anything is drawn", (_, read) => {
  for (const file of [null, {}, [], { photos: [{}] }, { lines: [] }, { world: { data: [] } }]) {
    expect(() => read(file)).toThrow(MalformedData);
  }
});
