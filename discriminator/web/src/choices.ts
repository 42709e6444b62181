// What the bar's menus offer.

import type { Deck } from "./deck";
import type { Descriptions } from "./descriptions";
import { type Entry, wireMenu } from "./menus";
import { part } from "./parts";
import { RATES, rateName } from "./rates";
import type { Story } from "./story";

export function wireChoices(
  film: HTMLElement,
  deck: Deck,
  descriptions: Descriptions,
  story: Story,
  goToChapter: (number: number) => void,
): void {
  const say = (name: string) => story.words[name] ?? name;
  wireMenu(film, "audio", () => sounds(deck), "");
  // Few streams have more than one sound.
  deck.player.addEventListener("change", () => {
    part(film, "audio").hidden = !deck.player.sounds.length;
  });
  const told = () => [
    ...captions(deck, say("captions_off")),
    ...described(descriptions, say("descriptions")),
  ];
  wireMenu(film, "captions", told, say("captions_none"));
  wireMenu(film, "quality", () => qualities(deck, say("quality_auto")), say("quality_none"));
  wireMenu(film, "rate", () => rates(deck), "");
  wireMenu(film, "chapters", () => chapters(film, story, goToChapter), "");
}

function sounds({ player }: Deck): Entry[] {
  return player.sounds.map(({ id, label, active }) => ({
    label,
    active,
    choose: () => player.playSound(id),
  }));
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

function described(descriptions: Descriptions, label: string): Entry[] {
  if (!descriptions.offered) return [];
  const choose = () => descriptions.turn(!descriptions.on);
  return [{ label, active: descriptions.on, apart: true, choose }];
}

function rates(deck: Deck): Entry[] {
  return RATES.map((rate) => ({
    label: rateName(rate),
    active: deck.rate === rate,
    choose: () => deck.setRate(rate),
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
