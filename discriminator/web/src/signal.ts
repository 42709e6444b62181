// A value that tells whoever listens when it changes. Setting the same value says nothing.

export type Stop = () => void;

export class Signal<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) {
      // A listener that set another value has told everybody; the older one is no news.
      if (!Object.is(value, this.#value)) return;
      listener(value);
    }
  }

  /** Calls `listener` now and at every change. */
  follow(listener: (value: T) => void): Stop {
    listener(this.#value);
    return this.listen(listener);
  }

  /** Calls `listener` at every change from now on. */
  listen(listener: (value: T) => void): Stop {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
