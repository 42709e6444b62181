import { expect, test, vi } from "vitest";
import { Clip } from "../../discriminator/web/src/clip";
import {
  contained,
  corrected,
  monitorAt,
  play,
  runningAt,
  stillAt,
} from "../../discriminator/web/src/hanging";
import type { Room } from "../../discriminator/web/src/interludes";
import { story } from "./markup";
import { wind } from "./reel";

/** The small film's second chapter: one monitor, from second 5 to 9, at which the clip begins. */
const [CHAPTER] = story().chapters.filter(({ number }) => number === 2);

test("a monitor is seen from its beginning until just before its end", () => {
  const monitors = CHAPTER?.monitors ?? [];
  const names = [4.99, 5, 8.99, 9].map((second) => monitorAt(monitors, second)?.name);
  expect(names).toEqual([undefined, "monitor", "monitor", undefined]);
});

test("between two monitors the clip runs on, to be in time when it is seen again", () => {
  const [first] = CHAPTER?.monitors ?? [];
  if (!first) throw new Error("the small film has no monitor");
  const again = { ...first, name: "again", from: 11, to: 12 };
  const running = (second: number) => runningAt([first, again], second)?.name;
  expect([4.99, 8.99, 10, 11.5, 12].map(running)).toEqual([
    undefined,
    "monitor",
    "again",
    "again",
    undefined,
  ]);
});

test.each([
  [70, 3.32, undefined],
  [70, 3.39, undefined],
  [70, 3.21, 3.32],
  [70, 3.41, 3.32],
  [60, 5, 0],
])("film at %s s, clip at %s s: sought to %s", (film, clip, to) => {
  const sought = corrected(film, clip, 66.68);
  if (to === undefined) expect(sought).toBeUndefined();
  else expect(sought).toBeCloseTo(to);
});

test("a picture is found where it is shown whole", () => {
  expect(contained([1600, 900], [1920, 1080])).toEqual({ left: 0, top: 0, scale: [1600, 900] });
  expect(contained([1000, 1000], [1600, 800])).toEqual({ left: 0, top: 250, scale: [1000, 500] });
  expect(contained([1000, 250], [1600, 800])).toEqual({ left: 250, top: 0, scale: [500, 250] });
});

function hang(second: number) {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  const media = document.createElement("video");
  const reel = wind(media, 20, second);
  const [clip, place] = [new Clip(), document.createElement("div")];
  const room = { media, clip, place, chapter: CHAPTER } as unknown as Room;
  const make = vi.spyOn(document, "createElement");
  const stop = play(room);
  const [video] = make.mock.results.map(({ value }) => value as HTMLVideoElement);
  make.mockRestore();
  if (!video) throw new Error("nothing is there to be hung");
  wind(video, 4);
  Object.defineProperty(video, "seeking", { value: false });
  const ready = () => {
    clip.state.value = { kind: "ready", address: "blob:clip" };
  };
  return { media, reel, clip, place, video, stop, ready };
}

test("without a clip the film keeps its own picture", () => {
  expect(hang(6).place.children).toHaveLength(0);
});

test("a clip that comes late is hung when it comes, at the second it would be at", () => {
  const { video, ready, clip, place } = hang(6.5);
  ready();
  expect(video.hidden).toBe(false);
  expect(video.currentTime).toBeCloseTo(1.5);
  clip.state.value = { kind: "deleting" };
  expect(place.children).toHaveLength(0);
});

test("the picture that the clip was made of stands beside it, and does not play", async () => {
  const { media, reel, place, ready } = hang(6);
  ready();
  const still = place.querySelector<HTMLVideoElement>(".made-of");
  if (!still) throw new Error("no picture is there");
  expect([still.hidden, still.getAttribute("src")]).toEqual([true, "blob:clip"]);
  await media.play();
  for (const [second, hidden] of [
    [6.9, true],
    [7.1, false],
    [8.9, false],
    [9, true],
  ] as const) {
    reel.runTo(second);
    expect([second, still.hidden]).toEqual([second, hidden]);
  }
  expect([still.paused, still.currentTime]).toEqual([true, 0]);
});

test("where no picture is told of, none is hung", () => {
  const [monitor] = CHAPTER?.monitors ?? [];
  if (!monitor) throw new Error("the small film has no monitor");
  expect(stillAt([monitor], 7)).toEqual(monitor.still?.corners);
  expect(stillAt([{ ...monitor, still: null }], 7)).toBeUndefined();
});

test("it plays and rests with the film, and hangs nowhere in between", async () => {
  const { media, reel, video, ready } = hang(0);
  ready();
  expect(video.hidden).toBe(true);
  await media.play();
  reel.runTo(5.5);
  expect([video.hidden, video.paused, video.dataset["monitor"]]).toEqual([false, false, "monitor"]);
  media.pause();
  expect(video.paused).toBe(true);
  reel.runTo(9);
  expect(video.hidden).toBe(true);
});

test("only a drift of more than 80 ms is corrected", async () => {
  const { media, reel, video, ready } = hang(5.5);
  ready();
  await media.play();
  const sought: number[] = [];
  video.addEventListener("seeking", () => sought.push(video.currentTime));
  for (const second of [5.52, 5.55, 5.57]) reel.runTo(second);
  expect(sought).toEqual([]);
  reel.runTo(5.6);
  expect(sought).toEqual([expect.closeTo(0.6)]);
});

test("seeking back goes back in the clip as well", () => {
  const { media, video, ready } = hang(8);
  ready();
  expect(video.currentTime).toBeCloseTo(3);
  media.currentTime = 5.2;
  expect(video.currentTime).toBeCloseTo(0.2);
});

test("the end of a clip that is too short is not sought again and again", () => {
  const { reel, video, ready } = hang(8.9);
  Object.defineProperty(video, "duration", { value: 2 });
  ready();
  expect(video.currentTime).toBe(2);
  const seeking = vi.fn();
  video.addEventListener("seeking", seeking);
  reel.runTo(8.95);
  expect(seeking).not.toHaveBeenCalled();
});

test("who has seen the chapter to its end has seen their clip", () => {
  const { reel, clip, ready } = hang(19);
  ready();
  expect(clip.seen.value).toBe(false);
  reel.end();
  expect(clip.seen.value).toBe(true);
});

test("nothing is left when the chapter is", () => {
  const { place, stop, ready, clip } = hang(6);
  ready();
  stop();
  expect(place.children).toHaveLength(0);
  clip.state.value = { kind: "ready", address: "blob:other" };
  expect(place.children).toHaveLength(0);
});
