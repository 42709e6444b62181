// Files that the page makes and hands to the viewer; they go nowhere else.

import { make } from "./make";

/** Milliseconds that a browser has to take a file of the page's own. */
const TAKEN_AFTER = 1000;

export function save(name: string, address: string): void {
  const link = make("a", { href: address, download: name });
  link.click();
  if (address.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(address), TAKEN_AFTER);
}

export function saveText(name: string, text: string): void {
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  save(name, URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" })));
}
