// How fast the film can be played; at 1 it is as it was made.

import { language } from "./language";

export const RATES: readonly number[] = [0.75, 1, 1.25, 1.5, 2];

/** The next rate that is slower (-1) or faster (1), or the same where there is none. */
export function besides(rate: number, by: -1 | 1): number {
  return RATES[RATES.indexOf(rate) + by] ?? rate;
}

/** Such as `1.25×`. */
export function rateName(rate: number): string {
  return `${rate.toLocaleString(language())}×`;
}
