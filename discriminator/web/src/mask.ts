// A mask on the viewer's face: the mesh of its points with another skin, in a small theatre of its
// own. What the camera sees of the face moves it; its place may be the middle of the stage.

import {
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  DoubleSide,
  Mesh,
  ShaderMaterial,
  type Texture,
  Vector3,
  VideoTexture,
} from "three";
import { around, headAxes, IN_MESH, mouthOpenness, type Points, pointOf } from "./geometry";
import FRAGMENT from "./mask.frag.glsl";
import VERTEX from "./mask.vert.glsl";
import { paintNobody } from "./mask-nobody";
import mesh from "./mesh.json";
import type { Mouth } from "./rainbow";
import type { Sight } from "./sight";

/** `points` is drawn by the machine, `nobody` is nobody's, `still` one frame, `own` the viewer. */
export const MASKS = ["own", "points", "nobody", "still"] as const;
export type MaskName = (typeof MASKS)[number];

const LOOKS: Readonly<Record<MaskName, number>> = { own: 0, still: 0, nobody: 1, points: 2 };
/** How much depth is left of a mask on a face; enough to tell front from back. */
const FLAT = 0.05;
/** The point between the lips where something may come out. */
const LIPS = 13;

export class Mask {
  readonly object: Mesh<BufferGeometry, ShaderMaterial>;
  /** The camera's picture, for whatever lies behind the mask. */
  readonly picture: VideoTexture;
  readonly #ahead = new Vector3(0, 0, 1);
  /** Where the face was seen: its middle from the frame's, mirrored, and its height, in frames. */
  #seen = { x: 0, y: 0, tall: 1 };
  readonly #video: HTMLVideoElement;
  readonly #nobody = new CanvasTexture(paintNobody());
  #still: CanvasTexture | undefined;
  #worn: MaskName = "own";

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    this.picture = new VideoTexture(video);
    const geometry = new BufferGeometry();
    geometry.setIndex(mesh.triangles);
    geometry.setAttribute("position", new BufferAttribute(new Float32Array(3 * IN_MESH), 3));
    // The canonical face, from which every mask takes its edge, and a skin that is drawn its place.
    geometry.setAttribute("canon", new BufferAttribute(Float32Array.from(mesh.texture), 2));
    geometry.setAttribute("seen", new BufferAttribute(new Float32Array(2 * IN_MESH), 2));
    const uniforms = {
      skin: { value: this.picture as Texture },
      look: { value: 0 },
      time: { value: 0 },
    };
    const shaders = { vertexShader: VERTEX, fragmentShader: FRAGMENT };
    const material = new ShaderMaterial({
      uniforms,
      ...shaders,
      transparent: true,
      side: DoubleSide,
    });
    this.object = new Mesh(geometry, material);
    this.object.frustumCulled = false;
    this.object.visible = false;
  }

  get worn(): MaskName {
    return this.#worn;
  }

  /** Where its mouth is on the stage. */
  get mouth(): Mouth {
    const { geometry, matrix, scale } = this.object;
    this.object.updateMatrix();
    const lips = geometry.getAttribute("position") as BufferAttribute;
    const at = new Vector3().fromBufferAttribute(lips, LIPS).applyMatrix4(matrix);
    return { at, ahead: this.#ahead, face: scale.x };
  }

  /** Puts on another mask; a still one is cut out of the picture at this moment. */
  wear(name: MaskName): void {
    this.#worn = name;
    const { uniforms } = this.object.material;
    if (name === "still") this.#freeze();
    const skins = {
      own: this.picture,
      still: this.#still,
      nobody: this.#nobody,
      points: this.#nobody,
    };
    Object.assign(uniforms["skin"] ?? {}, { value: skins[name] ?? this.picture });
    Object.assign(uniforms["look"] ?? {}, { value: LOOKS[name] });
  }

  /** Takes the form of a face: in the middle, one unit tall, mirrored as the viewer expects. */
  follow({ face, width, height }: Sight): number {
    this.object.visible = face !== undefined;
    if (!face) return 0;
    const { points } = face;
    this.#shape(points, width, height);
    if (this.#worn !== "still" || !this.#still) this.#cut(points, width, height);
    const { forward } = headAxes(points);
    this.#ahead.set(-forward[0], -forward[1], -forward[2]).normalize();
    return mouthOpenness(points);
  }

  /** Hangs in the middle of the stage, one unit tall. */
  centre(): void {
    this.object.position.set(0, 0, 0);
    this.object.scale.setScalar(1);
  }

  /** Sits where the face was seen, on a frame so many units tall whose middle is at `y`. */
  cover(frame: number, y: number): void {
    const { x, y: up, tall } = this.#seen;
    this.object.position.set(x * frame, y + up * frame, 0);
    // Flat, or the eye of the theatre would see its edge elsewhere than the camera does.
    this.object.scale.set(tall * frame, tall * frame, FLAT * tall * frame);
  }

  tick(seconds: number): void {
    Object.assign(this.object.material.uniforms["time"] ?? {}, { value: seconds });
  }

  close(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
    for (const texture of [this.picture, this.#nobody, this.#still]) texture?.dispose();
  }

  #shape(points: Points, width: number, height: number): void {
    const position = this.object.geometry.getAttribute("position") as BufferAttribute;
    const { left, top, right, bottom } = around(points);
    const [x0, y0] = [(left + right) / 2, (top + bottom) / 2];
    const tall = Math.hypot(
      ...pointOf(points, 10).map((value, axis) => value - (pointOf(points, 152)[axis] ?? 0)),
    );
    for (let i = 0; i < IN_MESH; i += 1) {
      const [x, y, z] = pointOf(points, i);
      position.setXYZ(i, (x0 - x) / tall, (y0 - y) / tall, -z / tall);
    }
    position.needsUpdate = true;
    this.#seen = {
      x: (width / 2 - x0) / height,
      y: (height / 2 - y0) / height,
      tall: tall / height,
    };
  }

  /** Where in the frame each point was seen: the skin of a face that is worn over itself. */
  #cut(points: Points, width: number, height: number): void {
    const seen = this.object.geometry.getAttribute("seen") as BufferAttribute;
    for (let i = 0; i < IN_MESH; i += 1) {
      const [x, y] = pointOf(points, i);
      seen.setXY(i, x / width, 1 - y / height);
    }
    seen.needsUpdate = true;
  }

  #freeze(): void {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: this.#video.videoWidth, height: this.#video.videoHeight });
    canvas.getContext("2d")?.drawImage(this.#video, 0, 0);
    this.#still?.dispose();
    this.#still = new CanvasTexture(canvas);
  }
}
