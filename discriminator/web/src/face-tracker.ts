// A face in a notebook: followed in the browser, drawn over the camera's picture, told to Python.

import { Blinks, headPose, meanEyeOpenness, mouthOpenness, type Points, pointOf } from "./geometry";
import { OneEuro } from "./one-euro";
import type { Backend, Level, Sight } from "./sight";
import type { Stop } from "./signal";
import { addStyle } from "./style";
import { Tracker } from "./tracker";

/** The parts of the Jupyter widget's model that the tracker needs. */
interface Model {
  get(name: "camera"): string;
  get(name: "level"): Level;
  get(name: "backend"): Backend | "auto";
  get(name: "smooth"): boolean;
  get(name: "every"): number;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
  readonly widget_manager: {
    get_model(id: string): Promise<{ captureStream(): Promise<MediaStream> }>;
  };
}

function render({ model, el }: { model: Model; el: HTMLElement }): Stop {
  addStyle();
  const window = new Window(el);
  const tracker = new Tracker();
  const teller = new Teller(model, tracker);
  let stop: Stop | undefined;
  const watch = () => {
    stop?.();
    stop = tracker.watch(model.get("level"), (sight) => {
      const points = teller.see(sight);
      window.draw(points, sight);
    });
  };
  const choose = () => {
    const backend = model.get("backend");
    if (backend !== "auto") tracker.use(backend);
  };
  model.on("change:level", watch);
  model.on("change:backend", choose);
  tracker.state.follow((state) => {
    el.dataset["tracking"] = state;
    model.set("state", state);
    model.save_changes();
  });
  tracker.trouble.listen((trouble) => {
    if (trouble === "blind") window.say("This browser cannot look for faces.");
  });
  choose();
  watch();
  void streamOf(model).then(
    (stream) => {
      window.show(stream);
      tracker.subject = window.video;
    },
    (error: unknown) => window.say(`The camera gives no picture: ${String(error)}`),
  );
  return () => {
    model.off("change:level", watch);
    model.off("change:backend", choose);
    stop?.();
    tracker.close();
    window.close();
  };
}

/** The stream behind any of ipywebrtc's widgets. */
async function streamOf(model: Model): Promise<MediaStream> {
  const id = model.get("camera").replace(/^IPY_MODEL_/, "");
  return (await model.widget_manager.get_model(id)).captureStream();
}

/** Tells Python what was seen, no more often than it wants to hear of it. */
class Teller {
  readonly #model: Model;
  readonly #tracker: Tracker;
  readonly #blinks = new Blinks();
  readonly #filter = new OneEuro();
  #count = 0;
  #next = 0;

  constructor(model: Model, tracker: Tracker) {
    this.#model = model;
    this.#tracker = tracker;
  }

  /** Returns the points as they are told. */
  see({ face, at }: Sight): Points | undefined {
    const smooth = this.#model.get("smooth");
    const points = smooth ? this.#filter.filter(face?.points, at) : face?.points;
    // Blinks are counted in what was seen, and in every sight: smoothing would swallow them.
    if (this.#blinks.see(face && meanEyeOpenness(face.points), at)) this.#count += 1;
    if (at < this.#next) return points;
    this.#next = at + this.#model.get("every");
    this.#tell({ ...(face ? { face } : {}), at }, points);
    return points;
  }

  #tell({ face }: Pick<Sight, "face" | "at">, points: Points | undefined): void {
    const pose = points && headPose(points);
    const guesses = face?.guesses?.plain;
    const told: Record<string, unknown> = {
      // No points are no bytes: `null` is what the model holds anyway (Python lays no face into its
      // state), so it would be no change, and never sent.
      landmarks: new DataView(points ? points.slice().buffer : new ArrayBuffer(0)),
      blinks: this.#count,
      eyes: points ? meanEyeOpenness(points) : 0,
      mouth: points ? mouthOpenness(points) : 0,
      head: pose ? [pose.yaw, pose.pitch, pose.roll] : [0, 0, 0],
      confidence: face?.confidence ?? 0,
      rate: this.#tracker.rate,
      age: guesses?.age.years ?? null,
      gender: guesses?.gender ?? null,
      emotions: guesses?.emotions ?? {},
    };
    for (const [name, value] of Object.entries(told)) this.#model.set(name, value);
    this.#model.save_changes();
  }
}

/** The camera's picture, mirrored, and the points on it. */
class Window {
  readonly video = document.createElement("video");
  readonly #canvas = document.createElement("canvas");
  readonly #element = document.createElement("div");

  constructor(el: HTMLElement) {
    this.#element.className = "face-tracker";
    Object.assign(this.video, { muted: true, playsInline: true });
    this.video.setAttribute("aria-label", "What the camera sees, mirrored");
    this.#canvas.setAttribute("aria-hidden", "true");
    this.#element.append(this.video, this.#canvas);
    el.replaceChildren(this.#element);
  }

  show(stream: MediaStream): void {
    this.video.srcObject = stream;
    void this.video.play().catch(() => undefined);
  }

  say(text: string): void {
    this.#element.textContent = text;
  }

  draw(points: Points | undefined, { width, height }: Sight): void {
    if (this.#canvas.width !== width) Object.assign(this.#canvas, { width, height });
    const context = this.#canvas.getContext("2d");
    context?.clearRect(0, 0, width, height);
    if (!points || !context) return;
    context.fillStyle = "#59e08a";
    for (let i = 0; i < points.length / 3; i += 1) {
      const [x, y] = pointOf(points, i);
      context.fillRect(x - 0.75, y - 0.75, 1.5, 1.5);
    }
  }

  close(): void {
    this.video.srcObject = null;
    this.#element.remove();
  }
}

export default { render };
