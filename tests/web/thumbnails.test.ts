import { expect, test } from "vitest";
import {
  addThumbnails,
  removeThumbnails,
  thumbnailAt,
} from "../../discriminator/web/src/thumbnails";

const FOLDER = "http://film.test/media/one/";

/** A video whose track of small pictures has come. */
function video(...texts: string[]): HTMLVideoElement {
  const made = document.createElement("video");
  addThumbnails(made, FOLDER);
  const cues = texts.map((text, n) => ({ startTime: 2 * n, endTime: 2 * n + 2, text }));
  const track = made.querySelector("track");
  Object.defineProperty(track, "track", { value: { cues } });
  return made;
}

test("a second has the small picture of its segment, the last also at the very end", () => {
  const shown = video("a.jpg#xywh=0,0,192,108", "a.jpg#xywh=192,0,192,108");
  const second = { sheet: `${FOLDER}a.jpg`, x: 192, y: 0, width: 192, height: 108 };
  expect(thumbnailAt(shown, 1.9)).toEqual({ ...second, x: 0 });
  expect(thumbnailAt(shown, 2)).toEqual(second);
  expect(thumbnailAt(shown, 4)).toEqual(second);
});

test("what is no part of a sheet is no small picture", () => {
  for (const text of ["", "a.jpg", "a.jpg#xywh=0,0", "a.jpg#t=3"]) {
    expect(thumbnailAt(video(text), 0)).toBeUndefined();
  }
});

test("a stream without them shows none, and neither does one that is gone", () => {
  const shown = video("a.jpg#xywh=0,0,192,108");
  removeThumbnails(shown);
  expect(shown.querySelector("track")).toBeNull();
  expect(thumbnailAt(shown, 0)).toBeUndefined();
});
