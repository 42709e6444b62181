// The viewer's camera: asked for, refused, lost and found again, each state with its name.

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

export class Camera {
  readonly state = new Signal<CameraState>("off");
  #stream: MediaStream | undefined;
  #asked = 0;

  get stream(): MediaStream | undefined {
    return this.#stream;
  }

  /** Asks for the camera. The answer is in `state`; nothing is thrown. */
  async turnOn(): Promise<void> {
    if (this.state.value === "on" || this.state.value === "asking") return;
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices?.getUserMedia) {
      this.state.value = window.isSecureContext ? "unsupported" : "insecure";
      return;
    }
    this.#asked += 1;
    const mine = this.#asked;
    this.state.value = "asking";
    try {
      this.#take(await devices.getUserMedia({ video: true, audio: false }), mine);
    } catch (error) {
      if (mine === this.#asked) this.state.value = reason(error);
    }
  }

  turnOff(): void {
    this.#asked += 1;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.state.value = "off";
  }

  #take(stream: MediaStream, asked: number): void {
    // Turned off while the browser was asking: the stream is nobody's.
    if (asked !== this.#asked) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.#stream = stream;
    for (const track of stream.getTracks())
      track.addEventListener("ended", () => this.#lose(stream));
    this.state.value = "on";
  }

  #lose(stream: MediaStream): void {
    if (this.#stream !== stream) return;
    this.#stream = undefined;
    this.state.value = "lost";
  }
}

function reason(error: unknown): CameraState {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "busy";
}
