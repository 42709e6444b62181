import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Memory } from "../../discriminator/web/src/memory";

beforeEach(() => localStorage.clear());

const store = (kept: unknown) => localStorage.setItem("discriminator", JSON.stringify(kept));

function throwing(): Storage {
  const refuse = () => {
    throw new DOMException("no", "QuotaExceededError");
  };
  return {
    length: 0,
    clear: refuse,
    getItem: refuse,
    key: refuse,
    removeItem: refuse,
    setItem: refuse,
  };
}

test("a new viewer hears everything, sees captions, and gave no leave for the camera", () => {
  const memory = new Memory();
  expect(memory.get("volume")).toBe(1);
  expect(memory.get("muted")).toBe(false);
  expect(memory.get("captions")).toBe("en");
  expect(memory.get("camera")).toBe(false);
  expect(memory.get("place")).toBeNull();
});

test("captions begin in the film's language, or else in the page's", () => {
  document.documentElement.lang = "de";
  expect(new Memory().get("captions")).toBe("de");
  document.body.innerHTML = '<div class="film" lang="fr"></div>';
  expect(new Memory().get("captions")).toBe("fr");
  document.body.innerHTML = "";
  document.documentElement.lang = "";
});

test("what is set is there at the next visit", () => {
  const place = { address: "/chapter/2?type=chapter", at: 31.5 };
  new Memory().set("place", place);
  new Memory().set("captions", null);
  expect(new Memory().get("place")).toEqual(place);
  expect(new Memory().get("captions")).toBeNull();
});

describe("a store that was spoiled", () => {
  test.each(["", "{", "null", "7", '"text"', "[]", "[1]"])("%j is as good as none", (text) => {
    localStorage.setItem("discriminator", text);
    expect(new Memory().get("volume")).toBe(1);
  });

  test.each([
    ["volume", 7],
    ["volume", -0.1],
    ["volume", "1"],
    ["muted", "yes"],
    ["rate", 0],
    ["rate", 3],
    ["rate", "1.5"],
    ["descriptions", 1],
    ["captions", 3],
    ["camera", 1],
    ["place", "/"],
    ["place", { address: 3, at: 3 }],
    ["place", { address: "/", at: -1 }],
    ["place", { address: "/", at: "3" }],
  ] as const)("forgets that %s is %j", (key, value) => {
    store({ [key]: value, thanked: true });
    const memory = new Memory();
    expect(memory.get(key)).toEqual(new Memory(throwing()).get(key));
    expect(memory.get("thanked")).toBe(true);
  });

  test("a second beyond all numbers is forgotten", () => {
    localStorage.setItem("discriminator", '{"place":{"address":"/","at":1e999}}');
    expect(new Memory().get("place")).toBeNull();
  });

  test("never throws, and its volume always fits a video", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (volume, place) => {
        store({ volume, place });
        expect(new Memory().get("volume")).toSatisfy((value: number) => value >= 0 && value <= 1);
      }),
    );
  });
});

test("keys of another version are not kept on", () => {
  store({ old: 1, __proto__: { camera: true } });
  new Memory().set("muted", true);
  expect(localStorage.getItem("discriminator")).not.toContain("old");
});

test("where storage is forbidden or full, the film remembers for this visit", () => {
  const memory = new Memory(throwing());
  memory.set("volume", 0.5);
  expect(memory.get("volume")).toBe(0.5);
});

test("a browser that forbids even to ask for the storage costs nothing else", () => {
  vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("no", "SecurityError");
  });
  expect(new Memory().get("volume")).toBe(1);
});
