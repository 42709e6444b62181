// The table of what a machine says of a face: smoothed a little, with its doubts, and marked where
// two readings of the same face differ.

import type { Rect } from "./layout";
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

/** What is known of such answers; the newest of them that is shown has its words below them all. */
const KNOWN = [
  ["second reading", undefined],
  ["emotions", "known_emotions"],
  ["gender", "known_gender"],
  ["confidence", "known_confidence"],
] as const satisfies readonly (readonly [Shown, string | undefined])[];

type Words = Readonly<Record<string, string>>;

/** The values of one reading, as they are shown. */
interface Shownings {
  years: number;
  spread: number;
  male: number;
  emotions: Record<Emotion, number>;
}

/** A line of the table: what is asked, and an answer for each reading; feelings are drawn as bars. */
interface Row {
  readonly kind: string;
  readonly name: string;
  readonly answers?: readonly string[];
  /** Lengths of the answers' bars, parts of 1. */
  readonly bars?: readonly number[];
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

  lay({ x, y, wide, tall }: Rect, letter: number): void {
    Object.assign(this.element.style, {
      left: `${x}px`,
      top: `${y}px`,
      width: `${wide}px`,
      height: `${tall}px`,
      fontSize: `${letter}px`,
    });
  }

  set confidence(confidence: number | undefined) {
    this.#confidence = confidence;
  }

  show(shown: readonly Shown[]): void {
    const count = shown.includes("second reading") ? 2 : 1;
    const readings = this.#values.slice(0, count).reverse();
    const rows: Row[] = [];
    if (shown.includes("confidence")) rows.push(this.#sure(count));
    if (shown.includes("age")) rows.push(this.#age(readings));
    if (shown.includes("gender")) rows.push(this.#gender(readings));
    if (shown.includes("emotions")) rows.push(...this.#emotions(readings));
    if (rows.length) rows.push(note(this.#words["reading_guess"]), ...this.#known(shown));
    this.#write(rows);
  }

  #known(shown: readonly Shown[]): Row[] {
    const words = KNOWN.find(([what]) => shown.includes(what))?.[1];
    return words ? [note(this.#words[words])] : [];
  }

  /** Only what changed is touched. */
  #write(rows: readonly Row[]): void {
    const { element } = this;
    while (element.children.length > rows.length) element.lastElementChild?.remove();
    rows.forEach(({ kind, name, answers = [], bars }, i) => {
      const row = element.children[i] ?? element.appendChild(document.createElement("p"));
      row.className = `answer answer-${kind}`;
      const texts = [name, ...answers];
      while (row.children.length > texts.length) row.lastElementChild?.remove();
      texts.forEach((text, column) => {
        const cell = row.children[column] ?? row.appendChild(document.createElement("span"));
        if (cell.textContent !== text) cell.textContent = text;
        const bar = bars?.[column - 1];
        cell.classList.toggle("measure", bar !== undefined);
        if (bar !== undefined) (cell as HTMLElement).style.setProperty("--part", bar.toFixed(2));
      });
    });
  }

  #sure(count: number): Row {
    const value = this.#confidence;
    const text = value === undefined ? (this.#words["reading_none"] ?? "") : value.toFixed(2);
    return this.#row("fact", "reading_confidence", Array<string>(count).fill(text));
  }

  #age(readings: (Shownings | undefined)[]): Row {
    const texts = readings.map((one) => {
      if (!one) return "_";
      const spread = fill(this.#words["reading_spread"] ?? "", { years: one.spread.toFixed(0) });
      return `${one.years.toFixed(1)} ${spread}`;
    });
    const apart = differ(
      readings.map((one) => one?.years),
      YEARS,
    );
    return this.#row(apart ? "apart" : "fact", "reading_age", texts);
  }

  #gender(readings: (Shownings | undefined)[]): Row {
    const texts = readings.map((one) => {
      if (!one) return "_";
      const sure = this.#percent(Math.max(one.male, 1 - one.male));
      return `${this.#words[one.male > 0.5 ? "reading_male" : "reading_female"]} ${sure}`;
    });
    const apart = differ(
      readings.map((one) => one?.male),
      PART,
    );
    return this.#row(apart ? "apart" : "fact", "reading_gender", texts);
  }

  #emotions(readings: (Shownings | undefined)[]): Row[] {
    return EMOTIONS.map((name) => {
      const parts = readings.map((one) => one?.emotions[name]);
      const kind = differ(parts, PART) ? `apart ${name}` : `feeling ${name}`;
      const bars = parts.map((part) => part ?? 0);
      const answers = bars.map((part) => this.#percent(part));
      return { ...this.#row(kind, NAMES[name], answers), bars };
    });
  }

  #row(kind: string, word: string, answers: readonly string[]): Row {
    return { kind, name: this.#words[word] ?? word, answers };
  }

  #percent(part: number): string {
    return fill(this.#words["reading_sure"] ?? "", { percent: Math.round(100 * part) });
  }
}

function note(text = ""): Row {
  return { kind: "note", name: text };
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
