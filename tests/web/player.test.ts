import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Player } from "../../discriminator/web/src/player";
import { wind } from "./reel";
import { Engine } from "./shaka";

vi.mock("shaka-player", async () => ({ default: (await import("./shaka")).library }));

const settled = () => new Promise((done) => setTimeout(done));

function make() {
  const player = new Player(document.createElement("div"), document.createElement("div"));
  const told: string[] = [];
  for (const news of ["start", "failure"]) player.addEventListener(news, () => told.push(news));
  return { player, told, video: player.video, reel: wind(player.video, 200) };
}

/** The engine's newest load succeeds, and the element tells of its new media. */
function arrive(video: HTMLVideoElement): void {
  video.dispatchEvent(new Event("loadedmetadata"));
  Engine.only.last.finish();
}

async function loaded(folder = "/media/one/", at = 0) {
  const made = make();
  const load = made.player.load(folder, at);
  await settled();
  arrive(made.video);
  await load;
  return made;
}

beforeEach(() => {
  Engine.made = [];
  vi.stubGlobal("MediaSource", class {});
});

test("its video plays in the page, without controls of its own, and is no stop of the Tab key", () => {
  const { video } = make();
  expect(video.playsInline).toBe(true);
  expect(video.controls).toBe(false);
  expect(video.tabIndex).toBe(-1);
});

test("it loads the DASH manifest of a folder, at a second", async () => {
  const { player, told } = await loaded("/media/one/", 42);
  expect(Engine.only.last).toMatchObject({ address: "/media/one/manifest.mpd", at: 42 });
  expect(told).toEqual(["start"]);
  expect(player.ready).toBe(true);
});

describe("two loads in a hurry", () => {
  test("share one engine, and only the second is loaded", async () => {
    const { player, told } = make();
    const loads = [player.load("/one/"), player.load("/two/", 7)];
    await settled();
    expect(Engine.only.loads).toHaveLength(1);
    expect(Engine.only.last).toMatchObject({ address: "/two/manifest.mpd", at: 7 });
    Engine.only.last.finish();
    await Promise.all(loads);
    expect(told).not.toContain("failure");
  });

  test("the second overtakes the first: the interruption is no failure", async () => {
    const { player, told, video } = await loaded();
    const first = player.load("/two/");
    await settled();
    const second = player.load("/three/");
    await settled();
    await first;
    expect(player.ready).toBe(false);
    arrive(video);
    await second;
    expect(told).not.toContain("failure");
    expect(player.ready).toBe(true);
  });

  test("back to the first: what it failed at before is no news", async () => {
    const { player, told, video } = await loaded();
    void player.load("/two/");
    await settled();
    const early = Engine.only.last;
    void player.load("/three/");
    const third = player.load("/two/");
    early.fail(1001);
    await settled();
    expect(told).not.toContain("failure");
    arrive(video);
    await third;
    expect(player.ready).toBe(true);
  });

  test("a load that was given up is not begun when the engine is there", async () => {
    const { player } = make();
    const load = player.load("/one/");
    await player.unload();
    await load;
    expect(Engine.only.loads).toHaveLength(0);
  });
});

describe("a failure", () => {
  test("is told once", async () => {
    const { player, told } = await loaded();
    const load = player.load("/two/");
    await settled();
    Engine.only.last.fail(1001);
    await load;
    expect(told.filter((news) => news === "failure")).toHaveLength(1);
    expect(player.ready).toBe(false);
  });

  test("before anything was there, is retried at the second that was asked for", async () => {
    const { player, video } = make();
    wind(video, 0);
    const load = player.load("/one/", 75);
    await settled();
    Engine.only.last.fail(1001);
    await load;
    void player.retry();
    await settled();
    expect(Engine.only.last).toMatchObject({ address: "/one/manifest.mpd", at: 75 });
  });

  test("in mid-film, is retried where the viewer was", async () => {
    const { player, told, reel } = await loaded("/one/", 10);
    reel.runTo(120);
    Engine.only.dispatchEvent(new CustomEvent("error", { detail: { severity: 2 } }));
    expect(told).toContain("failure");
    void player.retry();
    await settled();
    expect(Engine.only.last).toMatchObject({ address: "/one/manifest.mpd", at: 120 });
  });

  test("of the line is tried again by itself, and told when nothing is left to play", async () => {
    const { told, video } = await loaded();
    const lose = (code: number, ...data: unknown[]) =>
      Engine.only.dispatchEvent(new CustomEvent("error", { detail: { severity: 2, code, data } }));
    lose(1002);
    lose(1003);
    lose(1001, "/one/segment.m4s", 503);
    expect(Engine.only.retried).toBe(3);
    expect(told).not.toContain("failure");
    Object.defineProperty(video, "readyState", { value: 2 });
    lose(1002);
    expect(Engine.only.retried).toBe(4);
    expect(told).toContain("failure");
  });

  test("that would only repeat itself is told at once", async () => {
    const { told } = await loaded();
    const detail = { severity: 2, code: 1001, data: ["/one/segment.m4s", 404] };
    Engine.only.dispatchEvent(new CustomEvent("error", { detail }));
    expect(Engine.only.retried).toBe(0);
    expect(told).toContain("failure");
  });

  test("from which the engine recovers by itself is not told", async () => {
    const { told } = await loaded();
    Engine.only.dispatchEvent(new CustomEvent("error", { detail: { severity: 1 } }));
    expect(told).not.toContain("failure");
  });

  test("with nothing loaded there is nothing to retry", async () => {
    const { player } = make();
    await player.retry();
    expect(Engine.made).toHaveLength(0);
  });
});

describe("playing", () => {
  test("that was asked for during a load begins when the media is there", async () => {
    const { player, video } = await loaded();
    const load = player.load("/two/");
    player.play();
    // Media that is replaced stops.
    video.pause();
    await settled();
    Engine.only.last.finish();
    await load;
    expect(video.paused).toBe(false);
  });

  test("that was taken back during a load does not begin", async () => {
    const { player, video } = await loaded();
    const load = player.load("/two/");
    player.play();
    player.pause();
    await settled();
    Engine.only.last.finish();
    await load;
    expect(video.paused).toBe(true);
  });

  test("does not go over to the next media by itself", async () => {
    const { player, video } = await loaded();
    player.play();
    video.pause();
    const load = player.load("/two/");
    await settled();
    Engine.only.last.finish();
    await load;
    expect(video.paused).toBe(true);
  });

  test("that the browser refuses is no error", async () => {
    const { player, video } = await loaded();
    video.play = () => Promise.reject(new DOMException("", "NotAllowedError"));
    expect(() => player.play()).not.toThrow();
    await settled();
  });
});

test("unloaded, it is silent and holds nothing", async () => {
  const { player, video } = await loaded();
  player.play();
  await player.unload();
  expect(video.paused).toBe(true);
  expect(player.ready).toBe(false);
  expect(Engine.only.unloaded).toBe(1);
});

test("closed, it ends its engine, also one that is still coming", async () => {
  const { player } = await loaded();
  await player.close();
  expect(Engine.only.destroyed).toBe(true);
  Engine.made = [];
  const early = make().player;
  void early.load("/one/");
  await early.close();
  expect(Engine.only.destroyed).toBe(true);
});

describe("captions", () => {
  const english = () => ({ language: "en", label: null, kind: "subtitles", active: false });
  const french = () => ({ language: "fr", label: "Français", kind: "captions", active: false });

  test("are offered by their languages' own names", async () => {
    const { player } = await loaded();
    Engine.only.texts = [english(), french(), { ...english(), kind: "descriptions" }];
    expect(player.captions).toEqual([
      { id: "en", label: "English", active: false },
      { id: "fr", label: "Français", active: false },
    ]);
  });

  test("in a language that nobody knows are offered by its code", async () => {
    const { player } = await loaded();
    Engine.only.texts = [{ ...english(), language: "not a language" }];
    expect(player.captions[0]?.label).toBe("not a language");
  });

  test("are shown in one language, or not at all", async () => {
    const { player } = await loaded();
    Engine.only.texts = [english(), french()];
    player.showCaptions("fr");
    expect(player.captions.map(({ active }) => active)).toEqual([false, true]);
    player.showCaptions(null);
    expect(player.captions.map(({ active }) => active)).toEqual([false, false]);
  });

  test("that were chosen before are shown in what is loaded later", async () => {
    const { player } = make();
    player.showCaptions("en");
    const load = player.load("/one/");
    await settled();
    Engine.only.texts = [english(), french()];
    Engine.only.last.finish();
    await load;
    expect(player.captions.map(({ active }) => active)).toEqual([true, false]);
  });

  test("are none before anything is loaded", () => {
    expect(make().player.captions).toEqual([]);
  });
});

describe("qualities", () => {
  const heights = [432, 1080, 720, 720, null];
  const heard = { language: "en", label: "English" };

  async function ladder() {
    const made = await loaded();
    Engine.only.variants = heights.map((height) => ({ ...heard, height, active: false }));
    return made;
  }

  test("are one for each picture height, the tallest first, after the automatic one", async () => {
    const { player } = await ladder();
    expect(player.qualities).toEqual([
      { id: "auto", label: "", active: true },
      { id: "1080", label: "1080p", active: false },
      { id: "720", label: "720p", active: false },
      { id: "432", label: "432p", active: false },
    ]);
  });

  test("are none where there is no choice", async () => {
    const { player } = await ladder();
    Engine.only.variants = [{ ...heard, height: 720, active: true }];
    expect(player.qualities).toEqual([]);
  });

  test("one is kept to until the line may decide again", async () => {
    const { player } = await ladder();
    player.showQuality("720");
    expect(Engine.only.adaptive).toBe(false);
    expect(player.qualities.filter(({ active }) => active).map(({ id }) => id)).toEqual(["720"]);
    player.showQuality("auto");
    expect(Engine.only.adaptive).toBe(true);
    expect(player.qualities.filter(({ active }) => active).map(({ id }) => id)).toEqual(["auto"]);
  });
});

describe("sounds", () => {
  const german = { language: "de", label: "Deutsch" };
  const french = { language: "fr", label: "Français" };
  const sizes = (active: number | null) =>
    [1080, 432].flatMap((height) =>
      [german, french].map((sound) => ({
        ...sound,
        height,
        active: height === active && sound === german,
      })),
    );
  const chosen = () => Engine.only.variants.find(({ active }) => active);

  async function dubbed() {
    const made = await loaded();
    Engine.only.variants = sizes(1080);
    return made;
  }

  test("are offered where there is a choice", async () => {
    const { player } = await dubbed();
    expect(player.sounds.map(({ label, active }) => [label, active])).toEqual([
      ["Deutsch", true],
      ["Français", false],
    ]);
    Engine.only.variants = Engine.only.variants.filter(({ language }) => language === "de");
    expect(player.sounds).toEqual([]);
  });

  test("are none before anything is loaded", () => {
    expect(make().player.sounds).toEqual([]);
  });

  test.each(["de", "fr"])("%s stays when another quality is chosen", async (language) => {
    const { player } = await dubbed();
    player.playSound(player.sounds.find(({ id }) => id.startsWith(language))?.id ?? null);
    for (const height of ["432", "1080"]) {
      player.showQuality(height);
      expect(chosen()).toMatchObject({ language, height: Number(height) });
    }
  });

  test("two in one language are told apart by their names", async () => {
    const { player } = await loaded();
    const names = ["English", "English 2"];
    Engine.only.variants = names.map((label, index) => ({
      language: "en",
      label,
      height: 720,
      active: index === 0,
    }));
    player.playSound(player.sounds[1]?.id ?? null);
    expect(chosen()?.label).toBe("English 2");
  });

  test("one that was chosen is played in the next stream that has it", async () => {
    const { player, video } = await dubbed();
    player.playSound(player.sounds[1]?.id ?? null);
    const load = player.load("/two/");
    await settled();
    Engine.only.variants = sizes(432);
    arrive(video);
    await load;
    expect(chosen()).toMatchObject({ language: "fr", height: 432 });
  });
});

describe("without MediaSource", () => {
  afterEach(() => vi.unstubAllGlobals());

  interface Track {
    kind: string;
    label: string;
    language: string;
    mode: string;
    enabled: boolean;
  }

  /** The list that a browser keeps of a video's tracks, and tells of. */
  class Tracks extends EventTarget {
    readonly #all: Track[] = [];

    add(kind: string, label: string, language: string): Track {
      const track = { kind, label, language, mode: "disabled", enabled: false };
      this.#all.push(track);
      this.dispatchEvent(new Event("addtrack"));
      return track;
    }

    [Symbol.iterator]() {
      return this.#all.values();
    }
  }

  function native() {
    vi.unstubAllGlobals();
    const tracks = new Tracks();
    vi.spyOn(HTMLMediaElement.prototype, "textTracks", "get").mockReturnValue(
      tracks as unknown as TextTrackList,
    );
    return { tracks, ...make() };
  }

  test("the browser plays the HLS playlist itself", async () => {
    const { player, video } = native();
    const load = player.load("/one/", 9);
    expect(video.getAttribute("src")).toBe("/one/master.m3u8");
    expect(player.ready).toBe(false);
    video.dispatchEvent(new Event("loadedmetadata"));
    await load;
    expect(video.currentTime).toBe(9);
    expect(player.ready).toBe(true);
    expect(Engine.made).toHaveLength(0);
  });

  test("captions are the browser's own, in the language that was chosen before", async () => {
    const { player, tracks, told } = native();
    player.showCaptions("fr");
    void player.load("/one/");
    const english = tracks.add("subtitles", "", "en");
    const french = tracks.add("captions", "Français", "fr");
    tracks.add("metadata", "thumbnails", "");
    expect(player.captions).toEqual([
      { id: "en", label: "English", active: false },
      { id: "fr", label: "Français", active: true },
    ]);
    expect([english.mode, french.mode]).toEqual(["disabled", "showing"]);
    player.showCaptions(null);
    expect([english.mode, french.mode]).toEqual(["disabled", "disabled"]);
    expect(told).not.toContain("failure");
  });

  test("sounds are the browser's own, where it tells of them", () => {
    const heard = new Tracks();
    Object.defineProperty(HTMLMediaElement.prototype, "audioTracks", {
      configurable: true,
      value: heard,
    });
    const { player } = native();
    player.playSound("fr Français");
    const tracks = [heard.add("main", "Deutsch", "de"), heard.add("main", "Français", "fr")];
    expect(player.sounds.map(({ label, active }) => [label, active])).toEqual([
      ["Deutsch", false],
      ["Français", true],
    ]);
    player.playSound("nobody speaks it");
    expect(tracks.map(({ enabled }) => enabled)).toEqual([false, true]);
    Reflect.deleteProperty(HTMLMediaElement.prototype, "audioTracks");
    expect(player.sounds).toEqual([]);
  });

  test("captions that were chosen in the browser's full screen stay chosen", () => {
    const { player, tracks } = native();
    tracks.dispatchEvent(new Event("change"));
    tracks.add("subtitles", "", "en").mode = "showing";
    tracks.dispatchEvent(new Event("change"));
    tracks.add("subtitles", "", "en");
    expect(player.captions.map(({ active }) => active)).toEqual([true, true]);
  });

  test("also the name by which iPhones have it leaves their HLS to them", async () => {
    vi.unstubAllGlobals();
    vi.stubGlobal("ManagedMediaSource", class {});
    const { player, video } = make();
    void player.load("/one/");
    expect(video.getAttribute("src")).toBe("/one/master.m3u8");
    expect(player.qualities).toEqual([]);
  });

  test("its failure is told, early or late", async () => {
    const { player, video, told } = native();
    void player.load("/one/");
    video.dispatchEvent(new Event("error"));
    expect(told).toEqual(["start", "failure"]);
  });

  test("a line that is back brings what it took, where the viewer was, and playing", async () => {
    const { player, video, reel } = native();
    const load = player.load("/one/");
    video.dispatchEvent(new Event("loadedmetadata"));
    await load;
    player.play();
    reel.runTo(75);
    window.dispatchEvent(new Event("online"));
    expect(video.currentTime).toBe(75);
    video.dispatchEvent(new Event("error"));
    video.removeAttribute("src");
    window.dispatchEvent(new Event("online"));
    expect(video.getAttribute("src")).toBe("/one/master.m3u8");
    video.pause();
    video.currentTime = 0;
    video.dispatchEvent(new Event("loadedmetadata"));
    await settled();
    expect([video.currentTime, video.paused]).toEqual([75, false]);
  });

  test("a player that is closed, or that lost nothing, does not answer to the line", async () => {
    const { player, video } = native();
    void player.load("/one/");
    video.removeAttribute("src");
    window.dispatchEvent(new Event("online"));
    expect(video.hasAttribute("src")).toBe(false);
    player.dispatchEvent(new Event("failure"));
    video.setAttribute("src", "lost");
    video.dispatchEvent(new Event("error"));
    void player.close();
    window.dispatchEvent(new Event("online"));
    expect(video.hasAttribute("src")).toBe(false);
  });

  test("unloaded, the element lets go of the playlist", async () => {
    const { player, video, told } = native();
    video.load = vi.fn();
    void player.load("/one/");
    await player.unload();
    expect(video.hasAttribute("src")).toBe(false);
    expect(video.load).toHaveBeenCalledOnce();
    video.dispatchEvent(new Event("error"));
    expect(told).not.toContain("failure");
  });

  test("a second load overtakes the first", async () => {
    const { player, video } = native();
    const loads = [player.load("/one/"), player.load("/two/")];
    expect(video.getAttribute("src")).toBe("/two/master.m3u8");
    video.dispatchEvent(new Event("loadedmetadata"));
    await Promise.all(loads);
    expect(player.ready).toBe(true);
  });
});
