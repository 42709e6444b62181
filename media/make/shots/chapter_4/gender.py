"""Two words, and how often the wrong one is picked, and for whom."""

from __future__ import annotations

from math import floor

import numpy as np
import skia
from look import (
    DIM,
    GREEN,
    INK,
    PAPER,
    RED,
    blend,
    clamp,
    fill,
    glide,
    mix,
    settle,
    stroke,
    vertical,
)
from look_type import ITALIC, MEDIUM, MONO, THIN, Hand, write

from shots.chapter_4.read import by_candle, sitter
from shots.chapter_4.reading import candlelight
from shots.chapter_4.square import PLACES, face, frame, row
from shots.chapter_4.wish import flicker
from shots.moment import Moment, shot

GROUPS = (  # gender_shades: the highest share of mistakes among the programs on sale
    ("lighter-skinned men", 0.8, "0.8 percent", 1.0),
    ("darker-skinned women", 34.7, "34.7", 1.7),
)


@shot
def two_words(canvas: skia.Canvas, now: Moment) -> None:
    """A cursor swings between two words and has to stop at one."""
    place = PLACES["reading_gender"]
    candlelight(canvas, now.t, 1900)
    light = flicker(now.t)
    said = by_candle(light)
    face(canvas, sitter(), light, place.face)
    frame(canvas, place.face)
    picked = now.since("pick one")
    cursor = "_" if floor(now.age / 0.5) % 2 == 0 else " "
    row(canvas, place.table, 190, "age", f"{said.age:.1f}", size=56)
    row(canvas, place.table, 280, "gender", said.gender if picked > 0 else cursor,
        size=56, typed=clamp(now.since("Gender") / 0.3))  # fmt: skip
    there = now.ramp("two words", 0.6)
    swing = 0.5 + 0.5 * np.sin(2.6 * now.since("two words"))
    stop = 0.0 if said.gender == "female" else 1.0
    at = mix(float(swing), stop, glide((picked + 0.5) / 0.6))
    left, right = place.table.left(), place.table.right()
    for index, word in enumerate(("female", "male")):
        near = clamp(1 - abs(at - index) * 2.2)
        plate = skia.Rect.MakeLTRB(left + 130, 350 + 236 * index, right, 550 + 236 * index)
        canvas.drawRoundRect(plate, 10, 10, stroke(PAPER, 3, 0.5 * there))
        canvas.drawRoundRect(plate, 10, 10, fill(GREEN, 0.95 * near * glide(picked / 0.3)))
        chosen = near * glide(picked / 0.3) > 0.5  # noqa: PLR2004 - whichever is read better
        write(canvas, word, plate.centerX(), plate.centerY() + 46, Hand(MEDIUM, 140),
              INK if chosen else PAPER, anchor=0.5, alpha=there)  # fmt: skip
    y = 450 + 236 * at
    arrow = skia.Path()
    arrow.addPoly([skia.Point(left + 10, y - 44), skia.Point(left + 84, y),
                   skia.Point(left + 10, y + 44)], False)  # noqa: FBT003 - Skia's signature  # fmt: skip
    canvas.drawPath(arrow, stroke(GREEN, 9, there))


FIELD = skia.Rect.MakeXYWH(120, 0, 1680, 220)
CLOSE, WHOLE = 2.0, 1.0


@shot
def shades(canvas: skia.Canvas, now: Moment) -> None:
    """Two fields of a thousand squares, a red one for each mistake: 8, and 347."""
    canvas.drawPaint(vertical(0, 1080, 0xFF17181C, 0xFF0D0C0D))
    second = now.ramp("For darker-skinned", 1.3, delay=-0.7)
    nearer = mix(CLOSE, WHOLE, now.ramp("lighter-skinned", 1.8, delay=-0.4))
    for y, words, typed in (
        (150, "Programs on sale, 2018:", now.ramp(over=1.0)),
        (236, "how often they picked the wrong word", now.ramp("got this wrong", 1.0, delay=-0.4)),
    ):
        write(canvas, words, FIELD.left(), y - 240 * second, Hand(ITALIC, 76), PAPER, typed=typed,
              alpha=1 - second)  # fmt: skip
    _group(canvas, now, 0, mix(400, 170, second), nearer)
    if second > 0:
        _group(canvas, now, 1, mix(1100, 540, second), WHOLE)


def _group(canvas: skia.Canvas, now: Moment, index: int, top: float, nearer: float) -> None:
    """Draw a group's field with its top at y, seen from so near, and what its mistakes come to."""
    group, percent, said, over = GROUPS[index]
    since = now.since(said)
    grown = settle((since + 0.1) / over)
    canvas.save()
    canvas.translate(FIELD.left(), top)
    canvas.scale(nearer, nearer)
    _thousand(canvas, now.ramp(over=1.6) if index == 0 else 1.0, percent * grown)
    canvas.restore()
    foot = top + FIELD.height() * nearer + 84
    named = 1.0 if index else now.ramp("lighter-skinned", 0.6, delay=-0.2)
    write(canvas, group, FIELD.left(), foot, Hand(MONO, 56), PAPER, alpha=named)
    write(canvas, f"{percent * grown:.1f} %", FIELD.right(), foot + 14, Hand(THIN, 120, -0.03),
          RED, anchor=1, alpha=glide(since / 0.3))  # fmt: skip


def _thousand(canvas: skia.Canvas, there: float, percent: float) -> None:
    """Draw 100 by 10 squares; so many of them, from the left, are red."""
    wrong, quiet = round(10 * percent), blend(DIM, INK, 0.55)
    across, down = FIELD.width() / 100, FIELD.height() / 10
    for index in range(1000):
        column, line = divmod(index, 10)
        shown = clamp(there * 2.4 - column / 71)
        x, y = across * column, down * line
        canvas.drawRect(
            skia.Rect.MakeXYWH(x, y, across - 4, down - 4),
            fill(RED if index < wrong else quiet, shown),
        )
