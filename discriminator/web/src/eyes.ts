// The machine's eyes, wherever they run, in a worker or on the page: Human finds a face and brings
// TensorFlow, then the mesh's and the irises' networks follow the face from frame to frame.

import { type Config, Human } from "@vladmandic/human";
import { COUNT, type Points } from "./geometry";
import { Guesser } from "./guesser";
import { Irises } from "./irises";
import type { Backend, Face, Level, Sight } from "./sight";
import { Cutter, type Square, squareAround, toFrame } from "./squares";

declare const MODELS: Readonly<Record<string, string>>;
declare const WASM: Readonly<Record<string, string>>;

export type Tensors = Human["tf"];
export type Network = Awaited<ReturnType<Tensors["loadGraphModel"]>>;
/** Loads a network by its name from our own server. */
export type Load = (name: string) => Promise<Network>;

const MESH_SIZE = 192;
/** Faces that are found in a frame; one of them is followed. */
const MOST_FACES = 4;
/** Below this, what the mesh's network was shown is no face. */
const SURE = 0.5;

const off = { enabled: false };
const base = new URL("./", import.meta.url).href;
const named = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, file]) => [name, base + file]));

/** Of Human's own networks only the finder of faces runs; everything is served by us. */
function settings(backend: Backend): Partial<Config> {
  return {
    backend,
    modelBasePath: base,
    // The type asks for a folder; TensorFlow, who gets it, takes the address of each file as well.
    wasmPath: named(WASM) as unknown as string,
    // The browser's own cache keeps the files; a second copy in a database would only fill disks.
    cacheModels: false,
    cacheSensitivity: 0,
    warmup: "none",
    filter: off,
    gesture: off,
    body: off,
    hand: off,
    object: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { modelPath: MODELS["blazeface"], minConfidence: 0.35, maxDetected: MOST_FACES },
      ...{ mesh: off, iris: off, description: off, emotion: off, antispoof: off, liveness: off },
    },
  } as unknown as Partial<Config>;
}

export class Eyes {
  readonly #human: Human;
  readonly #cutter = new Cutter(MESH_SIZE);
  readonly #load: Load;
  #mesh: Network | undefined;
  #irises: Irises | undefined;
  #guesser: Guesser | undefined;
  /** Where the face should be in the next frame; nothing while there is none. */
  #square: Square | undefined;

  constructor(backend: Backend) {
    this.#human = new Human(settings(backend));
    this.#load = (name) => this.#human.tf.loadGraphModel(named(MODELS)[name] ?? "");
  }

  /** Looks at a frame, which is closed afterwards. The first look of a level loads its networks. */
  async look(frame: ImageBitmap, level: Level, at: number): Promise<Sight> {
    const { width, height } = frame;
    try {
      await this.#wake(level);
      const face = await this.#see(frame, level, at);
      return { width, height, at, ...(face ? { face } : {}) };
    } finally {
      frame.close();
    }
  }

  async #wake(level: Level): Promise<void> {
    if (!this.#mesh) {
      await this.#human.init();
      const [mesh, irises] = await Promise.all([
        this.#load("facemesh"),
        Irises.load(this.#human.tf, this.#load),
        this.#human.load(),
      ]);
      this.#mesh = mesh;
      this.#irises = irises;
    }
    if (level === "guesses") this.#guesser ??= await Guesser.load(this.#human.tf, this.#load);
  }

  async #see(frame: ImageBitmap, level: Level, at: number): Promise<Face | undefined> {
    // A face that moved out of its square may still be in the frame: then it is looked for once.
    if (level === "portrait") this.#square = undefined;
    const face =
      (this.#square && (await this.#follow(frame, this.#square))) ?? (await this.#find(frame));
    this.#square = face && squareAround(face.points);
    if (!face || level === "mesh" || !this.#square || !this.#guesser) return face;
    return { ...face, ...(await this.#guesser.guess(frame, this.#square, at)) };
  }

  async #find(frame: ImageBitmap): Promise<Face | undefined> {
    const result = await this.#human.detect(frame);
    if (result.error) throw new Error(result.error);
    const [found, ...others] = result.face.sort((one, other) => area(other) - area(one));
    if (!found) return undefined;
    const [left, top, width, height] = found.boxRaw;
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = found.mesh;
    const first = {
      x: (left + width / 2) * frame.width,
      y: (top + height / 2) * frame.height,
      side: Math.max(width * frame.width, height * frame.height),
      lean: Math.atan2(y2 - y1, x2 - x1),
    };
    // Seen once, the face says itself how it should be framed.
    const rough = await this.#follow(frame, first);
    const face = rough && (await this.#follow(frame, squareAround(rough.points)));
    return face && { ...face, others: others.length };
  }

  async #follow(frame: ImageBitmap, square: Square): Promise<Face | undefined> {
    if (!this.#mesh || !this.#irises) return undefined;
    const { tf } = this.#human;
    const pixels = this.#cutter.cut(frame, square);
    const input = tf.tensor4d(pixels, [1, MESH_SIZE, MESH_SIZE, 3]);
    const [found, flag] = this.#mesh.execute(input, ["Identity_2", "Identity_1"]) as [
      ReturnType<Tensors["tensor"]>,
      ReturnType<Tensors["tensor"]>,
    ];
    const [raw, [confidence = 0]] = await Promise.all([found.data(), flag.data()]);
    tf.dispose([input, found, flag]);
    if (confidence < SURE) return undefined;
    const points: Points = new Float32Array(3 * COUNT);
    points.set(toFrame(raw, MESH_SIZE, square));
    await this.#irises.refine(frame, points, square.lean);
    return { points, confidence };
  }
}

function area({ boxRaw: [, , width, height] }: { boxRaw: readonly number[] }): number {
  return (width ?? 0) * (height ?? 0);
}
