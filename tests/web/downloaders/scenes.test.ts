import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  at,
  type Cues,
  latest,
  pausesOf,
  SCENES,
  type Scene,
  sceneAt,
  share,
} from "../../../discriminator/web/src/downloaders/scenes";
import told from "../../../media/voice/chapter-3.en.json";

const cues: Cues = told.cues;
const names = Object.keys(SCENES) as Scene[];

describe("the screen of each second", () => {
  test("is the one whose cue came last, for every second of the chapter", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: told.duration, noNaN: true }), (second) => {
        const scene = sceneAt(second, cues);
        const next = names[names.indexOf(scene) + 1];
        expect(at(cues, SCENES[scene])).toBeLessThanOrEqual(second);
        if (next) expect(at(cues, SCENES[next])).toBeGreaterThan(second);
      }),
    );
  });

  test("follows the narration's order and leaves no screen out", () => {
    const seen = Array.from({ length: 202 }, (_, second) => sceneAt(second, cues));
    expect([...new Set(seen)]).toEqual(names);
  });

  test("does not depend on where the film was before", () => {
    const there = [0, 30, 80, 100, 150, 180].map((second) => sceneAt(second, cues));
    const back = [180, 150, 100, 80, 30, 0].map((second) => sceneAt(second, cues));
    expect(back.reverse()).toEqual(there);
  });

  test("is the first one while a story names no cues", () => {
    expect(sceneAt(100, {})).toBe("call");
  });
});

test("the narration waits at the two explorations that something follows", () => {
  expect(pausesOf(cues)).toEqual([cues["explore_album"], cues["explore_list"]]);
});

test("the latest of some cues is the last that has come", () => {
  const photos = ["photo_1", "photo_2", "photo_3"];
  expect(latest(30, cues, photos)).toBeUndefined();
  expect(latest(41.1, cues, photos)).toBe("photo_2");
});

test("a share stays between nothing and all", () => {
  expect([share(0, 1, 2), share(1.5, 1, 2), share(9, 1, 2)]).toEqual([0, 0.5, 1]);
});
