import { beforeEach, expect, test, vi } from "vitest";
import { Descriptions } from "../../discriminator/web/src/descriptions";
import { Memory } from "../../discriminator/web/src/memory";
import { layFilm, piece, story } from "./markup";

beforeEach(() => localStorage.clear());

/** A track as a browser keeps it: the test's document has none. */
class Track extends EventTarget {
  mode = "disabled";
  activeCues: { text: string }[] = [];

  comeTo(...texts: string[]): void {
    this.activeCues = texts.map((text) => ({ text }));
    this.dispatchEvent(new Event("cuechange"));
  }
}

function lay(on: boolean) {
  const film = layFilm();
  const video = document.createElement("video");
  const memory = new Memory();
  memory.set("descriptions", on);
  const tracks: Track[] = [];
  vi.spyOn(HTMLTrackElement.prototype, "track", "get").mockImplementation(() => {
    const track = tracks.at(-1) as Track;
    return track as unknown as TextTrack;
  });
  vi.spyOn(video, "append").mockImplementation(function (this: Node, element) {
    tracks.push(new Track());
    this.appendChild(element as Node);
  });
  const descriptions = new Descriptions(film, video, memory, "/media/");
  const files = () => [...video.querySelectorAll("track")].map((one) => one.getAttribute("src"));
  return { descriptions, files, tracks, line: piece(film, "described") };
}

const [first, second] = story().chapters;
const FILE = "/media/captions/chapter-1.en.descriptions.vtt";

test("are off until they are asked for, and then of the chapter on stage", () => {
  const { descriptions, files, tracks } = lay(false);
  descriptions.show(first);
  expect([descriptions.offered, descriptions.on, files()]).toEqual([true, false, []]);
  descriptions.turn(true);
  expect([descriptions.on, files()]).toEqual([true, [FILE]]);
  expect(tracks[0]?.mode).toBe("hidden");
});

test("are written where a screen reader speaks them when it has a moment", () => {
  const { descriptions, tracks, line } = lay(true);
  descriptions.show(first);
  expect(line.getAttribute("aria-live")).toBe("polite");
  tracks[0]?.comeTo("A shutter opens.");
  expect(line.textContent).toBe("A shutter opens.");
  tracks[0]?.comeTo("The sea.", "A boy.");
  expect(line.textContent).toBe("The sea. A boy.");
});

test("end with their chapter, and say nothing that comes late", () => {
  const { descriptions, files, tracks, line } = lay(true);
  descriptions.show(first);
  tracks[0]?.comeTo("The sea.");
  descriptions.show(second);
  expect(line.textContent).toBe("");
  expect(files()).toEqual(["/media/captions/chapter-2.en.descriptions.vtt"]);
  tracks[0]?.comeTo("A boy.");
  expect(line.textContent).toBe("");
  descriptions.show(undefined);
  expect([descriptions.offered, files()]).toEqual([false, []]);
});

test("are silent once they are turned off", () => {
  const { descriptions, files, tracks, line } = lay(true);
  descriptions.show(first);
  tracks[0]?.comeTo("The sea.");
  descriptions.turn(false);
  expect([files(), line.textContent]).toEqual([[], ""]);
});

test("are not offered where a chapter has none", () => {
  const { descriptions, files } = lay(true);
  descriptions.show(first && { ...first, described: null });
  expect([descriptions.offered, files()]).toEqual([false, []]);
});
