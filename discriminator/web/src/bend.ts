// A round mirror that shows the viewer's picture bent: mouth drawn up, eyes drawn large, and as much
// colour as there is smile.

import {
  Mesh,
  OrthographicCamera,
  PlaneGeometry,
  Scene,
  ShaderMaterial,
  Vector2,
  Vector4,
  VideoTexture,
  WebGLRenderer,
} from "three";
import FRAGMENT from "./bend.frag.glsl";
import { type Points, pointOf } from "./geometry";

const MOUTH = [61, 291, 0, 17, 13, 14, 37, 267, 84, 314];
const LEFT_EYE = [33, 133, 159, 145];
const RIGHT_EYE = [263, 362, 386, 374];
/** Room around each, in parts of its size. */
const [MOUTH_ROOM, EYE_ROOM] = [0.7, 0.9];
const PLAIN =
  "varying vec2 at; void main() { at = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }";

export class Bend {
  readonly #canvas = document.createElement("canvas");
  readonly #renderer: WebGLRenderer;
  readonly #material: ShaderMaterial;
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera();
  readonly #video: HTMLVideoElement;
  readonly #texture: VideoTexture;

  /** @throws Error where the browser has no WebGL. */
  constructor(place: HTMLElement, video: HTMLVideoElement) {
    this.#video = video;
    this.#canvas.className = "round-mirror";
    this.#canvas.setAttribute("aria-hidden", "true");
    place.append(this.#canvas);
    this.#renderer = new WebGLRenderer({ canvas: this.#canvas, alpha: true });
    this.#texture = new VideoTexture(video);
    this.#material = new ShaderMaterial({
      vertexShader: PLAIN,
      fragmentShader: FRAGMENT,
      uniforms: {
        picture: { value: this.#texture },
        amount: { value: 0 },
        window: { value: new Vector4(0, 0, 1, 1) },
        mouth: { value: new Vector4() },
        eyes: { value: [new Vector4(), new Vector4()] },
        size: { value: new Vector2(1, 1) },
      },
    });
    this.#scene.add(new Mesh(new PlaneGeometry(2, 2), this.#material));
  }

  /** Where mouth and eyes are now. */
  follow(points: Points, width: number, height: number): void {
    this.#set("mouth", boxOf(points, MOUTH, width, height, MOUTH_ROOM));
    this.#set("eyes", [
      boxOf(points, LEFT_EYE, width, height, EYE_ROOM),
      boxOf(points, RIGHT_EYE, width, height, EYE_ROOM),
    ]);
  }

  /** @param amount of the smile, from 0 to 1. */
  draw(amount: number): void {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const side = Math.round(this.#canvas.clientWidth * Math.min(devicePixelRatio, 1.5));
    if (!width || !height || !side) return;
    if (this.#canvas.width !== side) this.#renderer.setSize(side, side, false);
    // The middle square of the picture, whichever way it is longer.
    const [across, down] = [Math.min(height / width, 1), Math.min(width / height, 1)];
    this.#set("window", new Vector4((1 - across) / 2, (1 - down) / 2, across, down));
    this.#set("amount", amount);
    this.#canvas.dataset["amount"] = amount.toFixed(2);
    this.#renderer.render(this.#scene, this.#camera);
  }

  close(): void {
    this.#texture.dispose();
    this.#material.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
    this.#canvas.remove();
  }

  #set(name: string, value: unknown): void {
    Object.assign(this.#material.uniforms[name] ?? {}, { value });
  }
}

/** Left, bottom, width and height of a part of the face, in parts of the picture, from below. */
function boxOf(
  points: Points,
  indices: readonly number[],
  width: number,
  height: number,
  room: number,
): Vector4 {
  const xs = indices.map((index) => pointOf(points, index)[0] / width);
  const ys = indices.map((index) => 1 - pointOf(points, index)[1] / height);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const wide = (right - left) * (1 + room);
  // An eye or a mouth that is shut is flat; what is bent around it is not.
  const tall = Math.max(high - low, (right - left) * 0.6) * (1 + room);
  return new Vector4((left + right - wide) / 2, (low + high - tall) / 2, wide, tall);
}
