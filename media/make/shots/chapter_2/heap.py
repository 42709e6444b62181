"""Behind every machine a heap of pictures; and out of the heap, a list."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import skia
from look import (
    COAL,
    DIM,
    INK,
    PAPER,
    SMOOTH,
    box,
    clamp,
    fill,
    glide,
    glow,
    lay,
    leave,
    mix,
    shadow,
    stroke,
)
from look_type import MEDIUM, MONO, Hand, write

from shots.chapter_2.marks import unmarked
from shots.moment import Moment, shot
from shots.tiles import crowd

SCREEN = box(960, 430, 640, 640)
OWN = 144  # tiles of the screen itself, twelve rows of twelve; the others come from above
PIECES = 420
ROWS = 14


class Tile(NamedTuple):
    """A tile that falls: when, from where, to where, px, and how it turns, radians."""

    begins: float
    start: tuple[float, float]
    end: tuple[float, float]
    turn: float


@cache
def tiles() -> list[Tile]:
    """Return all the tiles of the heap."""
    dice = np.random.default_rng(46)
    told = []
    for index in range(PIECES):
        row, column = divmod(index, 12)
        aside, late = dice.random(2)
        own = index < OWN
        start = (667 + 53.3 * column, 137 + 53.3 * row) if own else (500 + 920 * aside, -90.0)
        begins = 0.5 + 0.9 * late if own else 1.2 + 4.4 * (index - OWN) / (PIECES - OWN)
        x = 960 + float(dice.normal(0, 250))
        hill = 420 * np.exp(-(((x - 960) / 300) ** 2))
        y = 1010 - float(hill) * float(dice.random()) ** 0.7
        told.append(Tile(begins, start, (x, y), float(dice.uniform(-1.6, 1.6))))
    return told


@shot
def pile(canvas: skia.Canvas, now: Moment) -> None:
    """A screen breaks into tiles with faces on them. They fall, and more fall, into a heap."""
    canvas.clear(INK)
    canvas.drawPaint(glow(960, 1080, 900, 0xFF9FB4C4, 0.10))
    since = now.since("Machines") - 0.6
    lay(canvas, unmarked(13.0), SCREEN, 1 - clamp(since / 0.5))
    heap(canvas, since)
    canvas.drawRect(SCREEN, stroke(DIM, 3, 1 - leave(since / 0.9)))


def heap(canvas: skia.Canvas, since: float) -> None:
    """Draw the tiles so many seconds after the screen broke."""
    atlas = crowd()
    xforms, rects = [], []
    for index, tile in enumerate(tiles()):
        gone = clamp((since - tile.begins) / 0.85)
        if index >= OWN and gone <= 0:
            continue
        x, y = mix(tile.start[0], tile.end[0], gone), mix(tile.start[1], tile.end[1], gone**2)
        xforms.append(_turned(x, y, (53 + 30 * gone) / atlas.width, tile.turn * gone))
        rects.append(atlas.rect(index * 7))
    canvas.drawAtlas(
        atlas.picture, xforms, rects, [0xFFFFFFFF] * len(rects), skia.BlendMode.kModulate, SMOOTH,
        None, skia.Paint(Alphaf=clamp(since / 0.5)),
    )  # fmt: skip


def _turned(x: float, y: float, scale: float, turn: float) -> skia.RSXform:
    """Return how to draw a tile turned around its middle."""
    c, s, half = scale * np.cos(turn), scale * np.sin(turn), crowd().width / 2
    return skia.RSXform(c, s, x - half * (c - s), y - half * (s + c))


LIST = box(960, 0, 760, 0)  # where the list is in the picture: its middle and its width, px
FOOT = 1160  # of the list, below the picture


@shot
def strip(canvas: skia.Canvas, now: Moment) -> None:
    """Out of the heap slides a list of who asked for it; its names are hidden."""
    canvas.clear(INK)
    canvas.drawPaint(glow(960, 1080, 900, 0xFF9FB4C4, 0.10))
    canvas.drawPaint(glow(960, 420, 760, PAPER, 0.10 * now.ramp("there is a list", 1.0)))
    near = glide(now.age / 3.2)
    risen = now.ramp("there is a list", 1.5, delay=-0.8)
    out = 880 * risen + 20 * max(now.since("there is"), 0)
    canvas.save()
    canvas.translate(960, FOOT)
    canvas.scale(mix(0.3, 1, risen), mix(0.3, 1, risen))  # narrow: its corners stay in the heap
    canvas.translate(-960, -FOOT)
    _list(canvas, 1090 - out, now.since("a list") + 0.2)
    canvas.restore()
    canvas.save()
    canvas.translate(960, mix(1010, 1350, near))
    canvas.scale(mix(1, 1.5, near), mix(1, 1.5, near))
    canvas.translate(-960, -1010)
    heap(canvas, 20.0)
    canvas.restore()
    canvas.drawRect(skia.Rect.MakeWH(1920, 1080), fill(INK, glide((now.t - now.end + 0.45) / 0.42)))


def _list(canvas: skia.Canvas, top: float, since: float) -> None:
    """Draw the list with its upper edge at `top`, px; its heading is typed in `since` seconds."""
    paper = skia.Rect.MakeLTRB(LIST.left(), top, LIST.right(), FOOT)
    left, right = paper.left() + 60, paper.right() - 60
    shadow(canvas, paper, 0.5)
    canvas.drawRect(paper, fill(PAPER))
    write(canvas, "who asked for it", left, top + 100, Hand(MEDIUM, 60), COAL, typed=since / 0.7)
    canvas.drawLine(left, top + 140, right, top + 140, stroke(COAL, 5))
    for row, line in enumerate(_lines()):
        down = top + 216 + 74 * row
        write(canvas, f"{row + 1}", left + 60, down, Hand(MONO, 44), COAL, anchor=1)
        for x, width in line:
            bar = skia.Rect.MakeXYWH(left + 104 + x, down - 33, width, 38)
            canvas.drawRect(bar, fill(COAL))


@cache
def _lines() -> list[list[tuple[float, float]]]:
    """Return the hidden words of the list: left and width, px."""
    dice = np.random.default_rng(1453)
    told = []
    for _ in range(ROWS):
        widths = dice.uniform(70, 190, int(dice.integers(2, 4))).tolist()
        lefts = np.cumsum([0.0, *(width + 14 for width in widths[:-1])]).tolist()
        told.append([(x, min(width, 530 - x)) for x, width in zip(lefts, widths, strict=True)])
    return told
