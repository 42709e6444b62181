// The viewer's way through the film: one current visit, kept in step with the browser's address.

import { addressOf, readAddress, type Sheet, type Trouble, type Visit } from "./places";
import { Signal } from "./signal";
import type { Chapter } from "./story";

/** Where addresses are kept: a browser tab has a bar and a history, a notebook cell has neither. */
export interface AddressBar {
  read(): string;
  write(address: string, how: "push" | "replace"): void;
  back(): void;
  /** Whether the newest entry was written by `push`, so that going back stays in the film. */
  readonly pushed: boolean;
  onReturn(listener: () => void, until: AbortSignal): void;
}

export class Journey {
  readonly visit: Signal<Visit>;
  readonly trouble: Trouble | undefined;
  readonly #bar: AddressBar;

  constructor(bar: AddressBar, chapters: readonly Chapter[], until: AbortSignal) {
    this.#bar = bar;
    const { visit, trouble } = readAddress(bar.read(), chapters);
    this.visit = new Signal(visit);
    this.trouble = trouble;
    bar.write(timeless(visit), "replace");
    const comeBack = () => {
      this.visit.value = readAddress(bar.read(), chapters).visit;
    };
    bar.onReturn(comeBack, until);
  }

  go(visit: Visit): void {
    const address = timeless(visit);
    if (address !== timeless(this.visit.value)) this.#bar.write(address, "push");
    this.visit.value = visit;
  }

  open(sheet: Sheet): void {
    this.go({ place: this.visit.value.place, sheet });
  }

  /** Takes the sheet away; where it was opened from inside the film, that is a step back. */
  close(): void {
    const { place, sheet } = this.visit.value;
    if (!sheet) return;
    if (this.#bar.pushed) {
      this.#bar.back();
      return;
    }
    this.#bar.write(addressOf({ place }), "replace");
    this.visit.value = { place };
  }
}

/** A second is spent on arriving: who comes back to the address is not thrown back to it. */
function timeless({ place, sheet }: Visit): string {
  return addressOf(sheet ? { place, sheet } : { place });
}

/** The address bar of a tab, for a film whose addresses begin at `root`. */
export function tabBar(root: string): AddressBar {
  const prefix = root.replace(/\/$/, "");
  return {
    read: () => location.pathname.slice(prefix.length) + location.search,
    write: (address, how) => {
      const state = { pushed: how === "push" };
      if (how === "push") history.pushState(state, "", prefix + address);
      else history.replaceState({ pushed: wasPushed() }, "", prefix + address);
    },
    back: () => history.back(),
    get pushed() {
      return wasPushed();
    },
    onReturn: (listener, until) => {
      window.addEventListener("popstate", listener, { signal: until });
    },
  };
}

function wasPushed(): boolean {
  return (history.state as { pushed?: boolean } | null)?.pushed === true;
}

/** Addresses of a film in a notebook: remembered, never shown. */
export function cellBar(start: string): AddressBar {
  const past: string[] = [];
  let now = start;
  const listeners: (() => void)[] = [];
  return {
    read: () => now,
    write: (address, how) => {
      if (how === "push") past.push(now);
      now = address;
    },
    back: () => {
      now = past.pop() ?? now;
      for (const listener of listeners) listener();
    },
    get pushed() {
      return past.length > 0;
    },
    onReturn: (listener) => listeners.push(listener),
  };
}
