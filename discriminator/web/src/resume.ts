// Where the viewer stopped: noted while they watch, offered on Home, kept over a reload.

import type { Journey } from "./journey";
import type { Memory } from "./memory";
import { part } from "./parts";
import { addressOf, after, type Place, readAddress, samePlace, type Visit } from "./places";
import type { Player } from "./player";
import type { Chapter } from "./story";

/** Seconds of media between two notes; who stopped before the first begins anew. */
const NOTE_EVERY = 5;

/** Notes the viewer's second of the film every few seconds, and whenever they stop. */
export function noteProgress(
  player: Player,
  journey: Journey,
  memory: Memory,
  chapters: readonly Chapter[],
): void {
  const { video } = player;
  let noted = 0;
  const note = (now: boolean) => () => {
    const { place } = journey.visit.value;
    if (place.page !== "chapter" || !player.ready) return;
    if (!now && Math.abs(video.currentTime - noted) < NOTE_EVERY) return;
    noted = video.currentTime;
    memory.set("place", { address: addressOf({ place }), at: noted });
  };
  video.addEventListener("timeupdate", note(false));
  for (const event of ["pause", "seeking"]) video.addEventListener(event, note(true));
  video.addEventListener("ended", () => {
    // Who has seen a chapter to its end continues with what follows it.
    const next = after(journey.visit.value.place, chapters);
    memory.set("place", next ? { address: addressOf({ place: next }), at: 0 } : null);
  });
}

/** The second at which a visit begins: what its address says, or where a reload found the viewer. */
export function secondOf(visit: Visit, memory: Memory, chapters: readonly Chapter[]): number {
  if (visit.at !== undefined) return visit.at;
  const kept = memory.get("place");
  if (!kept || visit.place.page !== "chapter" || kept.at < NOTE_EVERY) return 0;
  const { place } = readAddress(kept.address, chapters).visit;
  return samePlace(place, visit.place) ? kept.at : 0;
}

/** Home's second button, for who has been here before. */
export function offerToContinue(
  film: HTMLElement,
  memory: Memory,
  root: string,
  chapters: readonly Chapter[],
): void {
  const again = part<HTMLAnchorElement>(film, "again");
  const kept = memory.get("place");
  const read = kept && readAddress(kept.address, chapters);
  // The film may have lost the chapter since; and its beginning is where Start leads anyway.
  const gone = !read || read.trouble !== undefined;
  again.hidden = gone || isBeginning(read.visit.place, kept.at, chapters);
  again.classList.toggle("primary", !again.hidden);
  part(film, "start").classList.toggle("primary", again.hidden);
  if (again.hidden || !read) return;
  const address = addressOf({ place: read.visit.place, ...(kept.at && { at: kept.at }) });
  again.dataset["go"] = address;
  again.href = root.replace(/\/$/, "") + address;
}

function isBeginning(place: Place, at: number, chapters: readonly Chapter[]): boolean {
  const chapter = "chapter" in place ? place.chapter : undefined;
  return at < NOTE_EVERY && (chapter === undefined || chapter === chapters[0]?.number);
}
