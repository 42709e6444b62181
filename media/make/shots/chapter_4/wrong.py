"""A wrong answer leaves the screen: a door, a counter, a list; and someone who waits."""

from __future__ import annotations

from math import pi, sin

import skia
from look import (
    DIM,
    GREEN,
    HEIGHT,
    INK,
    RED,
    SMOOTH,
    blend,
    box,
    clamp,
    fill,
    glide,
    glow,
    mix,
    settle,
    stroke,
    vertical,
)
from look_type import MONO, Hand, write
from nobody import Expression, Identity, Pose

from shots.chapter_4 import read
from shots.chapter_4.read import by_candle
from shots.chapter_4.wish import appear, kept_dark
from shots.moment import Moment, shot
from shots.people import BUST, Sitter

EYE_Y, DOORS = 420.0, 6


@shot
def doors(canvas: skia.Canvas, now: Moment) -> None:
    """A corridor of doors. The lamps above them turn green as we come; the last turns red."""
    walked = glide(now.share * 1.15) * 4.7 + 0.4 * now.share
    canvas.drawRect(skia.Rect.MakeLTRB(0, 0, 1920, 1080), vertical(0, 1080, 0xFF15161A, 0xFF0B0C0E))
    _floor(canvas)
    end = DOORS + 0.9 - walked
    for index in reversed(range(DOORS)):
        for side in (-1, 1):
            far = index + 0.9 + (0.5 if side > 0 else 0.0) - walked
            if far > 0.18:  # noqa: PLR2004 - nearer ones are behind us
                _door(canvas, far, side, glide((2.2 - far) / 0.8))
    _last_door(canvas, end, now.ramp("will not open", 0.5, delay=-0.2))


def _at(side: float, height: float, far: float) -> tuple[float, float]:
    """Return where a point of the corridor is seen: sideways and up in units, `far` ahead."""
    return 960 + 620 * side / far, EYE_Y - 620 * height / far


def _floor(canvas: skia.Canvas) -> None:
    for height, colour in ((-0.85, 0xFF1B1C20), (0.75, 0xFF0E0F12)):
        path = skia.Path()
        near, deep = 0.3, 14.0
        corners = [_at(-1, height, near), _at(1, height, near), _at(1, height, deep)]
        path.addPoly([skia.Point(*p) for p in (*corners, _at(-1, height, deep))], True)  # noqa: FBT003 - Skia's signature
        canvas.drawPath(path, fill(colour))


def _door(canvas: skia.Canvas, far: float, side: int, opened: float) -> None:
    haze = clamp(1.5 / (far + 0.7))
    path = skia.Path()
    corners = [
        _at(side, -0.85, far), _at(side, 0.42, far), _at(side, 0.42, far + 0.34),
        _at(side, -0.85, far + 0.34),
    ]  # fmt: skip
    path.addPoly([skia.Point(*p) for p in corners], True)  # noqa: FBT003 - Skia's signature
    canvas.drawPath(path, fill(0xFF2A2C32, haze))
    canvas.drawPath(path, fill(0xFFE9D9B0, 0.55 * opened * haze))
    canvas.drawPath(path, stroke(0xFF3B3E46, 3, haze))
    x, y = _at(side, 0.52, far + 0.17)
    radius = 16 / far
    canvas.drawCircle(x, y, 6 * radius, glow(x, y, 6 * radius, GREEN, 0.5 * opened))
    canvas.drawCircle(x, y, radius, fill(GREEN, mix(0.25, 1, opened) * haze))


def _last_door(canvas: skia.Canvas, far: float, red: float) -> None:
    left, top = _at(-0.42, 0.42, far)
    right, bottom = _at(0.42, -0.85, far)
    wall_left, wall_top = _at(-1, 0.75, far)
    wall_right, wall_bottom = _at(1, -0.85, far)
    canvas.drawRect(skia.Rect.MakeLTRB(wall_left, wall_top, wall_right, wall_bottom), fill(INK))
    canvas.drawRect(skia.Rect.MakeLTRB(left, top, right, bottom), fill(0xFF24262B))
    canvas.drawRect(skia.Rect.MakeLTRB(left, top, right, bottom), stroke(0xFF3B3E46, 3))
    x, y = _at(0, 0.52, far)
    radius = 16 / far
    canvas.drawCircle(x, y, 26 * radius, glow(x, y, 26 * radius, RED, 0.8 * red))
    canvas.drawCircle(x, y, radius, fill(RED, mix(0.2, 1, red)))


CLERK = Sitter(
    "clerk", Identity.of(71, young=0.0), turned=Pose(yaw=-0.35), light=(0.5, 0.2, 0.8), size=560
)


@shot
def counter(canvas: skia.Canvas, now: Moment) -> None:
    """A counter. On the screen that is turned away from us, a face and a red line."""
    canvas.drawPaint(vertical(0, 1080, 0xFF1A1714, 0xFF0C0D10))
    canvas.drawCircle(960, 60, 900, glow(960, 60, 900, 0xFFE9D9B0, 0.28))
    push = mix(1.0, 1.06, now.share)
    canvas.translate(960, 560)
    canvas.scale(push, push)
    canvas.translate(-960, -560)
    appear(canvas, CLERK, 1290, 500, 700, light=0.62)
    screen = skia.Path()
    screen.addPoly([skia.Point(*p) for p in ((560, 300), (960, 350), (960, 640), (560, 690))], True)  # noqa: FBT003 - Skia's signature
    canvas.drawPath(screen, fill(0xFF0B1210))
    canvas.drawPath(screen, stroke(0xFF3B3E46, 8))
    write(
        canvas,
        "?",
        760,
        570,
        Hand(MONO, 200),
        RED,
        anchor=0.5,
        alpha=0.5 + 0.5 * now.ramp(over=0.6),
    )
    canvas.drawRect(skia.Rect.MakeLTRB(-200, 720, 2120, 1200), fill(0xFF2B241D))
    canvas.drawLine(-200, 720, 2120, 720, stroke(0xFF6A5844, 4))


NAMES, MARKED, APART = 26, 18, 92


@shot
def listed(canvas: skia.Canvas, now: Moment) -> None:
    """A list of blacked-out names runs up and stops; the line at which it stops turns red."""
    canvas.clear(INK)
    behind = APART * 9 * (1 - settle((now.age + 0.1) / 1.1))
    marked = now.ramp("a list", 0.4, delay=-0.35)
    for index in range(NAMES):
        y = 470 + APART * (index - MARKED) + behind
        if -APART < y < HEIGHT + APART:
            _name(canvas, index, y, marked if index == MARKED else 0.0)


def _name(canvas: skia.Canvas, index: int, y: float, marked: float) -> None:
    """Write a number and a name that cannot be read, as one line of a list."""
    line = skia.Rect.MakeLTRB(300, y - APART / 2 + 4, 1620, y + APART / 2 - 4)
    canvas.drawRect(line, fill(RED, marked))
    write(canvas, f"{4100 + index * 17}", 350, y + 18, Hand(MONO, 52), blend(DIM, INK, marked))
    length = 560 + 62 * (index * 7 % 9)
    bar = skia.Rect.MakeXYWH(560, y - 22, length, 44)
    canvas.drawRect(bar, fill(blend(0xFF3B3E46, INK, marked)))


STEPS = 24


def _turning(step: int) -> Sitter:
    """Return the one who waits, at one of 24 steps from away to towards us."""
    yaw = pi * (1 - glide(step / (STEPS - 1)))
    does = Expression(smile=0.0, lids=(0.88, 0.88))
    return Sitter(f"waiting-{step}", read.WHO, does, Pose(yaw=yaw), BUST, (0.4, 0.3, 0.85), 760)


@shot
def waiting(canvas: skia.Canvas, now: Moment) -> None:
    """Someone waits in front of the red lamp and turns towards us; the answers keep changing."""
    canvas.drawPaint(vertical(0, 1080, 0xFF131416, 0xFF0B0C0E))
    door = box(960, 560, 760, 1240)
    canvas.drawRect(door, fill(0xFF202227))
    canvas.drawRect(door, stroke(0xFF3B3E46, 4))
    x, y = 960.0, 84.0
    pulse = 0.8 + 0.2 * sin(2.4 * now.age)
    canvas.drawCircle(x, y, 700, glow(x, y, 700, RED, 0.42 * pulse))
    canvas.drawCircle(x, y, 20, fill(RED))
    turned = glide((now.since("to be known") + 0.4) / 2.8)
    step = round(turned * (STEPS - 1))
    side = 900 * (1 + 0.06 * now.share + 0.16 * now.ramp("to be treated", 2.6, delay=-0.6))
    paint = skia.Paint(AntiAlias=True)
    paint.setColorFilter(kept_dark(mix(0.36, 0.95, turned)))
    canvas.drawImageRect(_turning(step).portrait, box(960, 640, side, side), SMOOTH, paint)
    _answers(canvas, now)


def _answers(canvas: skia.Canvas, now: Moment) -> None:
    """Write what was read in this face, in one light after another."""
    told, treated = now.since("to be read"), now.ramp("to be treated", 0.6)
    light = read.DARKEST + (read.LIGHTEST - read.DARKEST) * (0.5 + 0.5 * sin(1.1 * now.age))
    said = by_candle(light)
    strongest = max(range(len(said.feelings)), key=said.feelings.__getitem__)
    values = (f"{said.age:.1f}", said.gender, read.FEELINGS[strongest])
    hand = Hand(MONO, 52)
    for index, value in enumerate(values):
        typed = clamp((told - 0.35 * index) / 0.5)
        write(canvas, value, 1420, 380 + 96 * index, hand, blend(GREEN, RED, treated), typed=typed)
