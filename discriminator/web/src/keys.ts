// Keyboard shortcuts, for whoever is not typing, choosing from a menu or reading a sheet.

import type { Orders } from "./bar";
import type { Deck } from "./deck";

type Act = (deck: Deck, orders: Orders) => void;

const VOLUME_STEP = 0.1;

const ACTS: Readonly<Record<string, Act>> = {
  " ": (deck) => deck.togglePlay(),
  k: (deck) => deck.togglePlay(),
  arrowleft: (deck) => deck.seekBy(-10),
  j: (deck) => deck.seekBy(-10),
  arrowright: (deck) => deck.seekBy(10),
  l: (deck) => deck.seekBy(10),
  arrowup: (deck) => deck.setVolume(deck.volume + VOLUME_STEP),
  arrowdown: (deck) => deck.setVolume(deck.volume - VOLUME_STEP),
  m: (deck) => deck.toggleMute(),
  c: (deck) => deck.toggleCaptions(),
  f: (deck) => deck.toggleFullscreen(),
  "<": (_, orders) => orders.pace(-1),
  ">": (_, orders) => orders.pace(1),
  n: (_, orders) => orders.next(),
  "?": (_, orders) => orders.showKeys(),
};

/** These need a chapter on stage; elsewhere the keys keep their usual meaning (scrolling). */
const NEED_MEDIA = new Set([
  " ",
  "k",
  "j",
  "l",
  "arrowleft",
  "arrowright",
  "arrowup",
  "arrowdown",
  "c",
  "<",
  ">",
]);

/** A key that is held down winds on; every other acts once. */
const WIND = /^arrow|^[jl]$/;

/** Listens on `where`; a digit goes to that chapter. */
export function wireKeys(
  where: EventTarget,
  deck: Deck,
  orders: Orders,
  goToChapter: (number: number) => void,
  until: AbortSignal,
): void {
  const press = (event: Event) => {
    const pressed = event as KeyboardEvent;
    if (!isForTheFilm(pressed)) return;
    const key = pressed.key.toLowerCase();
    if (pressed.repeat && !WIND.test(key)) return;
    if (/^[1-9]$/.test(key)) goToChapter(Number(key));
    const act = ACTS[key];
    if (!act || (NEED_MEDIA.has(key) && !deck.hasMedia)) return;
    pressed.preventDefault();
    act(deck, orders);
  };
  where.addEventListener("keydown", press, { signal: until });
}

function isForTheFilm(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  // Also while the focus is on nothing, what lies below an open sheet stays as it is.
  if (document.querySelector("dialog[open]")) return false;
  const target = event.target as Element | null;
  if (!target?.closest) return true;
  if (target.closest('input, select, textarea, [contenteditable], [role="menu"]')) return false;
  // Space and Enter press the button or link that has the focus.
  return !(event.key === " " && target.closest("button, a"));
}
