// What a copy of the film tells the people who run it. Nothing, unless they set an address.

import type { Story } from "./story";

/** Counts a page view with GoatCounter: the page's name, no identity, no cookie. */
export function countVisit(story: Story, page: string): void {
  const { analytics } = story.operator;
  if (!analytics) return;
  const query = new URLSearchParams({ p: `/${page}`, rnd: String(Math.random()) });
  void fetch(`${analytics}?${query}`, {
    mode: "no-cors",
    keepalive: true,
    credentials: "omit",
  }).catch(() => undefined);
}

/** Sends a report of each script error, as the Sentry protocol words it. */
export function reportErrors(story: Story, until: AbortSignal): void {
  const target = endpoint(story.operator.errors);
  if (!target) return;
  const seen = new Set<string>();
  const report = (error: unknown) => {
    const event = describe(error);
    if (seen.has(event.message) || seen.size > 20) return;
    seen.add(event.message);
    send(target, event);
  };
  const options = { signal: until };
  window.addEventListener("error", ({ error, message }) => report(error ?? message), options);
  window.addEventListener("unhandledrejection", ({ reason }) => report(reason), options);
}

interface Target {
  readonly address: string;
  readonly dsn: string;
}

interface Report {
  readonly message: string;
  readonly type: string;
  readonly stack: string;
}

/** `https://KEY@host/path/PROJECT` is where an envelope goes to `https://host/path/api/PROJECT/envelope/`. */
export function endpoint(dsn: string | null): Target | undefined {
  if (!dsn || !URL.canParse(dsn)) return undefined;
  const url = new URL(dsn);
  const [, path = "", project] = /^(.*)\/([^/]+)\/?$/.exec(url.pathname) ?? [];
  if (!project || !url.username) return undefined;
  const query = new URLSearchParams({ sentry_key: url.username, sentry_version: "7" });
  return { dsn, address: `${url.origin}${path}/api/${project}/envelope/?${query}` };
}

function describe(error: unknown): Report {
  if (error instanceof Error) {
    return { message: error.message, type: error.name, stack: error.stack ?? "" };
  }
  return { message: String(error), type: "Error", stack: "" };
}

/** 32 hexadecimal digits. `crypto.randomUUID` is there on secure pages only. */
function eventId(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function send({ address, dsn }: Target, { message, type, stack }: Report): void {
  const id = eventId();
  const event = {
    event_id: id,
    timestamp: Date.now() / 1000,
    platform: "javascript",
    level: "error",
    exception: { values: [{ type, value: message }] },
    extra: { stack },
  };
  const lines = [{ event_id: id, dsn }, { type: "event" }, event].map((line) =>
    JSON.stringify(line),
  );
  const options = {
    method: "POST",
    body: lines.join("\n"),
    credentials: "omit",
    mode: "no-cors",
  } as const;
  void fetch(address, options).catch(() => undefined);
}
