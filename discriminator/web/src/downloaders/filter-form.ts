// The fields above the list. They show the filter and change it; they know nothing of its results.

import { button, make } from "../make";
import { ALL, type Filter } from "./filter";
import { KINDS, type Kind, YEARS } from "./record";
import type { Words } from "./screen";

type Want = (change: Partial<Filter>) => void;

export class FilterForm {
  readonly element: HTMLFormElement;
  readonly #text: HTMLInputElement;
  readonly #year: HTMLSelectElement;
  readonly #kind: HTMLSelectElement;
  readonly #country: HTMLSelectElement;

  /** @param countries codes and names, in the order in which they are offered. */
  constructor(countries: readonly (readonly [string, string])[], words: Words, want: Want) {
    const say = (name: string) => words[name] ?? name;
    this.#text = make("input", {
      type: "search",
      class: "field",
      placeholder: say("search"),
      "aria-label": say("search"),
      autocomplete: "off",
      spellcheck: "false",
    });
    const years = YEARS.map((year) => [String(year), String(year)] as const);
    this.#year = select(say("year"), say("year_all"), years);
    const kinds = KINDS.map((kind) => [kind, say(`kind_${kind}`)] as const);
    this.#kind = select(say("kind"), say("kind_all"), kinds);
    this.#country = select(say("country"), say("country_all"), countries);
    this.element = make(
      "form",
      { class: "filters", role: "search", "aria-label": say("filters") },
      this.#text,
      this.#year,
      this.#kind,
      this.#country,
      button(say("clear"), () => want(ALL), { class: "button small quiet" }),
    );
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.#text.addEventListener("input", () => want({ text: this.#text.value }));
    this.#year.addEventListener("change", () => want({ year: Number(this.#year.value) || null }));
    this.#kind.addEventListener("change", () =>
      want({ kind: (this.#kind.value || null) as Kind | null }),
    );
    this.#country.addEventListener("change", () => want({ country: this.#country.value || null }));
  }

  show({ text, year, kind, country }: Filter): void {
    // A value that is set anew would move the cursor of whoever types.
    if (this.#text.value !== text) this.#text.value = text;
    this.#year.value = String(year ?? "");
    this.#kind.value = kind ?? "";
    this.#country.value = country ?? "";
  }
}

function select(name: string, all: string, options: readonly (readonly [string, string])[]) {
  const choices = options.map(([value, text]) => new Option(text, value));
  return make("select", { class: "field", "aria-label": name }, new Option(all, ""), ...choices);
}
