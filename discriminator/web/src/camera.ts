// The viewer's camera: asked for, refused, lost and found again, each state with its name. It runs
// only while the viewer wants it, the page on stage looks at faces, and the tab can be seen.
//
// The browser is asked directly, for the page stands before its kernel, and a camera that came from
// there would come late or never. Notebooks use ipywebrtc's CameraStream: `FaceTracker` takes it, and
// so does every other widget of ipywebrtc at the same time.

import { Signal } from "./signal";

export type CameraState =
  | "off"
  | "asking"
  | "on"
  | "denied"
  | "missing"
  | "busy"
  | "lost"
  | "insecure"
  | "unsupported";

const PHOTO = { width: { ideal: 1280 }, height: { ideal: 720 } };

export class Camera {
  readonly state = new Signal<CameraState>("off");
  /** Whether the viewer wants it, be it needed now or later. */
  readonly wanted = new Signal(false);
  #stream: MediaStream | undefined;
  #device: string | undefined;
  #needed = false;
  #asked = 0;

  /** @param device id of the camera that the viewer chose among several, if they did. */
  constructor(device: string | null, until: AbortSignal) {
    this.#device = device ?? undefined;
    document.addEventListener("visibilitychange", () => this.#settle(), { signal: until });
  }

  get stream(): MediaStream | undefined {
    return this.#stream;
  }

  /** Id of the camera that gives the picture. */
  get device(): string | undefined {
    return this.#stream?.getVideoTracks()[0]?.getSettings().deviceId ?? this.#device;
  }

  /** The viewer wants it. Asks at once, if a page needs it; the answer is in `state`. */
  async turnOn(): Promise<void> {
    this.wanted.value = true;
    if (this.#isOpen) return;
    this.state.value = "off";
    await this.#settle();
  }

  /** The viewer does not want it any more. */
  turnOff(): void {
    this.wanted.value = false;
    this.#release("off");
  }

  /** Whether the page on stage looks at faces. A question that is open already stays open. */
  need(needed: boolean): void {
    this.#needed = needed;
    void this.#settle();
  }

  /** Takes the picture of another camera, from now on. */
  async choose(device: string): Promise<void> {
    this.#device = device;
    if (!this.#isOpen) return;
    this.#release("off");
    await this.#settle();
  }

  /** Asks for as many px as a photo wants, or for the usual ones again; it may have no more. */
  sharpen(sharp: boolean): void {
    const [track] = this.#stream?.getVideoTracks() ?? [];
    void track?.applyConstraints?.(sharp ? PHOTO : {}).catch(() => undefined);
  }

  /** The cameras that the browser tells of; their names are empty before one was allowed. */
  async list(): Promise<MediaDeviceInfo[]> {
    const devices = (await devicesOf()?.enumerateDevices?.()) ?? [];
    return devices.filter(({ kind }) => kind === "videoinput");
  }

  get #isOpen(): boolean {
    return this.state.value === "on" || this.state.value === "asking";
  }

  /** Opens or closes it as everybody wishes; a trouble stays until the viewer tries again. */
  async #settle(): Promise<void> {
    const runs = this.wanted.value && this.#needed && !document.hidden;
    if (runs && this.state.value === "off") await this.#ask();
    if (!runs && this.state.value === "on") this.#release("off");
  }

  async #ask(): Promise<void> {
    const devices = devicesOf();
    if (!devices?.getUserMedia) {
      this.state.value = window.isSecureContext ? "unsupported" : "insecure";
      return;
    }
    this.#asked += 1;
    const mine = this.#asked;
    this.state.value = "asking";
    try {
      const stream = await devices.getUserMedia({ video: this.#wish, audio: false });
      this.#take(stream, mine);
    } catch (error) {
      if (mine === this.#asked) await this.#refuse(error);
    }
  }

  get #wish(): boolean | MediaTrackConstraints {
    return this.#device ? { deviceId: { exact: this.#device } } : true;
  }

  /** A camera that was chosen once may be in another bag today: then any will do. */
  async #refuse(error: unknown): Promise<void> {
    const trouble = reason(error);
    const retry = trouble === "missing" && this.#device !== undefined;
    this.#device = undefined;
    if (retry) await this.#ask();
    else this.state.value = trouble;
  }

  #take(stream: MediaStream, asked: number): void {
    // Turned off while the browser was asking: the stream is nobody's.
    if (asked !== this.#asked) {
      stop(stream);
      return;
    }
    this.#stream = stream;
    for (const track of stream.getTracks())
      track.addEventListener("ended", () => this.#lose(stream));
    this.state.value = "on";
    // The viewer may have gone on to a page that looks at nobody while the browser was asking.
    void this.#settle();
  }

  #release(state: CameraState): void {
    this.#asked += 1;
    if (this.#stream) stop(this.#stream);
    this.#stream = undefined;
    this.state.value = state;
  }

  #lose(stream: MediaStream): void {
    if (this.#stream === stream) this.#release("lost");
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function devicesOf(): MediaDevices | undefined {
  return navigator.mediaDevices as MediaDevices | undefined;
}

function reason(error: unknown): CameraState {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "busy";
}
