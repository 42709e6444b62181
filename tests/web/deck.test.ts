import { beforeEach, describe, expect, test, vi } from "vitest";
import { Deck } from "../../discriminator/web/src/deck";
import { Memory } from "../../discriminator/web/src/memory";
import { Player } from "../../discriminator/web/src/player";
import { click, fillScreen, layFilm, piece } from "./markup";
import { wind } from "./reel";

beforeEach(() => {
  localStorage.clear();
  fillScreen(null);
});

function lay(duration = 200, at = 50) {
  const film = layFilm();
  const memory = new Memory();
  const deck = new Deck(film, memory);
  const reel = wind(deck.video, duration, at);
  return { film, memory, deck, reel, video: deck.video };
}

test("there is something to play on chapters only", () => {
  const { film, deck } = lay();
  const has = (page: string) => {
    film.dataset["page"] = page;
    return deck.hasMedia;
  };
  expect(["home", "permissions", "cover-1", "chapter-1"].map(has)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test("a click on the picture plays and pauses", () => {
  const { film, video } = lay();
  click(piece(film, "screen"));
  expect(video.paused).toBe(false);
  click(piece(film, "screen"));
  expect(video.paused).toBe(true);
});

describe("seeking", () => {
  test.each([
    [10, 60],
    [-10, 40],
    [-1000, 0],
    [1000, 200],
  ])("by %i from second 50 of 200 leads to %i", (by, to) => {
    const { deck, video } = lay();
    deck.seekBy(by);
    expect(video.currentTime).toBe(to);
  });

  test("waits until the length is known", () => {
    const { deck, video } = lay(Number.NaN, 7);
    deck.seekBy(10);
    expect(video.currentTime).toBe(7);
  });
});

test("where only a video can fill the screen, it does", () => {
  const { film, deck, video } = lay();
  const fill = vi.fn();
  Object.assign(film, { requestFullscreen: undefined });
  Object.assign(video, { webkitEnterFullscreen: fill });
  deck.toggleFullscreen();
  expect(fill).toHaveBeenCalledOnce();
});

test("media that has come hides what was said of its failure", () => {
  const { film, deck, video } = lay();
  deck.player.dispatchEvent(new Event("failure"));
  expect(piece(film, "failure").hidden).toBe(false);
  video.dispatchEvent(new Event("canplay"));
  expect(piece(film, "failure").hidden).toBe(true);
});

describe("the volume", () => {
  test.each([
    [0.5, 0.5],
    [2, 1],
    [0.1 + 0.2, 0.3],
  ])("%f is set as %f", (volume, is) => {
    const { deck, video } = lay();
    deck.setVolume(volume);
    expect(video.volume).toBe(is);
    expect(video.muted).toBe(false);
  });

  test.each([0, -1, 1e-16])("%f mutes, and Mute brings back the sound that was", (volume) => {
    const { deck, video } = lay();
    deck.setVolume(0.7);
    deck.setVolume(volume);
    expect(video.muted).toBe(true);
    deck.toggleMute();
    expect([video.muted, video.volume]).toEqual([false, 0.7]);
  });

  test("is the viewer's while something else speaks, and stays what they made it meanwhile", () => {
    const { deck, video } = lay();
    deck.setVolume(0.8);
    deck.duck(true);
    expect([deck.volume, video.volume < 0.2]).toEqual([0.8, true]);
    deck.setVolume(0.4);
    expect([deck.volume, video.volume < 0.1]).toEqual([0.4, true]);
    deck.duck(false);
    expect(video.volume).toBe(0.4);
  });

  test("and silence are remembered, and there at the next visit", () => {
    const { deck, video } = lay();
    deck.setVolume(0.4);
    deck.toggleMute();
    video.dispatchEvent(new Event("volumechange"));
    const next = lay().video;
    expect([next.volume, next.muted]).toEqual([0.4, true]);
  });
});

describe("the rate", () => {
  test("is remembered, and that of whatever is loaded later", () => {
    lay().deck.setRate(1.5);
    const { video } = lay();
    expect([video.playbackRate, video.defaultPlaybackRate]).toEqual([1.5, 1.5]);
  });

  test("is known while the media is late, when the element says 0", () => {
    const { deck, video } = lay();
    deck.setRate(2);
    video.playbackRate = 0;
    expect(deck.rate).toBe(2);
  });

  test("goes up and down by steps, and no further than the last", () => {
    const { deck } = lay();
    const steps = ([1, 1, 1, 1, -1, -1, -1, -1, -1] as const).map((by) => {
      deck.changeRate(by);
      return deck.rate;
    });
    expect(steps).toEqual([1.25, 1.5, 2, 2, 1.5, 1.25, 1, 0.75, 0.75]);
  });
});

describe("captions", () => {
  const track = (id: string, active: boolean) => ({ id, label: id, active });

  test("are turned on and off, and the choice is remembered", () => {
    const { deck, memory } = lay();
    const shown = vi.spyOn(deck.player, "showCaptions");
    const captions = vi.spyOn(deck.player, "captions", "get");
    captions.mockReturnValue([track("en", true), track("fr", false)]);
    deck.toggleCaptions();
    expect(shown).toHaveBeenLastCalledWith(null);
    expect(memory.get("captions")).toBeNull();
    captions.mockReturnValue([track("en", false), track("fr", false)]);
    deck.toggleCaptions();
    expect(shown).toHaveBeenLastCalledWith("en");
    expect(memory.get("captions")).toBe("en");
  });

  test("stay as chosen where there are none to turn off", () => {
    const { deck, memory } = lay();
    deck.toggleCaptions();
    expect(memory.get("captions")).toBe("en");
  });

  test("of the last visit are asked for at this one", () => {
    new Memory().set("captions", "fr");
    const shown = vi.spyOn(Player.prototype, "showCaptions");
    lay();
    expect(shown).toHaveBeenCalledExactlyOnceWith("fr");
  });
});

describe("waiting is shown", () => {
  test.each(["waiting", "seeking", "loadstart"])("from %s", (event) => {
    const { film, video } = lay();
    video.dispatchEvent(new Event(event));
    expect(piece(film, "busy").hidden).toBe(false);
  });

  test.each(["playing", "canplay", "seeked", "emptied"])("until %s", (event) => {
    const { film, video } = lay();
    video.dispatchEvent(new Event("waiting"));
    video.dispatchEvent(new Event(event));
    expect(piece(film, "busy").hidden).toBe(true);
  });
});

describe("a failure", () => {
  function fail() {
    const laid = lay();
    laid.film.dataset["page"] = "chapter-1";
    laid.video.dispatchEvent(new Event("waiting"));
    laid.deck.player.dispatchEvent(new Event("failure"));
    return { ...laid, failure: piece(laid.film, "failure"), busy: piece(laid.film, "busy") };
  }

  test("takes the place of waiting", () => {
    const { failure, busy } = fail();
    expect(failure.hidden).toBe(false);
    expect(busy.hidden).toBe(true);
  });

  test("leaves when other media begins, not when a caption is chosen", () => {
    const { deck, failure } = fail();
    deck.showCaptions("en");
    expect(failure.hidden).toBe(false);
    void deck.player.unload();
    expect(failure.hidden).toBe(true);
  });

  test("can be tried away, and the film plays on", () => {
    const { film, deck } = fail();
    const retry = vi.spyOn(deck.player, "retry").mockResolvedValue();
    const play = vi.spyOn(deck.player, "play");
    click(piece(film, "retry"));
    expect(retry).toHaveBeenCalledOnce();
    expect(play).toHaveBeenCalledOnce();
  });
});

describe("full screen", () => {
  test("is asked for the whole film, and a refusal is no error", async () => {
    const { film, deck } = lay();
    film.requestFullscreen = vi.fn().mockRejectedValue(new TypeError("not here"));
    deck.toggleFullscreen();
    expect(film.requestFullscreen).toHaveBeenCalledOnce();
    await Promise.resolve();
  });

  test("is left again", () => {
    const { film, deck } = lay();
    fillScreen(film);
    document.exitFullscreen = vi.fn().mockResolvedValue(undefined);
    deck.toggleFullscreen();
    expect(document.exitFullscreen).toHaveBeenCalledOnce();
  });

  test("where no browser gives it, nothing happens", () => {
    const { film, deck } = lay();
    Object.assign(film, { requestFullscreen: undefined });
    expect(() => deck.toggleFullscreen()).not.toThrow();
  });
});
