"""What cannot be called back: a drop, a face that is still at work, and yours."""

from __future__ import annotations

from math import pi, sin
from typing import TYPE_CHECKING

import numpy as np
import skia
from look import (
    GREEN,
    INK,
    PAPER,
    SMOOTH,
    box,
    clamp,
    fill,
    glide,
    greyed,
    mix,
    see_through,
    stroke,
    sway,
    tint,
    vertical,
)
from look_type import MONO, Hand, write

from shots.moment import Moment, shot
from shots.people import hero
from shots.photographs import HIGH, WIDE, sleeper
from shots.prints import Place, drop, photograph, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

WATER = 640.0
AT_REST = 13  # the step at which the measured face looks at us


@shot
def water(canvas: skia.Canvas, now: Moment) -> None:
    """A last drop falls; its rings travel past every edge."""
    canvas.clear(INK)
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, WATER - 170, 1920, 1080),
        vertical(WATER - 170, 1080, 0xFF0C0D10, 0xFF131B22, 0xFF0C0D10),
    )
    hit = now.voice.when("You cannot", now.start) - 0.05
    closed = now.ramp("close", 0.8)
    _tap(canvas, closed)
    until = hit - now.t
    if until > 0:
        fallen = clamp(1 - until / 0.55)
        swell = glide(1 - (until - 0.55) / 0.9) if until > 0.55 else 1.0  # noqa: PLR2004 - it lets go
        y = mix(272, WATER, fallen**2)
        _drop(canvas, 960, y, 15 * swell, 1 + 0.5 * fallen)
    for index in range(7):
        grown = (now.t - hit - 0.16 * index) / 3.4
        if grown > 0:
            radius = 1900 * grown**0.8
            alpha = clamp(1 - grown) ** 1.3 * (1 - 0.09 * index)
            canvas.drawOval(
                box(960, WATER, 2 * radius, 0.52 * radius),
                stroke(0xFFB8D0DC, 3.2 - 0.3 * index, alpha),
            )
    splash = clamp((now.t - hit) / 0.5)
    if 0 < splash < 1:
        _drop(canvas, 960, WATER - 110 * sin(pi * splash), 8 * (1 - splash * 0.5), 1.0)


def _tap(canvas: skia.Canvas, closed: float) -> None:
    pipe = skia.Path()
    pipe.moveTo(1240, -20)
    pipe.lineTo(1240, 130)
    pipe.quadTo(1240, 160, 1210, 160)
    pipe.lineTo(1010, 160)
    pipe.quadTo(960, 160, 960, 210)
    pipe.lineTo(960, 258)
    canvas.drawPath(pipe, stroke(PAPER, 64))
    canvas.drawPath(pipe, stroke(INK, 58))
    canvas.drawLine(922, 258, 998, 258, stroke(PAPER, 3))
    canvas.save()
    canvas.translate(1110, 106)
    canvas.rotate(mix(-72, 0, closed))
    canvas.drawLine(-92, 0, 92, 0, stroke(PAPER, 20))
    canvas.drawLine(-92, 0, 92, 0, stroke(INK, 14))
    canvas.restore()
    canvas.drawLine(1110, 106, 1110, 128, stroke(PAPER, 3))


def _drop(canvas: skia.Canvas, x: float, y: float, radius: float, tall: float) -> None:
    path = skia.Path()
    path.moveTo(x, y - radius * 2.2 * tall)
    path.cubicTo(x + radius * 0.4, y - radius, x + radius, y - radius * 0.4, x + radius, y)
    path.arcTo(box(x, y, 2 * radius, 2 * radius), 0, 180, False)  # noqa: FBT003 - Skia's signature
    path.cubicTo(
        x - radius, y - radius * 0.4, x - radius * 0.4, y - radius, x, y - radius * 2.2 * tall
    )
    canvas.drawPath(path, fill(0xFFCFE2EA))


@shot
def cousin(canvas: skia.Canvas, now: Moment) -> None:
    """The sleeping cousin; the colours leave, and green points keep blinking on her face."""
    table(canvas)
    place = Place(1010 - 40 * now.share, 530, 1180, -1.5).toward(
        Place(1180, 640, 1980, -1.5), now.ramp("Somewhere", 4.2)
    )
    drop(canvas, "cousin", place)
    canvas.save()
    canvas.concat(place.matrix())
    lost = now.ramp("Somewhere", 1.6)
    paint = skia.Paint(Alphaf=lost * 0.85)
    paint.setColorFilter(greyed(1.0))
    canvas.drawImageRect(photograph("cousin"), skia.Rect.MakeWH(WIDE, HIGH), SMOOTH, paint)
    canvas.drawRect(skia.Rect.MakeWH(WIDE, HIGH), fill(INK, 0.45 * lost))
    canvas.translate(640, 480)
    canvas.rotate(-58)
    places = sleeper().points[:, :2] * 900 + np.array([-450, -410], np.float32)
    _blinking(canvas, places, now)
    canvas.restore()


def _blinking(canvas: skia.Canvas, places: NDArray[np.float32], now: Moment) -> None:
    appeared = now.ramp("her face", 1.2)
    phases = np.random.default_rng(3).uniform(0, 2 * pi, len(places))
    for (x, y), phase in zip(places.tolist(), phases.tolist(), strict=True):
        if appeared * 2 * pi > phase:
            bright = 0.30 + 0.70 * max(sin(3.4 * now.age + phase * 3), 0) ** 2
            canvas.drawCircle(x, y, 2.3, fill(GREEN, bright))


@shot
def yours(canvas: skia.Canvas, now: Moment) -> None:
    """An empty square, gone over by a green line; in it, the first points of a face."""
    canvas.clear(INK)
    drawn = now.ramp(over=1.0)
    side = 640 + 20 * now.share
    frame = skia.Path()
    frame.addRect(box(960, 500, side, side))
    canvas.drawPath(frame, stroke(GREEN, 3, 1, drawn))
    _sweep(canvas, side, now)
    places = hero(AT_REST).points[:, :2] * 640 + np.array([960 - 320, 505 - 320], np.float32)
    order = np.random.default_rng(6).permutation(len(places))
    since = now.since("Now see")
    shown = int(1 + 90 * clamp(since / 3.2) ** 2.2) if since > 0 else 0
    for index in order[:shown].tolist():
        x, y = places[index].tolist()
        canvas.drawCircle(x, y, 3.4, fill(GREEN))
    waiting = now.ramp("photograph", 0.5) * (since < 0)
    write(
        canvas,
        "no face yet",
        960,
        522,
        Hand(MONO, 78),
        GREEN,
        anchor=0.5,
        alpha=waiting,
    )
    fade = glide((now.t - now.end + 0.9) / 0.8)
    canvas.drawRect(skia.Rect.MakeWH(1920, 1080), fill(INK, fade))


def _sweep(canvas: skia.Canvas, side: float, now: Moment) -> None:
    """Let a line look for a face, down and up, until the first point is found."""
    there = now.ramp(over=0.7) * (1 - now.ramp("Now see", 0.6))
    frame = box(960, 500, side, side)
    y = mix(frame.top(), frame.bottom(), sway(now.age / 3.2))
    canvas.saveLayer(frame, see_through(there))
    canvas.clipRect(frame)
    light = vertical(y - 110, y + 110, *(tint(GREEN, alpha) for alpha in (0, 0.22, 0)))
    canvas.drawRect(skia.Rect.MakeLTRB(frame.left(), y - 110, frame.right(), y + 110), light)
    canvas.drawLine(frame.left(), y, frame.right(), y, stroke(GREEN, 4))
    canvas.restore()
