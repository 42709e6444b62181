// The viewer's clip: what was asked of the kernel, how far it is, and what came back. Photo and clip
// travel over the page's own line to its kernel; they have no address that anybody else could know.

import type { Portrait } from "./crop";
import { Signal } from "./signal";
import { fill } from "./story";

export type ClipState =
  | { readonly kind: "none" }
  | {
      readonly kind: "making";
      readonly progress: number;
      readonly position: number;
      readonly wait: number;
    }
  | { readonly kind: "ready"; readonly address: string }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "deleting" }
  | { readonly kind: "deleted" };

/** What the kernel's half says; a clip travels beside it. */
interface Said {
  readonly state: "queued" | "running" | "done" | "failed" | "forgotten";
  readonly progress?: number;
  readonly position?: number;
  readonly wait?: number;
  readonly why?: string;
}

/** The parts of a widget's model that carry messages. */
export interface Line {
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
  on(event: "msg:custom", hear: (content: Said, buffers: DataView[]) => void): void;
}

/** Milliseconds that a clip lives, here as on the server. */
const LIFE = 30 * 60 * 1000;

export class Clip {
  readonly state = new Signal<ClipState>({ kind: "none" });
  /** Whether it has been seen, so that the viewer is asked what shall become of it. */
  readonly seen = new Signal(false);
  #line: Line | undefined;
  /** What waits for the line: the page stands before its kernel does. */
  #unsaid: (() => void) | undefined;
  #timer = 0;
  /** Why nobody hears any more, if so. */
  #gone: string | undefined;

  connect(line: Line): void {
    this.#line = line;
    line.on("msg:custom", (content, buffers) => this.#hear(content, buffers));
    this.#unsaid?.();
    this.#unsaid = undefined;
  }

  /** Sends a photo whose owner has just agreed. */
  speak({ photo, points }: Portrait): void {
    this.#drop({ kind: "making", progress: 0, position: 0, wait: 0 });
    this.seen.value = false;
    if (this.#gone !== undefined) {
      this.lose(this.#gone);
      return;
    }
    const buffers = [photo, points.slice().buffer];
    this.#say((line) => line.send({ do: "speak", consent: true }, undefined, buffers));
    this.#timer = window.setTimeout(() => this.forget(), LIFE);
  }

  /** Deletes all there is, here at once, and on the server, which says so when it is done. */
  forget(): void {
    if (this.state.value.kind === "none") return;
    this.#drop({ kind: "deleting" });
    if (this.#gone !== undefined) this.lose(this.#gone);
    else this.#say((line) => line.send({ do: "forget" }));
  }

  /** The kernel is gone, and with it whatever it had. */
  lose(why: string): void {
    this.#gone = why;
    const { kind } = this.state.value;
    if (kind === "making") this.#drop({ kind: "failed", why });
    // Who ends a kernel deletes what was its viewer's.
    if (kind === "deleting") this.#drop({ kind: "deleted" });
  }

  #say(send: (line: Line) => void): void {
    const line = this.#line;
    if (line) send(line);
    else this.#unsaid = () => this.#line && send(this.#line);
  }

  #hear(said: Said, buffers: DataView[]): void {
    if (said.state === "forgotten") {
      if (this.state.value.kind === "deleting") this.#drop({ kind: "deleted" });
      return;
    }
    // What is told of a clip that was deleted meanwhile is no news.
    if (this.state.value.kind !== "making") return;
    const { progress = 0, position = 0, wait = 0, why = "" } = said;
    if (said.state === "failed") this.#drop({ kind: "failed", why });
    else if (said.state === "done") this.#keep(buffers[0]);
    else this.state.value = { kind: "making", progress, position, wait };
  }

  #keep(clip: DataView | undefined): void {
    if (!clip) return;
    const file = new Blob([clip as DataView<ArrayBuffer>], { type: "video/mp4" });
    this.state.value = { kind: "ready", address: URL.createObjectURL(file) };
  }

  /** Lets go of the clip that is there, for another state. */
  #drop(next: ClipState): void {
    const { value } = this.state;
    if (value.kind === "ready") URL.revokeObjectURL(value.address);
    if (next.kind !== "deleting") clearTimeout(this.#timer);
    this.#unsaid = undefined;
    this.state.value = next;
  }
}

const SENTENCES = {
  none: "",
  ready: "clip_is_ready",
  deleting: "clip_is_deleting",
  deleted: "clip_is_deleted",
} as const;

/** How the clip stands, in a sentence. */
export function told(state: ClipState, words: Readonly<Record<string, string>>): string {
  const say = (name: string) => words[name] ?? "";
  if (state.kind === "failed") return fill(say("clip_failed"), { why: state.why });
  if (state.kind !== "making") return say(SENTENCES[state.kind]);
  if (!state.position) return say("clip_is_making");
  const values = { position: state.position, wait: Math.ceil(state.wait) };
  return fill(say("clip_queued"), values);
}
