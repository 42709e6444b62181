// Says when the viewer has done nothing for a while, so that the page can step back.

import { Signal } from "./signal";

export const IDLE_AFTER = 8000;

const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart", "focusin"] as const;

/** True while there has been no sign of the viewer for `wait` milliseconds. */
export function watchIdle(
  where: EventTarget,
  until: AbortSignal,
  wait: number = IDLE_AFTER,
): Signal<boolean> {
  const idle = new Signal(false);
  let timer = 0;
  const wake = () => {
    idle.value = false;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      idle.value = true;
    }, wait);
  };
  // Caught on the way down: a menu or a slider may keep its keys to itself.
  for (const sign of SIGNS) {
    where.addEventListener(sign, wake, { passive: true, capture: true, signal: until });
  }
  until.addEventListener("abort", () => clearTimeout(timer));
  wake();
  return idle;
}
