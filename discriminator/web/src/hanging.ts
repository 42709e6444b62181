// Chapter 2's monitors: the viewer's clip takes the place of Nobody's, in perspective and in time.

import type { ClipState } from "./clip";
import type { Room } from "./interludes";
import { make } from "./make";
import { cornersAt } from "./monitors";
import { hung, wider } from "./perspective";
import type { Stop } from "./signal";
import type { Corner, Monitor, Quad } from "./story";

/** Seconds that clip and film may be apart before the clip is sought. */
const DRIFT = 0.08;
/** px of the clip's longer side before it is bent; a screen of the film is hardly larger. */
const SIZE = 640;
/** How much larger than its screen the clip is hung. */
const OVERLAP = 1.004;

/** The monitor that is seen at a second. */
export function monitorAt(monitors: readonly Monitor[], second: number): Monitor | undefined {
  return monitors.find(({ from, to }) => second >= from && second < to);
}

/** The monitor whose clip runs at a second: the one that is seen, or between two the next one. */
export function runningAt(monitors: readonly Monitor[], second: number): Monitor | undefined {
  const next = monitors.find(({ clip, from }) => second >= clip && second < from);
  return monitorAt(monitors, second) ?? next;
}

/** Where the clip has to be when the film is at a second; nothing while it has to be where it is. */
export function corrected(film: number, clip: number, begins: number): number | undefined {
  const wanted = Math.max(film - begins, 0);
  return Math.abs(wanted - clip) > DRIFT ? wanted : undefined;
}

/** Where the picture that the clip was made of stands at a second, if it is seen. */
export function stillAt(monitors: readonly Monitor[], second: number): Quad | undefined {
  const still = monitorAt(monitors, second)?.still;
  return still && second >= still.at ? still.corners : undefined;
}

/** Where in an element a picture of 16:9, or whatever it is, lies that is shown whole. */
export function contained(
  [width, height]: Corner,
  [wide, tall]: Corner,
): { left: number; top: number; scale: Corner } {
  const scale = Math.min(width / wide, height / tall);
  const size = [wide * scale, tall * scale] as const;
  return { left: (width - size[0]) / 2, top: (height - size[1]) / 2, scale: size };
}

export function play(room: Room): Stop {
  const wall = new Wall(room);
  const ending = new AbortController();
  const { media, clip } = room;
  const stop = clip.state.follow((state) => wall.take(state));
  for (const event of [
    "timeupdate",
    "seeking",
    "seeked",
    "play",
    "pause",
    "ratechange",
    "resize",
  ]) {
    media.addEventListener(event, () => wall.follow(), { signal: ending.signal });
  }
  for (const event of ["ended", "seeked"]) {
    const ask = () => {
      if (media.ended && clip.state.value.kind === "ready") clip.seen.value = true;
    };
    media.addEventListener(event, ask, { signal: ending.signal });
  }
  const resized = new ResizeObserver(() => wall.follow());
  resized.observe(room.place);
  return () => {
    ending.abort();
    resized.disconnect();
    stop();
    wall.close();
  };
}

class Wall {
  readonly #room: Room;
  readonly #video = document.createElement("video");
  /** The clip's first picture: it is never played. */
  readonly #still = document.createElement("video");
  /** As large as the film's picture: a screen that reaches out of it is cut off at its edge. */
  readonly #picture = make("div", { class: "hung", "aria-hidden": "true" }, this.#video);
  #frame = 0;

  constructor(room: Room) {
    this.#room = room;
    for (const video of [this.#video, this.#still]) {
      Object.assign(video, { muted: true, playsInline: true, hidden: true, preload: "auto" });
    }
    this.#still.className = "made-of";
    if (room.chapter.monitors.some(({ still }) => still)) this.#picture.append(this.#still);
    this.#video.addEventListener("loadeddata", () => this.follow());
  }

  /** A clip that comes late is hung when it comes; one that is deleted is taken down. */
  take(state: ClipState): void {
    if (state.kind === "ready") {
      this.#video.src = state.address;
      if (this.#still.parentNode) this.#still.src = state.address;
      this.#room.place.append(this.#picture);
    } else {
      this.#forget();
    }
    this.follow();
  }

  /** Does what the film does, now and with every picture while there is a clip. */
  follow(): void {
    cancelAnimationFrame(this.#frame);
    const { media, chapter } = this.#room;
    // Until the film has found its place it shows the picture of the old one.
    if (media.seeking) {
      this.#video.pause();
      return;
    }
    const hangs = this.#video.hasAttribute("src");
    // Also while nothing is seen: a cut to a monitor is kept to the picture.
    if (hangs && !media.paused) this.#frame = requestAnimationFrame(() => this.follow());
    const seen = hangs ? monitorAt(chapter.monitors, media.currentTime) : undefined;
    const running = hangs ? runningAt(chapter.monitors, media.currentTime) : undefined;
    this.#video.hidden = seen === undefined;
    const still = seen && stillAt(chapter.monitors, media.currentTime);
    this.#still.hidden = still === undefined;
    const corners = seen && cornersAt(seen, media.currentTime);
    if (seen && corners) {
      this.#video.dataset["monitor"] = seen.name;
      this.#place(this.#video, corners, seen.aspect);
    }
    if (still) this.#place(this.#still, still, 1);
    if (running) this.#keepTime(running);
    else this.#video.pause();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#forget();
  }

  #forget(): void {
    for (const video of [this.#video, this.#still]) video.removeAttribute("src");
    this.#picture.remove();
  }

  #place(video: HTMLVideoElement, corners: Quad, aspect: number): void {
    const { media, place } = this.#room;
    if (!media.videoWidth) return;
    const box = contained(
      [place.clientWidth, place.clientHeight],
      [media.videoWidth, media.videoHeight],
    );
    const [across, down] = box.scale;
    const at = ([x, y]: Corner): Corner => [x * across, y * down];
    const [a, b, c, d] = corners;
    const quad: Quad = [at(a), at(b), at(c), at(d)];
    const [width, height] = [SIZE, SIZE / aspect];
    Object.assign(this.#picture.style, {
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${across}px`,
      height: `${down}px`,
    });
    Object.assign(video.style, {
      width: `${width}px`,
      height: `${height}px`,
      transform: hung(wider(quad, OVERLAP), width, height),
    });
  }

  #keepTime({ clip }: Monitor): void {
    const { media } = this.#room;
    const video = this.#video;
    video.playbackRate = media.playbackRate;
    if (video.readyState === 0 || video.seeking) return;
    const to = corrected(media.currentTime, video.currentTime, clip);
    // The end of a clip that is shorter than its time is stood at, not sought again and again.
    if (to !== undefined && Math.min(to, video.duration) !== video.currentTime) {
      video.currentTime = Math.min(to, video.duration);
    }
    const runs = !media.paused && !video.ended;
    if (runs && video.paused) void video.play().catch(() => undefined);
    if (!runs) video.pause();
  }
}
