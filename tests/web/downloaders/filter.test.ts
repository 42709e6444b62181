import { expect, test } from "vitest";
import {
  ALL,
  count,
  diameter,
  type Filter,
  fold,
  matcher,
} from "../../../discriminator/web/src/downloaders/filter";
import { MalformedData, readRecord } from "../../../discriminator/web/src/downloaders/record";

import file from "../../../media/data/downloads.json";

const { asked, notable } = readRecord(file);
const found = (filter: Partial<Filter>) => asked.filter(matcher({ ...ALL, ...filter }));

test("nothing asked for is everything", () => {
  expect(found({})).toHaveLength(1453);
});

test("a year, a kind and a country narrow each other", () => {
  expect(found({ year: 2018 })).toHaveLength(442);
  const police = found({ year: 2017, kind: "government", country: "DK" });
  expect(police.map((one) => one.as_entered)).toEqual(["Danish National Police"]);
});

test("a name is found as it was typed and as it is meant, without marks and capitals", () => {
  expect(found({ text: "  ESTÉE lauder" }).map((one) => one.as_entered)).toEqual(["Estee Lauder"]);
  expect(found({ text: "xiamen university" }).map((one) => one.as_entered)).toContain("厦门大学");
  expect(found({ text: "(" }).length).toBeGreaterThan(0);
  expect(found({ text: "nobody ever typed this" })).toEqual([]);
  expect(fold("Fırat ÉTS")).toBe("fırat ets");
});

test("what is counted adds up", () => {
  const counts = count(found({ country: "CN" }));
  expect(counts.countries).toEqual(new Map([["CN", counts.all]]));
  const years = Object.values(counts.years).flat();
  expect(years.reduce((sum, number) => sum + number, 0)).toBe(counts.all);
  expect(counts.notable.get("huawei")).toBe(1);
});

test("bubbles are as large as Python's", () => {
  expect([0, 1, 100, 433].map(diameter)).toEqual([0, 6, 30, 3 * Math.sqrt(433)]);
});

test("every notable name says only what the record says", () => {
  for (const { organisation, note } of Object.values(notable)) {
    expect(note.startsWith(`${organisation} asked for the data `)).toBe(true);
    expect(note).not.toMatch(/\bused\b|\busers?\b/);
  }
});

test.each([
  ["nothing", null],
  ["no rows", { ...file, rows: [] }],
  ["other fields", { ...file, fields: ["a"] }],
  ["an unknown year", { ...file, rows: [[1999, "X", "X", "company", null, null]] }],
  ["an unknown kind", { ...file, rows: [[2018, "X", "X", "spy", null, null]] }],
  ["no countries", { ...file, countries: undefined }],
])("%s is no record", (_, broken) => {
  expect(() => readRecord(broken)).toThrow(MalformedData);
});
