// A figure's data as a table to read, and as one for spreadsheets.

import { language } from "../language";
import { make } from "../make";

/** A source that can be looked up. */
export interface Cited {
  readonly text: string;
  readonly url: string;
}

export type Cell = string | number | null | Cited;

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Which columns hold years: they are numbers without thousands. */
  readonly years: readonly number[];
}

export function tableElement({ caption, columns, rows, years }: Table): HTMLElement {
  const head = make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map((row) =>
    make("tr", {}, ...row.map((cell, index) => cellElement(cell, index, years.includes(index)))),
  );
  return make(
    "table",
    { class: "data-table" },
    make("caption", {}, caption),
    make("thead", {}, head),
    make("tbody", {}, ...body),
  );
}

function cellElement(cell: Cell, index: number, isYear: boolean): HTMLElement {
  if (isCited(cell)) {
    const beside = { target: "_blank", rel: "noopener noreferrer" };
    return make("td", {}, make("a", { href: cell.url, ...beside }, cell.text));
  }
  const isNumber = typeof cell === "number" && !isYear;
  const text = isNumber ? cell.toLocaleString(language()) : String(cell ?? "");
  const look = isNumber ? { class: "number" } : {};
  return index === 0 ? make("th", { scope: "row", ...look }, text) : make("td", look, text);
}

/** The table as a spreadsheet reads it. */
export function csvOf({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n");
}

function isCited(cell: Cell): cell is Cited {
  return typeof cell === "object" && cell !== null;
}

function quoted(cell: Cell): string {
  const text = isCited(cell) ? `${cell.text}, ${cell.url}` : String(cell ?? "");
  // A cell that begins like a formula would be one in a spreadsheet.
  const safe = /^[=+@\t]/.test(text) || /^-\D/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
