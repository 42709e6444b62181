// The table of what a machine says of a face: smoothed a little, with its doubts, and marked where
// two readings of the same face differ.

import { EMOTIONS, type Emotion, type Guesses } from "./sight";
import type { Shown } from "./story";
import { fill } from "./story";

/** What of the newest answer is taken over at each step; they come four times a second. */
const TAKE = 0.35;
/** Differences from which on two answers are marked: years, and parts of 1. */
const [YEARS, PART] = [2, 0.1];

const NAMES: Readonly<Record<Emotion, string>> = {
  angry: "reading_angry",
  disgust: "reading_disgust",
  fear: "reading_fear",
  happy: "reading_happy",
  sad: "reading_sad",
  surprise: "reading_surprise",
  neutral: "reading_neutral",
};

type Words = Readonly<Record<string, string>>;

/** The values of one reading, as they are shown. */
interface Shownings {
  years: number;
  spread: number;
  male: number;
  emotions: Record<Emotion, number>;
}

export class Answers {
  readonly element = document.createElement("div");
  readonly #words: Words;
  readonly #values: (Shownings | undefined)[] = [undefined, undefined];
  #confidence: number | undefined;

  constructor(words: Words) {
    this.#words = words;
    this.element.className = "answers";
  }

  /** @param reading 0 for the one that is always shown, 1 for the other, which stands before it. */
  take(reading: 0 | 1, guesses: Guesses | undefined): void {
    if (!guesses) return;
    const male = guesses.gender === "male" ? guesses.certainty : 1 - guesses.certainty;
    const next = { ...guesses.age, male, emotions: guesses.emotions };
    const last = this.#values[reading];
    this.#values[reading] = last ? blend(last, next) : { ...next, emotions: { ...next.emotions } };
  }

  set confidence(confidence: number | undefined) {
    this.#confidence = confidence;
  }

  show(shown: readonly Shown[]): void {
    const count = shown.includes("second reading") ? 2 : 1;
    const readings = this.#values.slice(0, count).reverse();
    const rows: string[][] = [];
    if (shown.includes("confidence")) rows.push(this.#sure(count));
    if (shown.includes("age")) rows.push(this.#age(readings));
    if (shown.includes("gender")) rows.push(this.#gender(readings));
    if (shown.includes("emotions")) rows.push(...this.#emotions(readings));
    if (rows.length) rows.push(["note", this.#words["reading_guess"] ?? ""]);
    this.#write(rows);
  }

  /** Rows of a kind, a name and a value for each reading; only what changed is touched. */
  #write(rows: string[][]): void {
    const { element } = this;
    while (element.children.length > rows.length) element.lastElementChild?.remove();
    rows.forEach(([kind = "", name = "", ...values], i) => {
      const row = element.children[i] ?? element.appendChild(document.createElement("p"));
      row.className = `answer answer-${kind}`;
      const texts = [name, ...values];
      while (row.children.length > texts.length) row.lastElementChild?.remove();
      texts.forEach((text, column) => {
        const cell = row.children[column] ?? row.appendChild(document.createElement("span"));
        if (cell.textContent !== text) cell.textContent = text;
      });
    });
  }

  #sure(count: number): string[] {
    const value = this.#confidence;
    const text = value === undefined ? (this.#words["reading_none"] ?? "") : value.toFixed(2);
    return ["fact", this.#words["reading_confidence"] ?? "", ...Array<string>(count).fill(text)];
  }

  #age(readings: (Shownings | undefined)[]): string[] {
    const texts = readings.map((one) => {
      if (!one) return "_";
      const spread = fill(this.#words["reading_spread"] ?? "", { years: one.spread.toFixed(0) });
      return `${one.years.toFixed(2)} ${spread}`;
    });
    const apart = differ(
      readings.map((one) => one?.years),
      YEARS,
    );
    return [apart ? "apart" : "fact", this.#words["reading_age"] ?? "", ...texts];
  }

  #gender(readings: (Shownings | undefined)[]): string[] {
    const texts = readings.map((one) => {
      if (!one) return "_";
      const percent = Math.round(100 * Math.max(one.male, 1 - one.male));
      const sure = fill(this.#words["reading_sure"] ?? "", { percent });
      return `${this.#words[one.male > 0.5 ? "reading_male" : "reading_female"]} ${sure}`;
    });
    const apart = differ(
      readings.map((one) => one?.male),
      PART,
    );
    return [apart ? "apart" : "fact", this.#words["reading_gender"] ?? "", ...texts];
  }

  #emotions(readings: (Shownings | undefined)[]): string[][] {
    return EMOTIONS.map((name) => {
      const parts = readings.map((one) => one?.emotions[name]);
      const bars = parts.map((part) => "|".repeat(Math.floor(10 * (part ?? 0) + 0.5)));
      const kind = differ(parts, PART) ? `apart ${name}` : `feeling ${name}`;
      return [kind, this.#words[NAMES[name]] ?? name, ...bars];
    });
  }
}

function differ(values: (number | undefined)[], least: number): boolean {
  const [one, other] = values;
  return one !== undefined && other !== undefined && Math.abs(one - other) >= least;
}

function blend(last: Shownings, next: Shownings): Shownings {
  const mix = (one: number, other: number) => one + TAKE * (other - one);
  const emotions = { ...last.emotions };
  for (const name of EMOTIONS) emotions[name] = mix(last.emotions[name], next.emotions[name]);
  return {
    years: mix(last.years, next.years),
    spread: mix(last.spread, next.spread),
    male: mix(last.male, next.male),
    emotions,
  };
}
