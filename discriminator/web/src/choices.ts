// What the bar's three menus offer.

import type { Deck } from "./deck";
import { type Entry, wireMenu } from "./menus";
import type { Story } from "./story";

export function wireChoices(
  film: HTMLElement,
  deck: Deck,
  story: Story,
  goToChapter: (number: number) => void,
): void {
  const say = (name: string) => story.words[name] ?? name;
  wireMenu(film, "captions", () => captions(deck, say("captions_off")), say("captions_none"));
  wireMenu(film, "quality", () => qualities(deck, say("quality_auto")), say("quality_none"));
  wireMenu(film, "chapters", () => chapters(film, story, goToChapter), "");
}

function captions(deck: Deck, off: string): Entry[] {
  const tracks = deck.player.captions;
  if (!tracks.length) return [];
  const none = { id: null, label: off, active: !tracks.some(({ active }) => active) };
  return [none, ...tracks].map(({ id, label, active }) => ({
    label,
    active,
    choose: () => deck.showCaptions(id),
  }));
}

function qualities({ player }: Deck, automatic: string): Entry[] {
  return player.qualities.map(({ id, label, active }) => ({
    label: label || automatic,
    active,
    choose: () => player.showQuality(id),
  }));
}

function chapters(film: HTMLElement, story: Story, go: (number: number) => void): Entry[] {
  const all = story.chapters;
  return all.map(({ number, title }) => ({
    label: `${number}/${all.length} ${title}`,
    active: film.dataset["page"]?.endsWith(`-${number}`) === true,
    choose: () => go(number),
  }));
}
