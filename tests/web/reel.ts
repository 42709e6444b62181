// A video with a clock: the test's document has video elements, but nothing that plays.

export interface Reel {
  /** Lets the video run on to a second. */
  runTo(second: number): void;
  end(): void;
}

/** Makes an element behave like one that has `duration` seconds loaded and stands paused at `at`. */
export function wind(video: HTMLVideoElement, duration: number, at = 0): Reel {
  let now = at;
  let paused = true;
  const say = (...events: string[]) => {
    for (const event of events) video.dispatchEvent(new Event(event));
  };
  const properties: Record<string, PropertyDescriptor> = {
    duration: { get: () => duration },
    readyState: { get: () => (duration ? 4 : 0) },
    paused: { get: () => paused },
    ended: { get: () => Boolean(duration) && now >= duration },
    currentTime: {
      get: () => now,
      set: (second: number) => {
        if (!Number.isFinite(second)) throw new TypeError("not a second");
        now = second;
        say("seeking", "timeupdate", "seeked");
      },
    },
    play: {
      writable: true,
      value: async () => {
        if (!paused) return;
        paused = false;
        say("play", "playing");
      },
    },
    pause: {
      writable: true,
      value: () => {
        if (paused) return;
        paused = true;
        say("pause");
      },
    },
  };
  for (const [name, property] of Object.entries(properties)) {
    Object.defineProperty(video, name, { configurable: true, ...property });
  }
  return {
    runTo: (second) => {
      now = second;
      say("timeupdate");
    },
    end: () => {
      now = duration;
      paused = true;
      say("timeupdate", "pause", "ended");
    },
  };
}
