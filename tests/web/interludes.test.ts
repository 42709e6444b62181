import { describe, expect, test } from "vitest";
import { Answers } from "../../discriminator/web/src/answers";
import { eyesAt } from "../../discriminator/web/src/blinking";
import { stepAt } from "../../discriminator/web/src/reading";
import type { Guesses } from "../../discriminator/web/src/sight";
import { scene } from "../../discriminator/web/src/smiling";
import type { Stage } from "../../discriminator/web/src/story";
import { maskAt } from "../../discriminator/web/src/wearing";
import { story } from "./markup";

test("more eyes open at every blink, ten at most", () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(eyesAt)).toEqual([1, 2, 5, 8, 10, 10, 10]);
});

describe("chapter 2 wears what its words say", () => {
  const cues = { mask_points: 0, mask_nobody: 23, mask_still: 30, mask_own: 35, voice: 45 };
  test.each([
    [0, "points"],
    [22.9, "points"],
    [23, "nobody"],
    [31, "still"],
    [44.9, "own"],
    [45, undefined],
    [100, undefined],
  ])("at %s s it is %s", (second, mask) => expect(maskAt(second, cues)).toBe(mask));

  test("a story without these cues has no masks", () => expect(maskAt(10, {})).toBeUndefined());
});

describe("the smile", () => {
  test.each([
    [0, 0, "smile_remark", 0],
    [0, 0.9, "smile_already", 0],
    [7.5, 0, "smile_promise", 0.5],
    [10, 0, "smile_done", 1],
    [60, 0.9, "smile_done", 1],
  ])("at %s s, with happy at %s: %s, %s", (second, happy, words, amount) =>
    expect(scene(second, happy)).toEqual({ words, amount }),
  );
});

describe("the reading", () => {
  const area = { left: 0, top: 0, width: 0.5, height: 0.5 };
  const own = { ...area, left: 0.25 };
  const stage: Stage = {
    face: area,
    table: area,
    second: area,
    steps: [
      { at: "lines", shows: ["frame", "wireframe"], face: own },
      { at: "end", shows: [] },
    ],
  };
  test.each([
    [9, -1, [], area],
    [10, 0, ["frame", "wireframe"], own],
    [20, 1, [], area],
  ])("at %s s is at step %s", (second, number, shows, face) => {
    const step = stepAt(second, stage, { lines: 10, end: 20 });
    expect(step).toMatchObject({ number, shows, places: { face, table: area } });
  });
});

describe("the table of answers", () => {
  const guesses = (years: number, certainty: number, happy: number): Guesses => ({
    age: { years, spread: 6 },
    gender: "female",
    certainty,
    emotions: { angry: 0, disgust: 0, fear: 0, happy, sad: 0, surprise: 0, neutral: 1 - happy },
  });
  const rows = (answers: Answers) =>
    [...answers.element.children].map((row) => [...row.children].map((cell) => cell.textContent));

  test("holds what the step shows, with its doubts, and says that they are guesses", () => {
    const answers = new Answers(story().words);
    answers.confidence = 0.987;
    answers.take(0, guesses(30, 0.8, 0.5));
    answers.show(["confidence", "age", "gender"]);
    expect(rows(answers)).toEqual([
      ["a face", "0.99"],
      ["age", "30.0 ±6"],
      ["gender", "female 80 %"],
      ["These are guesses. They stay in this page."],
      [expect.stringContaining("Gender Shades, 2018")],
    ]);
    answers.show([]);
    expect(rows(answers)).toEqual([]);
  });

  test.each([
    [["confidence"], "NIST, 2019"],
    [["confidence", "age", "gender"], "Gender Shades, 2018"],
    [["gender", "emotions"], "Barrett and others, 2019"],
    [["gender", "emotions", "second reading"], undefined],
  ] as const)("says of %s what is known: %s", (shown, source) => {
    const answers = new Answers(story().words);
    answers.show(shown);
    const notes = [...answers.element.querySelectorAll(".answer-note")].slice(1);
    expect(notes.map((note) => note.textContent?.split(":")[0])).toEqual(source ? [source] : []);
  });

  test("has a bar for every emotion", () => {
    const answers = new Answers(story().words);
    answers.take(0, guesses(30, 0.8, 0.7));
    answers.show(["emotions"]);
    expect(rows(answers)).toContainEqual(["happy", "70 %"]);
    expect(rows(answers)).toContainEqual(["angry", "0 %"]);
    const bars = [...answers.element.querySelectorAll<HTMLElement>(".measure")];
    expect(bars).toHaveLength(7);
    expect(bars.map((bar) => bar.style.getPropertyValue("--part"))).toContain("0.70");
  });

  test("marks where two readings of one face differ, the second one first", () => {
    const answers = new Answers(story().words);
    answers.take(0, guesses(36, 0.8, 0.5));
    answers.take(1, guesses(30, 0.8, 0.5));
    answers.show(["age", "gender", "second reading"]);
    const marked = [...answers.element.querySelectorAll(".answer-apart")];
    expect(marked.map((row) => row.firstChild?.textContent)).toEqual(["age"]);
    expect(rows(answers)[0]).toEqual(["age", "30.0 ±6", "36.0 ±6"]);
  });

  test("moves a little at a time", () => {
    const answers = new Answers(story().words);
    answers.take(0, guesses(30, 0.8, 0.5));
    answers.take(0, guesses(40, 0.8, 0.5));
    answers.show(["age"]);
    expect(rows(answers)[0]?.[1]).toBe("33.5 ±6");
  });

  test("waits with a line where nothing is known", () => {
    const answers = new Answers(story().words);
    answers.show(["confidence", "gender"]);
    expect(rows(answers).slice(0, 2)).toEqual([
      ["a face", "no face"],
      ["gender", "_"],
    ]);
  });
});
