import { beforeEach, expect, test, vi } from "vitest";
import { wireChoices } from "../../discriminator/web/src/choices";
import { Deck } from "../../discriminator/web/src/deck";
import { Descriptions } from "../../discriminator/web/src/descriptions";
import { Memory } from "../../discriminator/web/src/memory";
import { click, get, layFilm, story } from "./markup";

beforeEach(() => localStorage.clear());

function lay() {
  const film = layFilm();
  const memory = new Memory();
  const deck = new Deck(film, memory);
  const descriptions = new Descriptions(film, deck.video, memory, "/media/");
  const go = vi.fn<(chapter: number) => void>();
  wireChoices(film, deck, descriptions, story(), go);
  const open = (name: string) => {
    click(get(film, `[data-menu="${name}"]`));
    return [...get(film, `[data-menu-of="${name}"]`).children] as HTMLElement[];
  };
  return { film, deck, descriptions, go, open };
}

const read = (items: HTMLElement[]) =>
  items.map((item) => [item.textContent, item.getAttribute("aria-checked")]);

test("sounds are offered as soon as there is a choice of them", () => {
  const { film, deck, open } = lay();
  const place = get(film, '[data-part="audio"]');
  expect(place.hidden).toBe(true);
  const sounds = vi.spyOn(deck.player, "sounds", "get");
  sounds.mockReturnValue([
    { id: "de", label: "Deutsch", active: true },
    { id: "fr", label: "Français", active: false },
  ]);
  deck.player.dispatchEvent(new Event("change"));
  expect(place.hidden).toBe(false);
  const play = vi.spyOn(deck.player, "playSound");
  const items = open("audio");
  expect(read(items)).toEqual([
    ["Deutsch", "true"],
    ["Français", "false"],
  ]);
  click(items[1] as HTMLElement);
  expect(play).toHaveBeenCalledExactlyOnceWith("fr");
  sounds.mockReturnValue([]);
  deck.player.dispatchEvent(new Event("change"));
  expect(place.hidden).toBe(true);
});

test("captions are off or in one language", () => {
  const { deck, open } = lay();
  vi.spyOn(deck.player, "captions", "get").mockReturnValue([
    { id: "en", label: "English", active: true },
    { id: "fr", label: "Français", active: false },
  ]);
  const show = vi.spyOn(deck, "showCaptions");
  const items = open("captions");
  expect(read(items)).toEqual([
    ["Off", "false"],
    ["English", "true"],
    ["Français", "false"],
  ]);
  for (const item of items) click(item);
  expect(show.mock.calls).toEqual([[null], ["en"], ["fr"]]);
});

test("when no caption is shown, Off is checked", () => {
  const { deck, open } = lay();
  const captions = vi.spyOn(deck.player, "captions", "get");
  captions.mockReturnValue([{ id: "en", label: "English", active: false }]);
  expect(read(open("captions"))).toEqual([
    ["Off", "true"],
    ["English", "false"],
  ]);
});

test("qualities are offered, the automatic one by its word", () => {
  const { deck, open } = lay();
  vi.spyOn(deck.player, "qualities", "get").mockReturnValue([
    { id: "auto", label: "", active: true },
    { id: "720", label: "720p", active: false },
  ]);
  const show = vi.spyOn(deck.player, "showQuality");
  const items = open("quality");
  expect(read(items)).toEqual([
    ["Automatic", "true"],
    ["720p", "false"],
  ]);
  click(items[1] as HTMLElement);
  expect(show).toHaveBeenCalledExactlyOnceWith("720");
});

test("every rate is offered, the one that is kept is checked, and a choice is played by", () => {
  new Memory().set("rate", 1.25);
  const { deck, open } = lay();
  const items = open("rate");
  expect(read(items)).toEqual([
    ["0.75×", "false"],
    ["1×", "false"],
    ["1.25×", "true"],
    ["1.5×", "false"],
    ["2×", "false"],
  ]);
  click(items[4] as HTMLElement);
  expect([deck.rate, deck.video.playbackRate]).toEqual([2, 2]);
  expect(new Memory().get("rate")).toBe(2);
});

test("descriptions go on and off beside the captions, where a chapter has them", () => {
  const { descriptions, open } = lay();
  descriptions.show(story().chapters[0]);
  const [item, ...more] = open("captions");
  expect(more).toEqual([]);
  expect(item?.getAttribute("role")).toBe("menuitemcheckbox");
  expect(read([item as HTMLElement])).toEqual([["Descriptions for screen readers", "false"]]);
  click(item as HTMLElement);
  expect(read(open("captions"))).toEqual([["Descriptions for screen readers", "true"]]);
  expect(new Memory().get("descriptions")).toBe(true);
});

test("a menu without choices says why", () => {
  const { open } = lay();
  expect(open("captions")[0]?.textContent).toBe("No captions here");
  expect(open("quality")[0]?.textContent).toBe("One quality only");
});

test("every chapter is offered, and the one on stage is checked, also on its cover", () => {
  const { film, go, open } = lay();
  film.dataset["page"] = "cover-2";
  const items = open("chapters");
  expect(read(items)).toEqual([
    ["1/3 Title 1", "false"],
    ["2/3 Title 2", "true"],
    ["3/3 Title 3", "false"],
  ]);
  click(items[2] as HTMLElement);
  expect(go).toHaveBeenCalledExactlyOnceWith(3);
});
