// Stands in for Shaka Player: loads when the test says so, and interrupts a load by the next one.

interface Load {
  readonly address: string;
  readonly at: number;
  finish(): void;
  fail(code: number): void;
}

interface Text {
  language: string;
  label: string | null;
  kind: string;
  active: boolean;
}

interface Variant {
  height: number | null;
  language: string;
  label: string | null;
  active: boolean;
}

export class Engine extends EventTarget {
  static made: Engine[] = [];
  static get only(): Engine {
    const [engine, ...more] = Engine.made;
    if (!engine || more.length) throw new Error(`${Engine.made.length} engines were made`);
    return engine;
  }

  readonly loads: Load[] = [];
  texts: Text[] = [];
  variants: Variant[] = [];
  adaptive = true;
  unloaded = 0;
  retried = 0;
  destroyed = false;

  constructor() {
    super();
    Engine.made.push(this);
  }

  get last(): Load {
    const load = this.loads.at(-1);
    if (!load) throw new Error("nothing was loaded");
    return load;
  }

  load(address: string, at: number): Promise<void> {
    this.loads.at(-1)?.fail(7000);
    return new Promise((finish, refuse) => {
      this.loads.push({ address, at, finish, fail: (code) => refuse({ code }) });
    });
  }

  async unload(): Promise<void> {
    this.unloaded += 1;
    this.loads.at(-1)?.fail(7000);
  }

  async destroy(): Promise<void> {
    this.destroyed = true;
  }

  retryStreaming(): boolean {
    this.retried += 1;
    return true;
  }

  async attach(): Promise<void> {}
  setVideoContainer(): void {}

  configure({ abr }: { abr: { enabled?: boolean } }): void {
    this.adaptive = abr.enabled ?? this.adaptive;
  }

  getConfiguration() {
    return { abr: { enabled: this.adaptive } };
  }

  getTextTracks(): Text[] {
    return this.texts;
  }

  selectTextTrack(track: Text | null): void {
    for (const text of this.texts) text.active = text === track;
  }

  getVariantTracks(): Variant[] {
    return this.variants;
  }

  /** The sounds that go with the picture that is shown. */
  getAudioTracks(): Variant[] {
    const shown = this.variants.find(({ active }) => active);
    return this.variants.filter(({ height }) => height === shown?.height);
  }

  selectAudioTrack(track: Variant): void {
    this.selectVariantTrack(track);
  }

  selectVariantTrack(track: Variant): void {
    for (const variant of this.variants) variant.active = variant === track;
  }
}

/** What `import("shaka-player")` gives. */
export const library = { polyfill: { installAll: () => undefined }, Player: Engine };
