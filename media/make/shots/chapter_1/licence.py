"""A box is ticked: what one imagines, what the licence says, and how one forgets."""

from __future__ import annotations

from functools import cache
from math import sin

import numpy as np
import skia
from look import (
    DIM,
    INK,
    PAPER,
    SLATE,
    YELLOW,
    blend,
    box,
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

from shots.chapter_1.afternoon import CHOSEN, empty_box
from shots.lines import polygon
from shots.moment import Moment, shot
from shots.prints import Place, photograph, table


@shot
def poster(canvas: skia.Canvas, now: Moment) -> None:
    """The beach print becomes a school poster."""
    canvas.clear(INK)
    folded = now.ramp("A stranger's", 0.55, delay=-0.45)
    canvas.save()
    canvas.translate(960, 540)
    canvas.rotate(-1.5 * (1 - now.share))
    canvas.scale(1, 1)
    canvas.translate(-960, -540 - 1200 * folded**2)
    sheet = skia.Rect.MakeXYWH(660, 70, 600, 850)
    built = settle(now.age / 0.6)
    canvas.drawRect(sheet.makeOutset(0, -(1 - built) * 425), fill(PAPER))
    if built > 0.9:  # noqa: PLR2004
        start, end = Place(960, 520, 1080).rect(), skia.Rect.MakeXYWH(690, 100, 540, 520)
        grown = now.ramp("imagine", 0.9)
        window = skia.Rect.MakeLTRB(*(mix(a, b, grown) for a, b in zip(start, end, strict=True)))
        canvas.save()
        canvas.clipRect(end)
        _cover(canvas, "beach", window, 0.32)
        canvas.restore()
        times = [now.since("school") + 0.35 - 0.16 * index for index in range(3)]
        speak(canvas, "To the sea!", 690, 754, Hand(SERIF, 118), times, INK)
        write(canvas, "school trip, in June", 692, 832, Hand(ITALIC, 66), 0xFF5B584F,
              alpha=now.ramp("poster", 0.5))  # fmt: skip
        canvas.drawLine(692, 868, 692 + 536 * now.ramp("poster", 0.8), 868, stroke(INK, 2))
    canvas.restore()
    lit = glide((now.since("A stranger's") + 0.25) / 0.6)
    if lit > 0:
        _lecture(canvas, now, lit)


def _cover(canvas: skia.Canvas, name: str, rect: skia.Rect, across: float) -> None:
    """Fill a rectangle with a photograph; `across` says which part of its width is kept."""
    picture = photograph(name)
    width = picture.height() * rect.width() / rect.height()
    left = (picture.width() - width) * across
    source = skia.Rect.MakeXYWH(max(left, 0), 0, min(width, picture.width()), picture.height())
    canvas.drawImageRect(
        picture,
        source,
        rect,
        skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear),
    )


def _lecture(canvas: skia.Canvas, now: Moment, lit: float) -> None:
    screen = skia.Rect.MakeXYWH(400, 90, 1120, 630)
    beam = skia.Path()
    beam.addPoly(
        [skia.Point(940, 1080), skia.Point(980, 1080), skia.Point(1520, 720), skia.Point(400, 720)],
        close=True,
    )
    canvas.drawPath(beam, fill(PAPER, 0.05 * lit))
    canvas.drawRect(screen, fill(blend(INK, 0xFFF7F4EC, lit)))
    picture = skia.Rect.MakeXYWH(440, 250, 430, 420)
    canvas.save()
    canvas.clipRect(picture)
    source = skia.Rect.MakeXYWH(60, 520, 430, 420)
    canvas.drawImageRect(
        photograph("beach"),
        source,
        picture,
        skia.SamplingOptions(skia.FilterMode.kLinear),
        skia.Paint(Alphaf=lit),
    )
    canvas.restore()
    times = [now.since("talk") + 0.2 - 0.12 * index for index in range(5)]
    speak(canvas, "Why a sandcastle stands up", 440, 200, Hand(SERIF, 88), times, INK)
    for row, (words, y) in enumerate(
        (("wet sand", 350), ("patience", 465), ("someone to show it to", 580))
    ):
        there = now.ramp("about", 0.5, delay=0.28 * row)
        canvas.drawCircle(916, y - 17, 7, fill(INK, there))
        write(canvas, words, 944, y, Hand(ITALIC, 64), INK, alpha=there)
    for index, x in enumerate(range(180, 1860, 172)):
        bob = 5 * sin(index * 2.1 + now.age * 1.1)
        low = 1010 + 26 * (index % 2) + bob
        canvas.drawCircle(x, low - 62, 52, fill(SLATE, 0.55 * lit))
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(x - 92, low, 184, 160), 70, 70, fill(SLATE, 0.55 * lit)
        )


def tick_path(x: float, y: float, side: float) -> skia.Path:
    """Return a tick as a hand makes it: short down, long up, out of the box."""
    path = skia.Path()
    path.moveTo(x - 0.30 * side, y + 0.02 * side)
    path.cubicTo(
        x - 0.2 * side,
        y + 0.10 * side,
        x - 0.12 * side,
        y + 0.24 * side,
        x - 0.07 * side,
        y + 0.34 * side,
    )
    path.cubicTo(
        x + 0.08 * side,
        y - 0.10 * side,
        x + 0.34 * side,
        y - 0.50 * side,
        x + 0.66 * side,
        y - 0.72 * side,
    )
    return path


@shot
def tick(canvas: skia.Canvas, now: Moment) -> None:
    """A hand-drawn tick fills the box and lights the dark."""
    canvas.clear(INK)
    near = 1 + 0.10 * now.share
    canvas.translate(960, 500)
    canvas.scale(near, near)
    canvas.translate(-960, -500)
    drawn = glide((now.since("tick the box") + 0.05) / 0.62)
    light = settle((now.since("tick the box") - 0.25) / 1.2)
    if light > 0:
        canvas.drawCircle(960, 500, 900, glow(960, 500, 900, YELLOW, 0.20 * light))
    fade = now.ramp(over=0.7)
    warm = 0.26 * fade + 0.22 * now.ramp("feels generous", 1.2) + 0.37 * light
    offered(canvas, warm, 1.05 - 0.05 * now.share)
    empty_box(canvas, 960, 500, 300, 1.0, fade)
    if drawn > 0:
        canvas.drawPath(tick_path(960, 500, 300), stroke(YELLOW, 17, 1, drawn))
    _pencil(canvas, now, drawn)
    if light > 0:
        ring = box(960, 500, 300 + 1500 * light, 300 + 1500 * light)
        canvas.drawRoundRect(ring, 20, 20, stroke(YELLOW, 2, 0.55 * (1 - light)))


def offered(canvas: skia.Canvas, alpha: float, apart: float) -> None:
    """Draw what the box is about: the four chosen pictures, `apart` from the box between them."""
    for index, name in enumerate(CHOSEN):
        x, y = (-590, 590)[index % 2], (-170, 170)[index // 2]
        lay(canvas, photograph(name), box(960 + x * apart, 470 + y * apart, 450, 300), alpha)


def _pencil(canvas: skia.Canvas, now: Moment, drawn: float) -> None:
    """Draw a yellow pencil that comes near, hesitates, and writes the tick."""
    arrives = now.voice.when("tick the box", now.start) - now.start
    near = (
        glide(now.age / (0.55 * arrives)) * 0.8
        + glide((now.age - 0.82 * arrives) / (0.18 * arrives)) * 0.2
    )
    x = mix(1420, 870, near) + 26 * sin(now.age * 1.7) * (1 - near)
    y = mix(800, 506, near) + 34 * sin(now.age * 2.3 + 1) * (1 - near)
    if drawn > 0:
        measure = skia.PathMeasure(tick_path(960, 500, 300), False)  # noqa: FBT003 - Skia's signature
        at = measure.getMatrix(measure.getLength() * drawn)
        x, y = at.getTranslateX(), at.getTranslateY()
    gone = now.ramp("tick the box", 0.7, delay=0.6)
    canvas.saveLayer(paint=see_through(now.ramp(over=0.8) * (1 - gone)))
    canvas.translate(x + 130 * gone, y - 170 * gone)
    canvas.rotate(38)
    canvas.drawPath(polygon([(0, 0), (-17, -56), (17, -56)]), fill(PAPER))
    canvas.drawPath(polygon([(0, 0), (-6, -20), (6, -20)]), fill(YELLOW))
    canvas.drawPath(polygon([(-17, -56), (17, -56), (17, -330), (-17, -330)]), fill(YELLOW))
    for edge in (-6, 6):
        canvas.drawLine(edge, -60, edge, -330, stroke(INK, 2, 0.45))
    canvas.restore()


@shot
def licence(canvas: skia.Canvas, now: Moment) -> None:
    """Two letters in a ring, and a line of handwriting under a picture."""
    canvas.clear(INK)
    drawn = now.ramp("The licence", 1.0)
    ring = skia.Path()
    ring.addArc(box(470, 470, 330, 330), -90, 359.9)
    canvas.drawPath(ring, stroke(PAPER, 7, 1, drawn))
    for index, x in enumerate((412, 524)):
        there = now.ramp("Creative", 0.5, delay=0.25 * index)
        write(
            canvas, "c", x, 522 + 20 * (1 - there), Hand(SERIF, 220), PAPER, anchor=0.5, alpha=there
        )
    write(
        canvas,
        "Creative Commons",
        470,
        742,
        Hand(SERIF, 78),
        PAPER,
        anchor=0.5,
        alpha=now.ramp("Commons", 0.6),
    )
    place = Place(1300, 410, 860)
    shown = now.ramp("Use this", 0.8, delay=-0.2)
    canvas.save()
    rect = place.rect()
    canvas.clipRect(
        skia.Rect.MakeXYWH(rect.left(), rect.top(), rect.width() * shown, rect.height())
    )
    lay(canvas, photograph("beach"), rect)
    canvas.restore()
    line = now.ramp("say who", 0.6, delay=-0.1)
    canvas.drawLine(870, 848, 870 + 860 * line, 848, stroke(DIM, 1.5, 0.7))
    write(canvas, "photograph by", 870, 814, Hand(ITALIC, 66), DIM, alpha=line)
    canvas.drawPath(signature(1262, 810, 1.0, 3), stroke(YELLOW, 5, 1, now.ramp("say who", 1.1)))


@cache
def signature(x: float, y: float, scale: float, seed: int) -> skia.Path:
    """Return a name in handwriting that no one can read: loops on a line, some reaching up."""
    dice = np.random.default_rng([77, seed])
    path = skia.Path()
    pen = 0.0
    path.moveTo(x, y)
    path.cubicTo(
        x + 8 * scale,
        y - 110 * scale,
        x + 62 * scale,
        y - 96 * scale,
        x + 30 * scale,
        y - 8 * scale,
    )
    pen = 30.0
    for _ in range(int(dice.integers(6, 10))):
        up = float(dice.choice([22, 26, 30, 66]))
        down = float(dice.choice([0, 0, 0, 30]))
        wide = float(dice.uniform(26, 42))
        path.cubicTo(
            x + (pen + wide * 0.9) * scale, y - up * scale,
            x + (pen + wide * 0.1) * scale, y - up * 1.15 * scale,
            x + (pen + wide * 0.5) * scale, y + down * scale,
        )  # fmt: skip
        pen += wide * 0.5
        path.cubicTo(
            x + (pen + 6) * scale, y + (down * 0.4 + 6) * scale,
            x + (pen + wide * 0.3) * scale, y + 2 * scale,
            x + (pen + wide * 0.5) * scale, y - 10 * scale,
        )  # fmt: skip
        pen += wide * 0.5
    path.cubicTo(x + (pen + 40) * scale, y - 26 * scale, x + (pen + 90) * scale, y - 10 * scale,
                 x + (pen + 150) * scale, y - 34 * scale)  # fmt: skip
    return path


@shot
def forget(canvas: skia.Canvas, now: Moment) -> None:
    """The album closes; the light of a season passes over it."""
    table(canvas)
    canvas.translate(960, 520)
    near = mix(1.02, 1.10, now.share)
    canvas.scale(near, near)
    closed = now.ramp("Then you", 1.5, delay=0.1)
    canvas.translate(330 * (1 - closed), 0)
    _album(canvas, closed)
    if closed > 0.5:  # noqa: PLR2004 - the cover is up
        _window_light(canvas, now)


def _album(canvas: skia.Canvas, closed: float) -> None:
    back = skia.Rect.MakeXYWH(-330, -330, 660, 660)
    canvas.drawRoundRect(back.makeOffset(10, 26), 10, 10, fill(0xFF000000, 0.45))
    canvas.drawRoundRect(back.makeOutset(10, 10), 8, 8, fill(0xFF27353B))
    for step in range(4):
        canvas.drawRect(
            back.makeOffset(5 - 2 * step, 5 - 2 * step), fill(blend(0xFFBDB6A6, PAPER, step / 3))
        )
    for index, y in enumerate((-150, 150)):
        canvas.save()
        canvas.translate(0, y)
        canvas.rotate((1.5, -1.0)[index])
        lay(canvas, photograph(CHOSEN[index + 1]), box(0, 0, 390, 260))
        canvas.restore()
    swing = mix(-1, 1, closed)
    canvas.save()
    canvas.translate(-330, 0)
    canvas.skew(0, -0.16 * (1 - abs(swing)))
    canvas.scale(swing if abs(swing) > 0.01 else 0.01, 1)  # noqa: PLR2004
    leaf = skia.Rect.MakeXYWH(0, -340, 670, 680)
    if swing < 0:
        canvas.drawRoundRect(leaf, 8, 8, fill(0xFF27353B))
        canvas.drawRect(skia.Rect.MakeXYWH(6, -330, 652, 660), fill(0xFFE9E3D6))
        lay(canvas, photograph("beach"), skia.Rect.MakeXYWH(95, -180, 480, 320))
    else:
        _album_cover(canvas, leaf)
    canvas.restore()


def _album_cover(canvas: skia.Canvas, leaf: skia.Rect) -> None:
    canvas.drawRoundRect(leaf, 8, 8, fill(0xFF34474F))
    canvas.drawRect(skia.Rect.MakeXYWH(0, -340, 64, 680), fill(0xFF27353B))
    canvas.drawLine(64, -340, 64, 340, stroke(0xFF1A2429, 2))
    canvas.drawRect(leaf.makeInset(22, 22), stroke(0xFF455C66, 1.5))
    label = box(366, -40, 300, 130)
    canvas.drawRect(label, fill(PAPER, 0.94))
    canvas.drawRect(label.makeInset(9, 9), stroke(0xFF8C8779, 1.2))
    write(canvas, "Summer", 366, -22, Hand(ITALIC, 60), 0xFF2B2A27, anchor=0.5)


def _window_light(canvas: skia.Canvas, now: Moment) -> None:
    season, passing = divmod(max(now.age - 0.9, 0.0) / 2.1, 1.0)
    travel = mix(-780, 640, passing)
    colour = (0xFFFFD58A, 0xFFD9E2F2, 0xFFBFD4FF, 0xFFFFE9B8)[int(season) % 4]
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(-340, -345, 680, 690))
    canvas.translate(travel, 0)
    canvas.skew(-0.45, 0)
    for column in range(2):
        for row in range(2):
            pane = skia.Rect.MakeXYWH(-150 + 165 * column, -250 + 265 * row, 150, 250)
            canvas.drawRect(pane, fill(colour, 0.24))
    dice = np.random.default_rng(12)
    for _ in range(26):
        x, y, size = dice.uniform(-150, 165), dice.uniform(-250, 265), dice.uniform(1.2, 3)
        drift = 26 * sin(now.age * 0.6 + x)
        canvas.drawCircle(x + drift, y - 9 * now.age, size, fill(PAPER, 0.5))
    canvas.restore()
