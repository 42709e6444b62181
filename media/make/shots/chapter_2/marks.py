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
    between,
    box,
    fill,
    glow,
    lay,
    mix,
    painted,
    shadow,
    stroke,
)
from look_type import MEDIUM, MONO, Hand, write

from shots.chapter_2.screens import spoken_picture
from shots.moment import Moment, shot

ALONE, LEFT = box(960, 540, 900, 900), box(560, 530, 780, 780)
PAIR = (box(514, 500, 760, 760), box(1406, 500, 760, 760))
NEXT = box(2400, 500, 760, 760)  # where the second clip comes from
MARK = skia.Rect.MakeXYWH(14, 430, 306, 68)
"""The mark on a clip, px of 512: as large as the clip's own is to somebody near it."""
OWN, ABOVE = skia.Rect.MakeLTRB(8, 454, 142, 512), skia.Rect.MakeLTRB(8, 452, 142, 454)
"""Where the clip carries its own mark, and the row of its wall above that."""
PAPER_AT = skia.Rect.MakeXYWH(1010, 170, 814, 720)
NOTE = ("pictures   1", "voice      a machine's", "mouth      calculated", "made by    this film")


@shot
def marked(canvas: skia.Canvas, now: Moment) -> None:
    """The clip on a screen. A mark in its corner glows; it makes room, and a note unfolds."""
    canvas.clear(INK)
    note = now.ramp("a note", 0.5, delay=-0.2)
    screen = between(ALONE, LEFT, now.ramp("and a note", 0.6, delay=-0.35))
    _marked(canvas, 6.2 + 0.4 * now.age, screen, now.ramp("a mark", 0.4, delay=-0.1))
    _note(canvas, note, now.since("a note") - 0.1)


def unmarked(second: float) -> skia.Image:
    """Return the clip's picture at a second of its own, as it would be without a mark."""
    picture, exact = spoken_picture(second), skia.Canvas.kStrict_SrcRectConstraint

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawImage(picture, 0, 0)
        canvas.drawImageRect(picture, ABOVE, OWN, SMOOTH, skia.Paint(), exact)

    return painted(picture.width(), picture.height(), draw)


def _marked(canvas: skia.Canvas, second: float, screen: skia.Rect, lit: float) -> None:
    """Draw the clip on a screen with its mark, which lights up."""
    _screen(canvas, screen)
    lay(canvas, unmarked(second), screen)
    plate = _mark_on(screen)
    x, y = plate.centerX(), plate.centerY()
    canvas.drawCircle(x, y, 420, glow(x, y, 420, GREEN, 0.5 * lit))
    canvas.drawRect(plate, fill(INK, 0.9))
    canvas.drawRect(plate, stroke(GREEN, 8, lit))
    hand, down = Hand(MEDIUM, 0.66 * plate.height(), 0.02), y + 0.2 * plate.height()
    write(canvas, "synthetic", x, down, hand, PAPER, anchor=0.5)


def _screen(canvas: skia.Canvas, rect: skia.Rect) -> None:
    shadow(canvas, rect, 0.8)
    canvas.drawRoundRect(rect.makeOutset(16, 16), 14, 14, fill(SLATE))


def _mark_on(screen: skia.Rect) -> skia.Rect:
    """Return where the mark is on a screen."""
    matrix = skia.Matrix.Translate(screen.left(), screen.top())
    matrix.preScale(screen.width() / 512, screen.height() / 512)
    return matrix.mapRect(MARK)


def _note(canvas: skia.Canvas, unfolded: float, since: float) -> None:
    if unfolded <= 0:
        return
    left, top, width, height = PAPER_AT.left(), PAPER_AT.top(), PAPER_AT.width(), PAPER_AT.height()
    paper = skia.Rect.MakeXYWH(left, top, width, height * unfolded)
    mark = _mark_on(LEFT)
    across = mark.centerY()
    canvas.drawLine(mark.right(), across, left, across, stroke(GREEN, 6, unfolded))
    shadow(canvas, paper, 0.4)
    canvas.drawRect(paper, fill(PAPER))
    canvas.save()
    canvas.clipRect(paper)
    write(canvas, "how this clip was made", left + 44, top + 110, Hand(MEDIUM, 55), COAL)
    canvas.drawLine(left + 44, top + 150, left + width - 44, top + 150, stroke(COAL, 4))
    for row, line in enumerate(NOTE):
        typed, down = (since - 0.15 * row) / 0.35, top + 260 + 126 * row
        write(canvas, line, left + 44, down, Hand(MONO, 54), COAL, typed=typed)
    canvas.restore()


@shot
def without(canvas: skia.Canvas, now: Moment) -> None:
    """The next screen comes to stand beside the marked one. Its corner is empty."""
    canvas.clear(INK)
    here = now.ramp(over=0.9)
    _marked(canvas, 8.2 + 0.4 * now.age, between(LEFT, PAIR[0], here), 1)
    screen = between(NEXT, PAIR[1], here)
    _screen(canvas, screen)
    lay(canvas, unmarked(10.4 + now.age), screen)
    _missing(canvas, screen, now.ramp("without", 0.4, delay=-0.3), now.age)


def _missing(canvas: skia.Canvas, screen: skia.Rect, seen: float, age: float) -> None:
    """Show the place of the mark that is not there."""
    plate, beats = _mark_on(screen), 0.5 + 0.5 * sin(2 * pi * 1.3 * age)
    canvas.drawRect(plate, fill(INK, 0.35 * seen))
    dashed = stroke(RED, 10, seen * mix(0.75, 1, beats))
    dashed.setPathEffect(skia.DashPathEffect.Make([30, 20], 0))
    canvas.drawRect(plate, dashed)
    at = (screen.centerX(), screen.bottom() + 106)
    write(canvas, "no mark", *at, Hand(MEDIUM, 76), RED, anchor=0.5, alpha=seen)
