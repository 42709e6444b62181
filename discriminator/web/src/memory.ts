// What this browser remembers between visits. It stays in the browser; nothing is sent.

import { language } from "./language";
import { RATES } from "./rates";

interface Remembered {
  /** Where the viewer stopped: an address and the second in its media. */
  place: { address: string; at: number } | null;
  volume: number;
  muted: boolean;
  rate: number;
  captions: string | null;
  /** Whether what is only shown is told to who listens. */
  descriptions: boolean;
  camera: boolean;
  /** The browser's id of the camera that was chosen among several. */
  device: string | null;
  thanked: boolean;
}

function atFirst(): Remembered {
  return {
    place: null,
    volume: 1,
    muted: false,
    rate: 1,
    captions: language(),
    descriptions: false,
    camera: false,
    device: null,
    thanked: false,
  };
}

const KEY = "discriminator";

export class Memory {
  readonly #storage: Storage | undefined;
  #kept: Remembered;

  constructor(storage: Storage | undefined = quietly(() => window.localStorage)) {
    this.#storage = storage;
    this.#kept = { ...atFirst(), ...this.#read() };
  }

  get<K extends keyof Remembered>(key: K): Remembered[K] {
    return this.#kept[key];
  }

  set<K extends keyof Remembered>(key: K, value: Remembered[K]): void {
    this.#kept = { ...this.#kept, [key]: value };
    // A full or forbidden store costs the memory of this visit, nothing else.
    quietly(() => this.#storage?.setItem(KEY, JSON.stringify(this.#kept)));
  }

  #read(): Partial<Remembered> {
    const text = quietly(() => this.#storage?.getItem(KEY));
    const kept: unknown = quietly(() => JSON.parse(text ?? "{}"));
    return isRecord(kept) ? sound(kept) : {};
  }
}

type Fits = (value: unknown) => boolean;

const isTruth: Fits = (value) => typeof value === "boolean";
const isSecond: Fits = (value) => Number.isFinite(value) && Number(value) >= 0;

/** What a stored value must be like; another version of the film may have written it, or a hand. */
const FITS: Readonly<Record<keyof Remembered, Fits>> = {
  place: (value) =>
    isRecord(value) && typeof value["address"] === "string" && isSecond(value["at"]),
  volume: (value) => isSecond(value) && Number(value) <= 1,
  muted: isTruth,
  rate: (value) => RATES.some((rate) => rate === value),
  captions: (value) => value === null || typeof value === "string",
  descriptions: isTruth,
  camera: isTruth,
  device: (value) => value === null || typeof value === "string",
  thanked: isTruth,
};

/** Keeps of a stored record what this version of the film can use. */
function sound(kept: Record<string, unknown>): Partial<Remembered> {
  const fitting = Object.entries(FITS).filter(([key, fits]) => fits(kept[key]));
  return Object.fromEntries(fitting.map(([key]) => [key, kept[key]]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Browsers throw where storage is forbidden; the film goes on without. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
