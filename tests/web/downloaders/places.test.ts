import { describe, expect, test } from "vitest";
import { type Photo, readAlbum } from "../../../discriminator/web/src/downloaders/album";
import { byTag, byYear, lanesOf, TAGS } from "../../../discriminator/web/src/downloaders/places";
import drawn from "../../../media/data/album.json";

const album = readAlbum(drawn);
const { photos } = album;
const desk = { width: 1360, height: 700 };
const phone = { width: 340, height: 560 };

describe.each([
  ["a desk", desk],
  ["a phone", phone],
])("on %s", (_, wall) => {
  test.each([
    ["by year", byYear],
    ["by tag", byTag],
  ])("every print of the album has its place on the wall, %s", (__, layout) => {
    const spots = layout(photos, wall);
    expect(spots.size).toBe(photos.length);
    for (const { x, y, width } of spots.values()) {
      expect(Math.min(x, y, 1 - x, 1 - y)).toBeGreaterThan(0);
      expect(width * wall.width).toBeGreaterThan(30);
      expect(x + width / 2).toBeLessThan(1.1);
    }
  });
});

test("years stand from left to right, and a long year takes two columns", () => {
  const lanes = lanesOf(photos).map((lane) => lane[0]?.year ?? 0);
  expect(lanes).toEqual([...lanes].sort());
  expect(lanes.filter((year) => year === 2010)).toHaveLength(2);
  expect(lanesOf(photos).flat()).toHaveLength(photos.length);
});

test("piles keep apart", () => {
  const spots = byTag(photos, desk);
  const middles = TAGS.map((tag) => photos.filter((photo) => photo.tagged === tag)).map(
    (pile: Photo[]) =>
      pile.reduce((sum, { name }) => sum + (spots.get(name)?.x ?? 0), 0) / pile.length,
  );
  expect(middles[0]).toBeLessThan(0.3);
  expect(middles[2]).toBeGreaterThan(0.7);
});

test("the same print always lies the same way", () => {
  expect(byYear(photos, desk)).toEqual(byYear(photos, desk));
});

test.each([null, {}, { wide: 1, high: 1, photos: [{ name: "x" }] }])("%j is no album", (file) => {
  expect(() => readAlbum(file)).toThrow("no album");
});
