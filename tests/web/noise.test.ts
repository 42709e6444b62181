import { describe, expect, test } from "vitest";
import { fakeNoise, type Moment, measureNoise } from "../../discriminator/web/src/noise";
import vectors from "../detect/vectors.json";

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function squares(moment: Readonly<Record<string, readonly string[] | undefined>>): Moment {
  return Object.fromEntries(
    Object.entries(moment).flatMap(([place, pair]) =>
      pair ? [[place, { before: bytes(pair[0] ?? ""), after: bytes(pair[1] ?? "") }]] : [],
    ),
  );
}

describe("the browser finds the grain that Python finds", () => {
  test.each(vectors.noises)("$name", ({ moments, behind, skin, mouth, likeness, fake }) => {
    const noise = measureNoise(moments.map(squares));
    if (behind === null) expect(noise.behind).toBeNaN();
    else expect(noise.behind).toBeCloseTo(behind, 6);
    expect(noise.skin).toBeCloseTo(skin, 6);
    expect(noise.mouth).toBeCloseTo(mouth, 6);
    expect(noise.likeness).toBeCloseTo(likeness, 6);
    expect(fakeNoise(noise)).toBeCloseTo(fake, 5);
  });
});
