import { expect, test } from "vitest";
import { clock } from "../../discriminator/web/src/clock";

test.each([
  [0, "0:00"],
  [9.9, "0:09"],
  [75.4, "1:15"],
  [600, "10:00"],
  [3599.9, "59:59"],
  [3675, "1:01:15"],
])("%f seconds are read as %s", (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, -3])(
  "%f, which is no time, reads 0:00",
  (seconds) => {
    expect(clock(seconds)).toBe("0:00");
  },
);
