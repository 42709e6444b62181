import { expect, test } from "vitest";
import { ALL, count, matcher } from "../../../discriminator/web/src/downloaders/filter";
import { PANELS, tableOf } from "../../../discriminator/web/src/downloaders/panels";
import { readRecord } from "../../../discriminator/web/src/downloaders/record";
import downloads from "../../../media/data/downloads.json";

const record = readRecord(downloads);

test("every figure's data can be read as a table, whatever is filtered", () => {
  const none = count(record.asked.filter(matcher({ ...ALL, text: "nobody typed this" })));
  const all = count(record.asked);
  const rows = (counts: typeof all) =>
    PANELS.map((name) => tableOf(name, counts, record, {}).rows.length);
  expect(rows(all)).toEqual([all.countries.size, 5, record.collections.length]);
  expect(rows(none)).toEqual([0, 5, record.collections.length]);
});

test("the tables say what the figures show", () => {
  const only = count(record.asked.filter(matcher({ ...ALL, country: "BR" })));
  expect(tableOf("world", only, record, {}).rows).toEqual([["Brazil", 11]]);
  const years = tableOf("years", count(record.asked), record, {}).rows;
  const sums = years.map(([, ...kinds]) => kinds.reduce<number>((sum, n) => sum + Number(n), 0));
  expect(sums).toEqual([7, 269, 367, 442, 368]);
});
