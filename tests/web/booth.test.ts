import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { play, type Studio } from "../../discriminator/web/src/booth";
import type { CameraState } from "../../discriminator/web/src/camera";
import type { ClipState } from "../../discriminator/web/src/clip";
import { around } from "../../discriminator/web/src/geometry";
import nobody from "../../discriminator/web/src/nobody.json";
import type { Face, Sight } from "../../discriminator/web/src/sight";
import { Signal } from "../../discriminator/web/src/signal";
import type { Who } from "../../discriminator/web/src/sitter";
import { click, get, story } from "./markup";

const PORTRAIT = {
  picture: document.createElement("canvas"),
  photo: new ArrayBuffer(3),
  points: new Float32Array(3 * 478),
};
vi.mock("../../discriminator/web/src/crop", () => ({ cut: async () => PORTRAIT }));

const SAID = ["This mouth is being moved.", "This one was here."];

/** Nobody's face, looking ahead in the middle of a small frame. */
function sightOf(different: Partial<Face> = {}): Sight {
  const points = Float32Array.from(nobody.points);
  const { left, top, right, bottom } = around(points);
  const middle = [(left + right) / 2, (top + bottom) / 2, 0];
  const placed = points.map(
    (value, i) =>
      ((value - (middle[i % 3] ?? 0)) * 200) / (bottom - top) + ([320, 240, 0][i % 3] ?? 0),
  );
  return {
    face: { points: placed, confidence: 0.95, ...different },
    width: 640,
    height: 480,
    at: 0,
  };
}

function enter(sits: Who = "viewer", state: ClipState = { kind: "none" }) {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  let see: (sight: Sight) => void = () => undefined;
  const sight: { found: Sight | undefined } = { found: sightOf() };
  const studio = {
    place,
    said: SAID,
    words: story().words,
    sitter: { who: new Signal<Who>(sits), video: document.createElement("video") },
    camera: {
      state: new Signal<CameraState>("on"),
      wanted: new Signal(sits === "viewer"),
      turnOn: vi.fn(async () => undefined),
      sharpen: vi.fn(),
    },
    clip: { state: new Signal(state), speak: vi.fn(), forget: vi.fn() },
    sounds: { play: vi.fn() },
    tracker: {
      watch: (_: unknown, watch: typeof see) => {
        see = watch;
        return () => undefined;
      },
      inspect: async () => sight.found,
    },
  } satisfies Studio;
  const stop = play(studio);
  const step = () => place.querySelector<HTMLElement>(".booth")?.dataset["step"];
  const press = (name: string) => {
    const buttons = [...place.querySelectorAll<HTMLButtonElement>("button")];
    const [found] = buttons.filter(({ textContent }) => textContent === name);
    if (!found) throw new Error(`no button says ${name}`);
    click(found);
  };
  const seen = (...sights: Sight[]) => {
    for (const one of sights) see(one);
  };
  const photograph = async () => {
    seen(sightOf(), sightOf());
    press("Take a photo");
    await vi.advanceTimersByTimeAsync(3000);
  };
  return {
    studio,
    place,
    stop,
    step,
    press,
    seen,
    sight,
    photograph,
    text: () => place.textContent,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("createImageBitmap", async () => ({
    width: 640,
    height: 480,
    close: () => undefined,
  }));
  HTMLElement.prototype.getAnimations = () => [];
  HTMLElement.prototype.animate = vi.fn();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("before the camera", () => {
  test("a photo can be taken once the machine has been content twice", () => {
    const { place, seen, press, step } = enter();
    const take = get(place, ".button.primary");
    expect(take.getAttribute("aria-disabled")).toBe("true");
    seen(sightOf());
    press("Take a photo");
    expect(step()).toBe("aim");
    seen(sightOf());
    expect(take.getAttribute("aria-disabled")).toBe("false");
    press("Take a photo");
    expect(step()).toBe("count");
  });

  test("what keeps it from being a good one is said", () => {
    const { text, seen, place } = enter();
    const two = sightOf({ others: 1 });
    seen(two, two);
    expect(text()).toMatch(/More than one face/);
    seen(sightOf(), sightOf(), two, sightOf());
    expect(get(place, ".booth-advice").dataset["advice"]).toBe("ready");
  });

  test("who has no camera may turn it on or choose a picture", () => {
    const { studio, text, press } = enter("nobody");
    expect(text()).toMatch(/drew, called Nobody, will speak in your place/);
    press("Turn the camera on");
    expect(studio.camera.turnOn).toHaveBeenCalled();
    studio.sitter.who.value = "viewer";
    press("Take a photo");
  });

  test("a photo wants more px, and only as long as the booth is open", () => {
    const { studio, stop } = enter();
    expect(studio.camera.sharpen).toHaveBeenLastCalledWith(true);
    stop();
    expect(studio.camera.sharpen).toHaveBeenLastCalledWith(false);
  });
});

describe("the photo", () => {
  test("is taken after a count of three, with its sounds", async () => {
    const { studio, photograph, step } = enter();
    await photograph();
    const heard = studio.sounds.play.mock.calls.map(([, file]) => file);
    expect(heard).toEqual(["tick", "tick", "tick", "shutter"]);
    expect(step()).toBe("ask");
  });

  test("is not taken of who stops the count, or leaves", async () => {
    const { studio, seen, press, step, stop } = enter();
    seen(sightOf(), sightOf());
    press("Take a photo");
    await vi.advanceTimersByTimeAsync(1500);
    press("Stop");
    expect(step()).toBe("aim");
    seen(sightOf(), sightOf());
    press("Take a photo");
    stop();
    await vi.advanceTimersByTimeAsync(9000);
    expect(studio.sounds.play).not.toHaveBeenCalledWith("booth", "shutter");
  });

  test("needs a face", async () => {
    const { photograph, sight, step, text } = enter();
    sight.found = { width: 640, height: 480, at: 0 };
    await photograph();
    expect(step()).toBe("aim");
    expect(text()).toMatch(/No face was found/);
  });

  test("may be a chosen picture, if it is one", async () => {
    const { place, step, text } = enter("nobody");
    const input = get<HTMLInputElement>(place, "input");
    const choose = async () => {
      Object.defineProperty(input, "files", { configurable: true, value: [new Blob(["x"])] });
      input.dispatchEvent(new Event("change"));
      await vi.advanceTimersByTimeAsync(0);
    };
    await choose();
    expect(step()).toBe("ask");
    vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("no picture")));
    await choose();
    expect(step()).toBe("aim");
    expect(text()).toMatch(/no picture that this browser can read/);
  });
});

describe("the question", () => {
  test("stands beside every word that the face will say, and nothing goes before the answer", async () => {
    const { studio, photograph, place, press, step } = enter();
    await photograph();
    const words = [...place.querySelectorAll("blockquote p")].map((line) => line.textContent);
    expect(words).toEqual(SAID);
    expect(place.textContent).toMatch(/Somebody else’s face\? Ask them first/);
    expect(studio.clip.speak).not.toHaveBeenCalled();
    press("Make my face speak");
    expect(studio.clip.speak).toHaveBeenCalledExactlyOnceWith(PORTRAIT);
    expect(step()).toBe("sent");
  });

  test("is answered in a sentence that stays until it can be read", async () => {
    const { photograph, press, seen, text } = enter();
    await photograph();
    press("Throw it away");
    seen(sightOf(), sightOf(), sightOf());
    expect(text()).toMatch(/never left this page/);
    await vi.advanceTimersByTimeAsync(4000);
    seen(sightOf());
    expect(text()).toMatch(/The machine sees you/);
  });

  test("may be answered with no, or with another photo", async () => {
    const { studio, photograph, press, step, text } = enter();
    await photograph();
    press("Throw it away");
    expect(text()).toMatch(/never left this page/);
    await photograph();
    press("Take another");
    expect(step()).toBe("aim");
    expect(studio.clip.speak).not.toHaveBeenCalled();
  });

  test("is read to who listens, as the focus comes to it", async () => {
    const { photograph, place } = enter();
    await photograph();
    expect(document.activeElement).toBe(get(place, ".booth-heading"));
  });
});

describe("afterwards", () => {
  test("it says how far the clip is, and what became of it", () => {
    const making = { kind: "making", progress: 0.25, position: 0, wait: 4 } as const;
    const { studio, place, text, step } = enter("viewer", making);
    expect(step()).toBe("sent");
    expect(get<HTMLProgressElement>(place, "progress").value).toBe(0.25);
    studio.clip.state.value = { kind: "ready", address: "blob:clip" };
    expect(text()).toMatch(/You will meet yourself in chapter 2/);
    expect(get<HTMLProgressElement>(place, "progress").hidden).toBe(true);
    studio.clip.state.value = { kind: "failed", why: "The queue is full." };
    expect(text()).toMatch(/The queue is full\./);
  });

  test("what has been deleted cannot be deleted again", () => {
    const { studio, place, press } = enter("viewer", { kind: "ready", address: "blob:clip" });
    press("Delete it now");
    expect(studio.clip.forget).toHaveBeenCalled();
    studio.clip.state.value = { kind: "deleted" };
    expect(get(place, ".booth-forget").hidden).toBe(true);
    expect(place.textContent).toMatch(/nothing of you left/);
  });
});
