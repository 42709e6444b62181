// What the player needs of whoever fetches and decodes its media.

/** A caption language, a sound or a picture quality that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly active: boolean;
}

/** Its choices changed, or its media cannot be had. */
export type News = "change" | "failure";

export interface Engine {
  /** Loads the stream in `folder` (an address that ends in `/`) and stands at second `at`. */
  load(folder: string, at: number): Promise<void>;
  unload(): Promise<void>;
  /** Lets go of everything; this engine is not used again. */
  destroy(): Promise<void>;
  readonly captions: Choice[];
  /** Shows captions in a language, or none; also in what is loaded later. */
  showCaptions(language: string | null): void;
  /** None where there is no choice. */
  readonly sounds: Choice[];
  /** Plays the sound of this id, or the stream's own choice; also in what is loaded later. */
  playSound(id: string | null): void;
  /** None where there is no choice. */
  readonly qualities: Choice[];
  showQuality(id: string): void;
}

/** What a track calls itself, or else its language in the language itself. */
export function trackName(label: string | null, language: string): string {
  if (label) return label;
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}

/** Tells a stream's sounds apart, the same in each of its sizes and in the film's next stream. */
export function soundId({ language, label }: { language: string; label: string | null }): string {
  return label ? `${language} ${label}` : language;
}
