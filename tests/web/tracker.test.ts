import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Where } from "../../discriminator/web/src/seer";
import type { Backend, Level, Sight } from "../../discriminator/web/src/sight";
import { Tracker } from "../../discriminator/web/src/tracker";
import { fasterBackend } from "../../discriminator/web/src/trial";

/** Milliseconds of a made clock, and what every look of a backend takes of it. */
let now = 0;
let takes: Partial<Record<Backend, number>>;
/** What can look in this browser: `wasm worker`, `webgl worker`, ... */
let able: Set<string>;
let asked: string[];
let levels: Level[];

vi.mock("../../discriminator/web/src/seer", () => ({
  Seer: class {
    closed = false;
    constructor(
      readonly backend: Backend,
      readonly where: Where = "worker",
    ) {}
    async look(_: unknown, level: Level, at: number): Promise<Sight | undefined> {
      const name = `${this.backend} ${this.where}`;
      asked.push(name);
      levels.push(level);
      if (!able.has(name)) throw new Error(`no ${name}`);
      now += takes[this.backend] ?? 0;
      return this.closed ? undefined : { width: 640, height: 480, at };
    }
    close(): void {
      this.closed = true;
    }
  },
}));

const frame = { close: () => undefined };

/** A video whose frames come when the test says. */
function subject() {
  const waiting: (() => void)[] = [];
  const video = {
    videoWidth: 640,
    videoHeight: 480,
    requestVideoFrameCallback: (give: () => void) => waiting.push(give),
  } as unknown as HTMLVideoElement;
  const show = async () => {
    for (const give of waiting.splice(0)) give();
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
  };
  return { video, show, waiting };
}

beforeEach(() => {
  vi.spyOn(performance, "now").mockImplementation(() => now);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  vi.stubGlobal("createImageBitmap", async () => frame);
  [now, takes, asked, levels] = [1000, { wasm: 50 }, [], []];
  able = new Set(["wasm worker", "wasm page"]);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, "gpu");
});

describe("the tracker looks while somebody watches", () => {
  test("and is cold, loading, hot and paused by turns", async () => {
    const [tracker, { video, show }] = [new Tracker(), subject()];
    const states: string[] = [];
    tracker.state.follow((state) => states.push(state));
    tracker.subject = video;
    const stop = tracker.watch("mesh", () => undefined);
    await show();
    stop();
    tracker.watch("mesh", () => undefined);
    expect(states).toEqual(["cold", "loading", "hot", "paused", "hot"]);
    tracker.close();
    expect(tracker.state.value).toBe("cold");
  });

  test("with the highest level that anybody wants", async () => {
    const [tracker, { video, show }] = [new Tracker(), subject()];
    tracker.subject = video;
    tracker.watch("mesh", () => undefined);
    await show();
    const stop = tracker.watch("guesses", () => undefined);
    await show();
    stop();
    await show();
    expect(levels).toEqual(["mesh", "guesses", "mesh"]);
    tracker.close();
  });

  test("not while a page changes, nor in a hidden tab", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const [tracker, { video }] = [new Tracker(), subject()];
    tracker.subject = video;
    tracker.watch("mesh", () => undefined);
    tracker.rest(700);
    expect(tracker.state.value).toBe("cold");
    now += 700;
    vi.advanceTimersByTime(700);
    expect(tracker.state.value).toBe("loading");
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(tracker.state.value).toBe("cold");
    tracker.close();
    vi.useRealTimers();
  });

  test("and skips what came while it looked", async () => {
    const [tracker, { video, show, waiting }] = [new Tracker(), subject()];
    tracker.subject = video;
    const seen = vi.fn();
    tracker.watch("mesh", seen);
    await show();
    expect(waiting).toHaveLength(1);
    await show();
    expect(seen).toHaveBeenCalledTimes(2);
    tracker.close();
  });
});

describe("what fails is replaced", () => {
  test("a worker by the page, which is said", async () => {
    able.delete("wasm worker");
    const [tracker, { video, show }] = [new Tracker(), subject()];
    tracker.subject = video;
    tracker.watch("mesh", () => undefined);
    await show();
    expect(tracker.trouble.value).toBe("slow");
    await show();
    expect(asked).toEqual(["wasm worker", "wasm page"]);
    expect(tracker.state.value).toBe("hot");
    tracker.close();
  });

  test("the page by nothing, until the camera is turned on again", async () => {
    able.clear();
    const [tracker, { video, show, waiting }] = [new Tracker(), subject()];
    tracker.subject = video;
    tracker.watch("mesh", () => undefined);
    await show();
    for (const give of waiting.splice(0)) give();
    await vi.waitFor(() => expect(tracker.trouble.value).toBe("blind"));
    expect(tracker.state.value).toBe("cold");
    able.add("wasm worker");
    tracker.subject = undefined;
    tracker.subject = video;
    expect(tracker.trouble.value).toBeUndefined();
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
    await show();
    expect(tracker.state.value).toBe("hot");
    tracker.close();
  });

  test("a graphics processor by WebAssembly, without a word", async () => {
    const [tracker, { video, show }] = [new Tracker(), subject()];
    tracker.use("webgl");
    tracker.subject = video;
    tracker.watch("mesh", () => undefined);
    await show();
    await show();
    expect(asked).toEqual(["webgl worker", "wasm worker"]);
    expect(tracker.trouble.value).toBeUndefined();
    expect(tracker.backend).toBe("wasm");
    tracker.close();
  });
});

describe("a graphics processor", () => {
  const give = (info: object | null) =>
    Object.defineProperty(navigator, "gpu", {
      configurable: true,
      value: { requestAdapter: async () => info && { info } },
    });
  const drawing = (draws: boolean, name = "Apple M3") =>
    vi
      .spyOn(HTMLCanvasElement.prototype, "getContext")
      .mockReturnValue(
        (draws ? { getExtension: () => null, getParameter: () => name } : null) as never,
      );
  const tryIt = () => fasterBackend(async () => frame as ImageBitmap, 0.05);

  test("is not tried where none draws by itself", async () => {
    give({ isFallbackAdapter: true });
    drawing(false);
    expect(await tryIt()).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test.each(["ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device), SwiftShader driver)", "llvmpipe"])(
    "is not one that is only a program: %s",
    async (name) => {
      give({ architecture: "swiftshader" });
      drawing(true, name);
      expect(await tryIt()).toBeUndefined();
      expect(asked).toEqual([]);
    },
  );

  test.each([
    [39, "webgpu"],
    [41, undefined],
  ])("that takes %s ms of WebAssembly's 50: %s", async (milliseconds, taken) => {
    give({});
    drawing(false);
    able.add("webgpu worker");
    takes["webgpu"] = milliseconds;
    expect((await tryIt())?.backend).toBe(taken);
  });

  test("that fails in the new way is tried in the old one", async () => {
    give({});
    drawing(true);
    able.add("webgl worker");
    takes["webgl"] = 10;
    expect((await tryIt())?.backend).toBe("webgl");
    expect(asked.slice(0, 2)).toEqual(["webgpu worker", "webgl worker"]);
  });

  test("that proves faster looks from then on", async () => {
    give({});
    drawing(false);
    able.add("webgpu worker");
    takes["webgpu"] = 10;
    const [tracker, { video, show }] = [new Tracker(), subject()];
    tracker.subject = video;
    tracker.watch("mesh", () => undefined);
    for (let i = 0; i < 31; i += 1) await show();
    await vi.waitFor(() => expect(tracker.backend).toBe("webgpu"));
    expect(tracker.rate).toBeGreaterThan(0);
    tracker.close();
  });
});
