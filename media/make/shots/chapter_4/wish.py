"""An old wish: a mirror without anyone in it, a window, and three strangers."""

from __future__ import annotations

from functools import cache
from math import sin

import skia
from look import (
    PAPER,
    SMOOTH,
    box,
    clamp,
    fill,
    glide,
    glow,
    mix,
    painted,
    stroke,
    vertical,
)
from look_type import ITALIC, Hand, write
from nobody import Expression, Identity, Pose

from shots.moment import Moment, shot
from shots.people import Sitter

MIRROR = box(420, 460, 820, 990)
WICK = skia.Point(1500, 452)


@shot
def candle(canvas: skia.Canvas, now: Moment) -> None:
    """A candle is lit in front of a mirror; there is no one in the mirror."""
    lit = now.ramp(over=1.1, delay=0.15)
    from_afar(canvas, mix(0.0, 0.12, now.share))
    room(canvas, now.t, lit)


def from_afar(canvas: skia.Canvas, nearer: float) -> None:
    """Look at mirror and candle from across the room (0) or from where they are read (1)."""
    scale = mix(0.66, 1.0, nearer)
    canvas.translate(mix(960, 0, nearer), mix(470, 0, nearer))
    canvas.scale(scale, scale)
    canvas.translate(mix(-960, 0, nearer), mix(-500, 0, nearer))


def flicker(t: float) -> float:
    """Return how strongly the candle burns, about 1."""
    return 1 + 0.05 * sin(2.1 * t) + 0.04 * sin(5.3 * t + 1) + 0.02 * sin(8.9 * t)


def room(canvas: skia.Canvas, t: float, lit: float) -> None:
    """Draw the table, the mirror and the candle, lit as much as asked (0 .. 1)."""
    strength = lit * flicker(t)
    x, y = WICK.x(), WICK.y()
    canvas.drawCircle(x, y, 1500, glow(x, y, 1500, 0xFF8A5A2A, 0.30 * strength))
    wood = vertical(930, 1400, 0xFF2A2019, 0xFF120E0C)
    wood.setAlphaf(clamp(0.15 + 0.85 * lit))
    canvas.drawRect(skia.Rect.MakeLTRB(-1200, 930, 3200, 1700), wood)
    canvas.drawOval(box(x, 944, 760, 60), glow(x, 944, 380, 0xFFFFC46B, 0.35 * strength))
    _mirror(canvas, t, strength)
    burning(canvas, x, y, t, lit)


def _mirror(canvas: skia.Canvas, t: float, strength: float) -> None:
    glass = vertical(MIRROR.top(), MIRROR.bottom(), 0xFF1B1D23, 0xFF101115)
    canvas.drawOval(MIRROR, glass)
    canvas.save()
    inside = skia.Path()
    inside.addOval(MIRROR)
    canvas.clipPath(inside, skia.ClipOp.kIntersect, True)  # noqa: FBT003 - Skia's signature
    x, y = 660.0, 520.0
    canvas.drawCircle(x, y, 620, glow(x, y, 620, 0xFF9A6A34, 0.34 * strength))
    canvas.drawRect(skia.Rect.MakeLTRB(0, 800, 900, 1000), fill(0xFF1A1410, clamp(strength)))
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(0.62, 0.62)
    canvas.translate(-x, -y)
    burning(canvas, x, y, t + 0.04, clamp(strength), 0.55)
    canvas.restore()
    canvas.restore()
    canvas.drawOval(MIRROR, stroke(0xFF33271C, 30, clamp(0.2 + strength)))
    canvas.drawOval(MIRROR.makeOutset(9, 9), stroke(0xFFB98A4A, 3, 0.55 * clamp(strength)))
    canvas.drawOval(MIRROR.makeInset(13, 13), stroke(0xFFB98A4A, 2, 0.35 * clamp(strength)))


def burning(  # noqa: PLR0913, PLR0917 - where, when and how
    canvas: skia.Canvas, x: float, y: float, t: float, lit: float, alpha: float = 1.0
) -> None:
    """Draw a candle with its wick at x and y."""
    body = skia.Rect.MakeLTRB(x - 46, y + 40, x + 46, y + 500)
    wax = vertical(body.top(), body.bottom(), 0xFFF3DDB4, 0xFFB08C5C, 0xFF4A3A2A)
    wax.setAlphaf(alpha * clamp(0.06 + 0.94 * lit))
    canvas.drawRoundRect(body, 16, 10, wax)
    canvas.drawLine(x, y + 42, x, y + 10, stroke(0xFF1A1410, 5, alpha))
    if lit <= 0:
        return
    tall = 118 * lit * flicker(t)
    lean = 9 * sin(2.7 * t) + 4 * sin(6.1 * t)
    canvas.drawCircle(x, y - 30, 300, glow(x, y - 30, 300, 0xFFFFC46B, 0.5 * lit * alpha))
    for size, colour in ((1.0, 0xFFFFB24A), (0.62, 0xFFFFF3CF)):
        flame = skia.Path()
        tip, wide = y + 16 - tall * size, 30 * size * clamp(lit * 1.5)
        flame.moveTo(x + lean * size, tip)
        flame.cubicTo(x + wide * 0.5, tip + tall * 0.4 * size, x + wide, y, x, y + 18)
        flame.cubicTo(x - wide, y, x - wide * 0.5, tip + tall * 0.4 * size, x + lean * size, tip)
        canvas.drawPath(flame, fill(colour, alpha * lit))


def kept_dark(light: float, blue: float = 0.0) -> skia.ColorFilter:
    """Return the colours of someone in so little light (1: all of it)."""
    rows = [
        light, 0, 0, 0, 0.02,
        0, light, 0, 0, 0.022 + 0.01 * blue,
        0, 0, light, 0, 0.03 + 0.03 * blue,
        0, 0, 0, 1, 0,
    ]  # fmt: skip
    return skia.ColorFilters.Matrix(rows)


def appear(  # noqa: PLR0913 - who, where and how
    canvas: skia.Canvas,
    sitter: Sitter,
    x: float,
    y: float,
    side: float,
    *,
    light: float = 1.0,
    alpha: float = 1.0,
) -> None:
    """Draw a figure in so much light, its middle at x and y."""
    paint = skia.Paint(Alphaf=clamp(alpha), AntiAlias=True)
    paint.setColorFilter(kept_dark(light, 1 - light))
    canvas.drawImageRect(sitter.portrait, box(x, y, side, side), SMOOTH, paint)


WALKER = Sitter("passing", Identity.of(52, young=0.0), turned=Pose(yaw=-1.45, pitch=0.06))


@shot
def passing(canvas: skia.Canvas, now: Moment) -> None:
    """Someone passes a window at night."""
    canvas.save()
    near = 1 + 0.04 * now.share
    canvas.translate(960, 500)
    canvas.scale(near, near)
    canvas.translate(-960, -500)
    canvas.drawImage(_street(), 0, 0)
    walked = now.age / 3.2
    bob = 8 * sin(9 * now.age)
    appear(canvas, WALKER, mix(1500, 480, walked), 620 + bob, 760, light=0.24)
    canvas.drawImage(_window(), 0, 0)
    canvas.restore()


@cache
def _street() -> skia.Image:
    def paint(canvas: skia.Canvas) -> None:
        canvas.drawPaint(vertical(80, 900, 0xFF18233C, 0xFF31445F, 0xFF43536A))
        for left, top, wide in ((430, 330, 260), (720, 250, 210), (1180, 300, 330)):
            canvas.drawRect(skia.Rect.MakeXYWH(left, top, wide, 700), fill(0xFF1D2740))
            for row in range(5):
                for column in range(3):
                    lit = (row * 5 + column * 3 + left) % 7 == 0
                    spot = skia.Rect.MakeXYWH(
                        left + 28 + column * wide / 3.2, top + 36 + 84 * row, 34, 46
                    )
                    canvas.drawRect(spot, fill(0xFFE3B46A if lit else 0xFF2A3650, 0.8))
        canvas.drawCircle(1080, 260, 620, glow(1080, 260, 620, 0xFFFFD08A, 0.55))
        canvas.drawLine(1080, 270, 1080, 900, stroke(0xFF0B0F18, 9))
        canvas.drawCircle(1080, 258, 22, fill(0xFFFFF0CC))

    return painted(1920, 1080, paint)


@cache
def _window() -> skia.Image:
    def paint(canvas: skia.Canvas) -> None:
        canvas.clear(0xFF0C0B0B)
        hole = skia.Paint(BlendMode=skia.BlendMode.kClear)
        panes = [
            skia.Rect.MakeXYWH(430 + 362 * column, 90 + 400 * row, 342, 380)
            for column in range(3)
            for row in range(2)
        ]
        for pane in panes:
            canvas.drawRect(pane, hole)
            canvas.drawRect(pane, stroke(0xFF2B2622, 6))
        canvas.drawRect(skia.Rect.MakeLTRB(380, 872, 1560, 912), fill(0xFF231E1A))
        light = vertical(900, 1080, 0x30FFD08A, 0x00FFD08A)
        canvas.drawRect(skia.Rect.MakeLTRB(430, 912, 1490, 1080), light)

    return painted(1920, 1080, paint)


STRANGERS = (
    ("Whether they are kind", "kind?", 8, 380, -0.22),
    ("Whether they will pay", "will pay?", 60, 920, 0.05),
    ("Whether they will come", "will come back?", 3, 1480, 0.24),
)


def _stranger(seed: int, yaw: float) -> Sitter:
    does = Expression(smile=0.0, gaze=(-yaw * 0.9, 0.0))
    return Sitter(
        f"stranger-{seed}", Identity.of(seed, young=0.0), does, Pose(yaw=yaw),
        light=(-0.6, 0.5, 0.62), size=640,
    )  # fmt: skip


@shot
def strangers(canvas: skia.Canvas, now: Moment) -> None:
    """Over each of three strangers a hand writes what we would like to know."""
    canvas.drawCircle(960, 620, 1300, glow(960, 620, 1300, 0xFF26282E, 0.8))
    for said, word, seed, x, yaw in STRANGERS:
        since = now.since(said)
        light = mix(0.2, 0.9, glide((since + 0.1) / 0.8)) * mix(1, 0.4, glide((since - 2.2) / 2))
        push = 1 + 0.03 * now.share
        appear(canvas, _stranger(seed, yaw), x, 690, 720 * push, light=light)
        write(canvas, word, x, 230, Hand(ITALIC, 96), PAPER, anchor=0.5, typed=(since - 0.3) / 0.8)
