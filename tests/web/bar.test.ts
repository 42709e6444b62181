import { beforeEach, describe, expect, test, vi } from "vitest";
import { Bar, control } from "../../discriminator/web/src/bar";
import { Deck } from "../../discriminator/web/src/deck";
import { Memory } from "../../discriminator/web/src/memory";
import { HOME } from "../../discriminator/web/src/places";
import { Signal } from "../../discriminator/web/src/signal";
import { click, fillScreen, get, layFilm, open, piece, story } from "./markup";
import { wind } from "./reel";

beforeEach(() => {
  localStorage.clear();
  fillScreen(null);
});

function lay(until: AbortSignal = open) {
  const film = layFilm();
  const deck = new Deck(film, new Memory());
  const reel = wind(deck.video, 200, 50);
  const orders = { next: vi.fn(), showKeys: vi.fn(), pace: vi.fn() };
  const idle = new Signal(false);
  const bar = new Bar(film, deck, orders, idle, story(), until);
  return { film, deck, reel, orders, idle, bar, dots: piece(film, "dots"), video: deck.video };
}

const iconOf = (button: Element) => get(button, "use").getAttribute("href");

function point(dots: HTMLElement, pointerType: string): void {
  dots.dispatchEvent(new PointerEvent("pointerenter", { pointerType }));
}

describe("the bar", () => {
  test("is opened and closed by its dots, which say which it is", () => {
    const { bar, dots, film } = lay();
    bar.open = false;
    expect(piece(film, "bar-body").inert).toBe(true);
    click(dots);
    expect(bar.open).toBe(true);
    expect(dots.getAttribute("aria-expanded")).toBe("true");
    expect(piece(film, "bar-body").inert).toBe(false);
    click(dots);
    expect(bar.open).toBe(false);
    expect(dots.getAttribute("aria-expanded")).toBe("false");
  });

  test("is opened by a mouse that points at the dots; the click of the same hand keeps it open", () => {
    const { bar, dots } = lay();
    bar.open = false;
    point(dots, "mouse");
    expect(bar.open).toBe(true);
    click(dots);
    expect(bar.open).toBe(true);
  });

  test("is not opened by a finger that comes near", () => {
    const { bar, dots } = lay();
    bar.open = false;
    point(dots, "touch");
    expect(bar.open).toBe(false);
  });

  test("closes when the viewer is idle, and leaves the focus where it can be found", () => {
    const { bar, film, dots, idle } = lay();
    bar.open = true;
    control(film, "mute").focus();
    idle.value = true;
    expect(bar.open).toBe(false);
    expect(document.activeElement).toBe(dots);
  });

  test("does not take a focus that was elsewhere", () => {
    const { bar, film } = lay();
    const camera = piece(film, "camera");
    camera.hidden = false;
    bar.open = true;
    camera.focus();
    bar.open = false;
    expect(document.activeElement).toBe(camera);
  });

  test("belongs to chapters and covers, and below a cover there is nothing to play", () => {
    const { bar, film } = lay();
    const states = (["home", "cover", "chapter"] as const).map((page) => {
      bar.show(page === "home" ? HOME : { page, chapter: 2 });
      const off = ["play", "back", "forward", "picture"].filter(
        (name) => control(film, name).disabled,
      );
      return [piece(film, "bar").hidden, off];
    });
    expect(states).toEqual([
      [true, []],
      [false, ["play", "back", "forward", "picture"]],
      [false, []],
    ]);
  });
});

describe("its buttons", () => {
  test("act on the media and the film", () => {
    const { film, video, orders } = lay();
    click(control(film, "play"));
    expect(video.paused).toBe(false);
    click(control(film, "forward"));
    expect(video.currentTime).toBe(60);
    click(control(film, "back"));
    expect(video.currentTime).toBe(50);
    click(control(film, "mute"));
    expect(video.muted).toBe(true);
    click(control(film, "next"));
    expect(orders.next).toHaveBeenCalledOnce();
    click(control(film, "keys"));
    expect(orders.showKeys).toHaveBeenCalledOnce();
  });

  test("all have a name, which is also their tooltip", () => {
    const { film } = lay();
    for (const button of piece(film, "bar").querySelectorAll("button")) {
      expect(button.getAttribute("aria-label")).toBeTruthy();
      expect(button.title).toBe(button.getAttribute("aria-label"));
    }
  });

  test("Play says what a press does: play, pause, play again", () => {
    const { film, deck, reel } = lay();
    const play = control(film, "play");
    deck.play();
    expect([play.title, iconOf(play)]).toEqual(["Pause", "#icon-pause"]);
    deck.pause();
    expect([play.title, iconOf(play)]).toEqual(["Play", "#icon-play"]);
    reel.end();
    expect([play.title, iconOf(play)]).toEqual(["Play again", "#icon-replay"]);
    deck.video.currentTime = 3;
    expect([play.title, iconOf(play)]).toEqual(["Play", "#icon-play"]);
  });

  test("Mute and the slider show the sound there is", () => {
    const { film, video } = lay();
    const mute = control(film, "mute");
    const slider = piece<HTMLInputElement>(film, "volume");
    const shown = (volume: number, muted: boolean) => {
      video.volume = volume;
      video.muted = muted;
      video.dispatchEvent(new Event("volumechange"));
      return [mute.title, iconOf(mute), slider.value];
    };
    expect(shown(0.35, false)).toEqual(["Mute", "#icon-sound", "35"]);
    expect(shown(0.35, true)).toEqual(["Sound on", "#icon-muted", "0"]);
  });

  test("what was silent at the last visit is shown as silent from the start", () => {
    new Memory().set("muted", true);
    expect(control(lay().film, "mute").title).toBe("Sound on");
  });

  test("the slider sets the volume", () => {
    const { film, video } = lay();
    const slider = piece<HTMLInputElement>(film, "volume");
    slider.value = "35";
    slider.dispatchEvent(new Event("input"));
    expect(video.volume).toBe(0.35);
  });

  test("Full screen follows the browser, until the film is closed", () => {
    const closing = new AbortController();
    const { film } = lay(closing.signal);
    const button = control(film, "fullscreen");
    const change = (full: boolean) => {
      fillScreen(full ? film : null);
      document.dispatchEvent(new Event("fullscreenchange"));
      return [button.title, iconOf(button)];
    };
    expect(change(true)).toEqual(["Leave full screen", "#icon-fullscreen-leave"]);
    expect(change(false)).toEqual(["Full screen", "#icon-fullscreen"]);
    closing.abort();
    expect(change(true)).toEqual(["Full screen", "#icon-fullscreen"]);
  });
});

describe("picture in picture", () => {
  /** A browser that has it, or not, and a video with a picture or without. */
  function lend(able: boolean, width: number) {
    let floating: Element | null = null;
    const has = (on: object, name: string, property: PropertyDescriptor) =>
      Object.defineProperty(on, name, { configurable: true, ...property });
    has(document, "pictureInPictureEnabled", { value: able });
    has(document, "pictureInPictureElement", { get: () => floating });
    const laid = lay();
    const { video } = laid;
    const turn = (to: Element | null, event: string) => async () => {
      floating = to;
      video.dispatchEvent(new Event(event));
    };
    const begin = vi.fn(turn(video, "enterpictureinpicture"));
    const end = vi.fn(turn(null, "leavepictureinpicture"));
    has(document, "exitPictureInPicture", { value: end });
    has(video, "requestPictureInPicture", { value: begin });
    const load = (wide: number) => {
      has(video, "videoWidth", { value: wide });
      video.dispatchEvent(new Event("loadedmetadata"));
    };
    load(width);
    return { ...laid, button: control(laid.film, "picture"), begin, end, load };
  }

  test.each([
    [true, 640, false],
    [true, 0, true],
    [false, 640, true],
  ])("is offered where the browser (%j) and the chapter (%i) have one", (able, width, hidden) => {
    expect(lend(able, width).button.hidden).toBe(hidden);
  });

  test("begins and ends by its button, which says which", () => {
    const { button, begin, end } = lend(true, 640);
    expect(button.title).toBe("Picture in picture");
    click(button);
    expect(begin).toHaveBeenCalledOnce();
    expect([button.title, iconOf(button)]).toEqual([
      "Leave picture in picture",
      "#icon-picture-leave",
    ]);
    click(button);
    expect(end).toHaveBeenCalledOnce();
    expect([button.title, iconOf(button)]).toEqual(["Picture in picture", "#icon-picture"]);
  });

  test("ends where there is no picture, and on a page that is no chapter", () => {
    const { bar, button, end, load } = lend(true, 640);
    click(button);
    load(0);
    expect(end).toHaveBeenCalledOnce();
    load(640);
    click(button);
    bar.show({ page: "chapter", chapter: 2 });
    expect(end).toHaveBeenCalledOnce();
    bar.show({ page: "cover", chapter: 2 });
    expect([end.mock.calls.length, button.disabled]).toEqual([2, true]);
  });
});

test("the clock reads where the film is and how long it is", () => {
  const { film, reel } = lay();
  reel.runTo(75);
  expect(piece(film, "clock").textContent).toBe("1:15 of 3:20");
});

test("the clock is empty until the length is known", () => {
  const { film, video } = lay();
  wind(video, Number.NaN);
  video.dispatchEvent(new Event("durationchange"));
  expect(piece(film, "clock").textContent).toBe("");
});
