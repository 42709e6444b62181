import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Notices } from "../../discriminator/web/src/notices";
import { click, get, layFilm, piece, story } from "./markup";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function lay() {
  const place = piece(layFilm(), "notices");
  const texts = () => [...place.querySelectorAll("p")].map(({ textContent }) => textContent);
  return { place, texts, notices: new Notices(place, story()) };
}

test("a notice is laid where it is spoken politely", () => {
  const { place, texts, notices } = lay();
  notices.show("camera", { text: "No camera." });
  expect(place.getAttribute("aria-live")).toBe("polite");
  expect(texts()).toEqual(["No camera."]);
});

test("there is one of each name: a newer takes the place of the older", () => {
  const { texts, notices } = lay();
  notices.show("camera", { text: "Denied." });
  notices.show("line", { text: "Offline." });
  notices.show("camera", { text: "Busy." });
  expect(texts()).toEqual(["Offline.", "Busy."]);
});

test("a notice can be dismissed by a named button", () => {
  const { place, texts, notices } = lay();
  notices.show("camera", { text: "Denied." });
  const cross = get(place, "button");
  expect(cross.getAttribute("aria-label")).toBe("Dismiss");
  click(cross);
  expect(texts()).toEqual([]);
});

test("a timed notice leaves by itself, another stays", () => {
  const { texts, notices } = lay();
  notices.show("short", { text: "Short.", seconds: 4 });
  notices.show("long", { text: "Long." });
  vi.advanceTimersByTime(3999);
  expect(texts()).toEqual(["Short.", "Long."]);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual(["Long."]);
});

test("the time of an older notice does not take the newer away", () => {
  const { texts, notices } = lay();
  notices.show("line", { text: "First.", seconds: 4 });
  vi.advanceTimersByTime(3000);
  notices.show("line", { text: "Second.", seconds: 4 });
  vi.advanceTimersByTime(3000);
  expect(texts()).toEqual(["Second."]);
});

test("an action has a button with its words", () => {
  const { place, notices } = lay();
  const run = vi.fn();
  notices.show("thread", { text: "Lost.", action: { label: "Reload", run } });
  const button = [...place.querySelectorAll("button")].find((one) => one.textContent === "Reload");
  click(button as HTMLButtonElement);
  expect(run).toHaveBeenCalledOnce();
});

test("markup in a notice is shown, never obeyed", () => {
  const { place, notices } = lay();
  notices.show("route", { text: "<img src=x onerror=alert(1)>" });
  expect(place.querySelector("img")).toBeNull();
});

test("hiding what is not shown is no error", () => {
  expect(() => lay().notices.hide("nothing")).not.toThrow();
});
