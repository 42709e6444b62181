import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { countVisit, endpoint, reportErrors } from "../../discriminator/web/src/report";
import type { Story } from "../../discriminator/web/src/story";
import { story } from "./markup";

const DSN = "https://key@errors.example/7";
const send = vi.fn<(address: string, options: RequestInit) => Promise<Response>>();
let closing = new AbortController();

beforeEach(() => {
  closing = new AbortController();
  send.mockReset();
  send.mockResolvedValue(new Response());
  vi.stubGlobal("fetch", send);
});
afterEach(() => closing.abort());

function told(operator: Partial<Story["operator"]>): Story {
  return story({ operator: { analytics: null, errors: null, ...operator } });
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  window.dispatchEvent(new ErrorEvent("error", { error, message }));
}

describe("a page view", () => {
  test("is not counted unless an address is set", () => {
    countVisit(told({}), "home");
    expect(send).not.toHaveBeenCalled();
  });

  test("is counted by the page's name, without who looks at it", () => {
    countVisit(told({ analytics: "https://film.example/count" }), "cover-1");
    const [address, options] = send.mock.calls[0] ?? [];
    const url = new URL(String(address));
    expect(url.origin + url.pathname).toBe("https://film.example/count");
    expect(url.searchParams.get("p")).toBe("/cover-1");
    expect([...url.searchParams.keys()].sort()).toEqual(["p", "rnd"]);
    expect(options).toMatchObject({ mode: "no-cors", credentials: "omit", keepalive: true });
  });

  test("that cannot be counted is no error", async () => {
    send.mockRejectedValue(new TypeError("Failed to fetch"));
    countVisit(told({ analytics: "https://film.example/count" }), "home");
    await Promise.resolve();
  });
});

describe("a DSN", () => {
  test.each([
    ["https://key@errors.example/7", "https://errors.example/api/7/envelope/"],
    ["https://key@errors.example/7/", "https://errors.example/api/7/envelope/"],
    ["https://key@errors.example/deep/down/7", "https://errors.example/deep/down/api/7/envelope/"],
    ["http://key@localhost:8000/7", "http://localhost:8000/api/7/envelope/"],
    ["https://key:secret@errors.example/7", "https://errors.example/api/7/envelope/"],
  ])("%s takes envelopes at %s", (dsn, address) => {
    expect(endpoint(dsn)?.address).toBe(`${address}?sentry_key=key&sentry_version=7`);
  });

  test.each([
    null,
    "",
    "errors.example",
    "https://errors.example/7",
    "https://key@errors.example/",
    "http://a:b",
  ])("%j is none, and nothing is sent", (dsn) => {
    expect(endpoint(dsn)).toBeUndefined();
    reportErrors(told({ errors: dsn }), closing.signal);
    fail(new Error("broken"));
    expect(send).not.toHaveBeenCalled();
  });
});

describe("a script error", () => {
  function envelope(call = 0) {
    const [address, options] = send.mock.calls[call] ?? [];
    const lines = String(options?.body).split("\n");
    return { address, options, lines: lines.map((line) => JSON.parse(line)) };
  }

  test("is sent as an envelope of three lines", () => {
    reportErrors(told({ errors: DSN }), closing.signal);
    fail(new TypeError("broken"));
    const { address, options, lines } = envelope();
    expect(address).toBe(endpoint(DSN)?.address);
    expect(options).toMatchObject({ method: "POST", credentials: "omit", mode: "no-cors" });
    const [head, kind, event] = lines;
    expect(head).toEqual({ event_id: expect.stringMatching(/^[0-9a-f]{32}$/), dsn: DSN });
    expect(kind).toEqual({ type: "event" });
    expect(event).toMatchObject({
      event_id: head.event_id,
      platform: "javascript",
      level: "error",
      exception: { values: [{ type: "TypeError", value: "broken" }] },
    });
    expect(event.timestamp).toBeCloseTo(Date.now() / 1000, 0);
  });

  test("is sent from a page that is not secure, too", () => {
    vi.spyOn(crypto, "randomUUID").mockImplementation(() => {
      throw new TypeError("secure pages only");
    });
    reportErrors(told({ errors: DSN }), closing.signal);
    fail(new Error("broken"));
    expect(send).toHaveBeenCalledOnce();
  });

  test("is sent at most once for each message", () => {
    reportErrors(told({ errors: DSN }), closing.signal);
    for (const message of ["a", "b", "a", "a"]) fail(new Error(message));
    expect(send).toHaveBeenCalledTimes(2);
  });

  test("is one of some twenty at most, however much breaks", () => {
    reportErrors(told({ errors: DSN }), closing.signal);
    for (let i = 0; i < 100; i += 1) fail(new Error(`broken ${i}`));
    expect(send.mock.calls.length).toBeLessThan(25);
  });

  test("may be a promise that nobody caught, or no error at all", () => {
    reportErrors(told({ errors: DSN }), closing.signal);
    window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: "no reason" }));
    window.dispatchEvent(new ErrorEvent("error", { error: null, message: "Script error." }));
    expect(envelope(0).lines[2].exception.values).toEqual([{ type: "Error", value: "no reason" }]);
    expect(envelope(1).lines[2].exception.values[0].value).toBe("Script error.");
  });

  test("after the film was closed is somebody else's", () => {
    reportErrors(told({ errors: DSN }), closing.signal);
    closing.abort();
    fail(new Error("broken"));
    expect(send).not.toHaveBeenCalled();
  });
});
