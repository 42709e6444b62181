"""A clip that says what it is, and one that does not."""

from __future__ import annotations

from math import pi, sin

import skia
from look import (
    COAL,
    GREEN,
    INK,
    PAPER,
    RED,
    SLATE,
    SMOOTH,
    box,
    fill,
    glow,
    lay,
    mix,
    shadow,
    stroke,
)
from look_type import MEDIUM, MONO, Hand, write

from shots.chapter_2.screens import spoken_picture
from shots.moment import Moment, shot

LEFT, RIGHT = box(560, 530, 780, 780), box(1560, 530, 780, 780)
MARK = skia.Rect.MakeXYWH(12, 460, 123, 40)  # in the clip, px of 512
CUT = skia.Rect.MakeXYWH(36, 4, 440, 440)  # the clip without its mark
PAPER_AT = skia.Rect.MakeXYWH(1010, 170, 860, 720)
NOTE = ("pictures   1", "voice      a machine's", "mouth      calculated", "made by    this film")


@shot
def marked(canvas: skia.Canvas, now: Moment) -> None:
    """The clip on a screen. A mark in its corner glows; a note unfolds beside it."""
    canvas.clear(INK)
    _screen(canvas, LEFT)
    lay(canvas, spoken_picture(6.2 + 0.4 * now.age), LEFT)
    lit, rect = now.ramp("a mark", 0.5), _mark_on(LEFT)
    canvas.drawPaint(glow(rect.centerX(), rect.centerY(), 220, GREEN, 0.45 * lit))
    canvas.drawRect(rect, stroke(GREEN, 5, lit))
    _note(canvas, now.ramp("a note", 0.5, delay=-0.3), now.since("a note") - 0.1)


def _screen(canvas: skia.Canvas, rect: skia.Rect) -> None:
    shadow(canvas, rect, 0.8)
    canvas.drawRoundRect(rect.makeOutset(16, 16), 14, 14, fill(SLATE))


def _mark_on(screen: skia.Rect) -> skia.Rect:
    """Return where the clip's mark is on a screen."""
    matrix = skia.Matrix.Translate(screen.left(), screen.top())
    matrix.preScale(screen.width() / 512, screen.height() / 512)
    return matrix.mapRect(MARK)


def _note(canvas: skia.Canvas, unfolded: float, since: float) -> None:
    if unfolded <= 0:
        return
    left, top, width, height = PAPER_AT.left(), PAPER_AT.top(), PAPER_AT.width(), PAPER_AT.height()
    paper = skia.Rect.MakeXYWH(left, top, width, height * unfolded)
    across = _mark_on(LEFT).centerY()
    canvas.drawLine(LEFT.right() + 16, across, left, across, stroke(GREEN, 4, unfolded))
    shadow(canvas, paper, 0.4)
    canvas.drawRect(paper, fill(PAPER))
    canvas.save()
    canvas.clipRect(paper)
    write(canvas, "how this clip was made", left + 56, top + 110, Hand(MEDIUM, 56), COAL)
    canvas.drawLine(left + 56, top + 150, left + width - 56, top + 150, stroke(COAL, 4))
    for row, line in enumerate(NOTE):
        typed, down = (since - 0.15 * row) / 0.35, top + 260 + 126 * row
        write(canvas, line, left + 56, down, Hand(MONO, 54), COAL, typed=typed)
    canvas.restore()


@shot
def without(canvas: skia.Canvas, now: Moment) -> None:
    """We move on to the next screen: a face speaks there too. Its corner is empty."""
    canvas.clear(INK)
    canvas.save()
    canvas.translate(mix(0, -600, now.ramp(over=1.1)), 0)
    _screen(canvas, LEFT)
    lay(canvas, spoken_picture(8.2 + 0.4 * now.age), LEFT)
    _screen(canvas, RIGHT)
    exact = skia.Canvas.kStrict_SrcRectConstraint
    canvas.drawImageRect(spoken_picture(10.4 + now.age), CUT, RIGHT, SMOOTH, skia.Paint(), exact)
    empty = now.ramp("without", 0.5, delay=-0.2)
    dashed = stroke(RED, 4, empty * (0.55 + 0.45 * sin(2 * pi * 1.3 * now.age)))
    dashed.setPathEffect(skia.DashPathEffect.Make([14, 12], 0))
    canvas.drawRect(_mark_on(RIGHT), dashed)
    canvas.restore()
