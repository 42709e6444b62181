import { beforeEach, describe, expect, test, vi } from "vitest";
import { Deck } from "../../discriminator/web/src/deck";
import { wireKeys } from "../../discriminator/web/src/keys";
import { Memory } from "../../discriminator/web/src/memory";
import { get, layFilm, open, piece, press } from "./markup";
import { wind } from "./reel";

beforeEach(() => localStorage.clear());

function lay(page = "chapter-1", until: AbortSignal = open) {
  const film = layFilm();
  film.dataset["page"] = page;
  const deck = new Deck(film, new Memory());
  wind(deck.video, 200, 50);
  const orders = { next: vi.fn(), showKeys: vi.fn(), pace: vi.fn() };
  const go = vi.fn<(chapter: number) => void>();
  wireKeys(film, deck, orders, go, until);
  return { film, deck, orders, go, video: deck.video };
}

test.each([" ", "k", "K"])("%j plays and pauses", (key) => {
  const { film, video } = lay();
  expect(press(film, key).defaultPrevented).toBe(true);
  expect(video.paused).toBe(false);
  press(film, key);
  expect(video.paused).toBe(true);
});

test.each([
  ["ArrowLeft", 40],
  ["j", 40],
  ["ArrowRight", 60],
  ["l", 60],
])("%s leads from second 50 to %i", (key, second) => {
  const { film, video } = lay();
  press(film, key);
  expect(video.currentTime).toBe(second);
});

test("the arrows up and down change the volume, down to silence and back", () => {
  const { film, video } = lay();
  press(film, "ArrowDown");
  expect(video.volume).toBe(0.9);
  for (let i = 0; i < 9; i += 1) press(film, "ArrowDown");
  expect(video.muted).toBe(true);
  press(film, "ArrowUp");
  expect(video.muted).toBe(false);
});

test("< and > change the rate, where there is something to play", () => {
  const { film, orders } = lay();
  for (const key of ["<", ">"]) press(film, key);
  expect(orders.pace.mock.calls).toEqual([[-1], [1]]);
  film.dataset["page"] = "cover-2";
  press(film, ">");
  expect(orders.pace).toHaveBeenCalledTimes(2);
});

test("m, c, f, n and ? do what the help says", () => {
  const { film, deck, video, orders } = lay();
  const captions = vi.spyOn(deck, "toggleCaptions");
  const fullscreen = vi.spyOn(deck, "toggleFullscreen").mockReturnValue();
  for (const key of ["m", "c", "f", "n", "?"]) press(film, key);
  expect(video.muted).toBe(true);
  expect(captions).toHaveBeenCalledOnce();
  expect(fullscreen).toHaveBeenCalledOnce();
  expect(orders.next).toHaveBeenCalledOnce();
  expect(orders.showKeys).toHaveBeenCalledOnce();
});

test("a digit goes to that chapter", () => {
  const { film, go } = lay("home");
  for (const key of ["1", "9", "0", "F1"]) press(film, key);
  expect(go.mock.calls).toEqual([[1], [9]]);
});

test("every key of the help does something", () => {
  const { film } = lay();
  const named = [...piece(film, "keys").querySelectorAll("kbd")].map((one) => one.textContent);
  expect(named).toEqual(
    expect.arrayContaining(["Space", "K", "←", "→", "↑", "↓", "M", "C", "F", "N"]),
  );
});

describe("where nothing plays", () => {
  test.each(["home", "permissions", "cover-2"])(
    "on %s the media's keys keep their meaning",
    (page) => {
      const { film, video } = lay(page);
      for (const key of [" ", "k", "j", "l", "ArrowLeft", "ArrowUp", "c"]) {
        expect(press(film, key).defaultPrevented).toBe(false);
      }
      expect([video.paused, video.currentTime, video.volume]).toEqual([true, 50, 1]);
    },
  );
});

describe("a key is not the film's", () => {
  test.each(["ctrlKey", "metaKey", "altKey"])("with %s", (key) => {
    const { film, video } = lay();
    expect(press(film, "m", { [key]: true }).defaultPrevented).toBe(false);
    expect(video.muted).toBe(false);
  });

  test.each([
    ["types", "<input>"],
    ["writes", "<textarea></textarea>"],
    ["chooses", "<select></select>"],
    ["edits", "<p contenteditable></p>"],
    ["reads a menu", '<div role="menu"></div>'],
  ])("while the viewer %s", (_, markup) => {
    const { film, orders, go } = lay();
    const place = document.createElement("div");
    place.innerHTML = markup;
    film.append(place);
    for (const key of ["n", "2"]) press(place.children[0] as Element, key);
    expect(orders.next).not.toHaveBeenCalled();
    expect(go).not.toHaveBeenCalled();
  });

  test("while a sheet is open, wherever the focus is", () => {
    const { film, orders } = lay();
    const sheet = get<HTMLDialogElement>(film, '[data-sheet-of="about"]');
    sheet.showModal();
    press(sheet, "n");
    press(film, "n");
    expect(orders.next).not.toHaveBeenCalled();
    sheet.close();
    press(film, "n");
    expect(orders.next).toHaveBeenCalledOnce();
  });

  test("when somebody has taken it already", () => {
    const { film, orders } = lay();
    const button = piece(film, "retry");
    button.addEventListener("keydown", (event) => event.preventDefault());
    press(button, "n");
    expect(orders.next).not.toHaveBeenCalled();
  });

  test.each(["button", "a"])("when Space presses the %s that has the focus", (tag) => {
    const { film, video } = lay();
    expect(press(get(film, tag), " ").defaultPrevented).toBe(false);
    expect(video.paused).toBe(true);
  });
});

test("other keys work on a focused button too", () => {
  const { film, video } = lay();
  press(get(film, '[data-control="mute"]'), "k");
  expect(video.paused).toBe(false);
});

test("a key that is held down winds, but does not flicker or leaf on", () => {
  const { film, video, orders, go } = lay();
  for (const key of ["ArrowRight", "l", " ", "m", "n", "2"]) press(film, key, { repeat: true });
  expect(video.currentTime).toBe(70);
  expect([video.paused, video.muted]).toEqual([true, false]);
  expect(orders.next).not.toHaveBeenCalled();
  expect(go).not.toHaveBeenCalled();
});

test("a film that is closed hears no keys", () => {
  const closing = new AbortController();
  const { film, orders } = lay("chapter-1", closing.signal);
  closing.abort();
  press(film, "n");
  expect(orders.next).not.toHaveBeenCalled();
});
