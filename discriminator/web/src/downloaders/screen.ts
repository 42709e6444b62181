// What every screen of the chapter is.

export type Words = Readonly<Record<string, string>>;

export interface Screen {
  readonly element: HTMLElement;
  /** Shows a second of the chapter. The same second always looks the same, whatever came before. */
  draw(second: number): void;
  /** Leaves what the viewer opened, as the film goes on to another screen. */
  leave?(): void;
  close?(): void;
}

/** Whether the viewer wants nothing to move. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A number between 0 and 1 that is always the same for the same number: chance that can be rewound. */
export function chance(seed: number): number {
  const scrambled = Math.sin(seed * 127.1 + 11.7) * 43758.5453;
  return scrambled - Math.floor(scrambled);
}
