// The one-euro filter (Casiez, Roussel and Vogel, CHI 2012) for all points of a face at once: calm
// while they rest, quick while they move. One filter object for each of 1434 numbers would not be.

/** Hz: how calm a resting point is, how much speed loosens it, how calm the speed itself is. */
const [CALM, LOOSENING, SPEED_CALM] = [1.2, 0.02, 1];

export class OneEuro {
  #last: Float32Array | undefined;
  #speed = new Float32Array(0);
  #at = 0;

  /** Returns the smoothed values; nothing (no face) forgets what was before. */
  filter(values: Float32Array | undefined, at: number): Float32Array | undefined {
    const last = this.#last;
    const passed = at - this.#at;
    this.#at = at;
    if (!values || !last || last.length !== values.length || passed <= 0) {
      this.#last = values;
      this.#speed = new Float32Array(values?.length ?? 0);
      return values;
    }
    const smoothed = new Float32Array(values.length);
    for (let i = 0; i < values.length; i += 1) {
      const [value, before] = [values[i] ?? 0, last[i] ?? 0];
      const speed = mix(this.#speed[i] ?? 0, (value - before) / passed, SPEED_CALM, passed);
      this.#speed[i] = speed;
      smoothed[i] = mix(before, value, CALM + LOOSENING * Math.abs(speed), passed);
    }
    this.#last = smoothed;
    return smoothed;
  }
}

/** What a low-pass filter with a cutoff in Hz makes of the next value. */
function mix(before: number, value: number, cutoff: number, passed: number): number {
  const share = 1 / (1 + 1 / (2 * Math.PI * cutoff * passed));
  return before + share * (value - before);
}
