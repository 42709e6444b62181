import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Clip, type ClipState, type Line, told } from "../../discriminator/web/src/clip";
import { wireClip } from "../../discriminator/web/src/clip-panel";
import { click, get, layFilm, piece, press, story } from "./markup";

const PORTRAIT = {
  picture: document.createElement("canvas"),
  photo: new Uint8Array([1, 2, 3]).buffer,
  points: Float32Array.from([1, 2, 3]),
};
const BYTES = new DataView(new Uint8Array([7, 8, 9]).buffer);

/** A kernel that notes what it is sent, and says what a test lets it say. */
class Kernel implements Line {
  readonly heard: { content: unknown; buffers: readonly ArrayBuffer[] }[] = [];
  say: Parameters<Line["on"]>[1] = () => undefined;

  send(content: unknown, _?: unknown, buffers: ArrayBuffer[] = []): void {
    this.heard.push({ content, buffers });
  }

  on(_: "msg:custom", hear: Parameters<Line["on"]>[1]): void {
    this.say = hear;
  }
}

function begin() {
  const [clip, kernel] = [new Clip(), new Kernel()];
  clip.connect(kernel);
  return { clip, kernel, kind: () => clip.state.value.kind };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("a photo goes with its points and the viewer's word, and comes back as a clip", () => {
  const { clip, kernel } = begin();
  clip.speak(PORTRAIT);
  expect(kernel.heard).toHaveLength(1);
  expect(kernel.heard[0]?.content).toEqual({ do: "speak", consent: true });
  expect(kernel.heard[0]?.buffers.map((one) => one.byteLength)).toEqual([3, 12]);
  kernel.say({ state: "queued", position: 2, wait: 11.2, progress: 0 }, []);
  expect(clip.state.value).toEqual({ kind: "making", progress: 0, position: 2, wait: 11.2 });
  kernel.say({ state: "running", progress: 0.5 }, []);
  expect(clip.state.value).toMatchObject({ kind: "making", progress: 0.5, position: 0 });
  kernel.say({ state: "done" }, [BYTES]);
  expect(clip.state.value).toMatchObject({
    kind: "ready",
    address: expect.stringMatching(/^blob:/),
  });
});

test("who agrees before the kernel is there is heard when it comes", () => {
  const [clip, kernel] = [new Clip(), new Kernel()];
  clip.speak(PORTRAIT);
  expect(clip.state.value.kind).toBe("making");
  clip.connect(kernel);
  expect(kernel.heard).toHaveLength(1);
});

test("who thinks better of it before the kernel is there has sent nothing", () => {
  const [clip, kernel] = [new Clip(), new Kernel()];
  clip.speak(PORTRAIT);
  clip.forget();
  clip.connect(kernel);
  expect(kernel.heard.map(({ content }) => content)).toEqual([{ do: "forget" }]);
});

test("a deleted clip is gone from the page at once, and deleted when the server says so", () => {
  const { clip, kernel, kind } = begin();
  const revoked = vi.spyOn(URL, "revokeObjectURL");
  clip.speak(PORTRAIT);
  kernel.say({ state: "done" }, [BYTES]);
  const address = (clip.state.value as { address: string }).address;
  clip.forget();
  expect(revoked).toHaveBeenCalledWith(address);
  expect(kind()).toBe("deleting");
  kernel.say({ state: "done" }, [BYTES]);
  expect(kind()).toBe("deleting");
  kernel.say({ state: "forgotten" }, []);
  expect(kind()).toBe("deleted");
});

test("after half an hour it is deleted by itself", () => {
  const { clip, kernel, kind } = begin();
  clip.speak(PORTRAIT);
  kernel.say({ state: "done" }, [BYTES]);
  vi.advanceTimersByTime(30 * 60 * 1000 - 1);
  expect(kind()).toBe("ready");
  vi.advanceTimersByTime(1);
  expect(kernel.heard.at(-1)?.content).toEqual({ do: "forget" });
  expect(kind()).toBe("deleting");
});

test("a kernel that dies takes what it was making with it, and what it had to delete", () => {
  const { clip, kernel, kind } = begin();
  clip.speak(PORTRAIT);
  clip.lose("The film lost its thread.");
  expect(clip.state.value).toEqual({ kind: "failed", why: "The film lost its thread." });
  clip.speak(PORTRAIT);
  expect(kind()).toBe("failed");
  expect(kernel.heard).toHaveLength(1);
});

test("a clip outlives its kernel, which has taken all else along", () => {
  const { clip, kernel, kind } = begin();
  clip.speak(PORTRAIT);
  kernel.say({ state: "done" }, [BYTES]);
  clip.lose("The film lost its thread.");
  expect(kind()).toBe("ready");
  clip.forget();
  expect(kind()).toBe("deleted");
});

test("who is deleting as the kernel dies hears that it is done", () => {
  const { clip, kernel, kind } = begin();
  clip.speak(PORTRAIT);
  kernel.say({ state: "done" }, [BYTES]);
  clip.forget();
  clip.lose("The film lost its thread.");
  expect(kind()).toBe("deleted");
});

test("nothing is forgotten where nothing was", () => {
  const { clip, kernel } = begin();
  clip.forget();
  expect(kernel.heard).toEqual([]);
});

test.each<[ClipState, RegExp]>([
  [{ kind: "making", progress: 0, position: 3, wait: 17.2 }, /3 before you, about 18 seconds/],
  [{ kind: "making", progress: 0.4, position: 0, wait: 2 }, /need not wait/],
  [{ kind: "ready", address: "blob:x" }, /chapter 2/],
  [{ kind: "failed", why: "The queue is full." }, /^The queue is full\. The drawn face/],
  [{ kind: "deleted" }, /nothing of you left/],
])("says how it stands: %o", (state, says) => expect(told(state, story().words)).toMatch(says));

function wire() {
  const film = layFilm();
  const { clip, kernel } = begin();
  const media = document.createElement("video");
  wireClip(film, clip, media, story());
  const [place, chip, panel] = [
    piece(film, "clip-place"),
    piece(film, "clip"),
    piece(film, "clip-panel"),
  ];
  return { film, clip, kernel, place, chip, panel, media };
}

test("the chip is there from the moment the viewer agreed, and says how far it is", () => {
  const { clip, kernel, place, film } = wire();
  expect(place.hidden).toBe(true);
  clip.speak(PORTRAIT);
  expect(place.hidden).toBe(false);
  kernel.say({ state: "running", progress: 0.456 }, []);
  expect(piece(film, "clip-label").textContent).toBe("Your clip: 45 %");
  kernel.say({ state: "done" }, [BYTES]);
  expect(piece(film, "clip-label").textContent).toBe("Your clip");
});

test("progress leaves the panel as it is, so that nobody loses their place in it", () => {
  const { clip, kernel, panel } = wire();
  clip.speak(PORTRAIT);
  const forget = get(panel, "button");
  kernel.say({ state: "running", progress: 0.7 }, []);
  expect(get(panel, "button")).toBe(forget);
});

test("who has seen their clip is asked what shall become of it", () => {
  const { clip, kernel, panel, chip } = wire();
  clip.speak(PORTRAIT);
  kernel.say({ state: "done" }, [BYTES]);
  expect(panel.hidden).toBe(true);
  clip.seen.value = true;
  expect(panel.hidden).toBe(false);
  expect(chip.getAttribute("aria-expanded")).toBe("true");
  const keep = get<HTMLAnchorElement>(panel, "a[download]");
  expect(keep.download).toBe("discriminator-synthetic.mp4");
  click(keep);
  expect(get(panel, '[role="status"]').textContent).toMatch(/discriminator-synthetic\.mp4/);
});

test("deleting is shown while it happens and when it has happened, and then needs no chip", () => {
  const { clip, kernel, panel, place, chip } = wire();
  clip.speak(PORTRAIT);
  kernel.say({ state: "done" }, [BYTES]);
  click(chip);
  click(get(panel, "button"));
  expect(panel.textContent).toMatch(/Gone from this page/);
  kernel.say({ state: "forgotten" }, []);
  expect(panel.textContent).toMatch(/nothing of you left/);
  expect(panel.querySelector("video")).toBeNull();
  expect(place.hidden).toBe(false);
  press(panel, "Escape");
  expect(place.hidden).toBe(true);
});

test("the film rests while the clip is played beside it", () => {
  const { clip, kernel, panel, media } = wire();
  clip.speak(PORTRAIT);
  kernel.say({ state: "done" }, [BYTES]);
  const pause = vi.spyOn(media, "pause");
  get(panel, "video").dispatchEvent(new Event("play"));
  expect(pause).toHaveBeenCalled();
});
