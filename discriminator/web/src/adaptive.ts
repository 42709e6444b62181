// DASH through Shaka Player, where the browser has MediaSource.

import type shaka from "shaka-player";
import { type Choice, type Engine, type News, soundId, trackName } from "./engine";

const AUTOMATIC = "auto";
/** Seconds between two tries on a line that is down. */
const RETRY_AFTER = 1;
/** Shaka's codes of errors. */
const BAD_STATUS = 1001;
const LINE_DOWN = new Set([1002, 1003]);
const RECOVERABLE = 1;
const SERVER_ERROR = 500;
/** From here on an element can go on playing. */
const HAVE_FUTURE_DATA = 3;

/** @param captions the element that shows them, over the picture. */
export async function startAdaptive(
  video: HTMLVideoElement,
  captions: HTMLElement,
  tell: (news: News) => void,
): Promise<Engine> {
  const { default: library } = await import("shaka-player");
  library.polyfill.installAll();
  const player = new library.Player();
  player.setVideoContainer(captions);
  await player.attach(video);
  player.configure({
    streaming: {
      retryParameters: { maxAttempts: 4, baseDelay: 400, backoffFactor: 1.6, timeout: 15000 },
      bufferingGoal: 20,
      rebufferingGoal: 0.5,
    },
    abr: {
      defaultBandwidthEstimate: 8e6,
      // What browsers guess of a line is made of many small files, and far too low.
      useNetworkInformation: false,
      restrictToElementSize: true,
      // A line that breaks down is believed after one segment, not after five.
      switchInterval: 2,
      advanced: { fastHalfLife: 0.5, slowHalfLife: 4 },
    },
  });
  return new Adaptive(player, video, tell);
}

class Adaptive implements Engine {
  readonly #player: shaka.Player;
  readonly #video: HTMLVideoElement;
  readonly #tell: (news: News) => void;
  #language: string | null = null;
  #sound: string | null = null;

  constructor(player: shaka.Player, video: HTMLVideoElement, tell: (news: News) => void) {
    this.#player = player;
    this.#video = video;
    this.#tell = tell;
    player.addEventListener("error", (event) => {
      this.#judge((event as unknown as { detail: shaka.util.Error }).detail);
    });
    for (const name of ["trackschanged", "variantchanged", "adaptation", "textchanged"]) {
      player.addEventListener(name, () => tell("change"));
    }
  }

  async load(folder: string, at: number): Promise<void> {
    await this.#player.load(`${folder}manifest.mpd`, at);
    this.showCaptions(this.#language);
    this.playSound(this.#sound);
  }

  async unload(): Promise<void> {
    await this.#player.unload();
  }

  async destroy(): Promise<void> {
    await this.#player.destroy();
  }

  get captions(): Choice[] {
    return this.#player
      .getTextTracks()
      .filter(({ kind }) => kind !== "descriptions" && kind !== "metadata")
      .map(({ language, label, active }) => ({
        id: language,
        label: trackName(label, language),
        active: active && this.#language !== null,
      }));
  }

  showCaptions(language: string | null): void {
    this.#language = language;
    const track = this.#player.getTextTracks().find((one) => one.language === language);
    this.#player.selectTextTrack(track ?? null);
  }

  get sounds(): Choice[] {
    const tracks = this.#player.getAudioTracks();
    const byId = new Map(tracks.map((track) => [soundId(track), track]));
    for (const track of tracks) if (track.active) byId.set(soundId(track), track);
    if (byId.size < 2) return [];
    return [...byId].map(([id, { language, label, active }]) => ({
      id,
      label: trackName(label, language),
      active,
    }));
  }

  playSound(id: string | null): void {
    this.#sound = id;
    const track = this.#player.getAudioTracks().find((one) => soundId(one) === id);
    if (track && !track.active) this.#player.selectAudioTrack(track);
  }

  get qualities(): Choice[] {
    const automatic = this.#player.getConfiguration().abr.enabled;
    const heights = this.#variants().map(({ height, active }) => ({
      id: String(height),
      label: `${height}p`,
      active: active && !automatic,
    }));
    if (heights.length < 2) return [];
    return [{ id: AUTOMATIC, label: "", active: automatic }, ...heights];
  }

  /** Keeps to one picture height, or lets the line decide. */
  showQuality(id: string): void {
    this.#player.configure({ abr: { enabled: id === AUTOMATIC } });
    const track = this.#variants().find(({ height }) => String(height) === id);
    if (track) this.#player.selectVariantTrack(track, true);
  }

  /** One variant for each picture height, the tallest first, all with the sound that is heard. */
  #variants(): shaka.extern.Track[] {
    const all = this.#player.getVariantTracks();
    const heard = all.find(({ active }) => active);
    const tracks = all.filter(
      (track) => track.height && (!heard || soundId(track) === soundId(heard)),
    );
    const byHeight = new Map(tracks.map((track) => [track.height, track]));
    for (const track of tracks) if (track.active) byHeight.set(track.height, track);
    return [...byHeight.values()].sort((one, other) => (other.height ?? 0) - (one.height ?? 0));
  }

  /** A line that breaks in mid-film is tried until it is back; what is buffered plays on. */
  #judge(error: shaka.util.Error): void {
    if (error.severity === RECOVERABLE) return;
    const tried = isLineDown(error) && this.#player.retryStreaming(RETRY_AFTER);
    if (!tried || this.#video.readyState < HAVE_FUTURE_DATA) {
      this.#tell("failure");
    }
  }
}

/** Whether nobody answered, as when a server is restarted; a wrong answer would only be repeated. */
function isLineDown({ code, data }: shaka.util.Error): boolean {
  const status = (data as unknown[] | undefined)?.[1];
  return LINE_DOWN.has(code) || (code === BAD_STATUS && Number(status) >= SERVER_ERROR);
}
