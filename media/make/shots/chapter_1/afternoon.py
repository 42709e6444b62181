"""An afternoon is kept: the shutter, three prints, and the page that they are put on."""

from __future__ import annotations

from math import cos, pi, sin

import skia
from look import (
    DIM,
    INK,
    PAPER,
    SLATE,
    YELLOW,
    box,
    clamp,
    fill,
    glide,
    glow,
    lay,
    mix,
    see_through,
    settle,
    stroke,
)
from look_type import ITALIC, SERIF, Hand, speak, write

from shots.moment import Moment, shot
from shots.prints import Place, drop, fall, photograph, table

MIDDLE = Place(960, 520, 1080, -1.2)
BEACH = Place(520, 400, 700, -7)
BIRTHDAY = Place(1410, 410, 690, 5)
COUSIN = Place(960, 640, 760, -1.5)
CLICK = 0.12  # seconds into the film, where the shutter is heard


@shot
def shutter(canvas: skia.Canvas, now: Moment) -> None:
    """A shutter opens on an empty photograph."""
    table(canvas)
    drop(canvas, "blank", MIDDLE)
    _blades(canvas, mix(90.0, 1250.0, glide(now.age / 0.26)), 0.3 + now.age * 1.2)
    flash = clamp(1 - (now.age - CLICK) / 0.7) if now.age >= CLICK else 0.0
    canvas.drawPaint(fill(PAPER, 0.85 * flash**2))


def _blades(canvas: skia.Canvas, radius: float, turn: float) -> None:
    count = 7
    corners = [
        skia.Point(
            960 + radius * cos(turn + 2 * pi * i / count),
            540 + radius * sin(turn + 2 * pi * i / count),
        )
        for i in range(count)
    ]
    hole = skia.Path()
    hole.addPoly(corners, close=True)
    canvas.save()
    canvas.clipPath(hole, skia.ClipOp.kDifference, True)  # noqa: FBT003 - Skia's signature
    canvas.drawPaint(fill(INK))
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        far = skia.Point(b.x() + (b.x() - a.x()) * 4 + 0.1, b.y() + (b.y() - a.y()) * 4)
        canvas.drawLine(a, far, stroke(SLATE, 3))
    canvas.restore()


@shot
def kept(canvas: skia.Canvas, now: Moment) -> None:
    """The print takes on the colours of late sun."""
    table(canvas)
    near = Place(960, 520, 1080 + 50 * now.share, -1.2 + 0.5 * now.share)
    drop(canvas, "blank", near)
    canvas.save()
    canvas.concat(near.matrix())
    lay(canvas, photograph("beach"), skia.Rect.MakeWH(1500, 1000), now.ramp(over=2.6))
    light = now.ramp(delay=0.2, over=1.6) * (1 - now.ramp(delay=1.4, over=2.0))
    canvas.drawRect(skia.Rect.MakeWH(1500, 1000), glow(1380, 320, 1200, 0xFFFFE9B8, light * 0.8))
    canvas.restore()


@shot
def album(canvas: skia.Canvas, now: Moment) -> None:
    """Three prints fall: a beach, a birthday, a cousin asleep."""
    table(canvas)
    near = now.ramp("asleep", 3.0)
    canvas.translate(960, 640)
    canvas.scale(1 + 0.42 * near, 1 + 0.42 * near)
    canvas.translate(-960, -640 + 20 * near)
    moved = now.ramp(over=0.8)
    drop(canvas, "beach", Place(960, 520, 1130, -0.7).toward(BEACH, moved))
    fall(canvas, "birthday", BIRTHDAY, settle((now.since("A birthday") + 0.15) / 0.8))
    fall(canvas, "cousin", COUSIN, settle((now.since("A cousin") + 0.15) / 0.8))


CONTACTS = ("beach", "mountain", "birthday", "street", "cousin", "garden")
CHOSEN = ("beach", "birthday", "cousin", "garden")
PAGE = skia.Rect.MakeXYWH(360, 96, 1200, 880)


@shot
def page(canvas: skia.Canvas, now: Moment) -> None:
    """The good ones are chosen, and put where a family can see them."""
    table(canvas)
    up = now.ramp("You put them", 1.6, delay=-0.15)
    _web_page(canvas, up)
    picked = now.ramp("You choose", 0.7, delay=0.15)
    for index, name in enumerate(CONTACTS):
        there = settle((now.age - 0.09 * index) / 0.7)
        if name in CHOSEN:
            _chosen(canvas, name, _contact(index), there, picked, now.since("You put them"))
        else:
            drop(canvas, name, _contact(index), there * mix(1, 0.22, picked) * (1 - up))


def _chosen(  # noqa: PLR0913, PLR0917 - what, where and when
    canvas: skia.Canvas, name: str, start: Place, there: float, picked: float, put: float
) -> None:
    """Draw a print on its way to the page; there it is a picture without paper or shadow."""
    number = CHOSEN.index(name)
    flown = glide((put - 0.3 - 0.08 * number) / 1.25)
    lifted = Place(start.x, start.y, start.width * (1 + 0.07 * picked), start.turn * (1 - picked))
    place = lifted.toward(_slot(number), flown)
    drop(canvas, name, place, there * (1 - glide(2 * flown - 1)))
    if flown > 0.5:  # noqa: PLR2004 - from here on the paper melts into the page
        lay(canvas, photograph(name), place.rect())
    ring = picked * (1 - flown)
    if ring > 0:
        paper = place.rect().makeOutset(place.width * 0.036, place.width * 0.036)
        canvas.drawRect(paper, stroke(YELLOW, 4, ring))


def _contact(index: int) -> Place:
    turns = (-3, 2, 1.5, -2, 3, -1.5)
    column, row = index % 3, index // 3
    return Place(430 + 530 * column, 330 + 410 * row, 430, turns[index])


def _slot(index: int) -> Place:
    return Place(665 + 590 * (index % 2), 400 + 376 * (index // 2), 540)


def _web_page(canvas: skia.Canvas, there: float = 1.0) -> None:
    """Draw the empty page, as light as it is `there`."""
    if there <= 0:
        return
    canvas.saveLayer(paint=see_through(there))
    canvas.translate(0, 70 * (1 - there))  # no farther: a white thing that runs makes a flash
    canvas.drawRoundRect(PAGE.makeOffset(0, 22).makeOutset(6, 0), 18, 18, fill(0xFF000000, 0.35))
    canvas.drawRoundRect(PAGE, 14, 14, fill(PAPER))
    write(canvas, "Summer", 396, 184, Hand(SERIF, 100), INK)
    write(canvas, "for the family", 1524, 182, Hand(ITALIC, 72), DIM, anchor=1)
    canvas.drawLine(396, 204, 1524, 204, stroke(INK, 1.5, 0.25))
    canvas.restore()


@shot
def question(canvas: skia.Canvas, now: Moment) -> None:
    """The page shrinks into the dark; an empty box is left."""
    canvas.clear(INK)
    away = now.ramp(over=1.7)
    if away < 1:
        canvas.save()
        canvas.translate(960, 540)
        scale = mix(1, 0.04, away)
        canvas.scale(scale, scale)
        canvas.translate(-960, -540)
        veil = skia.Paint(Alphaf=1 - glide((away - 0.55) / 0.45))
        canvas.saveLayer(paint=veil)
        _web_page(canvas)
        for index, name in enumerate(CHOSEN):
            lay(canvas, photograph(name), _slot(index).rect())
        canvas.restore()
        canvas.restore()
    drawn = now.ramp("asks you", 1.1)
    empty_box(canvas, 960, 390, 170, drawn)
    speak(
        canvas, "May other people use these pictures?", 960, 660, Hand(SERIF, 112),
        now.spoken("May other people use these pictures?"), anchor=0.5,
    )  # fmt: skip


def empty_box(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas, x: float, y: float, side: float, drawn: float, alpha: float = 1.0
) -> None:
    """Draw the box that waits for a tick."""
    if drawn <= 0:
        return
    path = skia.Path()
    path.addRoundRect(box(x, y, side, side), side * 0.06, side * 0.06)
    canvas.drawPath(path, stroke(PAPER, max(3.0, side / 50), alpha, drawn))
