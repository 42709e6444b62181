import { beforeEach, expect, test } from "vitest";
import { Memory } from "../../discriminator/web/src/memory";
import { wireThanks } from "../../discriminator/web/src/thanks";
import { layFilm, open, piece } from "./markup";

beforeEach(() => localStorage.clear());

function lay(until: AbortSignal = open) {
  const film = layFilm();
  wireThanks(film, new Memory(), until);
  return piece(film, "thanks");
}

function pay(): void {
  const link = document.createElement("link");
  document.head.append(link);
  link.dispatchEvent(new Event("monetization", { bubbles: true }));
  link.remove();
}

test("nobody is thanked for nothing", () => {
  expect(lay().hidden).toBe(true);
});

test("a viewer whose browser pays is thanked, and again at the next visit", () => {
  const thanks = lay();
  pay();
  expect(thanks.hidden).toBe(false);
  expect(lay().hidden).toBe(false);
});

test("a film that is closed thanks no more", () => {
  const closing = new AbortController();
  const thanks = lay(closing.signal);
  closing.abort();
  pay();
  expect(thanks.hidden).toBe(true);
});
