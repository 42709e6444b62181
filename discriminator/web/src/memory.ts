// What this browser remembers between visits. It stays in the browser; nothing is sent.

interface Remembered {
  /** Where the viewer stopped: an address and the second in its media. */
  place: { address: string; at: number } | null;
  volume: number;
  muted: boolean;
  captions: string | null;
  camera: boolean;
  thanked: boolean;
}

const AT_FIRST: Remembered = {
  place: null,
  volume: 1,
  muted: false,
  captions: "en",
  camera: false,
  thanked: false,
};

const KEY = "discriminator";

export class Memory {
  readonly #storage: Storage | undefined;
  #kept: Remembered;

  constructor(storage: Storage | undefined = quietly(() => window.localStorage)) {
    this.#storage = storage;
    this.#kept = { ...AT_FIRST, ...this.#read() };
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

/** Keeps of a stored record what has the type that this version of the film expects. */
function sound(kept: Record<string, unknown>): Partial<Remembered> {
  const fits = (key: string, value: unknown) => {
    if (key === "place")
      return (
        isRecord(value) && typeof value["address"] === "string" && typeof value["at"] === "number"
      );
    if (key === "captions") return value === null || typeof value === "string";
    return typeof value === typeof AT_FIRST[key as keyof Remembered];
  };
  const known = Object.entries(kept).filter(([key, value]) => key in AT_FIRST && fits(key, value));
  return Object.fromEntries(known);
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
