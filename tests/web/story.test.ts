import { expect, test } from "vitest";
import { fill, readStory } from "../../discriminator/web/src/story";
import { layFilm, story } from "./markup";

test("the story is read from the markup as the server wrote it", () => {
  const { chapters, words, operator } = readStory(layFilm());
  expect(chapters.map(({ number, cover, camera }) => [number, cover, camera])).toEqual([
    [1, false, false],
    [2, true, true],
    [3, false, false],
  ]);
  expect(chapters[1]).toMatchObject({ title: "Title 2", stream: "chapter-2", cues: { mask: 25 } });
  expect(chapters[1]?.monitors).toMatchObject([{ name: "monitor", from: 5, to: 9, aspect: 1 }]);
  expect(words["play"]).toBe("Play");
  expect(operator).toEqual({ analytics: null, errors: null });
});

test("markup without a story is refused by a sentence", () => {
  expect(() => readStory(document.createElement("div"))).toThrow("holds no story");
});

test("braces are filled, and stay where there is no value", () => {
  expect(fill("Chapter {n} of {n}, {what}", { n: 2 })).toBe("Chapter 2 of 2, {what}");
  expect(fill("{n}", { n: 0 })).toBe("0");
});

test("names that every object has are no values", () => {
  expect(fill("{constructor} {toString}", {})).toBe("{constructor} {toString}");
});

test("a value is not filled in turn", () => {
  expect(fill("{a}", { a: "{b}", b: "no" })).toBe("{b}");
});

test("every word that the front end says is in the story", () => {
  const { words } = story();
  const said = import.meta.glob("../../discriminator/web/src/*.ts", {
    query: "?raw",
    import: "default",
    eager: true,
  }) as Record<string, string>;
  const code = Object.values(said).join("\n");
  const names = [...code.matchAll(/(?:\bsay\(|#say\(|words\[)"(\w+)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !(`${name}` in words))).toEqual([]);
});
