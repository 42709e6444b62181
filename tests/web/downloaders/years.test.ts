import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arrowAt } from "../../../discriminator/web/src/downloaders/rain";
import { typedAt } from "../../../discriminator/web/src/downloaders/years";

const names = [
  { year: 2018, name: "Amazon", at: 10 },
  { year: 2018, name: "United States Army Research Laboratory", at: 12 },
];

test("a name is typed when it is said, whole before it is erased, gone when the next begins", () => {
  expect(typedAt(names, 9.9, 15)).toBe("");
  expect(typedAt(names, 10.1, 15)).toBe("Am");
  expect(typedAt(names, 11.5, 15)).toBe("Amazon");
  expect(typedAt(names, 11.99, 15)).toBe("A");
  expect(typedAt(names, 14, 15)).toBe("United States Army Research Laboratory");
});

test("a long name that has little time is typed faster, and still whole for a while", () => {
  const hurried = [{ year: 2017, name: "Danish National Police", at: 0 }];
  expect(typedAt(hurried, 0.6, 1.1)).toBe("Danish National Police");
});

test("at every second stands the beginning of one name", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20, noNaN: true }), (second) => {
      const typed = typedAt(names, second, 15);
      expect(names.some(({ name }) => name.startsWith(typed))).toBe(true);
    }),
  );
});

test("an arrow falls within the sky, and its way can be rewound", () => {
  fc.assert(
    fc.property(fc.nat(200), fc.double({ min: 0, max: 60, noNaN: true }), (index, seconds) => {
      const { x, y } = arrowAt(index, seconds);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x, y)).toBeLessThan(1);
      expect(arrowAt(index, seconds)).toEqual({ ...arrowAt(index, seconds) });
    }),
  );
});
