// What comes out of an open mouth: coloured chunks that fly where the face looks, and fall.

import {
  Color,
  IcosahedronGeometry,
  InstancedMesh,
  Matrix4,
  MeshBasicMaterial,
  Quaternion,
  Vector3,
} from "three";

const COLOURS = ["#ffa8f7", "#74b15a", "#f75648", "#00499f", "#ffd21f"];
/** Seconds, faces a second, faces a second each second, and radians. */
const [LIFE, SPEED, GRAVITY, JITTER] = [2, 1.5, -2.4, 0.3];
const SIZE = 0.035;
const GONE = new Matrix4().makeScale(0, 0, 0);

interface Chunk {
  readonly place: Vector3;
  readonly speed: Vector3;
  readonly spin: Quaternion;
  age: number;
}

export class Rainbow {
  readonly object: InstancedMesh;
  readonly #chunks: Chunk[];

  constructor(count: number) {
    this.object = new InstancedMesh(new IcosahedronGeometry(SIZE), new MeshBasicMaterial(), count);
    this.object.frustumCulled = false;
    this.#chunks = Array.from({ length: count }, (_, i) => {
      this.object.setColorAt(i, new Color(COLOURS[i % COLOURS.length]));
      this.object.setMatrixAt(i, GONE);
      // They start one after the other, or they would come in one lump.
      const age = LIFE - (i / count) * LIFE * Math.random();
      return { place: new Vector3(), speed: new Vector3(), spin: randomTurn(), age: age + LIFE };
    });
  }

  /** Moves every chunk; one whose time is up starts again from the mouth, while that is open. */
  tick(seconds: number, mouth: Vector3, ahead: Vector3, open: boolean): void {
    const turned = new Matrix4();
    const size = new Vector3(1, 1, 1);
    this.#chunks.forEach((chunk, i) => {
      chunk.age += seconds;
      if (chunk.age >= LIFE && open && Math.random() < (seconds / LIFE) * 4)
        start(chunk, mouth, ahead);
      chunk.speed.y += GRAVITY * seconds;
      chunk.place.addScaledVector(chunk.speed, seconds);
      const shown = chunk.age < LIFE ? turned.compose(chunk.place, chunk.spin, size) : GONE;
      this.object.setMatrixAt(i, shown);
    });
    this.object.instanceMatrix.needsUpdate = true;
  }

  close(): void {
    this.object.geometry.dispose();
    (this.object.material as MeshBasicMaterial).dispose();
    this.object.dispose();
  }
}

function start(chunk: Chunk, mouth: Vector3, ahead: Vector3): void {
  chunk.age = 0;
  const astray = () => JITTER * (Math.random() - 0.5);
  chunk.place.copy(mouth).addScaledVector(new Vector3(astray(), astray(), 0), 0.4);
  chunk.speed
    .copy(ahead)
    .add(new Vector3(astray() * 2, astray(), astray()))
    .multiplyScalar(SPEED);
}

function randomTurn(): Quaternion {
  const turn = new Quaternion(Math.random(), Math.random(), Math.random(), Math.random());
  return turn.normalize();
}
