// Where the viewer stopped: noted while they watch, offered on Home, kept over a reload.

import type { Journey } from "./journey";
import type { Memory } from "./memory";
import { part } from "./parts";
import { addressOf, readAddress, samePlace, type Visit } from "./places";
import type { Chapter } from "./story";

/** Seconds of media between two notes; who stopped before the first begins anew. */
export const NOTE_EVERY = 5;

/** Notes the viewer's second of the film every few seconds, and whenever they stop. */
export function noteProgress(video: HTMLVideoElement, journey: Journey, memory: Memory): void {
  let noted = 0;
  const note = (now: boolean) => () => {
    const { place } = journey.visit.value;
    if (place.page !== "chapter" || video.readyState === 0) return;
    if (!now && Math.abs(video.currentTime - noted) < NOTE_EVERY) return;
    noted = video.currentTime;
    memory.set("place", { address: addressOf({ place }), at: noted });
  };
  video.addEventListener("timeupdate", note(false));
  for (const event of ["pause", "seeked"]) video.addEventListener(event, note(true));
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
export function offerToContinue(film: HTMLElement, memory: Memory, root: string): void {
  const again = part<HTMLAnchorElement>(film, "again");
  const kept = memory.get("place");
  again.hidden = !kept || kept.at < NOTE_EVERY;
  if (!kept) return;
  const join = kept.address.includes("?") ? "&" : "?";
  const address = `${kept.address}${join}t=${Math.floor(kept.at)}`;
  again.dataset["go"] = address;
  again.href = root.replace(/\/$/, "") + address;
}
