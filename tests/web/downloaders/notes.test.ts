import { beforeEach, expect, test } from "vitest";
import { Deck } from "../../../discriminator/web/src/deck";
import { Notes } from "../../../discriminator/web/src/downloaders/notes";
import { readRecord } from "../../../discriminator/web/src/downloaders/record";
import { make } from "../../../discriminator/web/src/make";
import { Memory } from "../../../discriminator/web/src/memory";
import file from "../../../media/data/downloads.json";
import { layFilm } from "../markup";

const record = readRecord(file);
const words = { note_speak: "Say it", note_close: "Close", note_silent: "No sound." };

let notes: Notes;
let name: HTMLButtonElement;
const heading = () =>
  notes.element.hidden ? null : notes.element.querySelector("h3")?.textContent;

beforeEach(() => {
  const deck = new Deck(layFilm(), new Memory());
  notes = new Notes(record, deck, "/media/", words);
  name = make("button");
  // As the list does it: a name that has the focus is pointed at.
  name.addEventListener("focus", () => notes.point("google"));
  name.addEventListener("blur", () => notes.point(null));
  document.body.append(name, notes.element);
  name.focus();
});

test("a name shows its note while it is pointed at", () => {
  expect(heading()).toBe("Google");
  expect(notes.element.hasAttribute("data-asked")).toBe(false);
  name.blur();
  expect(heading()).toBeNull();
});

test("a note that is asked for takes the focus, stays, and gives the focus back", () => {
  notes.ask("google");
  expect(document.activeElement).toBe(notes.element);
  expect(notes.element.hasAttribute("data-asked")).toBe(true);
  notes.point("huawei");
  notes.point(null);
  expect(heading()).toBe("Google");
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  expect(heading()).toBeNull();
  expect(document.activeElement).toBe(name);
  notes.point("huawei");
  expect(heading()).toBe("Huawei");
});

test("a sound that does not come is said", () => {
  notes.ask("google");
  const silence = notes.element.querySelector<HTMLElement>(".note-silence");
  expect(silence?.hidden).toBe(true);
  notes.voice.dispatchEvent(new Event("error"));
  expect([silence?.hidden, silence?.textContent]).toEqual([false, "No sound."]);
});
