import { describe, expect, test } from "vitest";
import { cellBar, Journey } from "../../discriminator/web/src/journey";
import { SHEETS, type Sheet } from "../../discriminator/web/src/places";
import { closable, wireSheets } from "../../discriminator/web/src/sheets";
import { click, get, layFilm, open, piece, story } from "./markup";

function lay(start = "/permissions") {
  const film = layFilm();
  const bar = cellBar(start);
  const journey = new Journey(bar, story().chapters, open);
  wireSheets(film, journey);
  const dialog = (name: Sheet) => get<HTMLDialogElement>(film, `[data-sheet-of="${name}"]`);
  return { film, bar, journey, dialog };
}

test.each(SHEETS)("a link opens the sheet %s and writes its address", (name) => {
  const { film, bar, dialog } = lay("/");
  const followed = click(get(film, `.home-sheets [data-sheet="${name}"]`));
  expect(followed).toBe(false);
  expect(dialog(name).open).toBe(true);
  expect(bar.read()).toBe(`/?modal=${name}`);
});

test("an address opens its sheet", () => {
  const { dialog } = lay("/?modal=privacy");
  expect(SHEETS.filter((name) => dialog(name).open)).toEqual(["privacy"]);
});

test("the focus goes to the heading, which names the dialog", () => {
  const { journey, dialog } = lay();
  journey.open("about");
  const heading = document.activeElement as HTMLElement;
  expect(heading.textContent).toBe("About");
  expect(dialog("about").getAttribute("aria-labelledby")).toBe(heading.id);
});

test("a sheet that an address opened leaves the focus to the page", () => {
  const { film, dialog } = lay("/permissions?modal=about");
  dialog("about").close();
  expect(document.activeElement).toBe(get(film, "main"));
});

describe("a sheet is closed, and its address with it,", () => {
  const ways: [string, (dialog: HTMLDialogElement, back: () => void) => void][] = [
    ["by its cross", (dialog) => click(get(dialog, "[data-close]"))],
    // On Escape the browser itself closes a modal dialog.
    ["by Escape", (dialog) => dialog.close()],
    ["by a click beside it", (dialog) => click(dialog)],
    ["by Back", (_, back) => back()],
  ];

  test.each(ways)("%s", (_, close) => {
    const { bar, journey, dialog } = lay();
    journey.open("support");
    close(dialog("support"), bar.back);
    expect(dialog("support").open).toBe(false);
    expect(journey.visit.value).toEqual({ place: { page: "permissions" } });
    expect(bar.read()).toBe("/permissions");
  });

  test.each(ways.slice(0, 3))("%s, also where the address opened it", (_, close) => {
    const { bar, dialog } = lay("/permissions?modal=support");
    close(dialog("support"), bar.back);
    expect(dialog("support").open).toBe(false);
    expect(bar.read()).toBe("/permissions");
  });
});

test("a click in a sheet does not close it", () => {
  const { journey, dialog } = lay();
  journey.open("about");
  click(get(dialog("about"), ".sheet-body"));
  expect(dialog("about").open).toBe(true);
});

test("one sheet takes the place of another", () => {
  const { journey, dialog } = lay();
  journey.open("about");
  journey.open("privacy");
  expect(SHEETS.filter((name) => dialog(name).open)).toEqual(["privacy"]);
  expect(journey.visit.value.sheet).toBe("privacy");
});

test("the late news of a closing does not close what was opened anew", () => {
  const { journey, dialog } = lay();
  journey.open("about");
  dialog("about").dispatchEvent(new Event("close"));
  expect(dialog("about").open).toBe(true);
  expect(journey.visit.value.sheet).toBe("about");
});

test.each(["ctrlKey", "metaKey", "shiftKey"])(
  "with %s a link is the browser's: another tab or window",
  (key) => {
    const { film, dialog } = lay();
    const followed = click(get(film, '[data-sheet="about"]'), { [key]: true });
    expect(followed).toBe(true);
    expect(dialog("about").open).toBe(false);
  },
);

test("a scrolled sheet says so to the style", () => {
  const dialog = piece<HTMLDialogElement>(layFilm(), "keys");
  closable(dialog);
  const body = get(dialog, ".sheet-body");
  body.scrollTop = 10;
  body.dispatchEvent(new Event("scroll"));
  expect(dialog.classList.contains("scrolled")).toBe(true);
  body.scrollTop = 0;
  body.dispatchEvent(new Event("scroll"));
  expect(dialog.classList.contains("scrolled")).toBe(false);
});
