// The photo booth in a notebook: the same window and the same question, and the photo goes to Python.

import { play } from "./booth";
import type { CameraState } from "./camera";
import { Clip, type Line } from "./clip";
import { make } from "./make";
import { Signal, type Stop } from "./signal";
import type { Who } from "./sitter";
import { Sounds } from "./sounds";
import { addStyle } from "./style";
import { Tracker } from "./tracker";

/** The parts of the Jupyter widget's model that the booth needs. */
interface Model extends Line {
  get(name: "camera"): string;
  get(name: "said"): readonly string[];
  get(name: "words"): Readonly<Record<string, string>>;
  readonly widget_manager: {
    get_model(id: string): Promise<{ captureStream(): Promise<MediaStream> }>;
  };
}

function render({ model, el }: { model: Model; el: HTMLElement }): Stop {
  addStyle();
  const place = make("div", { class: "interlude-place" });
  const attributes = { class: "film in-cell photo-booth", "data-lm-suppress-shortcuts": "true" };
  el.replaceChildren(make("div", attributes, place));
  const tracker = new Tracker();
  const clip = new Clip();
  clip.connect(model);
  const video = document.createElement("video");
  Object.assign(video, { muted: true, playsInline: true });
  const who = new Signal<Who>("none");
  const state = new Signal<CameraState>("asking");
  const open = () => streamOf(model).then((stream) => sit(stream));
  const sit = (stream: MediaStream) => {
    video.srcObject = stream;
    tracker.subject = video;
    state.value = "on";
    void video.play().catch(() => undefined);
  };
  video.addEventListener("playing", () => {
    who.value = "viewer";
  });
  const refuse = () => {
    state.value = "denied";
  };
  const stop = play({
    place,
    tracker,
    clip,
    sitter: { who, video },
    sounds: new Sounds(new URL("../media/sounds/", import.meta.url).href, new Audio()),
    camera: {
      state,
      wanted: new Signal(true),
      turnOn: () => open().catch(refuse),
      sharpen: () => undefined,
    },
    said: model.get("said"),
    words: model.get("words"),
  });
  void open().catch(refuse);
  return () => {
    stop();
    tracker.close();
    video.srcObject = null;
  };
}

/** The stream behind any of ipywebrtc's widgets. */
async function streamOf(model: Model): Promise<MediaStream> {
  const id = model.get("camera").replace(/^IPY_MODEL_/, "");
  return (await model.widget_manager.get_model(id)).captureStream();
}

export default { render };
