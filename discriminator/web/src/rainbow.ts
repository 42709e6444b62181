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

/** An open mouth: where it is, the way it faces, and the height of its face. */
export interface Mouth {
  readonly at: Vector3;
  readonly ahead: Vector3;
  readonly face: number;
}

interface Chunk {
  readonly place: Vector3;
  readonly speed: Vector3;
  readonly spin: Quaternion;
  /** Height of the face that it came out of. */
  face: number;
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
      return {
        place: new Vector3(),
        speed: new Vector3(),
        spin: randomTurn(),
        face: 1,
        age: age + LIFE,
      };
    });
  }

  /** Moves every chunk; one whose time is up starts again from a mouth, while there is one open. */
  tick(seconds: number, mouth: Mouth | undefined): void {
    const turned = new Matrix4();
    const size = new Vector3();
    this.#chunks.forEach((chunk, i) => {
      chunk.age += seconds;
      if (chunk.age >= LIFE && mouth && Math.random() < (seconds / LIFE) * 4) start(chunk, mouth);
      chunk.speed.y += GRAVITY * seconds * chunk.face;
      chunk.place.addScaledVector(chunk.speed, seconds);
      const shown =
        chunk.age < LIFE
          ? turned.compose(chunk.place, chunk.spin, size.setScalar(chunk.face))
          : GONE;
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

function start(chunk: Chunk, { at, ahead, face }: Mouth): void {
  chunk.age = 0;
  chunk.face = face;
  const astray = () => JITTER * (Math.random() - 0.5);
  chunk.place.copy(at).addScaledVector(new Vector3(astray(), astray(), 0), 0.4 * face);
  chunk.speed
    .copy(ahead)
    .add(new Vector3(astray() * 2, astray(), astray()))
    .multiplyScalar(SPEED * face);
}

function randomTurn(): Quaternion {
  const turn = new Quaternion(Math.random(), Math.random(), Math.random(), Math.random());
  return turn.normalize();
}
