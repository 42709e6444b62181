// What two networks believe of a person: age, gender, emotion. The same face is shown to them in
// two lights, so that it can be seen how much the belief is the picture's.

import type { Load, Network, Tensors } from "./eyes";
import { EMOTIONS, type Guesses, type Reading } from "./sight";
import { Cutter, type Manner, type Square } from "./squares";

type Tensor = ReturnType<Tensors["tensor"]>;

const [PERSON_SIZE, MOOD_SIZE] = [224, 64];
/** Shares of red, green and blue in the grey that the network for moods was trained on. */
const GREY = [0.2989, 0.587, 0.114] as const;
/** Seconds between two beliefs: they are slow to get, and nobody ages faster. */
const PAUSE = 0.25;

/** The same face in other light. */
const WAYS: Readonly<Record<Reading, Manner>> = {
  plain: {},
  darker: { light: 0.55 },
};

export class Guesser {
  readonly #tf: Tensors;
  readonly #person: Network;
  readonly #mood: Network;
  readonly #personCutter = new Cutter(PERSON_SIZE);
  readonly #moodCutter = new Cutter(MOOD_SIZE);
  readonly #last: Partial<Record<Reading, Guesses>> = {};
  #turn = 0;
  #next = 0;

  private constructor(tf: Tensors, person: Network, mood: Network) {
    this.#tf = tf;
    this.#person = person;
    this.#mood = mood;
  }

  static async load(tf: Tensors, load: Load): Promise<Guesser> {
    const [person, mood] = await Promise.all([load("faceres"), load("emotion")]);
    return new Guesser(tf, person, mood);
  }

  /** The newest belief of each reading; one of them is made anew, in turn. */
  async guess(
    frame: ImageBitmap,
    square: Square,
    at: number,
  ): Promise<{ guesses?: Partial<Record<Reading, Guesses>> }> {
    if (at >= this.#next) {
      const readings = Object.keys(WAYS) as Reading[];
      const reading = readings[this.#turn % readings.length] ?? "plain";
      this.#turn += 1;
      this.#next = at + PAUSE;
      this.#last[reading] = await this.#read(frame, square, reading);
    }
    return { guesses: { ...this.#last } };
  }

  async #read(frame: ImageBitmap, square: Square, reading: Reading): Promise<Guesses> {
    const way = WAYS[reading];
    const person = await this.#describe(this.#personCutter.cut(frame, square, way));
    return { ...person, emotions: await this.#feel(this.#moodCutter.cut(frame, square, way)) };
  }

  async #describe(pixels: Float32Array): Promise<Omit<Guesses, "emotions">> {
    const scaled = pixels.map((value) => value * 255);
    const input = this.#tf.tensor4d(scaled, [1, PERSON_SIZE, PERSON_SIZE, 3]);
    const outputs = this.#person.execute(input, [
      "gender_pred/Sigmoid",
      "age_pred/Softmax",
    ]) as Tensor[];
    const [[male = 0] = [], ages = []] = await Promise.all(outputs.map((output) => output.data()));
    this.#tf.dispose([input, ...outputs]);
    return {
      age: expected(ages),
      gender: male > 0.5 ? "male" : "female",
      certainty: Math.max(male, 1 - male),
    };
  }

  async #feel(pixels: Float32Array): Promise<Guesses["emotions"]> {
    const grey = new Float32Array(MOOD_SIZE * MOOD_SIZE);
    for (let i = 0; i < grey.length; i += 1) {
      const light = GREY.reduce((sum, part, c) => sum + part * (pixels[3 * i + c] ?? 0), 0);
      grey[i] = 2 * (light - 0.5);
    }
    const input = this.#tf.tensor4d(grey, [1, MOOD_SIZE, MOOD_SIZE, 1]);
    const output = this.#mood.execute(input) as Tensor;
    const scores = await output.data();
    this.#tf.dispose([input, output]);
    const named = EMOTIONS.map((name, i) => [name, scores[i] ?? 0]);
    return Object.fromEntries(named) as Guesses["emotions"];
  }
}

/** The mean of the years, each as likely as the network says, and how far they spread around it. */
function expected(likely: ArrayLike<number>): { years: number; spread: number } {
  let [years, squares] = [0, 0];
  for (let age = 0; age < likely.length; age += 1) {
    years += age * (likely[age] ?? 0);
    squares += age * age * (likely[age] ?? 0);
  }
  return { years, spread: Math.sqrt(Math.max(squares - years * years, 0)) };
}
