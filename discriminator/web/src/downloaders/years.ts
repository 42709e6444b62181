// Screen D: years roll, names are typed and erased, all of it a function of the second.

import { make } from "../make";
import { fill } from "../story";
import type { Milestone } from "./call";
import { type Asked, YEARS } from "./record";
import { at, type Cues, latest } from "./scenes";
import { calm, type Screen, type Words } from "./screen";

/** Seconds a letter. */
const TYPE = 0.055;
const ERASE = 0.02;

export function yearsScreen(
  milestones: readonly Milestone[],
  asked: readonly Asked[],
  cues: Cues,
  words: Words,
): Screen {
  const year = make("p", { class: "years-year" });
  const name = make("p", { class: "years-name" });
  const requests = make("p", { class: "mono dim" });
  const cueNames = YEARS.map((one) => `year_${one}`);
  const counts = new Map(YEARS.map((one) => [one, asked.filter((row) => row.year === one).length]));
  const end = at(cues, "list");
  const element = make(
    "section",
    { class: "scene years", "data-scene": "years", "aria-label": words["scene_years"] ?? "" },
    year,
    name,
    requests,
  );
  return {
    element,
    draw(second) {
      const cue = latest(second, cues, cueNames) ?? cueNames[0] ?? "";
      const now = Number(cue.slice(-4));
      if (year.textContent !== String(now)) {
        year.textContent = String(now);
        restart(year);
      }
      requests.textContent = fill(words["years_requests"] ?? "", {
        count: counts.get(now as never) ?? 0,
      });
      const mine = milestones.filter((one) => one.year === now);
      const next = cues[`year_${now + 1}`] ?? end;
      name.textContent = calm() ? whole(mine, second) : typedAt(mine, second, next);
    },
  };
}

/** Plays an element's animation once more. */
function restart(element: HTMLElement): void {
  element.classList.remove("rolls");
  void element.offsetWidth;
  element.classList.add("rolls");
}

/** The names that have been said by now, for who wants nothing to move. */
function whole(names: readonly Milestone[], second: number): string {
  return names
    .filter((one) => one.at <= second)
    .map(({ name }) => name)
    .join(" · ");
}

/** What stands on the line at a second: the name that is said, typed as far as it is. */
export function typedAt(names: readonly Milestone[], second: number, end: number): string {
  const index = names.findLastIndex((one) => one.at <= second);
  const current = names[index];
  if (!current) return "";
  const gone = names[index + 1]?.at ?? end;
  const { length } = current.name;
  // Where little time is left, the typist hurries: half of it is for reading.
  const pace = Math.min(TYPE, (gone - current.at) / 2 / length);
  const erasing = gone - length * ERASE;
  const letters = second < erasing ? (second - current.at) / pace : (gone - second) / ERASE;
  return [...current.name].slice(0, Math.ceil(Math.max(letters, 0))).join("");
}
