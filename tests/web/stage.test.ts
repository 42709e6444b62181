import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HOME, nameOf, PERMISSIONS, type Place } from "../../discriminator/web/src/places";
import { FADE, Stage } from "../../discriminator/web/src/stage";
import { get, layFilm } from "./markup";

const CHAPTER: Place = { page: "chapter", chapter: 1 };
const COVER: Place = { page: "cover", chapter: 2 };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function raise(first: Place = HOME) {
  const film = layFilm();
  const swapped: string[] = [];
  const stage = new Stage(film, first, (place) => swapped.push(nameOf(place)));
  return { film, stage, swapped };
}

const seen = (film: HTMLElement) =>
  [...film.querySelectorAll<HTMLElement>("[data-view]")]
    .filter(({ hidden }) => !hidden)
    .map(({ dataset }) => dataset["view"]);

test("the first page is there at once, and alone", () => {
  const { film, swapped } = raise(PERMISSIONS);
  expect(film.dataset["page"]).toBe("permissions");
  expect(seen(film)).toEqual(["permissions"]);
  expect(swapped).toEqual(["permissions"]);
});

test("covers and chapters share one view", () => {
  const { film } = raise(COVER);
  expect(film.dataset["page"]).toBe("cover-2");
  expect(seen(film)).toEqual(["chapter"]);
});

test("the old page fades, the new one comes, and the focus goes with it", async () => {
  const { film, stage, swapped } = raise();
  const shown = stage.show(PERMISSIONS);
  await vi.advanceTimersByTimeAsync(FADE - 1);
  expect([film.dataset["page"], film.dataset["change"]]).toEqual(["home", "out"]);
  await vi.advanceTimersByTimeAsync(1);
  expect([film.dataset["page"], film.dataset["change"]]).toEqual(["permissions", "in"]);
  expect(document.activeElement).toBe(get(film, "main"));
  await vi.advanceTimersByTimeAsync(FADE);
  expect(film.dataset["change"]).toBeUndefined();
  await shown;
  expect(swapped).toEqual(["home", "permissions"]);
});

describe("of many hurried wishes the last wins", () => {
  test("while the old page fades", async () => {
    const { film, stage, swapped } = raise();
    void stage.show(PERMISSIONS);
    await vi.advanceTimersByTimeAsync(FADE / 2);
    void stage.show(COVER);
    void stage.show(CHAPTER);
    await vi.runAllTimersAsync();
    expect(film.dataset["page"]).toBe("chapter-1");
    expect(swapped).toEqual(["home", "chapter-1"]);
  });

  test("while the new page comes", async () => {
    const { film, stage, swapped } = raise();
    void stage.show(PERMISSIONS);
    await vi.advanceTimersByTimeAsync(FADE * 1.5);
    void stage.show(CHAPTER);
    await vi.runAllTimersAsync();
    expect(film.dataset["page"]).toBe("chapter-1");
    expect(swapped).toEqual(["home", "permissions", "chapter-1"]);
  });

  test("when it is to stay", async () => {
    const { film, stage } = raise();
    void stage.show(PERMISSIONS);
    await vi.advanceTimersByTimeAsync(FADE / 2);
    void stage.show(HOME);
    expect(stage.wanted).toEqual(HOME);
    await vi.runAllTimersAsync();
    expect(film.dataset["page"]).toBe("home");
    expect(film.dataset["change"]).toBeUndefined();
  });

  test("right after one for the page that is there", async () => {
    const { film, stage } = raise();
    void stage.show(HOME);
    void stage.show(PERMISSIONS);
    await vi.runAllTimersAsync();
    expect(film.dataset["page"]).toBe("permissions");
  });

  test("in the very moment in which a change ends", async () => {
    const { film, stage } = raise();
    void stage.show(PERMISSIONS).then(() => stage.show(CHAPTER));
    await vi.runAllTimersAsync();
    expect(film.dataset["page"]).toBe("chapter-1");
  });
});

test("who does not want motion does not wait for it", async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  const { film, stage } = raise();
  await stage.show(PERMISSIONS);
  expect(film.dataset["page"]).toBe("permissions");
  expect(vi.getTimerCount()).toBe(0);
});
