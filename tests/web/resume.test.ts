import { beforeEach, describe, expect, test, vi } from "vitest";
import { cellBar, Journey } from "../../discriminator/web/src/journey";
import { Memory } from "../../discriminator/web/src/memory";
import type { Place } from "../../discriminator/web/src/places";
import { Player } from "../../discriminator/web/src/player";
import { noteProgress, offerToContinue, secondOf } from "../../discriminator/web/src/resume";
import { layFilm, open, piece, story } from "./markup";
import { wind } from "./reel";

const { chapters } = story();
const CHAPTER: Place = { page: "chapter", chapter: 2 };
const ADDRESS = "/chapter/2?type=chapter";

beforeEach(() => localStorage.clear());

describe("where the viewer is", () => {
  function watch(start = ADDRESS) {
    const player = new Player(document.createElement("div"), document.createElement("div"));
    const ready = vi.spyOn(player, "ready", "get").mockReturnValue(true);
    const reel = wind(player.video, 200);
    const memory = new Memory();
    noteProgress(player, new Journey(cellBar(start), chapters, open), memory, chapters);
    return { player, ready, reel, memory };
  }

  test("is noted every five seconds of the film", () => {
    const { reel, memory } = watch();
    reel.runTo(4.9);
    expect(memory.get("place")).toBeNull();
    reel.runTo(5);
    expect(memory.get("place")).toEqual({ address: ADDRESS, at: 5 });
    reel.runTo(9.9);
    expect(memory.get("place")?.at).toBe(5);
    reel.runTo(10);
    expect(memory.get("place")?.at).toBe(10);
  });

  test("is the next place once they have seen a chapter to its end", () => {
    const { player, memory } = watch("/chapter/1?type=chapter");
    player.video.dispatchEvent(new Event("ended"));
    expect(memory.get("place")).toEqual({ address: "/chapter/2?type=cover", at: 0 });
  });

  test("is forgotten once they have seen the whole film", () => {
    const { player, memory } = watch("/chapter/3?type=chapter");
    memory.set("place", { address: "/chapter/3?type=chapter", at: 90 });
    player.video.dispatchEvent(new Event("ended"));
    expect(memory.get("place")).toBeNull();
  });

  test("is noted at once when they stop or seek", async () => {
    const { player, reel, memory } = watch();
    await player.video.play();
    reel.runTo(3);
    player.video.pause();
    expect(memory.get("place")?.at).toBe(3);
    player.video.currentTime = 1;
    expect(memory.get("place")?.at).toBe(1);
  });

  test.each(["/", "/permissions", "/chapter/2?type=cover"])("is not noted on %s", (start) => {
    const { reel, memory } = watch(start);
    reel.runTo(50);
    expect(memory.get("place")).toBeNull();
  });

  test("is not noted while the element still holds another chapter", () => {
    const { ready, reel, memory } = watch();
    ready.mockReturnValue(false);
    reel.runTo(50);
    expect(memory.get("place")).toBeNull();
  });
});

describe("a visit begins", () => {
  function second(
    kept: { address: string; at: number } | null,
    visit: Parameters<typeof secondOf>[0],
  ) {
    const memory = new Memory();
    memory.set("place", kept);
    return secondOf(visit, memory, chapters);
  }

  test("at the second that its address says, whatever is remembered", () => {
    expect(second({ address: ADDRESS, at: 75 }, { place: CHAPTER, at: 0 })).toBe(0);
    expect(second(null, { place: CHAPTER, at: 30 })).toBe(30);
  });

  test("after a reload, where the viewer was", () => {
    expect(second({ address: ADDRESS, at: 75 }, { place: CHAPTER })).toBe(75);
  });

  test("anew for who stopped in the first five seconds", () => {
    expect(second({ address: ADDRESS, at: 4.9 }, { place: CHAPTER })).toBe(0);
  });

  test("anew at another place than the one remembered", () => {
    expect(second({ address: ADDRESS, at: 75 }, { place: { page: "chapter", chapter: 1 } })).toBe(
      0,
    );
    expect(second({ address: ADDRESS, at: 75 }, { place: { page: "cover", chapter: 2 } })).toBe(0);
    expect(second(null, { place: CHAPTER })).toBe(0);
  });
});

describe("Home offers to continue", () => {
  function offered(kept: { address: string; at: number } | null, root = "/") {
    const film = layFilm();
    const memory = new Memory();
    memory.set("place", kept);
    offerToContinue(film, memory, root, chapters);
    return piece<HTMLAnchorElement>(film, "again");
  }

  test("at the second where the viewer stopped, also below a proxy", () => {
    const again = offered({ address: ADDRESS, at: 75.5 }, "/user/x/");
    expect(again.hidden).toBe(false);
    expect(again.dataset["go"]).toBe("/chapter/2?type=chapter&t=75");
    expect(again.getAttribute("href")).toBe("/user/x/chapter/2?type=chapter&t=75");
  });

  test("from the beginning of the chapter after the one they have seen", () => {
    const again = offered({ address: "/chapter/2?type=cover", at: 0 });
    expect(again.hidden).toBe(false);
    expect(again.dataset["go"]).toBe("/chapter/2?type=cover");
  });

  test.each([null, { address: "/chapter/1?type=chapter", at: 3 }])("not to who kept %j", (kept) => {
    expect(offered(kept).hidden).toBe(true);
  });

  test.each(["/chapter/9?type=chapter", "/nowhere"])("not a place that is gone: %s", (address) => {
    expect(offered({ address, at: 75 }).hidden).toBe(true);
  });

  test.each(["javascript:alert(1)", "//evil.example/", "https://evil.example/chapter/2"])(
    "never an address outside the film: %s",
    (address) => {
      const again = offered({ address, at: 75 });
      expect(again.getAttribute("href")).toMatch(/^\/(?!\/)/);
    },
  );
});
