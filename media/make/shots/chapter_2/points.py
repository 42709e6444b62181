"""What a machine sees of a face: points that gather, turn, part and follow."""

from __future__ import annotations

from functools import cache
from math import pi, sin

import nobody
import numpy as np
import skia
from acting import swell
from look import (
    DIM,
    GREEN,
    HEIGHT,
    INK,
    PAPER,
    WIDTH,
    box,
    clamp,
    fill,
    find_box,
    glide,
    glow,
    lay,
    mix,
    stroke,
)
from look_type import ITALIC, MONO, Hand, width_of, write
from nobody import Expression, Framing, Pose

from shots import kept
from shots.lines import polygon
from shots.moment import Moment, shot
from shots.people import NOBODY
from shots.rig import CORNERS, JAW, NOSE, SKIN, Points, dots, net, placed, posed

EYES = Framing(centre=(0.0, 0.13), half_height=0.40)
EYE_LIGHT = (-0.55, 0.5, 0.7)
BESIDE = {
    33: (96, 560, 0.0), 133: (96, 330, 0.0), 362: (1824, 330, 1.0), 263: (1824, 560, 1.0),
    NOSE: (1824, 790, 1.0),
}  # fmt: skip
"""Where it is written where a point is: the outer end of the line, its foot, and its anchor, px."""


@shot
def gather(canvas: skia.Canvas, now: Moment) -> None:
    """Points of light come out of the dark and hold the shape of a face."""
    canvas.clear(INK)
    turned = Pose(yaw=mix(-0.5, 0.22, glide(now.age / 6.2)), pitch=0.05 * sin(now.age))
    face = placed(posed(turned=turned), 960, 540, 1120 + 60 * now.share)
    places = _gathered(face, now.t, now.voice.when("front of"))
    bright = 0.75 + 0.25 * now.ramp("Look at it", 0.5)
    canvas.drawPaint(glow(960, 540, 620, GREEN, 0.07 * bright))
    dots(canvas, places, 6.0, GREEN, bright)
    net(canvas, face, 1.0, 0.22 * now.ramp("machine", 0.9))
    framed = now.ramp("machine", 0.5)
    rect = box(960, 540, 700 + 300 * (1 - framed), 860 + 300 * (1 - framed))
    find_box(canvas, rect, alpha=framed, width=4, corner=0.12)
    write(canvas, "478 points", rect.left(), rect.top() - 22, Hand(MONO, 64), GREEN, typed=framed)


def _gathered(face: Points, t: float, home: float) -> Points:
    """Let each point wander until its own time comes, all of them home at a time."""
    dice = np.random.default_rng(478)
    far = np.stack([dice.uniform(-200, 2120, len(face)), dice.uniform(-150, 1230, len(face))], 1)
    begin = home - dice.uniform(0.9, 2.7, len(face))
    there = np.array([glide((t - start) / 1.2) for start in begin])[:, None]
    drift = 34 * np.stack([np.sin(0.9 * t + far[:, 1]), np.cos(0.8 * t + far[:, 0])], 1)
    moved = face.copy()
    moved[:, :2] = (far + drift) * (1 - there) + face[:, :2] * there
    return moved


@shot
def no_eyes(canvas: skia.Canvas, now: Moment) -> None:
    """Two eyes, very near. They go out; what is left are points around where they were."""
    canvas.clear(INK)
    side = 1920 * (1.0 + 0.05 * now.share)
    rect = box(960, 540, side, side * 9 / 16)
    seen = 1 - 0.94 * now.ramp("It sees points", 0.9)
    lay(canvas, _eyes(), rect, seen * now.ramp(over=0.35))
    points = _eye_points() * np.array([rect.width(), rect.height(), 1], np.float32)
    points += np.array([rect.left(), rect.top(), 0], np.float32)
    grown = now.ramp("sees points", 0.9)
    net(canvas, points, 1.6, 0.30 * grown)
    dots(canvas, points[:SKIN], 3 + 8 * grown, GREEN, grown)


@cache
def _eyes() -> skia.Image:
    return kept.picture("eyes", _portrait_of_eyes)


def _portrait_of_eyes() -> nobody.Picture:
    does = Expression(lids=(0.92, 0.92), smile=0.1)
    return nobody.portrait(NOBODY, does, size=(1920, 1080), framing=EYES, light=EYE_LIGHT)


def _eye_points() -> Points:
    """Return the points as shares of the picture of the eyes."""
    return kept.numbers("eyes-points", _find_eye_points).copy()


def _find_eye_points() -> Points:
    does = Expression(lids=(0.92, 0.92), smile=0.1)
    whole = nobody.landmarks(nobody.portrait(NOBODY, does, size=720, framing=Framing()))
    if whole is None:
        message = "no face was found around the eyes"
        raise LookupError(message)
    view = Framing()
    units = (whole[:, :2] / 360 - 1) * view.half_height * np.array([1, -1], np.float32)
    units += np.asarray(view.centre, np.float32) - np.asarray(EYES.centre, np.float32)
    shares = units / EYES.half_height * np.array([9 / 16, -1], np.float32) / 2 + 0.5
    points: Points = np.concatenate([shares, whole[:, 2:]], 1).astype(np.float32)
    return points


@shot
def corners(canvas: skia.Canvas, now: Moment) -> None:
    """Points light up in turn: corners of the eyes, the tip of the nose, a row along the jaw."""
    canvas.clear(INK)
    near = 1 - now.ramp("a row", 1.4)
    turned = Pose(yaw=mix(0.20, -0.16, now.share), pitch=0.03)
    face = placed(posed(turned=turned), 960, mix(540, 590, near), mix(1180, 1440, near))
    _shine(canvas)
    net(canvas, face, 1.6, 0.28)
    dots(canvas, face, 6.5, GREEN, 0.85)
    told = [(CORNERS, "each corner", 0.14), ((NOSE,), "tip of", 0.0), (JAW, "row of", 0.055)]
    for which, said, apart in told:
        for order, index in enumerate(which):
            since = now.since(said) - apart * order
            _lit(canvas, face[index], since)
            if index in BESIDE:
                _read_out(canvas, face[index], since, BESIDE[index])
    path = polygon(face[list(JAW), :2].tolist(), closed=False)
    canvas.drawPath(path, stroke(PAPER, 4, 0.8, now.ramp("row of", 1.1)))


def _shine(canvas: skia.Canvas) -> None:
    """Light the dark behind the points."""
    canvas.drawPaint(glow(960, 540, 1000, GREEN, 0.15))


def _lit(canvas: skia.Canvas, at: Points, since: float) -> None:
    if since < 0:
        return
    x, y, _ = at.tolist()
    rung = clamp(since / 0.7)
    canvas.drawCircle(x, y, 60, glow(x, y, 60, PAPER, 0.35))
    canvas.drawCircle(x, y, 12 + 50 * glide(rung), stroke(GREEN, 4, 1 - rung))
    canvas.drawCircle(x, y, 12, fill(PAPER))


def _read_out(
    canvas: skia.Canvas, at: Points, since: float, beside: tuple[float, float, float]
) -> None:
    """Write beside the face where a point is, as shares of the picture, and point at it."""
    x, y, _ = at.tolist()
    edge, down, anchor = beside
    told, hand = f"{x / WIDTH:.3f} {y / HEIGHT:.3f}", Hand(MONO, 58)
    inner = edge + (1 - 2 * anchor) * (width_of(told, hand) + 24)
    canvas.drawLine(inner, down - 20, x, y, stroke(PAPER, 3, 0.6, clamp(since / 0.4)))
    write(canvas, told, edge, down, hand, PAPER, anchor=anchor, typed=since / 0.4)


@shot
def turn(canvas: skia.Canvas, now: Moment) -> None:
    """The points turn, and leave a little of their light behind."""
    canvas.clear(INK)
    _shine(canvas)
    for ghost in range(7, -1, -1):
        t = now.t - 0.055 * ghost
        since = t - now.voice.when("Turn", now.start - 0.5)
        yaw = -0.16 + 0.86 * swell(since, 0.05, 0.9, 0.05) - 0.4 * glide((since - 1.2) / 1.2)
        face = placed(posed(turned=Pose(yaw=yaw)), 960, 540, 1180)
        dots(canvas, face, 7.0 - 0.5 * ghost, GREEN, 1.0 if ghost == 0 else 0.36 - 0.03 * ghost)
    net(canvas, face, 1.4, 0.34)


@shot
def part(canvas: skia.Canvas, now: Moment) -> None:
    """Lines join the points; the mouth opens, and how far is measured between two of them."""
    canvas.clear(INK)
    _shine(canvas)
    opened = now.voice.when("Open", now.start - 0.5)
    jaw = glide((now.t - opened - 0.25) / 0.6)
    face = placed(posed(Expression(jaw=jaw), Pose(yaw=-0.52, pitch=-0.04)), 860, 500, 1250)
    net(canvas, face, 1.6, mix(0.34, 0.65, now.ramp(over=0.7)))
    dots(canvas, face, 6.0)
    _apart(canvas, face[13, :2].tolist(), face[14, :2].tolist(), now.ramp("points part", 0.4))


def _apart(
    canvas: skia.Canvas, upper: tuple[float, float], lower: tuple[float, float], shown: float
) -> None:
    """Light up a point of each lip, and write how far they are from each other."""
    x, y = (upper[0] + lower[0]) / 2, (upper[1] + lower[1]) / 2
    canvas.drawLine(*upper, *lower, stroke(PAPER, 5, shown))
    for at in (upper, lower):
        canvas.drawCircle(*at, 60, glow(*at, 60, PAPER, 0.35 * shown))
        canvas.drawCircle(*at, 11, fill(PAPER, shown))
    canvas.drawLine(x - 24, y, x - 170, y, stroke(PAPER, 3, 0.6, shown))
    told = f"{(lower[1] - upper[1]) / HEIGHT:.3f}"
    write(canvas, told, x - 200, y + 28, Hand(MONO, 84), PAPER, anchor=1, alpha=shown)


@shot
def follows(canvas: skia.Canvas, now: Moment) -> None:
    """Someone stands in the dark and leaves; the points go on turning where the face was."""
    canvas.clear(INK)
    canvas.drawPaint(glow(960, 420, 900, 0xFF8AA0B0, 0.16))
    away = now.ramp("without", 2.0)
    sway = sin(1.9 * now.age)
    x = 960 + 170 * sway * (1 - away)
    _someone(canvas, x, 1 - away)
    face = placed(posed(turned=Pose(yaw=0.45 * sin(1.9 * now.age + 0.5))), x, 430, 560)
    net(canvas, face, 1.0, 0.5)
    dots(canvas, face, 3.6)
    words = "is anyone there?"
    asked = now.ramp("that you are", 0.5)
    write(canvas, words, 960, 880, Hand(ITALIC, 52), DIM, anchor=0.5, alpha=asked * (away > 0))
    lost = 0.5 + 0.5 * sin(2 * pi * 1.2 * now.age)
    find_box(canvas, box(x, 430, 420, 520), alpha=0.4 + 0.4 * lost * away, width=3, corner=0.14)


def _someone(canvas: skia.Canvas, x: float, alpha: float) -> None:
    """A person against the light: head, neck, shoulders."""
    path = skia.Path()
    path.moveTo(x - 520, 1080)
    path.cubicTo(x - 500, 800, x - 260, 770, x - 105, 740)
    path.lineTo(x - 92, 640)
    path.cubicTo(x - 260, 540, x - 260, 150, x, 140)
    path.cubicTo(x + 260, 150, x + 260, 540, x + 92, 640)
    path.lineTo(x + 105, 740)
    path.cubicTo(x + 260, 770, x + 500, 800, x + 520, 1080)
    path.close()
    canvas.drawPath(path, fill(0xFF050608, alpha))
    canvas.drawPath(path, stroke(0xFF8AA0B0, 2.5, 0.5 * alpha))
