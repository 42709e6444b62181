// Home's picture: the points that a machine finds on Nobody, a face that is nobody's. They gather
// into a face and follow the hand. `nobody.json` holds what the film's own tracker measured.

import nobody from "./nobody.json";
import type { Stop } from "./signal";

/** Seconds in which the scattered points find their places. */
const GATHERING = 2.6;
/** Radians that the head turns towards the hand, at most. */
const TURN = 0.36;
const FOCAL = 5;

const COUNT = nobody.points.length / 3;

interface Gaze {
  yaw: number;
  pitch: number;
}

/** Draws until stopped; one still picture where motion is not wanted. */
export function drawNobody(canvas: HTMLCanvasElement): Stop {
  const context = canvas.getContext("2d");
  if (!context) return () => undefined;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const wanted: Gaze = { yaw: 0.24, pitch: 0 };
  const gaze: Gaze = { yaw: 0.9, pitch: 0.1 };
  const began = performance.now();
  let frame = 0;

  const follow = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    wanted.yaw = TURN * (1.4 - 2 * ((clientX - left) / width));
    wanted.pitch = TURN * 0.6 * (2 * ((clientY - top) / height) - 1);
  };
  const draw = (now: number) => {
    const seconds = still ? GATHERING : (now - began) / 1000;
    const sway = still ? 0 : 0.06 * Math.sin(seconds / 2.3);
    gaze.yaw += (wanted.yaw + sway - gaze.yaw) * (still ? 1 : 0.035);
    gaze.pitch += (wanted.pitch - gaze.pitch) * (still ? 1 : 0.035);
    measure(canvas);
    // A hidden page has no size; there is nothing to draw then.
    if (canvas.width) paint(context, place(gaze, Math.min(seconds / GATHERING, 1), canvas));
    if (!still) frame = requestAnimationFrame(draw);
  };
  frame = requestAnimationFrame(draw);
  const resized = new ResizeObserver(() => still && draw(0));
  resized.observe(canvas);
  if (!still) window.addEventListener("pointermove", follow, { passive: true });
  return () => {
    cancelAnimationFrame(frame);
    resized.disconnect();
    window.removeEventListener("pointermove", follow);
  };
}

function measure(canvas: HTMLCanvasElement): void {
  const density = Math.min(devicePixelRatio, 2);
  const width = Math.round(canvas.clientWidth * density);
  const height = Math.round(canvas.clientHeight * density);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
}

/** Canvas positions and nearness (0 far, 1 near) of every point, three numbers each. */
function place(gaze: Gaze, gathered: number, { width, height }: HTMLCanvasElement): Float32Array {
  const placed = new Float32Array(COUNT * 3);
  const wide = width > height;
  const scale = wide ? height * 0.35 : width * 0.5;
  const [x0, y0] = wide ? [width * 0.76, height * 0.47] : [width * 0.72, height * 0.36];
  for (let i = 0; i < COUNT; i += 1) {
    const [x, y, z] = turn(point(i), gaze);
    const away = 1 - ease(gathered * 1.4 - 0.4 * chance(i));
    const near = FOCAL / (FOCAL + z);
    placed[3 * i] = x0 + scale * near * (x + away * 3 * (chance(i + 1) - 0.5));
    placed[3 * i + 1] = y0 + scale * near * (y + away * 3 * (chance(i + 2) - 0.5));
    placed[3 * i + 2] = Math.min(Math.max(0.5 - z, 0), 1) * (1 - 0.7 * away);
  }
  return placed;
}

function point(i: number): [number, number, number] {
  const [x = 0, y = 0, z = 0] = nobody.points.slice(3 * i, 3 * i + 3);
  return [x / 1000, y / 1000, z / 1000];
}

function turn([x, y, z]: [number, number, number], gaze: Gaze): [number, number, number] {
  const sideways = x * Math.cos(gaze.yaw) + z * Math.sin(gaze.yaw);
  const deep = z * Math.cos(gaze.yaw) - x * Math.sin(gaze.yaw);
  const upright = y * Math.cos(gaze.pitch) + deep * Math.sin(gaze.pitch);
  return [sideways, upright, deep * Math.cos(gaze.pitch) - y * Math.sin(gaze.pitch)];
}

function paint(context: CanvasRenderingContext2D, placed: Float32Array): void {
  const { width, height } = context.canvas;
  const size = Math.max(1, Math.min(width, height) / 640);
  context.clearRect(0, 0, width, height);
  context.fillStyle = "#f1ede4";
  for (let i = 0; i < COUNT; i += 1) {
    const near = placed[3 * i + 2] ?? 0;
    context.globalAlpha = 0.12 + 0.5 * near;
    context.beginPath();
    context.arc(placed[3 * i] ?? 0, placed[3 * i + 1] ?? 0, size * (0.7 + near), 0, 7);
    context.fill();
  }
  context.globalAlpha = 0.55;
  context.strokeStyle = "#59e08a";
  context.lineWidth = size * 0.9;
  context.beginPath();
  for (let i = 0; i < nobody.contours.length; i += 2) {
    const [a = 0, b = 0] = [nobody.contours[i], nobody.contours[i + 1]];
    context.moveTo(placed[3 * a] ?? 0, placed[3 * a + 1] ?? 0);
    context.lineTo(placed[3 * b] ?? 0, placed[3 * b + 1] ?? 0);
  }
  context.stroke();
}

function ease(amount: number): number {
  const clamped = Math.min(Math.max(amount, 0), 1);
  return 1 - (1 - clamped) ** 3;
}

/** The same throw of dice for the same number, so that every visit looks alike. */
function chance(i: number): number {
  const wild = Math.sin(i * 127.1) * 43758.5453;
  return wild - Math.floor(wild);
}
