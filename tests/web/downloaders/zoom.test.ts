import * as fc from "fast-check";
import { expect, test } from "vitest";
import { clampView, Lens, WHOLE, zoomAbout } from "../../../discriminator/web/src/downloaders/zoom";
import { press } from "../markup";

const frame = { width: 600, height: 400 };
const place = fc.double({ min: -300, max: 300, noNaN: true });
const times = fc.double({ min: 0.1, max: 10, noNaN: true });

test("no gap opens at a side, however one zooms", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(times, place, place), { maxLength: 8 }), (steps) => {
      let view = WHOLE;
      for (const [by, x, y] of steps) view = zoomAbout(view, by, x, y, frame);
      expect(view.scale).toBeGreaterThanOrEqual(1);
      expect(view.scale).toBeLessThanOrEqual(4);
      expect(Math.abs(view.x)).toBeLessThanOrEqual(((view.scale - 1) * frame.width) / 2 + 1e-9);
      expect(Math.abs(view.y)).toBeLessThanOrEqual(((view.scale - 1) * frame.height) / 2 + 1e-9);
    }),
  );
});

test("what is under the finger stays there", () => {
  const { scale, x } = zoomAbout(WHOLE, 2, 100, 0, frame);
  expect((100 - x) / scale).toBeCloseTo(100);
});

test("a whole picture cannot be moved", () => {
  const { x, y } = clampView({ scale: 1, x: 50, y: -50 }, frame);
  expect([Math.abs(x), Math.abs(y)]).toEqual([0, 0]);
});

function lens() {
  const [element, picture] = [document.createElement("div"), document.createElement("div")];
  Object.defineProperties(element, { clientWidth: { value: 600 }, clientHeight: { value: 400 } });
  return { element, picture, lens: new Lens(element, picture) };
}

test("keys enlarge, move, reduce and reset, and the film hears nothing of it", () => {
  const { element, picture, lens: closer } = lens();
  const heard: string[] = [];
  const outside = document.createElement("div");
  outside.append(element);
  outside.addEventListener("keydown", (event) => heard.push((event as KeyboardEvent).key));
  press(element, "+");
  expect(closer.closer).toBe(true);
  press(element, "ArrowRight");
  expect(picture.style.transform).toBe("translate(-60px, 0px) scale(1.4)");
  press(element, "0");
  expect(closer.closer).toBe(false);
  expect(heard).toEqual([]);
  press(element, "m");
  expect(heard).toEqual(["m"]);
});

test("two fingers that part enlarge", () => {
  const { element, lens: closer } = lens();
  const finger = (type: string, pointerId: number, clientX: number) =>
    element.dispatchEvent(
      Object.assign(new Event(type), { pointerId, clientX, clientY: 0 }) as PointerEvent,
    );
  finger("pointerdown", 1, -50);
  finger("pointerdown", 2, 50);
  finger("pointermove", 2, 150);
  expect(closer.closer).toBe(true);
});
