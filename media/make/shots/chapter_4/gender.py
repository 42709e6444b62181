"""Two words, and how often the wrong one is picked, and for whom."""

from __future__ import annotations

from math import floor

import numpy as np
import skia
from look import DIM, GREEN, INK, PAPER, RED, box, clamp, fill, glide, mix, settle, stroke
from look_type import ITALIC, MEDIUM, MONO, THIN, Hand, write

from shots.chapter_4.read import by_candle, sitter
from shots.chapter_4.reading import candlelight
from shots.chapter_4.square import SECOND, TABLE, answers, face, frame, row, row_of
from shots.chapter_4.wish import flicker
from shots.moment import Moment, shot

GROUPS = (  # gender_shades: the highest share of mistakes among the programs on sale
    ("lighter-skinned men", 0.8, "0.8 percent", 1.0),
    ("darker-skinned women", 34.7, "34.7", 1.7),
)


@shot
def two_words(canvas: skia.Canvas, now: Moment) -> None:
    """A cursor swings between two words and has to stop at one."""
    candlelight(canvas, now.t, 0)
    light = flicker(now.t)
    said = by_candle(light)
    face(canvas, sitter(), light)
    frame(canvas)
    answers(canvas, said, "confidence", "age")
    picked = now.since("pick one")
    blinks = float(floor(now.age / 0.5) % 2 == 0)
    row(canvas, row_of(2), "gender", said.gender if picked > 0 else "_",
        typed=clamp(now.since("Gender") / 0.3), shown=1.0 if picked > 0 else blinks)  # fmt: skip
    there = now.ramp("two words", 0.6)
    swing = 0.5 + 0.5 * np.sin(2.6 * now.since("two words"))
    stop = 0.0 if said.gender == "female" else 1.0
    place = mix(float(swing), stop, glide((picked + 0.5) / 0.6))
    for index, word in enumerate(("female", "male")):
        near = clamp(1 - abs(place - index) * 2.2)
        y = 380 + 240 * index
        plate = box(SECOND.centerX(), y - 26, 460, 140)
        canvas.drawRoundRect(plate, 8, 8, stroke(DIM, 2, 0.6 * there))
        canvas.drawRoundRect(plate, 8, 8, fill(GREEN, 0.95 * near * glide(picked / 0.3)))
        chosen = near * glide(picked / 0.3) > 0.5  # noqa: PLR2004 - whichever is read better
        write(canvas, word, SECOND.centerX(), y, Hand(MEDIUM, 76), INK if chosen else PAPER,
              anchor=0.5, alpha=there)  # fmt: skip
    y = 354 + 240 * place
    arrow = skia.Path()
    arrow.moveTo(SECOND.left() + 6, y - 24)
    arrow.lineTo(SECOND.left() + 46, y)
    arrow.lineTo(SECOND.left() + 6, y + 24)
    canvas.drawPath(arrow, stroke(GREEN, 6, there))


@shot
def shades(canvas: skia.Canvas, now: Moment) -> None:
    """A thousand squares for each of two groups; a red one is a mistake: 8, and 347."""
    candlelight(canvas, now.t, 0)
    light = flicker(now.t)
    face(canvas, sitter(), light)
    frame(canvas)
    answers(canvas, by_candle(light), "confidence", "age", "gender")
    sold = now.ramp("on sale", 0.8)
    write(canvas, "programs on sale, 2018", TABLE.left(), 470, Hand(ITALIC, 38), DIM, typed=sold)
    write(canvas, "the wrong word:", TABLE.left(), 520, Hand(ITALIC, 38), DIM,
          typed=now.ramp("got this wrong", 0.7))  # fmt: skip
    for index, (group, percent, said, over) in enumerate(GROUPS):
        top = SECOND.top() + 316 * index
        there = now.ramp(("lighter-skinned", "darker-skinned")[index], 0.6, delay=-1.2)
        since = now.since(said)
        grown = settle((since + 0.1) / over)
        _thousand(canvas, top, there, percent * grown)
        write(canvas, group, SECOND.left(), top + 248, Hand(MONO, 28), PAPER, alpha=there)
        write(canvas, f"{percent * grown:.1f} %", SECOND.right(), top + 268, Hand(THIN, 72, -0.03),
              RED, anchor=1, alpha=glide(since / 0.3))  # fmt: skip


def _thousand(canvas: skia.Canvas, top: float, there: float, percent: float) -> None:
    """Draw 50 by 20 squares; so many of them, from the left, are red."""
    wrong = round(10 * percent)
    for index in range(1000):
        column, line = divmod(index, 20)
        shown = clamp(there * 2.4 - column / 36)
        x, y = SECOND.left() + 12 * column, top + 10 * line
        red = index < wrong
        colour, alpha = (RED, shown) if red else (PAPER, 0.22 * shown)
        canvas.drawRect(skia.Rect.MakeXYWH(x, y, 10, 8), fill(colour, alpha))
