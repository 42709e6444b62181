"""What was asked for in return, and how often it was given."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import skia
from look import DIM, INK, PAPER, RED, YELLOW, box, clamp, fill, glide, mix, settle, stroke
from look_type import MONO, SERIF, THIN, Hand, grouped, write

from shots.chapter_1.afternoon import empty_box
from shots.chapter_1.licence import offered, signature, tick_path
from shots.moment import Moment, shot
from shots.tiles import summers

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOT_FOR_MONEY, SHARE = 2_284_369, 69


@shot
def condition(canvas: skia.Canvas, now: Moment) -> None:
    """The ticked box returns, and what was offered; a coin is drawn and struck through."""
    canvas.clear(INK)
    moved = now.ramp("On more than", 1.0, delay=-0.2)
    x, side = mix(960, 400, moved), mix(300, 210, moved)
    y = mix(500, 330, moved)
    there = settle(now.age / 0.6)
    recalled = 0.12 * there + 0.33 * now.ramp("remember", 0.9, delay=-0.2)
    offered(canvas, recalled * clamp(1 - 3 * moved), 1.06 - 0.1 * now.ramp(over=2.4))
    empty_box(canvas, x, y, side, 1.0, there)
    canvas.drawPath(tick_path(x, y, side), stroke(YELLOW, 17 * side / 300, there))
    since = now.since("more than")
    shown = glide(since / 0.5)
    if shown > 0:
        number = NOT_FOR_MONEY * settle(since / 2.0)
        write(canvas, grouped(number), 690, 330, Hand(THIN, 190, -0.03), PAPER, alpha=shown)
        write(canvas, "photographs", 698, 420, Hand(MONO, 76), DIM, alpha=shown)
        _hundred(canvas, 700, 496, since - 0.6)
        write(
            canvas,
            f"{SHARE} of every 100",
            698,
            764,
            Hand(MONO, 76),
            RED,
            typed=now.ramp("came with", 0.8),
        )
    _coin(canvas, 400, 660, now)


def _hundred(canvas: skia.Canvas, left: float, top: float, since: float) -> None:
    for index in range(100):
        row, column = divmod(index, 25)
        at = skia.Rect.MakeXYWH(left + 44 * column, top + 44 * row, 34, 34)
        there = glide((since - 0.012 * index) / 0.3)
        if index < SHARE:
            canvas.drawRect(at, fill(RED, there))
        else:
            canvas.drawRect(at.makeInset(1, 1), stroke(DIM, 2, 0.7 * there))


def _coin(canvas: skia.Canvas, x: float, y: float, now: Moment) -> None:
    drawn = now.ramp("a condition", 0.8)
    if drawn <= 0:
        return
    for radius, width in ((118, 5), (98, 2)):
        ring = skia.Path()
        ring.addArc(box(x, y, 2 * radius, 2 * radius), -90, 359.9)
        canvas.drawPath(ring, stroke(PAPER, width, 1, drawn))
    write(canvas, "$", x, y + 44, Hand(SERIF, 140), PAPER, anchor=0.5, alpha=glide(2 * drawn - 1))
    struck = glide(now.since("Not for") / 0.45)
    line = skia.Path()
    line.moveTo(x - 150, y + 118)
    line.lineTo(x + 150, y - 118)
    canvas.drawPath(line, stroke(INK, 34, 1, struck))
    canvas.drawPath(line, stroke(RED, 12, 1, struck))


COLUMNS, ROWS = 8, 4


@shot
def names(canvas: skia.Canvas, now: Moment) -> None:
    """A name in handwriting under each photograph."""
    canvas.clear(INK)
    _names(canvas, now.age / 3.4, None)


@shot
def none(canvas: skia.Canvas, now: Moment) -> None:
    """The names go out, one by one, like windows at night."""
    canvas.clear(INK)
    last = now.voice.when("none", now.start) + 0.75 - now.start
    _names(canvas, 9.0, now.age / last)


def _names(canvas: skia.Canvas, written: float, gone: float | None) -> None:
    order = _order()
    grid = np.indices((ROWS, COLUMNS)).reshape(2, -1).T
    left, top = 54 + 228.0 * grid[:, 1], 36 + 224.0 * grid[:, 0]
    out = np.zeros(len(order)) if gone is None else np.clip((gone - order * 0.86) / 0.05, 0, 1)
    shades = (205 - 130 * out).astype(np.int64)
    late = grid.sum(1) / (COLUMNS + ROWS)
    arrive = np.clip(0.75 + written * 9 - late, 0, 1)  # never a dark picture
    places = np.stack([left, top, np.full_like(left, 216)], 1)
    summers().lay(
        canvas,
        places,
        (grid[:, 0] * 29 + grid[:, 1] * 37 + 6) % 96,
        (shades * arrive).astype(np.int64),
    )
    for index in range(len(order)):
        drawn = clamp((written - 0.12 - 0.6 * order[index]) / 0.22)
        lit = 1 - out[index]
        if lit > 0:
            path = signature(left[index] + 6, top[index] + 190, 0.42, index)
            canvas.drawPath(path, stroke(YELLOW, 4, lit, drawn))


@cache
def _order() -> NDArray[np.float64]:
    return np.random.default_rng(69).permutation(COLUMNS * ROWS) / (COLUMNS * ROWS - 1)
