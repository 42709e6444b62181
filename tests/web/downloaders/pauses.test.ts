import { beforeEach, expect, test } from "vitest";
import { Deck } from "../../../discriminator/web/src/deck";
import { Pauses } from "../../../discriminator/web/src/downloaders/pauses";
import { Memory } from "../../../discriminator/web/src/memory";
import { layFilm, open } from "../markup";
import { type Reel, wind } from "../reel";

let deck: Deck;
let reel: Reel;
let pauses: Pauses;

beforeEach(() => {
  localStorage.clear();
  deck = new Deck(layFilm(), new Memory());
  reel = wind(deck.video, 200);
  pauses = new Pauses(deck, [75, 160], open);
  deck.play();
});

test("the narration stops where the film lets go, once", () => {
  reel.runTo(74.9);
  expect(deck.video.paused).toBe(false);
  reel.runTo(75.1);
  expect([deck.video.paused, pauses.waiting.value]).toEqual([true, true]);
  deck.play();
  expect(pauses.waiting.value).toBe(false);
  reel.runTo(76);
  reel.runTo(159);
  expect(deck.video.paused).toBe(false);
  reel.runTo(160.2);
  expect(pauses.waiting.value).toBe(true);
});

test("a page that looks late goes back to the pause, and plays on from it", () => {
  reel.runTo(79);
  expect([deck.video.currentTime, pauses.waiting.value]).toEqual([75, true]);
  deck.play();
  reel.runTo(76);
  expect([deck.video.paused, pauses.waiting.value]).toEqual([false, false]);
});

test("who jumps over it is not held, who jumps back is held again", () => {
  deck.video.currentTime = 100;
  reel.runTo(101);
  expect(deck.video.paused).toBe(false);
  deck.video.currentTime = 74;
  reel.runTo(75.5);
  expect(deck.video.paused).toBe(true);
});

test("who came to the second of a pause by its address is not stopped by it again", () => {
  deck.pause();
  deck.video.currentTime = 160;
  pauses = new Pauses(deck, [75, 160.089], open);
  pauses.goOn();
  reel.runTo(161);
  expect([deck.video.paused, pauses.waiting.value]).toEqual([false, false]);
});

test("who seeks while the film waits is let go", () => {
  reel.runTo(75.1);
  deck.video.currentTime = 20;
  expect(pauses.waiting.value).toBe(false);
});

test("a soft chapter keeps the viewer's volume in mind", () => {
  deck.setVolume(0.8);
  deck.duck(true);
  expect(deck.video.volume).toBeCloseTo(0.12);
  deck.video.dispatchEvent(new Event("volumechange"));
  expect(new Memory().get("volume")).toBe(0.8);
  deck.duck(true);
  deck.duck(false);
  expect(deck.video.volume).toBe(0.8);
});
