"""One picture is enough; and what a face used to prove."""

from __future__ import annotations

from itertools import pairwise
from math import cos, exp, pi, sin

import numpy as np
import skia
from look import (
    COAL,
    DIM,
    GREEN,
    INK,
    PAPER,
    RED,
    YELLOW,
    box,
    fill,
    glide,
    lay,
    mix,
    shadow,
    stroke,
)
from look_type import ITALIC, MONO, Hand, write

from shots.chapter_2.skins import FACING
from shots.moment import Moment, shot
from shots.people import hero
from shots.prints import Place, drop, fall, table
from shots.rig import placed, posed, ring_path

ALONE = Place(960, 540, 620, -2.0)
REELS = ((330, 290, 210), (300, 800, 240), (1600, 270, 230), (1650, 800, 200))
PAGE = {
    "beach": Place(690, 390, 400, -1.5), "birthday": Place(1230, 390, 400, 1.0),
    "cousin": Place(690, 780, 400, 0.5), "garden": Place(1230, 780, 400, -1.0),
}  # fmt: skip
CHOSEN = "birthday"
FIELDS = (("name", "Nobody"), ("face", "as shown"), ("voice", "as heard"))
CODE = ("IDNOBODY<<<<<<<<<<<<<<<<<<<<", "0000000<<<<<<<<<<<<<<<<<<<<0")
BLUE_INK = 0xFF2F5D8C


@shot
def reels(canvas: skia.Canvas, now: Moment) -> None:
    """One print on a table. Reels of film roll up to it, and roll away again."""
    table(canvas)
    come = now.ramp("Not the", 1.5)
    leave = now.ramp("leaves behind", 1.8)
    for index, (x, y, radius) in enumerate(REELS):
        rolled = glide(1.4 * come - 0.12 * index) - glide(1.4 * leave - 0.12 * (3 - index))
        side = -400 if x < ALONE.x else 2320
        _reel(canvas, mix(side, x, rolled), y, radius, side)
    fall(canvas, "beach", ALONE, now.ramp(over=0.6))


def _reel(canvas: skia.Canvas, x: float, y: float, radius: float, side: float) -> None:
    """Draw a reel that has rolled in from a side; its film lies behind it."""
    strip = skia.Path()
    strip.moveTo(side, y + radius - 12)
    strip.lineTo(x, y + radius - 12)
    canvas.drawPath(strip, stroke(0xFF3A332C, 26))
    holes = skia.Paint(Color=0xFF8D8375, StrokeWidth=6, Style=skia.Paint.kStroke_Style)
    holes.setPathEffect(skia.DashPathEffect.Make([10, 16], 0))
    canvas.drawPath(strip, holes)
    canvas.drawCircle(x + 8, y + 22, radius, fill(0xFF000000, 0.45))
    canvas.drawCircle(x, y, radius, fill(0xFF2B2622))
    canvas.drawCircle(x, y, radius, stroke(0xFF8D8375, 5))
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(x / radius * 180 / pi)
    for spoke in range(5):
        angle = 2 * pi * spoke / 5
        canvas.drawCircle(
            0.55 * radius * cos(angle), 0.55 * radius * sin(angle), 0.24 * radius, fill(INK)
        )
    canvas.drawCircle(0, 0, 0.12 * radius, fill(0xFF8D8375))
    canvas.restore()


@shot
def one(canvas: skia.Canvas, now: Moment) -> None:
    """A page of an album, four prints on it. One of them is lifted out; its place stays empty."""
    table(canvas)
    near = 1 + 0.05 * now.share
    canvas.save()
    canvas.translate(960, 540)
    canvas.scale(near, near)
    canvas.translate(-960, -540)
    page = box(960, 560, 1240, 900)
    shadow(canvas, page, 0.8)
    canvas.drawRect(page, fill(0xFF2B3A40))
    write(canvas, "Summer", 960, 190, Hand(ITALIC, 56), PAPER, anchor=0.5, alpha=0.8)
    lifted = now.ramp("where your", 1.6)
    for name, place in PAGE.items():
        if name == CHOSEN:
            canvas.drawRect(place.rect(), stroke(DIM, 2, lifted))
        else:
            drop(canvas, name, place, 1 - 0.45 * lifted)
    canvas.restore()
    drop(canvas, CHOSEN, PAGE[CHOSEN].toward(Place(960, 520, 1050, -3), lifted))


@shot
def proof(canvas: skia.Canvas, now: Moment) -> None:
    """An identity card of nobody. A round stamp is pressed on the corner of its picture."""
    table(canvas)
    canvas.save()
    canvas.translate(960, 540)
    canvas.rotate(-3 + 0.6 * now.share)
    scale = mix(1.12, 1.2, now.share)
    canvas.scale(scale, scale)
    _card(canvas)
    _stamp(canvas, -120, 110, now.ramp("proof", 0.35, delay=-0.25))
    canvas.restore()


def _card(canvas: skia.Canvas) -> None:
    card, picture = box(0, 0, 1120, 700), skia.Rect.MakeXYWH(-500, -280, 400, 470)
    shadow(canvas, card, 0.6)
    canvas.drawRoundRect(card, 26, 26, fill(0xFFD9D3C6))
    canvas.drawRect(picture, fill(0xFF9AA5A8))
    canvas.save()
    canvas.clipRect(picture)
    lay(canvas, hero(FACING).portrait, box(-300, -20, 520, 520))
    canvas.restore()
    for row, (label, told) in enumerate(FIELDS):
        write(canvas, label, 36, -236 + 158 * row, Hand(MONO, 50), 0xFF5A564F)
        write(canvas, told, 36, -166 + 158 * row, Hand(ITALIC, 78), COAL)
    for row, line in enumerate(CODE):
        write(canvas, line, -500, 260 + 52 * row, Hand(MONO, 38, 0.05), 0xFF4A473F)


def _stamp(canvas: skia.Canvas, x: float, y: float, pressed: float) -> None:
    if pressed <= 0:
        return
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(-18)
    canvas.scale(mix(2.2, 1, pressed), mix(2.2, 1, pressed))
    for radius, width in ((118, 8), (98, 3)):
        canvas.drawCircle(0, 0, radius, stroke(BLUE_INK, width, pressed))
    write(canvas, "seen", 0, -6, Hand(MONO, 40), BLUE_INK, anchor=0.5, alpha=pressed)
    write(canvas, "& heard", 0, 40, Hand(MONO, 34), BLUE_INK, anchor=0.5, alpha=pressed)
    canvas.restore()


WORD = Hand(ITALIC, 76)


@shot
def threads(canvas: skia.Canvas, now: Moment) -> None:
    """A thread from a pair of lips, a thread from a wave of sound; they are tied in a knot."""
    canvas.clear(INK)
    drawn = (now.ramp("You saw", 1.1), now.ramp("you heard", 1.1))
    tied = now.ramp("you knew", 1.2)
    _ends(canvas)
    _knot(canvas, drawn, tied)
    _senses(canvas, *drawn)
    write(canvas, "knew", 960, KNEW, WORD, PAPER, anchor=0.5, alpha=tied)


@shot
def undone(canvas: skia.Canvas, now: Moment) -> None:
    """The knot grows loose and slips open; its threads hang apart, and what they held is struck."""
    canvas.clear(INK)
    _ends(canvas)
    _senses(canvas, 1, 1)
    loose = now.ramp("That knot", 0.62)
    slipped, fallen = now.ramp("undone", 0.45, delay=-0.2), now.ramp("undone", 0.6, delay=0.05)
    swing = 26 * fallen * sin(5.2 * now.since("undone")) * exp(-1.1 * max(now.since("undone"), 0))
    _knot(canvas, (1, 1), 1 - 1.45 * loose, (slipped, fallen, swing))
    gone = now.ramp("undone", 0.35, delay=-0.05)
    write(canvas, "knew", 960, KNEW, WORD, PAPER, anchor=0.5, alpha=1 - 0.55 * gone)
    canvas.drawLine(860, KNEW - 22, 1060, KNEW - 22, stroke(RED, 9, 1, gone))


def _senses(canvas: skia.Canvas, saw: float, heard: float) -> None:
    write(canvas, "saw", 300, KNEW, WORD, GREEN, anchor=0.5, alpha=saw)
    write(canvas, "heard", 1620, KNEW, WORD, YELLOW, anchor=0.5, alpha=heard)


def _ends(canvas: skia.Canvas) -> None:
    """What the threads come from: lips at the left, a wave at the right."""
    face = placed(posed(), 300, 325, 1100)
    for ring in ("lips", "mouth"):
        canvas.drawPath(ring_path(face, ring), stroke(GREEN, 4))
    path = skia.Path()
    for bar in range(17):
        tall = 14 + 110 * abs(sin(0.9 * bar) * sin(0.37 * bar + 1))
        path.moveTo(1520 + 14 * bar, 540 - tall)
        path.lineTo(1520 + 14 * bar, 540 + tall)
    canvas.drawPath(path, stroke(YELLOW, 5))


KNEW = 825  # the words' line, px
OVER = ((-520, -290, -40, 0), (60, -290, 520, 0), (-40, 0, 60, 290))
"""Where the left thread of the knot lies over the right one: left, top, right, bottom, px."""


def _knot(
    canvas: skia.Canvas,
    drawn: tuple[float, float],
    tied: float,
    apart: tuple[float, float, float] = (0, 0, 0),
) -> None:
    """Two loops that hold each other; they tighten, or grow loose, slip apart and fall."""
    left, right = _thread(-1, tied, *apart), _thread(1, tied, *apart)
    _rope(canvas, left, GREEN, drawn[0])
    _rope(canvas, right, YELLOW, drawn[1])
    if apart[0] > 0 or min(drawn) < 1:
        return
    for rect in OVER:
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(*rect).makeOffset(960, 540))
        _rope(canvas, left, GREEN, 1)
        canvas.restore()


def _rope(canvas: skia.Canvas, thread: skia.Path, colour: int, drawn: float) -> None:
    canvas.drawPath(thread, stroke(INK, 34, 1, drawn))
    canvas.drawPath(thread, stroke(colour, 18, 1, drawn))


def _thread(side: int, tied: float, slipped: float, fallen: float, swing: float) -> skia.Path:
    """Return one thread: in from its side, round the other's loop, and out again."""
    wide, high = mix(280, 160, tied), mix(190, 104, tied)
    x = np.array([520, 420, 290, 170, 0, -0.55, -0.92, -1, -0.92, -0.55, 0, 170, 280, 360])
    y = np.array([0, 0, -0.2, -0.46, -0.75, -1, -0.8, 0, 0.8, 1, 0.75, 0.46, 0.62, 1.5])
    x[5:10] *= wide
    y[1:] *= high
    x += 215 * slipped * (1 - x / 520)  # the end is held
    y *= 1 - 0.8 * slipped
    hung = np.linspace(0, 1, len(x))
    down = 440 * hung
    aside = 520 - 40 * hung - 26 * np.sin(7 * hung) + swing * hung**1.5
    x = x * (1 - fallen) + aside * fallen
    y = y * (1 - fallen) + down * fallen
    return _smooth([(960 + side * a, 540 + b) for a, b in zip(x, y, strict=True)])


def _smooth(corners: list[tuple[float, float]]) -> skia.Path:
    """Join points by a line without corners."""
    path = skia.Path()
    path.moveTo(*corners[0])
    for at, after in pairwise(corners[1:]):
        path.quadTo(*at, (at[0] + after[0]) / 2, (at[1] + after[1]) / 2)
    path.lineTo(*corners[-1])
    return path
