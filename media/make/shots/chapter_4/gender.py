"""Two words, and how often the wrong one is picked, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import floor

import numpy as np
import skia
from look import (
    DIM,
    GREEN,
    INK,
    PAPER,
    RED,
    SLATE,
    blend,
    clamp,
    fill,
    glide,
    mix,
    stroke,
    sway,
    vertical,
)
from look_type import ITALIC, MEDIUM, MONO, THIN, Hand, write

from shots.chapter_4.read import by_candle, sitter
from shots.chapter_4.reading import candlelight
from shots.chapter_4.square import PLACES, face, frame, row
from shots.chapter_4.wish import flicker
from shots.moment import Moment, shot


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
    row(canvas, place.table, 190, "age", f"{said.age:.1f}", size=72)
    row(canvas, place.table, 290, "gender", said.gender if picked > 0 else cursor,
        size=72, typed=clamp(now.since("Gender") / 0.3))  # fmt: skip
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


ACROSS, DOWN, PITCH = 40, 25, 20
"""Squares of a field, and px from one to the next."""
TOP = 205
FALL = 0.5  # seconds
WRONG = blend(RED, PAPER, 0.3)
UNANSWERED, ANSWERED = blend(SLATE, DIM, 0.25), blend(GREEN, INK, 0.62)


@dataclass(frozen=True)
class Group:
    """People whom the programs told apart, and the most often that one of them was wrong."""

    left: float
    name: str
    bound: str
    """What the share is to the single programs' shares."""
    percent: float
    said: str
    over: float


GROUPS = (  # gender_shades: the highest share of mistakes among the programs on sale
    Group(120, "lighter-skinned men", "at most", 0.8, "0.8 percent", 0.7),
    Group(1000, "darker-skinned women", "up to", 34.7, "it was", 1.0),
)


@shot
def shades(canvas: skia.Canvas, now: Moment) -> None:
    """Two fields of a thousand squares; a red cross falls for each mistake: 8, and 347."""
    canvas.drawPaint(vertical(0, 1080, 0xFF17181C, 0xFF0D0C0D))
    write(canvas, "2018: how often programs on sale picked the wrong word", GROUPS[0].left, 100,
          Hand(ITALIC, 72), PAPER, typed=now.ramp(over=0.9))  # fmt: skip
    for group in GROUPS:
        write(canvas, group.name, group.left, TOP - 28, Hand(MONO, 60), PAPER,
              alpha=now.ramp(over=0.5))  # fmt: skip
        _answered(canvas, now, group)
        _mistakes(canvas, now, group)
    told, gone = now.ramp("programs that", 0.8), now.ramp("at most", 0.3)
    write(canvas, "one square: one answer in 1,000", 960, 800, Hand(MONO, 64), PAPER, anchor=0.5,
          alpha=told - gone)  # fmt: skip


def _cell(group: Group, column: int, line: float) -> skia.Rect:
    x, y = group.left + PITCH * column, TOP + PITCH * line
    return skia.Rect.MakeXYWH(x, y, PITCH - 4, PITCH - 4)


def _answered(canvas: skia.Canvas, now: Moment, group: Group) -> None:
    """Draw a group's thousand squares; a line runs over them that leaves an answer in each."""
    begins = now.start + 0.3
    run = (now.t - begins) / (now.voice.when("at most", begins) - begins)
    opened = now.ramp(over=0.6)
    for column in range(ACROSS):
        past = run * 1.2 - column / ACROSS
        colour = blend(UNANSWERED, ANSWERED, glide(4 * past))
        lit = fill(blend(colour, GREEN, 0.8 * sway(clamp(3 * past))), opened)
        for line in range(DOWN):
            canvas.drawRect(_cell(group, column, line), lit)
    if 0 < run < 1:
        x = group.left + PITCH * ACROSS * run
        canvas.drawLine(x, TOP - 10, x, TOP + PITCH * DOWN + 10, stroke(GREEN, 5))


@cache
def _order() -> list[int]:
    """Return in which column each mistake comes down; a row is full before the next begins."""
    dice = np.random.default_rng(2018)
    return [int(column) for _ in range(DOWN) for column in dice.permutation(ACROSS)]


def _mistakes(canvas: skia.Canvas, now: Moment, group: Group) -> None:
    """Let the group's mistakes fall to the ground of its field, and say what they come to."""
    since = now.since(group.said) + 0.3
    wrong, landed = round(10 * group.percent), 0
    for index in range(wrong):
        fell = clamp((since - group.over * index / wrong) / FALL)
        landed += fell == 1
        line, column = DOWN - 1 - index // ACROSS, _order()[index]
        if fell > 0:
            _wrong(canvas, _cell(group, column, mix(0, line, fell * fell)))
    there = glide(since / 0.4)
    write(canvas, group.bound, group.left, 812, Hand(MONO, 60), PAPER, alpha=there)
    write(canvas, f"{landed / 10:.1f} %", group.left + PITCH * ACROSS - 4, 815,
          Hand(THIN, 120, -0.03), WRONG, anchor=1, alpha=there)  # fmt: skip


def _wrong(canvas: skia.Canvas, cell: skia.Rect) -> None:
    """Cross a wrong answer out, so that it differs from a right one by more than its hue."""
    canvas.drawRect(cell, fill(INK))
    inner = cell.makeInset(2, 2)
    for y, end in ((inner.top(), inner.bottom()), (inner.bottom(), inner.top())):
        canvas.drawLine(inner.left(), y, inner.right(), end, stroke(WRONG, 4.5))
