// Web Monetization: a viewer whose browser pays is thanked. Nothing else depends on it.

import type { Memory } from "./memory";
import { part } from "./parts";

export function wireThanks(film: HTMLElement, memory: Memory, until: AbortSignal): void {
  const thanks = part(film, "thanks");
  thanks.hidden = !memory.get("thanked");
  // The event rises from the link in the head to the document.
  const thank = () => {
    memory.set("thanked", true);
    thanks.hidden = false;
  };
  document.addEventListener("monetization", thank, { signal: until });
}
