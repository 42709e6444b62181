// About, Privacy, Support: native dialogs that the address opens and closes.

import type { Journey } from "./journey";
import { find } from "./parts";
import { SHEETS, type Sheet } from "./places";

export function wireSheets(film: HTMLElement, journey: Journey): void {
  for (const sheet of SHEETS) wireSheet(film, sheet, journey);
  film.addEventListener("click", (event) => openFromLink(event, journey));
  journey.visit.follow(({ sheet }) => {
    for (const name of SHEETS) toggle(dialogOf(film, name), name === sheet);
  });
}

function dialogOf(film: HTMLElement, sheet: Sheet): HTMLDialogElement {
  return find<HTMLDialogElement>(film, `[data-sheet-of="${sheet}"]`);
}

function toggle(dialog: HTMLDialogElement, open: boolean): void {
  if (open && !dialog.open) {
    dialog.showModal();
    find(dialog, ".sheet-title").focus();
  }
  if (!open && dialog.open) dialog.close();
}

function wireSheet(film: HTMLElement, sheet: Sheet, journey: Journey): void {
  const dialog = dialogOf(film, sheet);
  closable(dialog);
  dialog.addEventListener("close", () => {
    // Escape and the cross close the dialog; the address follows. Opened anew, it may stay.
    if (dialog.open) return;
    if (journey.visit.value.sheet === sheet) journey.close();
    // Nothing had the focus before a sheet that an address opened: then the page has it.
    const focused = document.activeElement;
    if (focused === document.body || dialog.contains(focused)) {
      find(film, "main").focus({ preventScroll: true });
    }
  });
}

/** Closes a dialog by its cross and by a click beside it; underlines its head once scrolled. */
export function closable(dialog: HTMLDialogElement): void {
  find(dialog, "[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  const body = find(dialog, ".sheet-body");
  body.addEventListener("scroll", () => dialog.classList.toggle("scrolled", body.scrollTop > 0));
}

function openFromLink(event: MouseEvent, journey: Journey): void {
  const link = (event.target as Element).closest<HTMLElement>("[data-sheet]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  journey.open(link.dataset["sheet"] as Sheet);
}
