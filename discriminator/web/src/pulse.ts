/**
 * The heart in a face, measured in the browser: `detect/pulse.py` says what and why, and both are
 * held to `tests/detect/vectors.json`. Nothing leaves the page.
 */

/** What was measured of one face. */
export interface Pulse {
  /** Beats a minute, of the strongest wave. */
  readonly beat: number;
  /** Power of the beat and its overtone over all other power, in dB. */
  readonly clarity: number;
  /** How far the squares beat together, 0 to 1. */
  readonly agreement: number;
}

/** Hz to which the colours are brought. */
const RATE = 30;
/** Hz between which a heart beats, and between two frequencies that are looked at. */
const [SLOWEST, FASTEST, STEP] = [0.7, 3, 0.025];
/** Hz around the beat and its first overtone that are counted to them. */
const NEAR = 0.15;
/** Samples over which the light is taken to be steady. */
const WINDOW = 48;
const TINY = 1e-9;
const COLOURS = 3;
const [CLEAR, UNCLEAR, TOGETHER, APART] = [1, -2.5, 27, 0.68];

/** The colours of the squares of one frame: red, green and blue of each, or NaN. */
export type Colours = readonly number[];

/** The pulse of colours at so many seconds. */
export function measurePulse(times: readonly number[], colours: readonly Colours[]): Pulse {
  const even = evenly(times, colours);
  const squares = (even[0]?.length ?? 0) / COLOURS;
  const waves = Array.from({ length: squares }, (_, square) =>
    wave(even.map((frame) => frame.slice(COLOURS * square, COLOURS * (square + 1)))),
  );
  const frequencies = Array.from(
    { length: Math.round((FASTEST - SLOWEST) / STEP) + 1 },
    (_, place) => place * STEP + SLOWEST,
  );
  const spectra = waves.map((one) => frequencies.map((hertz) => turned(one, hertz)));
  const together = frequencies.map((_, place) => {
    const [real, imaginary] = sum(spectra.map((one) => one[place] ?? [0, 0]));
    return real ** 2 + imaginary ** 2;
  });
  const peak = together.indexOf(Math.max(...together));
  const beat = frequencies[peak] ?? 0;
  let [inside, outside] = [0, 0];
  together.forEach((power, place) => {
    const hertz = frequencies[place] ?? 0;
    if (Math.min(Math.abs(hertz - beat), Math.abs(hertz - 2 * beat)) <= NEAR) inside += power;
    else outside += power;
  });
  const apart = spectra.reduce((all, one) => {
    const [real, imaginary] = one[peak] ?? [0, 0];
    return all + real ** 2 + imaginary ** 2;
  }, 0);
  return {
    beat: 60 * beat,
    clarity: 10 * Math.log10(Math.max(inside / Math.max(outside, TINY), TINY)),
    agreement: (together[peak] ?? 0) / Math.max(apart * squares, TINY),
  };
}

/** P(fake) for a pulse; until it is calibrated on real clips, show words and no number. */
export function fakePulse({ clarity, agreement }: Pulse): number {
  const doubt = Math.max(CLEAR * (UNCLEAR - clarity), TOGETHER * (APART - agreement));
  return 1 / (1 + Math.exp(-doubt));
}

/** The wave in the colours of one square: of two mixtures that light alone leaves alike. */
function wave(colours: readonly Colours[]): number[] {
  const summed = new Array<number>(colours.length).fill(0);
  for (let start = 0; start + WINDOW <= colours.length; start++) {
    const part = colours.slice(start, start + WINDOW);
    const means = [0, 1, 2].map((c) => Math.max(mean(part.map((rgb) => rgb[c] ?? 0)), TINY));
    const ratios = part.map((rgb) => rgb.map((value, c) => value / (means[c] ?? 1)));
    const first = ratios.map(([, green = 0, blue = 0]) => green - blue);
    const second = ratios.map(([red = 0, green = 0, blue = 0]) => green + blue - 2 * red);
    const weight = spread(first) / Math.max(spread(second), TINY);
    const mixed = first.map((value, i) => value + weight * (second[i] ?? 0));
    const middle = mean(mixed);
    mixed.forEach((value, i) => {
      summed[start + i] = (summed[start + i] ?? 0) + value - middle;
    });
  }
  return summed;
}

/** The colours at `RATE`, whatever rate the camera has, and across short gaps. */
function evenly(times: readonly number[], colours: readonly Colours[]): number[][] {
  const seen = times.flatMap((time, i) => {
    const values = colours[i];
    return values?.every(Number.isFinite) ? [{ time, values }] : [];
  });
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return [];
  let before = 0;
  return Array.from({ length: Math.trunc((last.time - first.time) * RATE) + 1 }, (_, count) => {
    const moment = first.time + count / RATE;
    while (before + 2 < seen.length && (seen[before + 1]?.time ?? 0) <= moment) before++;
    const [from, to] = [seen[before] ?? first, seen[before + 1] ?? last];
    const part = to.time > from.time ? (moment - from.time) / (to.time - from.time) : 0;
    return from.values.map((value, i) => value + part * ((to.values[i] ?? 0) - value));
  });
}

/** How much of a frequency a wave has, under Hann's window: real and imaginary. */
function turned(values: readonly number[], hertz: number): [number, number] {
  let [real, imaginary] = [0, 0];
  const last = Math.max(values.length - 1, 1);
  values.forEach((value, i) => {
    const seen = value * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / last));
    const angle = (-2 * Math.PI * hertz * i) / RATE;
    real += seen * Math.cos(angle);
    imaginary += seen * Math.sin(angle);
  });
  return [real, imaginary];
}

function sum(pairs: readonly (readonly [number, number])[]): [number, number] {
  return pairs.reduce<[number, number]>(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
}

function mean(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0) / values.length;
}

function spread(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
