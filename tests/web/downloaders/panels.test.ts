import { expect, test } from "vitest";
import { ALL, count, matcher, UNPLACED } from "../../../discriminator/web/src/downloaders/filter";
import { PANELS, spotsOf, tableOf } from "../../../discriminator/web/src/downloaders/panels";
import { readRecord } from "../../../discriminator/web/src/downloaders/record";
import downloads from "../../../media/data/downloads.json";
import figures from "../../../media/data/figures.json";

const record = readRecord(downloads);

test("every figure's data can be read as a table, whatever is filtered", () => {
  const none = count(record.asked.filter(matcher({ ...ALL, text: "nobody typed this" })));
  const all = count(record.asked);
  const rows = (counts: typeof all) =>
    PANELS.map((name) => tableOf(name, counts, record, {}).rows.length);
  const cities = new Set(Object.values(record.notable).map(({ seat }) => seat));
  expect(rows(all)).toEqual([all.countries.size + cities.size, 5, record.collections.length]);
  expect(rows(none)).toEqual([0, 5, record.collections.length]);
});

test("the tables say what the figures show", () => {
  const only = count(record.asked.filter(matcher({ ...ALL, country: "BR" })));
  expect(tableOf("world", only, record, {}).rows).toEqual([["Brazil", 11, null]]);
  const years = tableOf("years", count(record.asked), record, {}).rows;
  const sums = years.map(([, ...kinds]) => kinds.reduce<number>((sum, n) => sum + Number(n), 0));
  expect(sums).toEqual([7, 269, 367, 442, 368]);
});

test("the map's table holds every request once by country, and its cities as the map shows them", () => {
  const words = { country_none: "No country inferred" };
  const { rows } = tableOf("world", count(record.asked), record, words);
  const countries = rows.filter(([, , names]) => names === null);
  expect(countries[0]).toEqual(["China", 433, null]);
  expect(countries.at(-1)).toEqual(["No country inferred", 272, null]);
  expect(countries.reduce((sum, [, number]) => sum + Number(number), 0)).toBe(1453);
  const [, seats] = figures.world.data;
  const drawn = seats?.customdata?.map(([, number]) => number);
  const cities = rows.filter(([, , names]) => names !== null);
  expect(cities.map(([, number]) => number).sort()).toEqual(drawn?.sort());
  const shenzhen = cities.find(([seat]) => seat === "Shenzhen");
  expect(String(shenzhen?.[2]).split(", ").sort()).toEqual(["Huawei", "Ping An", "Tencent"]);
});

test("requests without a country are found by that", () => {
  expect(record.asked.filter(matcher({ ...ALL, country: UNPLACED }))).toHaveLength(272);
});

test("a name may stand where it is and on every side of its mark, and never upon it", () => {
  const mark = new DOMRect(100, 100, 10, 10);
  const [own, ...others] = spotsOf(new DOMRect(40, 98, 50, 14), mark);
  expect([own?.x, own?.y]).toEqual([40, 98]);
  for (const { left, right, top, bottom } of others) {
    const upon = left < mark.right && mark.left < right && top < mark.bottom && mark.top < bottom;
    expect(upon).toBe(false);
  }
  expect(new Set(others.map(({ x, y }) => `${x} ${y}`)).size).toBe(8);
});
