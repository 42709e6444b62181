// What is seen behind a mask: the noise of a camera that sees nothing, or what the camera sees.

import { Mesh, PlaneGeometry, ShaderMaterial, type Texture, Vector2 } from "three";
import FRAGMENT from "./backdrop.frag.glsl";

const VERTEX =
  "varying vec2 at; void main() { at = uv; gl_Position = vec4(position.xy, 1.0, 1.0); }";

export class Backdrop {
  readonly object: Mesh<PlaneGeometry, ShaderMaterial>;

  constructor(picture: Texture) {
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: {
        time: { value: 0 },
        picture: { value: picture },
        part: { value: new Vector2() },
      },
      depthTest: false,
      depthWrite: false,
    });
    this.object = new Mesh(new PlaneGeometry(2, 2), material);
    this.object.frustumCulled = false;
    this.object.renderOrder = -1;
  }

  /** Fills a stage with a picture, as much of it as fits; the numbers are widths in heights. */
  mirror(stage: number, picture: number): void {
    this.#set("part", new Vector2(Math.min(stage / picture, 1), Math.min(picture / stage, 1)));
  }

  /** Shows noise again. */
  blind(): void {
    this.#set("part", new Vector2());
  }

  tick(seconds: number): void {
    this.#set("time", seconds);
  }

  close(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
  }

  #set(name: string, value: unknown): void {
    Object.assign(this.object.material.uniforms[name] ?? {}, { value });
  }
}
