import { expect, test } from "vitest";
import { csvOf, tableElement } from "../../../discriminator/web/src/downloaders/table";

const source = { text: "A, B", url: "https://example.org/" };
const table = {
  caption: "Requests",
  columns: ["Year", "Requests", "Name", "Source"],
  rows: [
    [2018, 1442, 'Say "no", or', source],
    [2019, null, "=1+1", null],
  ],
  years: [0],
};

test("a table says what it holds; years have no thousands, numbers do", () => {
  const element = tableElement(table);
  expect(element.querySelector("caption")?.textContent).toBe("Requests");
  const [head, first] = [...element.querySelectorAll("tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );
  expect(head).toEqual(table.columns);
  expect(first).toEqual(["2018", "1,442", 'Say "no", or', "A, B"]);
  expect(element.querySelector("a")?.getAttribute("href")).toBe("https://example.org/");
  expect(element.querySelectorAll("th[scope=col]")).toHaveLength(4);
});

test("numbers are written as the page's language writes them, and a source opens beside the film", () => {
  document.documentElement.lang = "de";
  const element = tableElement(table);
  expect(element.querySelector("td.number")?.textContent).toBe("1.442");
  expect(element.querySelector("a")?.target).toBe("_blank");
  document.documentElement.lang = "";
});

test("a spreadsheet reads the same, and no cell becomes a formula", () => {
  expect(csvOf(table).split("\r\n")).toEqual([
    "Year,Requests,Name,Source",
    '2018,1442,"Say ""no"", or","A, B, https://example.org/"',
    "2019,,'=1+1,",
  ]);
});
