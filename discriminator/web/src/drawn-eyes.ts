// Eyes cut out of nobody's faces: each kind is drawn once, from its number alone, like a strip torn
// from a printed page.

export const KINDS = 56;
export const EYE_ASPECT = 2.5;

const WIDTH = 300;
const HEIGHT = WIDTH / EYE_ASPECT;

const SKINS = [
  "#e9c7ab",
  "#d9a47e",
  "#c08457",
  "#9a6540",
  "#704426",
  "#4c2d1b",
  "#f0d8c8",
  "#b67a5a",
];
/** Some strips are printed in one of the film's inks instead of a skin's colours. */
const INKS = ["#ffd21f", "#8b97ff", "#ff6b5e", "#59e08a", "#f1ede4"];
const IRISES = [
  "#5b3a1e",
  "#3a2415",
  "#7a5a2a",
  "#4e6b3c",
  "#3d6b8e",
  "#7c93a6",
  "#2a2320",
  "#8a6d3b",
];
const INK = "#14100d";

interface Eye {
  readonly skin: string;
  readonly iris: string;
  /** Half the opening's width and its height, in px of the strip. */
  readonly half: number;
  readonly tall: number;
  /** Radians by which the outer corner is raised. */
  readonly tilt: number;
  /** Where it looks, from -1 to 1. */
  readonly gaze: number;
  readonly lashes: number;
  readonly brow: number;
  readonly age: number;
  readonly glasses: boolean;
  readonly left: boolean;
}

type Dice = () => number;

const drawn = new Map<number, HTMLCanvasElement>();

/** The picture of a kind, from 0 to `KINDS` - 1. */
export function drawEye(kind: number): HTMLCanvasElement {
  const known = drawn.get(kind);
  if (known) return known;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d");
  const dice = diceOf(kind);
  if (context) paint(context, eyeOf(kind, dice), dice);
  drawn.set(kind, canvas);
  return canvas;
}

function eyeOf(kind: number, dice: Dice): Eye {
  const printed = kind % 5 === 4;
  const of = (list: readonly string[]) => list[Math.floor(dice() * list.length)] ?? INK;
  return {
    skin: of(printed ? INKS : SKINS),
    iris: printed ? INK : of(IRISES),
    half: 62 + 18 * dice(),
    tall: 26 + 20 * dice(),
    tilt: 0.14 * (dice() - 0.35),
    gaze: 2 * dice() - 1,
    lashes: Math.floor(6 + 18 * dice()),
    brow: 3 + 9 * dice(),
    age: dice(),
    glasses: dice() < 0.16,
    left: dice() < 0.5,
  };
}

function paint(context: CanvasRenderingContext2D, eye: Eye, dice: Dice): void {
  context.fillStyle = eye.skin;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.translate(WIDTH / 2, HEIGHT * 0.6);
  context.scale(eye.left ? 1 : -1, 1);
  context.rotate(eye.tilt);
  context.lineCap = "round";
  shade(context, eye);
  context.save();
  context.clip(opening(eye));
  ball(context, eye, dice);
  context.restore();
  lids(context, eye, dice);
  brow(context, eye, dice);
  if (eye.glasses) glasses(context, eye);
}

/** The almond between the lids. */
function opening({ half, tall }: Eye): Path2D {
  const path = new Path2D();
  path.moveTo(-half, 6);
  path.bezierCurveTo(-half * 0.55, -tall * 0.9, half * 0.35, -tall, half, -2);
  path.bezierCurveTo(half * 0.5, tall * 0.62, -half * 0.4, tall * 0.66, -half, 6);
  return path;
}

function shade(context: CanvasRenderingContext2D, { half, age }: Eye): void {
  const hollow = context.createRadialGradient(0, -10, half * 0.5, 0, -6, half * 1.6);
  hollow.addColorStop(0, "#00000055");
  hollow.addColorStop(1, "#00000000");
  context.fillStyle = hollow;
  context.fillRect(-WIDTH, -HEIGHT, 2 * WIDTH, 2 * HEIGHT);
  context.strokeStyle = "#00000040";
  context.lineWidth = 1.4;
  for (let i = 0; i < Math.round(5 * age); i += 1) {
    context.beginPath();
    context.arc(-4, -16 - 4 * i, half * 0.95 + 7 * i, 0.3 * Math.PI, (0.62 + 0.03 * i) * Math.PI);
    context.stroke();
    context.beginPath();
    context.moveTo(half + 8, -4 + 6 * i);
    context.lineTo(half + 26 + 3 * i, -12 + 11 * i);
    context.stroke();
  }
}

function ball(context: CanvasRenderingContext2D, eye: Eye, dice: Dice): void {
  const { half, tall, gaze, iris } = eye;
  context.fillStyle = "#f4efe6";
  context.fillRect(-half, -tall, 2 * half, 2 * tall);
  const radius = tall * 0.62;
  const [x, y] = [gaze * half * 0.34, -tall * 0.12];
  context.fillStyle = iris;
  disc(context, x, y, radius);
  context.lineWidth = 1;
  for (let i = 0; i < 46; i += 1) {
    const angle = (i / 46) * 2 * Math.PI;
    context.strokeStyle = dice() < 0.5 ? "#ffffff48" : "#00000058";
    context.beginPath();
    context.moveTo(x + Math.cos(angle) * radius * 0.42, y + Math.sin(angle) * radius * 0.42);
    context.lineTo(x + Math.cos(angle) * radius * 0.95, y + Math.sin(angle) * radius * 0.95);
    context.stroke();
  }
  context.strokeStyle = INK;
  context.lineWidth = 2.4;
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.stroke();
  context.fillStyle = "#050404";
  disc(context, x, y, radius * (0.36 + 0.14 * dice()));
  context.fillStyle = "#ffffffe0";
  disc(context, x + radius * 0.34, y - radius * 0.36, radius * 0.17);
  // The upper lid throws its shadow on the ball.
  context.strokeStyle = "#00000050";
  context.lineWidth = 11;
  context.stroke(opening(eye));
}

function lids(context: CanvasRenderingContext2D, eye: Eye, dice: Dice): void {
  const { half, tall, lashes } = eye;
  context.strokeStyle = INK;
  context.lineWidth = 2;
  context.stroke(opening(eye));
  context.lineWidth = 4.5;
  context.beginPath();
  context.moveTo(-half, 6);
  context.bezierCurveTo(-half * 0.55, -tall * 0.9, half * 0.35, -tall, half + 3, -3);
  context.stroke();
  context.globalAlpha = 0.6;
  context.lineWidth = 1.8;
  context.beginPath();
  context.moveTo(-half * 0.86, -7);
  context.bezierCurveTo(-half * 0.5, -tall * 1.3, half * 0.4, -tall * 1.4, half * 1.04, -14);
  context.stroke();
  context.globalAlpha = 1;
  for (let i = 0; i < lashes; i += 1) {
    const t = 0.18 + (0.82 * i) / lashes;
    const x = -half + 2 * half * t;
    const y = -tall * 0.72 * Math.sin(Math.PI * Math.min(t * 0.92 + 0.06, 1));
    const long = (5 + 9 * t) * (0.7 + 0.6 * dice());
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(x, y);
    context.quadraticCurveTo(
      x + long * (t - 0.3),
      y - long * 0.5,
      x + long * (t - 0.1) * 1.3,
      y - long,
    );
    context.stroke();
  }
}

function brow(
  context: CanvasRenderingContext2D,
  { half, tall, brow: thick }: Eye,
  dice: Dice,
): void {
  context.strokeStyle = INK;
  context.lineWidth = 1.6;
  for (let i = 0; i < 70; i += 1) {
    const t = i / 70;
    const x = -half * 1.05 + 2.2 * half * t;
    const y =
      -tall - 20 - 14 * Math.sin(Math.PI * (0.12 + 0.72 * t)) + (dice() - 0.5) * thick * (1.2 - t);
    context.beginPath();
    context.moveTo(x, y + thick * (1 - t) * 0.5);
    context.lineTo(x + 8 + 6 * t, y - thick * 0.5 * (1 - t) + 4 * t);
    context.stroke();
  }
}

function glasses(context: CanvasRenderingContext2D, { half, tall }: Eye): void {
  context.strokeStyle = INK;
  context.lineWidth = 6;
  context.beginPath();
  context.roundRect(-half - 22, -tall - 14, 2 * half + 44, 2 * tall + 34, 26);
  context.stroke();
  context.beginPath();
  context.moveTo(half + 22, -8);
  context.lineTo(WIDTH, -14);
  context.moveTo(-half - 22, -8);
  context.lineTo(-WIDTH, -4);
  context.stroke();
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}

/** The same throws for the same kind, so that an eye looks alike on every visit. */
function diceOf(kind: number): Dice {
  let throws = kind * 7919 + 1;
  return () => {
    throws += 1;
    const wild = Math.sin(throws * 127.1) * 43758.5453;
    return wild - Math.floor(wild);
  };
}
