"""The machine reads a face: lines, the picture beneath them, an age."""

from __future__ import annotations

from functools import cache
from math import sin

import numpy as np
import skia
from look import (
    DIM,
    GREEN,
    PAPER,
    SMOOTH,
    YELLOW,
    blend,
    box,
    clamp,
    fill,
    glide,
    mix,
    settle,
    stroke,
    vertical,
)
from look_type import ITALIC, MONO, THIN, Hand, write
from nobody import REST, Identity

from shots.chapter_4 import read
from shots.chapter_4.read import by_candle, sitter
from shots.chapter_4.square import (
    BROWS,
    EYES,
    FACE,
    JAW,
    LIPS,
    NOSE,
    SECOND,
    answers,
    face,
    frame,
    pen,
    row,
    row_of,
)
from shots.chapter_4.wish import WICK, burning, flicker, from_afar, room
from shots.moment import Moment, shot
from shots.people import Sitter

PARTS = (("Brow", BROWS + EYES), ("nose", NOSE), ("lips", LIPS), ("jaw", JAW))


@shot
def glass(canvas: skia.Canvas, now: Moment) -> None:
    """The mirror again, nearer. A square is drawn on its glass; then a line around everything."""
    canvas.save()
    from_afar(canvas, now.ramp(over=4.5))
    room(canvas, now.t, 1.0)
    canvas.restore()
    frame(canvas, drawn=now.ramp("read a face", 1.6, delay=1.4))
    kept = now.ramp("stays here", 1.7)
    page = skia.Path()
    page.addRoundRect(skia.Rect.MakeXYWH(26, 26, 1868, 1028), 18, 18)
    canvas.drawPath(page, stroke(PAPER, 3, 0.6, kept))


def candlelight(canvas: skia.Canvas, t: float, alpha: float = 1.0) -> None:
    """Draw the dark around the square, and the candle that lights the face in it."""
    x, y = WICK.x(), WICK.y()
    canvas.drawPaint(vertical(0, 1080, 0xFF141110, 0xFF0D0C0D))
    if alpha > 0:
        layer = skia.Paint(Alphaf=clamp(alpha))
        canvas.saveLayer(paint=layer)
        burning(canvas, x, y, t, 1.0)
        canvas.restore()


OTHERS = (5, 40, 3)


@cache
def _lines_of(seed: int) -> Sitter:
    return Sitter(
        f"lines-{seed}", Identity.of(seed, young=0.0), REST, framing=read.SQUARE, light=read.CANDLE
    )


@shot
def lines(canvas: skia.Canvas, now: Moment) -> None:
    """One line draws a brow, a nose, lips, a jaw - and then another face, and another."""
    candlelight(canvas, now.t)
    canvas.drawRect(FACE, fill(0xFF0A0B0D))
    frame(canvas)
    points = _any_face(now.since("Any face"))
    for index, (word, part) in enumerate(PARTS):
        since = now.since(word)
        pen(canvas, points, part, glide((since + 0.15) / 1.0))
        name = word.lower()
        typed = clamp((since + 0.1) / 0.3)
        write(canvas, name, FACE.right() + 50, row_of(index), Hand(MONO, 36), GREEN, typed=typed)


def _any_face(since: float) -> np.ndarray:
    """Return the lines' points: this face, then others, then this one again."""
    stops = [sitter(), *(_lines_of(seed) for seed in OTHERS), sitter()]
    along = clamp((since + 0.2) / 2.9) * (len(stops) - 1)
    at = min(int(along), len(stops) - 2)
    amount = glide((along - at) * 1.25)
    return stops[at].points[:, :2] * (1 - amount) + stops[at + 1].points[:, :2] * amount


@shot
def laid(canvas: skia.Canvas, now: Moment) -> None:
    """The picture appears beneath the lines. It is certain that this is a face."""
    candlelight(canvas, now.t, 1 - now.ramp("is a face", 1.6))
    light = flicker(now.t)
    face(canvas, sitter(), light, alpha=now.ramp("lays", 1.4))
    for _, part in PARTS:
        pen(canvas, sitter().points, part, 1.0, alpha=mix(1, 0.55, now.share))
    frame(canvas)
    since = now.since("how sure")
    counted = by_candle(light).confidence * settle((since - 0.3) / 1.6)
    row(canvas, row_of(0), "confidence", f"{counted:.2f}",
        typed=clamp(since / 0.5), shown=glide((since - 0.2) / 0.4))  # fmt: skip


COMPARED = (
    ("19", 11), ("24", 33), ("27", 8), ("31", 5), ("38", 60), ("46", 95), ("63", 83),
)  # fmt: skip


@shot
def age(canvas: skia.Canvas, now: Moment) -> None:
    """Other faces, each with a number somebody wrote; then an age that will not hold still."""
    candlelight(canvas, now.t, 0)
    light = burned(now)
    said = by_candle(light)
    face(canvas, sitter(), light)
    gone = 1 - now.ramp(over=0.8)
    for _, part in PARTS:
        pen(canvas, sitter().points, part, 1.0, alpha=0.55 * gone)
    frame(canvas)
    answers(canvas, said, "confidence")
    since = now.since("Age")
    row(canvas, row_of(1), "age", f"{said.age:.1f}",
        typed=clamp(since / 0.3), shown=now.ramp("It has compared", 0.5))  # fmt: skip
    leaving = now.ramp("The figures", 0.8)
    _compared(canvas, now, said.age, 1 - leaving)
    _scale(canvas, now, leaving)


def burned(now: Moment) -> float:
    """Return how strongly the candle burns in a moment in which nobody moves."""
    return 1.0 + 0.52 * sin(0.75 * now.age) * clamp(now.age / 2) + 0.4 * (flicker(now.t) - 1)


def _compared(canvas: skia.Canvas, now: Moment, guess: float, alpha: float) -> None:
    there = now.since("It has not counted")
    for index, (written, seed) in enumerate(COMPARED):
        column, level = index % 3, index // 3
        shown = glide((there - 0.16 * index) / 0.5) * alpha
        if shown <= 0:
            continue
        x = SECOND.left() + 96 + 204 * column + (102 if level == 2 else 0)  # noqa: PLR2004 - the last row
        y = SECOND.top() + 82 + 206 * level
        near = clamp(1 - abs(float(written) - guess) / 5) * now.ramp("compared", 0.8)
        _small_print(canvas, _lines_of(seed), x, y, written, shown)
        ring = box(x, y + 8, 178, 196)
        canvas.drawRect(ring, stroke(GREEN, 4, near * alpha))
        canvas.drawLine(
            FACE.right(), 480, mix(FACE.right(), ring.left(), near), mix(480, y, near),
            stroke(GREEN, 2, 0.55 * near * alpha),
        )  # fmt: skip


def _small_print(  # noqa: PLR0913, PLR0917 - what and where
    canvas: skia.Canvas, who: Sitter, x: float, y: float, written: str, alpha: float
) -> None:
    paper = box(x, y + 8, 158, 178)
    canvas.drawRect(paper, fill(PAPER, alpha))
    picture = box(x, y - 12, 142, 122)
    canvas.save()
    canvas.clipRect(picture)
    canvas.drawRect(picture, fill(0xFF6A6C70, alpha))
    paint = skia.Paint(Alphaf=alpha, AntiAlias=True)
    canvas.drawImageRect(who.portrait, box(x, y, 160, 160), SMOOTH, paint)
    canvas.restore()
    write(canvas, written, x, y + 86, Hand(ITALIC, 40), 0xFF2A2520, anchor=0.5, alpha=alpha)


def _scale(canvas: skia.Canvas, now: Moment, alpha: float) -> None:
    """Draw a scale of years, and a tick wherever an answer has stood."""
    if alpha <= 0:
        return
    left, right, y = SECOND.left(), SECOND.right(), 610.0
    low, high = 18.0, 34.0
    answer = by_candle(burned(now)).age
    write(canvas, f"{answer:.1f}", SECOND.centerX(), 410, Hand(THIN, 210, -0.03), PAPER,
          anchor=0.5, alpha=alpha)  # fmt: skip
    canvas.drawLine(left, y, right, y, stroke(DIM, 2, alpha))
    for year in range(int(low), int(high) + 1, 2):
        x = mix(left, right, (year - low) / (high - low))
        canvas.drawLine(x, y, x, y + 12, stroke(DIM, 2, alpha))
        if year % 4 == 2:  # noqa: PLR2004 - every second one
            write(canvas, str(year), x, y + 52, Hand(MONO, 28), DIM, anchor=0.5, alpha=alpha)
    for past in np.arange(now.start + 1.0, now.t, 0.2).tolist():
        then = Moment(past, now.start, now.end, now.voice)
        told = by_candle(burned(then)).age
        x = mix(left, right, (told - low) / (high - low))
        canvas.drawLine(x, y - 70, x, y - 8, stroke(YELLOW, 2.5, 0.28 * alpha))
    x = mix(left, right, (answer - low) / (high - low))
    canvas.drawLine(x, y - 96, x, y - 6, stroke(YELLOW, 6, alpha))
    write(canvas, "one face, one expression", SECOND.centerX(), 740, Hand(ITALIC, 40),
          blend(DIM, PAPER, 0.3), anchor=0.5, typed=now.ramp("good manners", 1.0))  # fmt: skip
