// Short sounds and long drones around the film's own, as loud as the viewer lets the film be.

import type { Stop } from "./signal";

const EFFECT = 0.5;
const DRONE = 0.1;
/** Seconds in which a drone comes, and in which it goes. */
const [COMING, GOING] = [2, 1];
const STEP = 0.05;

export class Sounds {
  readonly #folder: string;
  readonly #media: HTMLMediaElement;
  readonly #last = new Map<string, number>();
  readonly #playing = new Map<string, HTMLAudioElement>();

  /** @param media the film's own picture, whose volume is everybody's. */
  constructor(folder: string, media: HTMLMediaElement) {
    this.#folder = folder;
    this.#media = media;
  }

  /** Plays one of `count` sounds, such as `blink-3`, never the same twice in a row. */
  oneOf(name: string, count: number): void {
    const last = this.#last.get(name);
    const others = Array.from({ length: count }, (_, i) => i + 1).filter((i) => i !== last);
    const chosen = others[Math.floor(Math.random() * others.length)] ?? 1;
    this.#last.set(name, chosen);
    this.play(name, `${name}-${chosen}`);
  }

  /** Plays a sound in the place of whichever sound of the same kind still plays. */
  play(kind: string, file: string): void {
    this.#playing.get(kind)?.pause();
    if (this.#media.muted) return;
    const sound = this.#sound(file);
    sound.volume = EFFECT * this.#media.volume;
    this.#playing.set(kind, sound);
    start(sound);
  }

  /** A drone that comes slowly, follows the film's volume, and goes when it is stopped. */
  drone(file: string): Stop {
    const sound = this.#sound(file);
    sound.loop = true;
    sound.volume = 0;
    start(sound);
    let [level, wanted] = [0, 1];
    const timer = setInterval(() => {
      level = wanted ? Math.min(level + STEP / COMING, 1) : level - STEP / GOING;
      sound.volume = this.#media.muted ? 0 : DRONE * this.#media.volume * Math.max(level, 0);
      // A browser may have refused it before the viewer's first touch.
      if (wanted && sound.paused && navigator.userActivation?.isActive) start(sound);
      if (level > 0 || wanted) return;
      clearInterval(timer);
      sound.pause();
    }, STEP * 1000);
    return () => {
      wanted = 0;
    };
  }

  #sound(file: string): HTMLAudioElement {
    return new Audio(`${this.#folder}${file}.opus`);
  }
}

function start(sound: HTMLAudioElement): void {
  void sound.play().catch(() => undefined);
}
