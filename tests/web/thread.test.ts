import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Notices } from "../../discriminator/web/src/notices";
import { type Kernel, Thread } from "../../discriminator/web/src/thread";
import { layFilm, piece, story } from "./markup";

const HALF_AN_HOUR = 30 * 60 * 1000;
const ask = vi.fn<(address: string) => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  ask.mockReset();
  vi.stubGlobal("fetch", ask);
});
afterEach(() => {
  vi.useRealTimers();
  closing.abort();
});

let closing = new AbortController();

class Feed {
  readonly listeners = new Set<() => void>();
  connect(listener: () => void): void {
    this.listeners.add(listener);
  }
  disconnect(listener: () => void): void {
    this.listeners.delete(listener);
  }
}

function lay() {
  closing = new AbortController();
  const film = layFilm();
  const config =
    '<script id="jupyter-config-data" type="application/json">{"baseUrl":"/x/"}</script>';
  document.body.insertAdjacentHTML("beforeend", config);
  const place = piece(film, "notices");
  const thread = new Thread(new Notices(place, story()), story(), closing.signal);
  const kernel = {
    id: "k",
    status: "idle",
    connectionStatus: "connected",
    statusChanged: new Feed(),
    connectionStatusChanged: new Feed(),
  };
  thread.follow(kernel satisfies Kernel);
  const become = async (change: Partial<Kernel>) => {
    Object.assign(kernel, change);
    for (const listener of kernel.statusChanged.listeners) listener();
    await vi.advanceTimersByTimeAsync(0);
  };
  const told = () => [...place.querySelectorAll("p")].map(({ textContent }) => textContent);
  return { thread, kernel, become, told, place };
}

const LOST = ["The film lost its thread. Your place is kept."];
const answer = (status: number) => ask.mockResolvedValue(new Response(null, { status }));

describe("the thread is lost", () => {
  test("when the kernel is dead, and a button offers to reload", async () => {
    const { become, told, place } = lay();
    await become({ status: "dead" });
    expect(told()).toEqual(LOST);
    expect([...place.querySelectorAll("button")].map((one) => one.textContent)).toContain("Reload");
  });

  test("when the line broke and the server knows the kernel no more", async () => {
    answer(404);
    const { become, told } = lay();
    await become({ connectionStatus: "disconnected" });
    expect(ask).toHaveBeenCalledExactlyOnceWith("/x/api/kernels/k");
    expect(told()).toEqual(LOST);
  });

  test("and that is told once", async () => {
    const { become, told, place } = lay();
    await become({ status: "dead" });
    place.replaceChildren();
    await become({ status: "dead" });
    expect(told()).toEqual([]);
  });
});

describe("the thread holds", () => {
  test.each(["idle", "busy", "restarting", "autorestarting"])(
    "while the kernel is %s",
    async (status) => {
      const { become, told } = lay();
      await become({ status });
      expect(told()).toEqual([]);
      expect(ask).not.toHaveBeenCalled();
    },
  );

  test.each([200, 502, 503])("when the line broke and the server answers %i", async (status) => {
    answer(status);
    const { become, told } = lay();
    await become({ connectionStatus: "disconnected" });
    expect(told()).toEqual([]);
  });

  test("when the line broke and nobody answers; once it is back, somebody looks again", async () => {
    ask.mockRejectedValue(new TypeError("Failed to fetch"));
    const { become, told } = lay();
    await become({ connectionStatus: "disconnected" });
    expect(told()).toEqual([]);
    answer(404);
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(told()).toContain(LOST[0]);
  });
});

describe("the line", () => {
  test("that goes is told until it comes back", () => {
    const { told } = lay();
    window.dispatchEvent(new Event("offline"));
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual([story().words["offline"]]);
    window.dispatchEvent(new Event("online"));
    expect(told()).toEqual([story().words["online"]]);
    vi.advanceTimersByTime(4000);
    expect(told()).toEqual([]);
  });
});

describe("a tab that nobody looks at", () => {
  const beacon = vi.fn();
  const turn = (state: DocumentVisibilityState) => {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
    document.dispatchEvent(new Event("visibilitychange"));
  };

  beforeEach(() => {
    beacon.mockReset();
    Object.defineProperty(navigator, "sendBeacon", { configurable: true, value: beacon });
  });

  test("gives its kernel back after half an hour", () => {
    lay().thread.letGoWhenHidden("k");
    turn("hidden");
    vi.advanceTimersByTime(HALF_AN_HOUR - 1);
    expect(beacon).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(beacon).toHaveBeenCalledExactlyOnceWith("/x/voila/api/shutdown/k");
  });

  test("keeps it when somebody comes back before", () => {
    lay().thread.letGoWhenHidden("k");
    turn("hidden");
    vi.advanceTimersByTime(HALF_AN_HOUR - 1);
    turn("visible");
    vi.advanceTimersByTime(HALF_AN_HOUR);
    expect(beacon).not.toHaveBeenCalled();
  });

  test("in a notebook keeps it for ever: it is the researcher's", () => {
    lay();
    turn("hidden");
    vi.advanceTimersByTime(HALF_AN_HOUR);
    expect(beacon).not.toHaveBeenCalled();
  });

  test("of a film that was closed gives nothing back", () => {
    lay().thread.letGoWhenHidden("k");
    turn("hidden");
    closing.abort();
    vi.advanceTimersByTime(HALF_AN_HOUR);
    expect(beacon).not.toHaveBeenCalled();
  });
});

test("a film that is closed follows nothing any more", async () => {
  const { kernel, told } = lay();
  closing.abort();
  expect(kernel.statusChanged.listeners.size).toBe(0);
  expect(kernel.connectionStatusChanged.listeners.size).toBe(0);
  window.dispatchEvent(new Event("offline"));
  expect(told()).toEqual([]);
});
