import { describe, expect, test } from "vitest";
import { fakePulse, measurePulse } from "../../discriminator/web/src/pulse";
import vectors from "../detect/vectors.json";

describe("the browser finds the pulse that Python finds", () => {
  test.each(vectors.pulses)("$name", ({ times, colours, beat, clarity, agreement, fake }) => {
    const seen = colours.map((frame) => frame.map((value) => value ?? Number.NaN));
    const pulse = measurePulse(times, seen);
    expect(pulse.beat).toBeCloseTo(beat, 6);
    expect(pulse.clarity).toBeCloseTo(clarity, 4);
    expect(pulse.agreement).toBeCloseTo(agreement, 6);
    expect(fakePulse(pulse)).toBeCloseTo(fake, 5);
  });
});
