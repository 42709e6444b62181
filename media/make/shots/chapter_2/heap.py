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

from shots.chapter_2.screens import spoken_picture
from shots.moment import Moment, shot
from shots.tiles import crowd

SCREEN = box(960, 430, 640, 640)
OWN = 144  # tiles of the screen itself, twelve rows of twelve; the others come from above
PIECES = 420
ROWS = 90


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
    lay(canvas, spoken_picture(13.0), SCREEN, 1 - clamp(since / 0.5))
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


@shot
def strip(canvas: skia.Canvas, now: Moment) -> None:
    """Out of the heap slides a long strip of paper, line under line, too small to read yet."""
    canvas.clear(INK)
    canvas.drawPaint(glow(960, 1080, 900, 0xFF9FB4C4, 0.10))
    near = glide(now.age / 5.5)
    canvas.save()
    canvas.translate(960, mix(1010, 1180, near))
    canvas.scale(mix(1, 1.25, near), mix(1, 1.25, near))
    canvas.translate(-960, -1010)
    _list(canvas, 700 * now.ramp("there is a list", 2.6, delay=-0.5) + 60 * now.age)
    heap(canvas, 20.0)
    canvas.restore()
    canvas.drawRect(skia.Rect.MakeWH(1920, 1080), fill(INK, glide((now.t - now.end + 0.9) / 0.8)))


def _list(canvas: skia.Canvas, out: float) -> None:
    """Draw as much of the list as is out of the heap, in px."""
    canvas.save()
    canvas.translate(1010, 900)
    canvas.rotate(4)
    paper = skia.Rect.MakeXYWH(-190, -out, 380, out)
    shadow(canvas, paper, 0.3)
    canvas.drawRect(paper, fill(PAPER))
    canvas.clipRect(paper)
    for row, line in enumerate(_lines()):
        for x, width in line:
            canvas.drawRect(skia.Rect.MakeXYWH(x, 23 * (row + 1) - out, width, 9), fill(COAL, 0.78))
    canvas.restore()


@cache
def _lines() -> list[list[tuple[float, float]]]:
    """Return the words of the list: left and width, px. None of them can be read."""
    dice = np.random.default_rng(1453)
    told = []
    for _ in range(ROWS):
        widths = dice.uniform(24, 92, int(dice.integers(1, 5))).tolist()
        lefts = np.cumsum([-160.0, *(width + 10 for width in widths[:-1])]).tolist()
        told.append(list(zip(lefts, widths, strict=True)))
    return told
