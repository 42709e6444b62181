// The thread between the page and its kernel: when it breaks, the viewer is told, and nothing is lost.

import type { Notices } from "./notices";
import { Signal } from "./signal";
import type { Story } from "./story";

/** What Jupyter's widget manager knows of the kernel; a part of JupyterLab's own interface. */
export interface Kernel {
  readonly id: string;
  readonly status: string;
  readonly connectionStatus: string;
  readonly statusChanged: Feed;
  readonly connectionStatusChanged: Feed;
}

interface Feed {
  connect(listener: () => void): void;
  disconnect(listener: () => void): void;
}

/** How long a page may be hidden before its kernel is let go, in milliseconds. */
const HIDDEN_FOR = 30 * 60 * 1000;

export class Thread {
  readonly #notices: Notices;
  readonly #story: Story;
  readonly #until: AbortSignal;
  /** Whether the kernel is gone for good. */
  readonly lost = new Signal(false);

  constructor(notices: Notices, story: Story, until: AbortSignal) {
    this.#notices = notices;
    this.#story = story;
    this.#until = until;
    this.#watchLine();
  }

  /** Follows a kernel until it dies. */
  follow(kernel: Kernel): void {
    const look = () => {
      if (kernel.status === "dead") this.#lose();
      else if (kernel.connectionStatus === "disconnected") void this.#check(kernel.id);
    };
    for (const feed of [kernel.statusChanged, kernel.connectionStatusChanged]) {
      feed.connect(look);
      this.#until.addEventListener("abort", () => feed.disconnect(look));
    }
    // Jupyter gives up after a few tries; a line that comes back later is worth another look.
    window.addEventListener("online", look, { signal: this.#until });
    look();
  }

  /** A tab that nobody looks at gives its kernel back; coming back, it asks to reload. */
  letGoWhenHidden(kernel: string): void {
    let timer = 0;
    const watch = () => {
      clearTimeout(timer);
      if (document.visibilityState !== "hidden") return;
      timer = window.setTimeout(() => {
        navigator.sendBeacon(`${base()}voila/api/shutdown/${kernel}`);
      }, HIDDEN_FOR);
    };
    document.addEventListener("visibilitychange", watch, { signal: this.#until });
    this.#until.addEventListener("abort", () => clearTimeout(timer));
  }

  /** A broken connection may come back; a kernel that the server no longer knows does not. */
  async #check(kernel: string): Promise<void> {
    const answer = await fetch(`${base()}api/kernels/${kernel}`).catch(() => undefined);
    if (answer?.status === 404) this.#lose();
  }

  #lose(): void {
    if (this.lost.value) return;
    this.lost.value = true;
    const say = (name: string) => this.#story.words[name] ?? "";
    this.#notices.show("thread", {
      text: `${say("thread")} ${say("thread_kept")}`,
      action: { label: say("thread_reload"), run: () => location.reload() },
    });
  }

  #watchLine(): void {
    const say = (name: string) => this.#story.words[name] ?? "";
    const goes = () => {
      this.#notices.hide("online");
      this.#notices.show("offline", { text: say("offline") });
    };
    const comesBack = () => {
      this.#notices.hide("offline");
      this.#notices.show("online", { text: say("online"), seconds: 4 });
    };
    window.addEventListener("offline", goes, { signal: this.#until });
    window.addEventListener("online", comesBack, { signal: this.#until });
  }
}

/** Jupyter's base URL, as Voila and JupyterLab both write it into their page. */
function base(): string {
  const config = document.getElementById("jupyter-config-data")?.textContent ?? "{}";
  return (JSON.parse(config) as { baseUrl?: string }).baseUrl ?? "/";
}
