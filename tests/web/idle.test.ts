import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { IDLE_AFTER, watchIdle } from "../../discriminator/web/src/idle";
import { open } from "./markup";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("who does nothing for eight seconds is idle", () => {
  expect(IDLE_AFTER).toBe(8000);
  const idle = watchIdle(new EventTarget(), open);
  vi.advanceTimersByTime(7999);
  expect(idle.value).toBe(false);
  vi.advanceTimersByTime(1);
  expect(idle.value).toBe(true);
});

test.each(["pointermove", "pointerdown", "keydown", "wheel", "touchstart", "focusin"])(
  "%s is a sign of the viewer",
  (sign) => {
    const where = new EventTarget();
    const idle = watchIdle(where, open);
    vi.advanceTimersByTime(9000);
    where.dispatchEvent(new Event(sign));
    expect(idle.value).toBe(false);
    vi.advanceTimersByTime(7999);
    expect(idle.value).toBe(false);
    vi.advanceTimersByTime(1);
    expect(idle.value).toBe(true);
  },
);

test("a key that a control keeps to itself is a sign as well", () => {
  const inner = document.createElement("button");
  document.body.replaceChildren(inner);
  inner.addEventListener("keydown", (event) => event.stopPropagation());
  const idle = watchIdle(document, open);
  vi.advanceTimersByTime(9000);
  inner.dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
  expect(idle.value).toBe(false);
});

test("nothing is watched, and no timer left, once the film is closed", () => {
  const closing = new AbortController();
  const where = new EventTarget();
  watchIdle(where, closing.signal);
  closing.abort();
  expect(vi.getTimerCount()).toBe(0);
  where.dispatchEvent(new Event("keydown"));
  expect(vi.getTimerCount()).toBe(0);
});
