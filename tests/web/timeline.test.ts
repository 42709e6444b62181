import { describe, expect, test, vi } from "vitest";
import { HOME, type Place } from "../../discriminator/web/src/places";
import { Timeline } from "../../discriminator/web/src/timeline";
import { click, get, layFilm, open, piece, press, story } from "./markup";
import { wind } from "./reel";

const CHAPTER: Place = { page: "chapter", chapter: 2 };

function lay(place: Place = CHAPTER, duration = 200, until: AbortSignal = open) {
  const film = layFilm();
  const video = document.createElement("video");
  const reel = wind(video, duration, 50);
  const enter = vi.fn();
  const timeline = new Timeline(film, video, story(), enter, until);
  const element = piece(film, "timeline");
  const segment = (number: number) => get(element, `[data-chapter="${number}"]`);
  // The second segment lies from 100 to 300.
  vi.spyOn(segment(2), "getBoundingClientRect").mockReturnValue(new DOMRect(100, 0, 200, 8));
  element.setPointerCapture = vi.fn();
  timeline.show(place);
  return { film, video, reel, enter, timeline, element, segment, handle: piece(film, "scrubber") };
}

function pointer(where: Element, type: string, x: number, more: PointerEventInit = {}): void {
  const init = { bubbles: true, cancelable: true, clientX: x, pointerId: 1, button: 0, ...more };
  where.dispatchEvent(new PointerEvent(type, init));
}

const links = (element: Element) =>
  [...element.querySelectorAll("a")].map((link) => link.getAttribute("aria-current"));

describe("the handle", () => {
  test("is on the segment of the chapter on stage, which is marked", () => {
    const { element, handle, segment } = lay();
    expect(handle.hidden).toBe(false);
    expect(segment(2).classList.contains("current")).toBe(true);
    expect(links(element)).toEqual(["false", "page", "false"]);
  });

  test("is away where no chapter is", () => {
    const { element, handle, timeline } = lay();
    timeline.show(HOME);
    expect(handle.hidden).toBe(true);
    expect(links(element)).toEqual(["false", "false", "false"]);
  });

  test("is a slider that says where the film is, in words", () => {
    const { handle, reel } = lay();
    reel.runTo(75);
    expect(handle.getAttribute("role")).toBe("slider");
    expect(handle.tabIndex).toBe(0);
    expect(handle.getAttribute("aria-label")).toBe("Position");
    expect(handle.getAttribute("aria-valuemin")).toBe("0");
    expect(handle.getAttribute("aria-valuemax")).toBe("200");
    expect(handle.getAttribute("aria-valuenow")).toBe("75");
    expect(handle.getAttribute("aria-valuetext")).toBe("1:15 of 3:20");
  });

  test("fills its segment by the part that was played", () => {
    const { segment, reel } = lay();
    reel.runTo(150);
    expect(segment(2).style.getPropertyValue("--played")).toBe("0.75");
  });

  test.each([
    ["ArrowRight", 55],
    ["ArrowUp", 55],
    ["ArrowLeft", 45],
    ["ArrowDown", 45],
    ["PageUp", 80],
    ["PageDown", 20],
    ["Home", 0],
    ["End", 200],
  ])("%s leads from second 50 to %i, and is not heard outside", (key, second) => {
    const { film, video, handle } = lay();
    const heard = vi.fn();
    film.addEventListener("keydown", heard);
    expect(press(handle, key).defaultPrevented).toBe(true);
    expect(video.currentTime).toBe(second);
    expect(heard).not.toHaveBeenCalled();
  });

  test.each([
    ["PageDown", 3, 0],
    ["PageUp", 199, 200],
  ])("%s from second %i stops at %i", (key, from, to) => {
    const { video, handle } = lay();
    video.currentTime = from;
    press(handle, key);
    expect(video.currentTime).toBe(to);
  });

  test("leaves other keys, and all keys before the length is known, to the film", () => {
    expect(press(lay().handle, "m").defaultPrevented).toBe(false);
    expect(press(lay(CHAPTER, Number.NaN).handle, "End").defaultPrevented).toBe(false);
  });
});

describe("pressing the current segment", () => {
  test("seeks to that part of the chapter", () => {
    const { video, segment } = lay();
    pointer(segment(2), "pointerdown", 150);
    expect(video.currentTime).toBe(50);
    pointer(segment(2), "pointerup", 150);
    expect(video.paused).toBe(true);
  });

  test("does not follow its link", () => {
    const { segment, film } = lay();
    const heard = vi.fn();
    film.addEventListener("click", heard);
    expect(click(get(segment(2), "a"))).toBe(false);
    expect(heard).not.toHaveBeenCalled();
  });

  test.each(["mouse", "touch", "pen"])(
    "and dragging by %s seeks live, and stays inside",
    (kind) => {
      const { video, handle, element } = lay();
      const drag = (type: string, x: number) => pointer(element, type, x, { pointerType: kind });
      pointer(handle, "pointerdown", 150, { pointerType: kind });
      expect(element.setPointerCapture).toHaveBeenCalledWith(1);
      drag("pointermove", 200);
      expect(video.currentTime).toBe(100);
      drag("pointermove", 5000);
      expect(video.currentTime).toBe(200);
      drag("pointermove", -5000);
      expect(video.currentTime).toBe(0);
      drag("pointerup", 0);
      drag("pointermove", 200);
      expect(video.currentTime).toBe(0);
    },
  );

  test.each([true, false])("while playing is %j leaves it so afterwards", async (playing) => {
    const { video, segment } = lay();
    if (playing) await video.play();
    pointer(segment(2), "pointerdown", 150);
    expect(video.paused).toBe(true);
    pointer(segment(2), "pointerup", 150);
    expect(video.paused).toBe(!playing);
  });

  test("enters the chapter where it is let go, not where the browser takes the finger", () => {
    const { enter, segment } = lay({ page: "cover", chapter: 2 });
    pointer(segment(2), "pointerdown", 150);
    pointer(segment(2), "pointercancel", 150);
    expect(enter).not.toHaveBeenCalled();
    pointer(segment(2), "pointerdown", 150);
    expect(enter).not.toHaveBeenCalled();
    pointer(segment(2), "pointerup", 150);
    expect(enter).toHaveBeenCalledOnce();
  });

  test("by another than the first button does nothing", () => {
    const { video, segment } = lay();
    pointer(segment(2), "pointerdown", 300, { button: 2 });
    expect(video.currentTime).toBe(50);
  });

  test("before the length is known seeks nowhere", () => {
    const { video, segment } = lay(CHAPTER, Number.NaN);
    pointer(segment(2), "pointerdown", 300);
    expect(video.currentTime).toBe(50);
  });

  test("that has no width yet seeks nowhere", () => {
    const { video, segment } = lay();
    vi.spyOn(segment(2), "getBoundingClientRect").mockReturnValue(new DOMRect(100, 0, 0, 8));
    pointer(segment(2), "pointerdown", 100);
    expect(video.currentTime).toBe(50);
  });
});

describe("pointing at the current segment", () => {
  const foresight = (element: Element) => get(element, ".foresight");

  test("shows the time of the place, until the pointer leaves", () => {
    const { element, segment } = lay();
    expect(foresight(element).hidden).toBe(true);
    pointer(segment(2), "pointermove", 150);
    expect(foresight(element).hidden).toBe(false);
    expect(foresight(element).textContent).toBe("0:50");
    expect(foresight(element).getAttribute("aria-hidden")).toBe("true");
    pointer(element, "pointerleave", 150);
    expect(foresight(element).hidden).toBe(true);
  });

  test("by a finger shows it while it drags", () => {
    const { element, handle } = lay();
    const touch = { pointerType: "touch" };
    pointer(handle, "pointerdown", 150, touch);
    pointer(element, "pointermove", 200, touch);
    expect(foresight(element).textContent).toBe("1:40");
    pointer(element, "pointerup", 200, touch);
    expect(foresight(element).hidden).toBe(true);
  });

  test("is what keys on the handle do too, until it loses the focus", () => {
    const { element, handle } = lay();
    press(handle, "End");
    expect(foresight(element).textContent).toBe("3:20");
    handle.dispatchEvent(new Event("blur"));
    expect(foresight(element).hidden).toBe(true);
  });

  test("elsewhere shows nothing", () => {
    const { element, segment } = lay();
    pointer(segment(3), "pointermove", 350);
    expect(foresight(element).hidden).toBe(true);
  });
});

describe("another segment", () => {
  test("is a link to its chapter, and does not seek", () => {
    const { video, segment } = lay();
    const link = get<HTMLAnchorElement>(segment(3), "a");
    pointer(link, "pointerdown", 350);
    expect(video.currentTime).toBe(50);
    expect(link.dataset["go"]).toBe("/chapter/3");
    expect(link.getAttribute("aria-label")).toBe("Chapter 3: Title 3");
    expect(click(link)).toBe(true);
  });
});

test("a film that is closed measures no more", () => {
  const disconnect = vi.spyOn(ResizeObserver.prototype, "disconnect");
  const closing = new AbortController();
  lay(CHAPTER, 200, closing.signal);
  closing.abort();
  expect(disconnect).toHaveBeenCalledOnce();
});
