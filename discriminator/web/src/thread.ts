// The thread between the page and its kernel: when it breaks, the viewer is told, and nothing is lost.

import type { Notices } from "./notices";
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
}

/** How long a page may be hidden before its kernel is let go, in milliseconds. */
const HIDDEN_FOR = 30 * 60 * 1000;

export class Thread {
  readonly #notices: Notices;
  readonly #story: Story;
  #lost = false;

  constructor(notices: Notices, story: Story) {
    this.#notices = notices;
    this.#story = story;
    this.#watchLine();
  }

  /** Follows a kernel until it dies. */
  follow(kernel: Kernel): void {
    const look = () => {
      if (kernel.status === "dead") this.#lose();
      else if (kernel.connectionStatus === "disconnected") void this.#check(kernel.id);
    };
    kernel.statusChanged.connect(look);
    kernel.connectionStatusChanged.connect(look);
    this.#letGoWhenHidden(kernel.id);
  }

  /** A broken connection may come back; a kernel that the server no longer knows does not. */
  async #check(kernel: string): Promise<void> {
    const answer = await fetch(`${base()}api/kernels/${kernel}`).catch(() => undefined);
    if (answer && !answer.ok) this.#lose();
  }

  #lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    const say = (name: string) => this.#story.words[name] ?? "";
    this.#notices.show("thread", {
      text: `${say("thread")} ${say("thread_kept")}`,
      action: { label: say("thread_reload"), run: () => location.reload() },
    });
  }

  #watchLine(): void {
    const say = (name: string) => this.#story.words[name] ?? "";
    window.addEventListener("offline", () => {
      this.#notices.hide("online");
      this.#notices.show("offline", { text: say("offline") });
    });
    window.addEventListener("online", () => {
      this.#notices.hide("offline");
      this.#notices.show("online", { text: say("online"), seconds: 4 });
    });
  }

  /** A tab that nobody looks at gives its kernel back; coming back, it asks to reload. */
  #letGoWhenHidden(kernel: string): void {
    let timer = 0;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(timer);
      if (document.visibilityState !== "hidden") return;
      timer = window.setTimeout(() => {
        navigator.sendBeacon(`${base()}voila/api/shutdown/${kernel}`);
      }, HIDDEN_FOR);
    });
  }
}

/** Jupyter's base URL, as Voila and JupyterLab both write it into their page. */
function base(): string {
  const config = document.getElementById("jupyter-config-data")?.textContent ?? "{}";
  return (JSON.parse(config) as { baseUrl?: string }).baseUrl ?? "/";
}
