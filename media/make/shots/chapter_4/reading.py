"""The machine reads a face: lines, the picture beneath them, an age."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import skia
from look import (
    GREEN,
    PAPER,
    SMOOTH,
    YELLOW,
    box,
    clamp,
    fill,
    find_box,
    glide,
    glow,
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
    JAW,
    LIPS,
    NOSE,
    OVERHANG,
    PLACES,
    face,
    frame,
    pen,
)
from shots.chapter_4.wish import flicker
from shots.moment import Moment, shot
from shots.people import Sitter

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARTS = (("Brow", BROWS + EYES), ("nose", NOSE), ("lips", LIPS), ("jaw", JAW))


def candlelight(canvas: skia.Canvas, t: float, x: float) -> None:
    """Draw the dark around the square, and in it the light of a candle that stands at x."""
    canvas.drawPaint(vertical(0, 1080, 0xFF141110, 0xFF0D0C0D))
    canvas.drawPaint(glow(x, 420, 1100, 0xFF8A5A2A, 0.34 * flicker(t)))


OTHERS = (5, 40, 3)
SKETCHES = tuple(  # where each face is drawn that could stand behind the lines
    (seed, skia.Rect.MakeXYWH(x, y, 330, 330))
    for seed, x, y in ((33, 135, 480), (60, 1455, 90), (5, 135, 90), (95, 1455, 480))
)


@cache
def _lines_of(seed: int) -> Sitter:
    return Sitter(
        f"lines-{seed}", Identity.of(seed, young=0.0), REST, framing=read.SQUARE, light=read.CANDLE
    )


@shot
def lines(canvas: skia.Canvas, now: Moment) -> None:
    """One line draws a brow, a nose, lips, a jaw - and others wherever there is room for a face.

    A part is begun while the one before it is still being named, so that the pen never rests.
    """
    place, table = PLACES["reading_wireframe"].face, PLACES["reading_wireframe"].table
    candlelight(canvas, now.t, 1900)
    any_face = now.since("Any face")
    for order, (seed, rect) in enumerate(SKETCHES):
        _sketch(canvas, seed, rect, any_face + 0.1 - 0.4 * order)
    canvas.drawRect(place, fill(0xFF0A0B0D))
    frame(canvas, place)
    points = _any_face(any_face)
    begins = now.start
    for index, (word, part) in enumerate(PARTS):
        said = now.voice.when(word, now.start)
        pen(canvas, points, part, clamp((now.t - begins) / (said + 0.7 - begins)), place)
        begins = said - 0.2
        write(canvas, word.lower(), table.left(), place.top() + 200 + 150 * index,
              Hand(MONO, 80), GREEN, typed=clamp((now.t - begins) / 0.3),
              alpha=1 - glide(any_face / 0.6))  # fmt: skip


def _sketch(canvas: skia.Canvas, seed: int, rect: skia.Rect, since: float) -> None:
    """Draw another face's lines, smaller, beside the one that is read."""
    canvas.drawRect(rect, stroke(GREEN, 4, 0.8 * glide(since / 0.4)))
    for _, part in PARTS:
        pen(canvas, _lines_of(seed).points, part, glide(since / 1.2), rect)


def _any_face(since: float) -> NDArray[np.float32]:
    """Return the lines' points: this face, then others, then this one again."""
    stops = [sitter(), *(_lines_of(seed) for seed in OTHERS), sitter()]
    along = clamp((since + 0.2) / 2.9) * (len(stops) - 1)
    at = min(int(along), len(stops) - 2)
    amount = glide((along - at) * 1.25)
    return stops[at].points[:, :2] * (1 - amount) + stops[at + 1].points[:, :2] * amount


@shot
def laid(canvas: skia.Canvas, now: Moment) -> None:
    """The picture appears beneath the lines. It is certain that this is a face."""
    place = PLACES["reading_image"]
    candlelight(canvas, now.t, 1700)
    light = flicker(now.t)
    canvas.drawRect(place.face, fill(0xFF0A0B0D))
    face(canvas, sitter(), light, place.face, alpha=now.ramp("lays", 1.4))
    for _, part in PARTS:
        pen(canvas, sitter().points, part, 1.0, place.face, mix(1, 0.55, now.share))
    frame(canvas, place.face)
    since = now.since("how sure")
    counted = by_candle(light).confidence * settle((since - 0.3) / 1.6)
    left = place.table.left()
    write(canvas, "confidence", left, 300, Hand(MONO, 72), YELLOW, typed=clamp(since / 0.5))
    write(canvas, f"{counted:.2f}", left - 20, 640, Hand(THIN, 360, -0.03),
          alpha=glide((since - 0.2) / 0.4))  # fmt: skip
    trough = skia.Rect.MakeXYWH(left, 730, 860, 20)
    canvas.drawRect(trough, fill(PAPER, 0.14 * glide((since - 0.2) / 0.4)))
    canvas.drawRect(skia.Rect.MakeXYWH(left, 730, 860 * counted, 20), fill(YELLOW))


ONE_FACE = "one face: only the light changes"
COMPARED = (
    ("19", 11), ("24", 33), ("27", 8), ("31", 5), ("38", 60), ("46", 95), ("63", 83),
)  # fmt: skip


@shot
def age(canvas: skia.Canvas, now: Moment) -> None:
    """Others, each with a number somebody wrote; then an age that will not hold still."""
    place = PLACES["reading_age"]
    candlelight(canvas, now.t, 200)
    light = burned(now)
    said = by_candle(light)
    leaving = now.ramp("The figures", 0.9)
    _compared(canvas, now, place.face, leaving)
    face(canvas, sitter(), light, place.face)
    gone = 1 - now.ramp(over=0.8)
    for _, part in PARTS:
        pen(canvas, sitter().points, part, 1.0, place.face, 0.55 * gone)
    frame(canvas, place.face)
    # The page's table has to hide the number too, which is wider than what it is read from.
    table = place.table.makeInset(OVERHANG, 0)
    left = table.left()
    write(canvas, "age", left, table.top() + 60, Hand(MONO, 64), YELLOW,
          typed=clamp(now.since("Age") / 0.3))  # fmt: skip
    write(canvas, f"{said.age:.1f}", left - 10, table.top() + 300, Hand(THIN, 270, -0.03),
          alpha=now.ramp("It has compared", 0.5))  # fmt: skip
    _scale(canvas, now, table, leaving)
    write(canvas, ONE_FACE, 960, 235, Hand(ITALIC, 110), PAPER, anchor=0.5,
          typed=now.ramp("good manners", 1.0, delay=-0.4))  # fmt: skip


def burned(now: Moment) -> float:
    """Return how strongly the candle burns in a moment in which nobody moves.

    It is low, then high: what is read in less light and in more is so again when it is read twice.
    """
    low = mix(1.0, 0.7, now.ramp(over=2.0))
    high = now.ramp("the point", 0.9) - now.ramp("not precision", 0.9, delay=0.3)
    return mix(low, 1.51, high) + 0.4 * (flicker(now.t) - 1)


def _compared(canvas: skia.Canvas, now: Moment, read_at: skia.Rect, leaving: float) -> None:
    """Hang prints in a row; the machine looks at one after the other, and back at the face."""
    there = now.since("It has not counted")
    looks = (now.since("It has compared") + 0.7) / 0.42
    for index, (written, seed) in enumerate(COMPARED):
        shown = glide((there + 0.5 - 0.16 * index) / 0.5)
        if shown <= 0:
            continue
        x = 300 + 220 * index
        y = 195 - 60 * (1 - shown) - 420 * glide(leaving * 1.8 - 0.13 * index)
        seen = clamp(1.25 - abs(looks - index - 0.5)) * (leaving == 0)
        canvas.drawLine(
            x, y + 120, mix(x, read_at.centerX(), seen), mix(y + 120, read_at.top(), seen),
            stroke(GREEN, 4, 0.8 * seen),
        )  # fmt: skip
        _small_print(canvas, _lines_of(seed), x, y, written, shown)
        find_box(canvas, box(x, y + 8, 206, 236), width=5, alpha=seen)


def _small_print(  # noqa: PLR0913, PLR0917 - what and where
    canvas: skia.Canvas, who: Sitter, x: float, y: float, written: str, alpha: float
) -> None:
    paper = box(x, y + 8, 184, 212)
    canvas.drawRect(paper, fill(PAPER, alpha))
    picture = box(x, y - 16, 166, 146)
    canvas.save()
    canvas.clipRect(picture)
    canvas.drawRect(picture, fill(0xFF6A6C70, alpha))
    paint = skia.Paint(Alphaf=alpha, AntiAlias=True)
    canvas.drawImageRect(who.portrait, box(x, y - 4, 190, 190), SMOOTH, paint)
    canvas.restore()
    write(canvas, written, x, y + 104, Hand(ITALIC, 50), 0xFF2A2520, anchor=0.5, alpha=alpha)


def _scale(canvas: skia.Canvas, now: Moment, table: skia.Rect, alpha: float) -> None:
    """Draw a scale of years, and a tick wherever an answer has stood."""
    if alpha <= 0:
        return
    left, right, y = table.left(), table.right(), table.bottom() - 72
    low, high = 18.0, 34.0
    canvas.drawLine(left, y, right, y, stroke(PAPER, 3, 0.7 * alpha))
    for year in range(int(low), int(high) + 1, 2):
        x = mix(left, right, (year - low) / (high - low))
        canvas.drawLine(x, y, x, y + 12, stroke(PAPER, 3, 0.7 * alpha))
        if year % 4 == 2:  # noqa: PLR2004 - every second one
            write(canvas, str(year), x, y + 66, Hand(MONO, 56), PAPER, anchor=0.5, alpha=alpha)
    for past in np.arange(now.start + 1.0, now.t, 0.2).tolist():
        then = Moment(past, now.start, now.end, now.voice)
        told = by_candle(burned(then)).age
        x = mix(left, right, (told - low) / (high - low))
        canvas.drawLine(x, y - 54, x, y - 8, stroke(YELLOW, 3, 0.28 * alpha))
    x = mix(left, right, (by_candle(burned(now)).age - low) / (high - low))
    canvas.drawLine(x, y - 72, x, y - 6, stroke(YELLOW, 7, alpha))
