"""More photographs of the same summer: a garden, mountains, a street after rain."""

from __future__ import annotations

from functools import cache

import numpy as np
import skia
from look import PAPER, blend, fill, glow, stroke, vertical
from nobody import Identity, Pose

from shots.people import Sitter, stand
from shots.photographs import HIGH, LAUGH, SMILE, WIDE, Photograph, taken

WHITE = 0.6  # the share of white blossoms


@cache
def garden() -> Photograph:
    """Two people under a tree."""
    return taken(_paint_garden)


@cache
def mountain() -> Photograph:
    """Four ridges and a lake."""
    return taken(_paint_mountain)


@cache
def street() -> Photograph:
    """Windows at night, and their light on a wet street."""
    return taken(_paint_street)


def _paint_garden(canvas: skia.Canvas) -> list[skia.Rect]:
    whole = skia.Rect.MakeWH(WIDE, HIGH)
    canvas.drawRect(whole, vertical(0, HIGH, 0xFFBFD3C8, 0xFF9DBB8E, 0xFF5E8550))
    dice = np.random.default_rng(8)
    for layer, colour in enumerate((0xFF7FA37A, 0xFF5F8A5F, 0xFF42704B)):
        for x in np.linspace(-80, WIDE + 80, 15):
            size = 120 + 60 * dice.random()
            canvas.drawCircle(x + dice.normal(0, 30), 270 + 95 * layer, size, fill(colour))
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 560, WIDE, HIGH), vertical(560, HIGH, 0xFF6E9A58, 0xFF3F6B3B)
    )
    for _ in range(60):
        x, y = dice.random() * WIDE, 250 + 270 * dice.random()
        blossom = PAPER if dice.random() < WHITE else 0xFFE89AA6
        canvas.drawCircle(x, y, 5 + 5 * dice.random(), fill(blossom))
    left = Sitter("garden-left", Identity.of(13, young=0.0), LAUGH, Pose(yaw=0.18, roll=-0.08))
    right = Sitter("garden-right", Identity.of(24, young=0.2), SMILE, Pose(yaw=-0.2, roll=0.06))
    faces = [stand(canvas, left, 520, 640, 860), stand(canvas, right, 1000, 690, 820)]
    canvas.drawRect(whole, glow(300, 80, 1200, 0xFFFFF3C4, 0.28))
    return faces


def _paint_mountain(canvas: skia.Canvas) -> list[skia.Rect]:
    canvas.drawRect(
        skia.Rect.MakeWH(WIDE, HIGH), vertical(0, 640, 0xFF6F8FB0, 0xFFC9C6CE, 0xFFF3DCC8)
    )
    dice = np.random.default_rng(21)
    for layer in range(4):
        base = 420 + 90 * layer
        ridge = skia.Path()
        ridge.moveTo(0, HIGH)
        for x in np.linspace(0, WIDE, 9):
            ridge.lineTo(x, base - dice.uniform(0, 250 - 50 * layer))
        ridge.lineTo(WIDE, HIGH)
        ridge.close()
        canvas.drawPath(ridge, fill(blend(0xFFA9AFC2, 0xFF2D3F4C, layer / 3)))
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 760, WIDE, HIGH), vertical(760, HIGH, 0xFF8CA2B4, 0xFF31475A)
    )
    return []


def _paint_street(canvas: skia.Canvas) -> list[skia.Rect]:
    canvas.drawRect(skia.Rect.MakeWH(WIDE, HIGH), vertical(0, HIGH, 0xFF1B2233, 0xFF2C3146))
    dice = np.random.default_rng(5)
    for x in range(0, WIDE, 125):
        top = 120 + 260 * dice.random()
        canvas.drawRect(skia.Rect.MakeLTRB(x, top, x + 119, 700), fill(0xFF232A3C))
        for y in range(int(top) + 30, 660, 62):
            for column in range(3):
                if dice.random() < 0.45:  # noqa: PLR2004 - not everyone is awake
                    pane = skia.Rect.MakeXYWH(x + 14 + 35 * column, y, 20, 34)
                    canvas.drawRect(pane, fill(0xFFF0B75E, 0.4 + 0.6 * dice.random()))
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 700, WIDE, HIGH), vertical(700, HIGH, 0xFF3A3546, 0xFF151823)
    )
    for _ in range(40):
        at = WIDE * dice.random()
        canvas.drawLine(at, 705, at, 760 + 200 * dice.random(), stroke(0xFFF0B75E, 8, 0.18))
    return []
