import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ClipState } from "../../discriminator/web/src/clip";
import { Film } from "../../discriminator/web/src/film";
import { cellBar } from "../../discriminator/web/src/journey";
import { Memory } from "../../discriminator/web/src/memory";
import { FADE } from "../../discriminator/web/src/stage";
import { click, get, layFilm, piece, press, story } from "./markup";
import { type Reel, wind } from "./reel";
import { Engine } from "./shaka";

vi.mock("shaka-player", async () => ({ default: (await import("./shaka")).library }));

const FADED = 2 * FADE + 10;
let film: Film;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaSource", class {});
  localStorage.clear();
  Engine.made = [];
});
afterEach(() => {
  film.close();
  vi.useRealTimers();
});

interface Showing {
  element: HTMLElement;
  video: HTMLVideoElement;
  reel: Reel;
  bar: ReturnType<typeof cellBar>;
}

/** The film, begun at an address, with media of 200 seconds; `covered`: chapter 1 has a cover as well. */
async function show(start: string, covered = false): Promise<Showing> {
  const element = layFilm();
  const { chapters } = story();
  const covers = chapters.map((chapter) => ({ ...chapter, cover: true }));
  if (covered) piece(element, "story").textContent = JSON.stringify(story({ chapters: covers }));
  const bar = cellBar(start);
  film = new Film(element, bar, "/");
  const video = get<HTMLVideoElement>(element, "video");
  const reel = wind(video, 200);
  await vi.dynamicImportSettled();
  await load();
  return { element, video, reel, bar };
}

/** Lets what is on its way to the player arrive. */
async function load(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
  Engine.made[0]?.loads.at(-1)?.finish();
  await vi.advanceTimersByTimeAsync(0);
}

async function turnPage(): Promise<void> {
  await vi.advanceTimersByTimeAsync(FADED);
  await load();
}

const page = ({ element }: Showing) => element.dataset["page"];
const text = ({ element }: Showing, name: string) => piece(element, name).textContent?.trim();
const loads = () => Engine.made.flatMap((engine) => engine.loads.map(({ address }) => address));
const notices = ({ element }: Showing) =>
  [...piece(element, "notices").querySelectorAll("p")].map(({ textContent }) => textContent);

function ready(kept: Partial<{ camera: boolean; place: { address: string; at: number } }>): void {
  localStorage.setItem("discriminator", JSON.stringify(kept));
}

describe("the walk", () => {
  test("leads from Home to the Support sheet by the buttons that a viewer sees", async () => {
    const showing = await show("/");
    const { element, reel, bar } = showing;
    expect(page(showing)).toBe("home");
    click(piece(element, "start"));
    await turnPage();
    expect(page(showing)).toBe("permissions");
    click(piece(element, "decline"));
    await turnPage();
    expect(page(showing)).toBe("chapter-1");
    const seen = [];
    for (const leaf of ["chapter", "cover", "chapter", "chapter"]) {
      if (leaf === "chapter") reel.end();
      seen.push(text(showing, "next-label"));
      click(piece(element, "next"));
      await turnPage();
      seen.push(page(showing));
    }
    expect(seen).toEqual([
      "Next chapter",
      "cover-2",
      "Start chapter",
      "chapter-2",
      "Next chapter",
      "chapter-3",
      "Do you want to help?",
      "chapter-3",
    ]);
    expect(bar.read()).toBe("/chapter/3?type=chapter&modal=support");
    expect(get<HTMLDialogElement>(element, '[data-sheet-of="support"]').open).toBe(true);
  });

  test("the next button comes at the end, also to who seeks there, and goes with the end", async () => {
    const { element, video, reel } = await show("/chapter/1");
    const next = piece(element, "next");
    press(piece(element, "scrubber"), "End");
    expect(next.hidden).toBe(false);
    video.currentTime = 100;
    expect(next.hidden).toBe(true);
    reel.end();
    expect(next.hidden).toBe(false);
    press(document, "k");
    expect(next.hidden).toBe(true);
  });

  test("loads each chapter's media once, the cover's with its chapter's", async () => {
    const showing = await show("/chapter/2?type=cover");
    click(piece(showing.element, "next"));
    await turnPage();
    expect(page(showing)).toBe("chapter-2");
    press(document, "3");
    await turnPage();
    expect(loads()).toEqual([
      "/media/dist/chapter-2/manifest.mpd",
      "/media/dist/chapter-3/manifest.mpd",
    ]);
  });

  test("the photo booth can be reached from everywhere, by a key and by the chapter menu", async () => {
    const showing = await show("/chapter/1?type=chapter", true);
    press(document, "1");
    await turnPage();
    expect(page(showing)).toBe("cover-1");
    press(document, "3");
    await turnPage();
    click(get(showing.element, '[data-menu="chapters"]'));
    click(get(showing.element, '[data-menu-of="chapters"] button'));
    await turnPage();
    expect(page(showing)).toBe("cover-1");
    expect(showing.bar.read()).toBe("/chapter/1?type=cover");
  });

  test("the booth's next button says whether the viewer's face goes along", async () => {
    const showing = await show("/chapter/1?type=cover", true);
    const says = (state: ClipState) => {
      film.clip.state.value = state;
      return text(showing, "next-label");
    };
    const making = { kind: "making", progress: 0, position: 0, wait: 0 } as const;
    expect(text(showing, "next-label")).toBe("Start without a photo");
    expect(says(making)).toBe("Enjoy the film");
    expect(says({ kind: "ready", address: "blob:" })).toBe("Enjoy the film");
    expect(says({ kind: "deleted" })).toBe("Start without a photo");
    press(document, "2");
    await turnPage();
    expect(text(showing, "next-label")).toBe("Start chapter");
    expect(says(making)).toBe("Start chapter");
    press(document, "n");
    await turnPage();
    says({ kind: "none" });
    expect(piece(showing.element, "next").hidden).toBe(true);
  });

  test("a chapter that is entered by a click plays, also once its media is there", async () => {
    const showing = await show("/chapter/1");
    expect(showing.video.paused).toBe(true);
    press(document, "3");
    showing.video.pause();
    await turnPage();
    expect(showing.video.paused).toBe(false);
  });

  test("a cover is silent, stands at the beginning, and can not be played below", async () => {
    const showing = await show("/chapter/1");
    const { element, video, reel } = showing;
    click(get(element, '[data-control="play"]'));
    reel.runTo(100);
    press(document, "2");
    await turnPage();
    expect(page(showing)).toBe("cover-2");
    expect([video.paused, video.currentTime]).toEqual([true, 0]);
    click(get(element, '[data-control="play"]'));
    press(document, " ");
    expect(video.paused).toBe(true);
  });

  test("Back within the fade leaves the viewer where they were", async () => {
    const showing = await show("/permissions");
    click(piece(showing.element, "decline"));
    await vi.advanceTimersByTimeAsync(FADE / 2);
    showing.bar.back();
    await turnPage();
    expect(page(showing)).toBe("permissions");
    expect(showing.bar.read()).toBe("/permissions");
  });

  test("in a hurry ends where the last key led", async () => {
    const showing = await show("/chapter/1");
    for (const key of ["2", "3", "1", "3"]) press(document, key);
    await turnPage();
    await turnPage();
    expect(page(showing)).toBe("chapter-3");
    expect(loads().at(-1)).toBe("/media/dist/chapter-3/manifest.mpd");
  });

  test("pages without media hold none", async () => {
    const { bar } = await show("/chapter/1");
    expect(Engine.only.unloaded).toBe(0);
    click(get(document, ".masthead .title"));
    expect(bar.read()).toBe("/");
    await turnPage();
    expect(Engine.only.unloaded).toBe(1);
  });

  test("each page is announced and named", async () => {
    const showing = await show("/chapter/2?type=cover");
    expect(text(showing, "announcer")).toBe("Now showing: Chapter 2: Title 2");
    expect(document.title).toBe("Title 2 · Discriminator");
    expect(text(showing, "chapter-title")).toBe("Title 2");
  });
});

describe("an address that is not in the film", () => {
  test("leads to the nearest place, and that is told", async () => {
    const showing = await show("/chapter/9");
    expect(page(showing)).toBe("chapter-1");
    expect(notices(showing)).toEqual(["There is no chapter 9 in this film. This is chapter 1."]);
  });

  test("leads to Home, and that is told", async () => {
    const showing = await show("/nowhere");
    expect(page(showing)).toBe("home");
    expect(notices(showing)).toEqual([
      "There is no such page in this film. Here is its beginning.",
    ]);
  });
});

describe("sheets", () => {
  test("pause the media, and closing does not resume it", async () => {
    const { element, video } = await show("/chapter/1");
    click(get(element, '[data-control="play"]'));
    click(get(element, '.bar [data-sheet="about"]'));
    expect(video.paused).toBe(true);
    get<HTMLDialogElement>(element, '[data-sheet-of="about"]').close();
    expect(video.paused).toBe(true);
  });

  test("leave the film where it was, also after a visit that began at a second", async () => {
    const { element, video, reel } = await show("/chapter/1?t=75");
    expect(Engine.only.last.at).toBe(75);
    reel.runTo(120);
    click(get(element, '.bar [data-sheet="about"]'));
    get<HTMLDialogElement>(element, '[data-sheet-of="about"]').close();
    expect(video.currentTime).toBe(120);
  });

  test("the keys' help is a dialog over the film", async () => {
    const { element } = await show("/");
    press(document, "?");
    const help = piece<HTMLDialogElement>(element, "keys");
    expect(help.open).toBe(true);
    click(get(help, "[data-close]"));
    expect(help.open).toBe(false);
  });
});

describe("who wants it otherwise", () => {
  test("plays faster by a key, is told how fast, and stays so in the next chapter", async () => {
    const showing = await show("/chapter/1");
    press(document, ">");
    expect(notices(showing)).toEqual(["Speed: 1.25×"]);
    press(document, ">");
    expect(notices(showing)).toEqual(["Speed: 1.5×"]);
    press(document, "3");
    await turnPage();
    expect(showing.video.playbackRate).toBe(1.5);
  });

  test("is told what a chapter shows, and nothing of it on its cover", async () => {
    new Memory().set("descriptions", true);
    const showing = await show("/chapter/2?type=cover");
    const told = () => showing.video.querySelector("track[kind=descriptions]")?.getAttribute("src");
    expect(told()).toBeUndefined();
    press(document, "n");
    await turnPage();
    expect(told()).toBe("/media/captions/chapter-2.en.descriptions.vtt");
  });
});

describe("who does nothing", () => {
  test("is taken along six seconds after eight idle ones, and no further than a cover", async () => {
    const showing = await show("/chapter/1");
    press(document, "x");
    showing.reel.end();
    await vi.advanceTimersByTimeAsync(13_999);
    expect(page(showing)).toBe("chapter-1");
    await vi.advanceTimersByTimeAsync(1 + FADED);
    expect(page(showing)).toBe("cover-2");
    await vi.advanceTimersByTimeAsync(120_000);
    expect(page(showing)).toBe("cover-2");
  });

  test("is asked for help once at the very end", async () => {
    const showing = await show("/chapter/3");
    showing.reel.end();
    await vi.advanceTimersByTimeAsync(15_000);
    const support = get<HTMLDialogElement>(showing.element, '[data-sheet-of="support"]');
    expect(support.open).toBe(true);
    support.close();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(support.open).toBe(false);
  });

  test("sees less of the page, and a key anywhere brings it back", async () => {
    const { element } = await show("/chapter/1");
    expect(element.hasAttribute("data-bar")).toBe(true);
    await vi.advanceTimersByTimeAsync(8000);
    expect(element.hasAttribute("data-idle")).toBe(true);
    expect(element.hasAttribute("data-bar")).toBe(false);
    press(document.body, "x");
    expect(element.hasAttribute("data-idle")).toBe(false);
  });
});

describe("the bar", () => {
  test("is open at first in a chapter, and closed by going on", async () => {
    const { element } = await show("/chapter/1");
    expect(element.hasAttribute("data-bar")).toBe(true);
    press(document.body, "n");
    expect(element.hasAttribute("data-bar")).toBe(false);
  });

  test("is closed at first on a cover, which it would lie upon", async () => {
    const { element } = await show("/chapter/2?type=cover");
    expect(element.hasAttribute("data-bar")).toBe(false);
  });

  test("leads to a chapter by its segment, and to its cover first", async () => {
    const showing = await show("/chapter/1");
    click(get(showing.element, '[data-chapter="2"] a'));
    await turnPage();
    expect(page(showing)).toBe("cover-2");
  });

  test("leads from a cover into its chapter by a key on its segment, too", async () => {
    const showing = await show("/chapter/2?type=cover");
    click(get(showing.element, '[data-chapter="2"] a'), { detail: 1 });
    await turnPage();
    expect(page(showing)).toBe("cover-2");
    click(get(showing.element, '[data-chapter="2"] a'));
    await turnPage();
    expect(page(showing)).toBe("chapter-2");
    expect(showing.video.paused).toBe(false);
  });

  test("leads from a cover into its chapter at the second that was pressed", async () => {
    const showing = await show("/chapter/2?type=cover");
    const timeline = piece(showing.element, "timeline");
    const segment = get(timeline, '[data-chapter="2"]');
    timeline.setPointerCapture = () => undefined;
    vi.spyOn(segment, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 100, 8));
    for (const type of ["pointerdown", "pointerup"]) {
      segment.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX: 50, pointerId: 1 }));
    }
    await turnPage();
    expect(page(showing)).toBe("chapter-2");
    expect([showing.video.currentTime, showing.video.paused]).toEqual([100, false]);
    expect(loads()).toHaveLength(1);
  });
});

describe("the camera", () => {
  const ask = vi.fn();
  const stop = vi.fn();

  beforeEach(() => {
    ask.mockReset();
    stop.mockReset();
    const track = Object.assign(new EventTarget(), { stop, getSettings: () => ({}) });
    const tracks = () => [track];
    const stream = Object.assign(new MediaStream(), { getTracks: tracks, getVideoTracks: tracks });
    ask.mockResolvedValue(stream);
    Object.defineProperty(navigator, "mediaDevices", {
      configurable: true,
      value: { getUserMedia: ask },
    });
  });

  test("is asked for by yes, without waiting for the answer", async () => {
    const showing = await show("/permissions");
    ask.mockReturnValue(new Promise(() => undefined));
    click(piece(showing.element, "allow"));
    await turnPage();
    expect(page(showing)).toBe("chapter-1");
    expect(showing.element.dataset["camera"]).toBe("asking");
    expect(new Memory().get("camera")).toBe(true);
  });

  test("is not asked for by no", async () => {
    const showing = await show("/permissions");
    click(piece(showing.element, "decline"));
    await turnPage();
    expect(page(showing)).toBe("chapter-1");
    expect(ask).not.toHaveBeenCalled();
  });

  test("comes back where it was wanted before, on the first page that needs it", async () => {
    ready({ camera: true });
    const { element } = await show("/chapter/1");
    expect(ask).not.toHaveBeenCalled();
    press(document, "2");
    await turnPage();
    expect(element.dataset["camera"]).toBe("on");
  });

  test("is recommended for a while, once a chapter, where it is off", async () => {
    const showing = await show("/chapter/2?type=cover");
    expect(notices(showing)).toEqual(["Turn the camera on and this part answers to your face."]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(notices(showing)).toEqual([]);
    click(piece(showing.element, "next"));
    await turnPage();
    expect(notices(showing)).toEqual([]);
  });

  test("goes off when the film is closed", async () => {
    ready({ camera: true });
    const { element } = await show("/chapter/2");
    expect(element.dataset["camera"]).toBe("on");
    film.close();
    expect(stop).toHaveBeenCalledOnce();
  });
});

describe("coming back", () => {
  test("a reload stands where the viewer was, and says so", async () => {
    ready({ place: { address: "/chapter/1?type=chapter", at: 75.5 } });
    const showing = await show("/chapter/1?type=chapter");
    expect(Engine.only.last.at).toBe(75.5);
    expect(notices(showing)).toEqual(["Continued where you stopped."]);
  });

  test("Home leads to the second where the viewer stopped", async () => {
    ready({ place: { address: "/chapter/3?type=chapter", at: 42 } });
    const showing = await show("/");
    click(piece(showing.element, "again"));
    await turnPage();
    expect(page(showing)).toBe("chapter-3");
    expect(Engine.only.last).toMatchObject({ at: 42 });
  });
});

describe("a film that is closed", () => {
  test("leaves nothing behind on document and window", async () => {
    const left: string[] = [];
    for (const target of [document, window]) {
      const add = target.addEventListener.bind(target);
      vi.spyOn(target, "addEventListener").mockImplementation((type: string, listener, options) => {
        const signal = typeof options === "object" ? options.signal : undefined;
        left.push(type);
        signal?.addEventListener("abort", () => left.splice(left.indexOf(type), 1));
        add(type, listener, options);
      });
    }
    await show("/chapter/1");
    expect(left.length).toBeGreaterThan(5);
    film.close();
    expect(left).toEqual([]);
  });

  test("runs no timer any more, and ends its player", async () => {
    const showing = await show("/chapter/3");
    showing.reel.end();
    await vi.advanceTimersByTimeAsync(9000);
    film.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(Engine.only.destroyed).toBe(true);
  });
});

test("in a notebook cell the film leaves the title and the keys of the page alone", async () => {
  document.title = "A notebook";
  const element = layFilm();
  element.classList.add("in-cell");
  film = new Film(element, cellBar("/chapter/1"), "/");
  press(document, "3");
  await turnPage();
  expect(element.dataset["page"]).toBe("chapter-1");
  expect(document.title).toBe("A notebook");
  press(element, "3");
  await turnPage();
  expect(element.dataset["page"]).toBe("chapter-3");
});
