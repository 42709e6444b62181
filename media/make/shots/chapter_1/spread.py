"""The set travels: to whom, beside which others, who was found in it, and how it ended."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import skia
from look import (
    BLUE,
    COAL,
    DIM,
    GREEN,
    INK,
    PAPER,
    RED,
    SLATE,
    YELLOW,
    box,
    fill,
    find_box,
    glide,
    lay,
    leave,
    mix,
    see_through,
    stroke,
)
from look_type import ITALIC, MONO, SERIF, THIN, Hand, speak, write

from shots.moment import Moment, shot
from shots.photographs import HIGH, WIDE
from shots.prints import Place, drop, photograph, taken
from shots.tiles import crowd

# One character a two-degree cell, from 76 degrees north; made from Natural Earth, public domain.
LAND = Path(__file__).with_name("land.txt")
CELL, LEFT, TOP, NORTH = 10.2, 42.0, 96.0, 76.0
SEATTLE = (-122.3, 47.6)

# Requests for the set in 2015 and 2016, by the country that their text suggests.
REQUESTS = {
    (35, 105): 100, (39, -98): 23, (56, 60): 19, (22, 79): 10, (47, 2): 8, (53, -2): 8, (40, -4): 6,
    (51, 10): 6, (36, 138): 6, (-27, 134): 4, (39, 35): 4, (31.5, 35): 4, (43, 12): 4, (24, 121): 4,
    (47, 8): 3, (39.5, -8): 3, (-12, -52): 2, (50, -90): 2, (22.3, 114.2): 2, (36, 128): 2,
    (15, 101): 2, (24, 90): 1, (27, 30): 1, (3.5, 102): 1, (53, -8): 1, (1.3, 103.8): 1,
    (50, 15): 1, (53.7, 28): 1, (60, 16): 1, (52, 5.5): 1, (32, 54): 1, (55, 24): 1,
}  # fmt: skip


@shot
def groups(canvas: skia.Canvas, now: Moment) -> None:
    """Lines leave Seattle for half the world, each with a small face at its head."""
    canvas.clear(INK)
    arrived = now.ramp(over=0.4)
    lay(canvas, _land(), skia.Rect.MakeWH(1920, 1080), arrived)
    home = _on_map(*SEATTLE)
    lines = _lines()
    every = 3.2 / len(lines)
    places, which = [], []
    for index, (end, measure, path) in enumerate(lines):
        gone = (now.age - 0.55 - every * index) / 1.15
        if gone <= 0:
            continue
        along = glide(gone)
        canvas.drawPath(path, stroke(GREEN, 1.4, 0.36, along))
        if along < 1:
            at = measure.getMatrix(measure.getLength() * along)
            places.append((at.getTranslateX() - 9, at.getTranslateY() - 9, 18.0))
            which.append(index * 7)
        else:
            canvas.drawCircle(end.x(), end.y(), 2.4, fill(GREEN, 0.9))
    if places:
        crowd().lay(canvas, np.asarray(places, np.float64), np.asarray(which, np.int64))
    canvas.drawCircle(home.x(), home.y(), 7, fill(YELLOW, arrived))
    write(
        canvas,
        "Seattle",
        home.x() - 16,
        home.y() + 62,
        Hand(ITALIC, 72),
        YELLOW,
        anchor=1,
        alpha=arrived,
    )
    shown = now.ramp("more than 300", 0.6)
    write(canvas, "> 300", 120, 796, Hand(THIN, 150, -0.03), PAPER, alpha=shown)
    write(
        canvas,
        "research groups",
        128,
        886,
        Hand(MONO, 72),
        DIM,
        typed=now.ramp("research", 0.7),
    )
    legend = ("each line: a request", "for the set, 2015\N{EN DASH}16")
    for row, line in enumerate(legend):
        typed = now.ramp("groups", 0.6, delay=0.4 * row)
        write(canvas, line, 1110, 814 + 72 * row, Hand(MONO, 58), DIM, typed=typed)


def _on_map(lon: float, lat: float) -> skia.Point:
    return skia.Point(LEFT + (lon + 180) / 2 * CELL, TOP + (NORTH - lat) / 2 * CELL * 1.08)


@cache
def _land() -> skia.Image:
    surface = skia.Surface(1920, 1080)
    canvas = surface.getCanvas()
    for row, line in enumerate(LAND.read_text(encoding="utf-8").splitlines()):
        for column, mark in enumerate(line):
            if mark == "#":
                at = _on_map(-180 + 2 * (column + 0.5), NORTH - 2 * row)
                canvas.drawCircle(at, 2.5, fill(0xFF3B3E46))
    return surface.makeImageSnapshot()


@cache
def _lines() -> list[tuple[skia.Point, skia.PathMeasure, skia.Path]]:
    dice = np.random.default_rng(2016)
    ends = [place for place, count in REQUESTS.items() for _ in range(count)]
    home, lines = _on_map(*SEATTLE), []
    for index in dice.permutation(len(ends)).tolist():
        lat, lon = ends[index]
        spread = 3.2 if REQUESTS[lat, lon] > 4 else 0.6  # noqa: PLR2004 - big countries are wide
        end = _on_map(lon + dice.normal(0, spread * 1.6), lat + dice.normal(0, spread))
        path = skia.Path()
        path.moveTo(home)
        lift = 0.30 * abs(end.x() - home.x()) + 40 * dice.random()
        path.quadTo((home.x() + end.x()) / 2, min(home.y(), end.y()) - lift, end.x(), end.y())
        lines.append((end, skia.PathMeasure(path, False), path))  # noqa: FBT003 - Skia's signature
    return lines


SETS = (
    ("MegaFace", GREEN, 430, 250, 300, "There were"),
    ("MS-Celeb-1M", BLUE, 1080, 300, 400, "were others"),
    ("Duke MTMC", RED, 540, 680, 220, "others"),
    ("Brainwash", YELLOW, 1460, 705, 170, "others"),
)


@shot
def others(canvas: skia.Canvas, now: Moment) -> None:
    """Other grids light up beside the first; we come near to the largest."""
    canvas.clear(INK)
    near = now.ramp("from Microsoft", 1.2, delay=-0.1)
    canvas.save()
    scale = mix(1.0, 1.45, near)
    canvas.translate(mix(960, 520, near), mix(500, 400, near))
    canvas.scale(scale, scale)
    canvas.translate(mix(-960, -1080, near), mix(-540, -300, near))
    for order, (name, colour, x, y, side, said) in enumerate(SETS):
        lit = glide((now.since(said) + 0.2 - 0.25 * max(order - 2, 0)) / 0.6)
        faded = 1.0 if name == "MS-Celeb-1M" else 1 - near
        _block(canvas, x, y, side, colour, lit * faded, order)
        write(
            canvas,
            name,
            x - side / 2,
            y + side / 2 + 70,
            Hand(MONO, 64),
            colour,
            typed=lit,
            alpha=faded,
        )
    canvas.restore()
    rows = (
        ("10,000,000", "photographs", "10 million", 330),
        ("100,000", "people", "100,000", 700),
    )
    for number, word, said, y in rows:
        shown = now.ramp(said, 0.6)
        write(canvas, number, 1790, y, Hand(THIN, 128, -0.03), PAPER, anchor=1, alpha=shown)
        write(canvas, word, 1790, y + 86, Hand(MONO, 72), DIM, anchor=1, alpha=shown)
        write(canvas, "about", 1790, y - 122, Hand(ITALIC, 76), DIM, anchor=1, alpha=shown)


def _block(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas, x: float, y: float, side: float, colour: int, lit: float, seed: int
) -> None:
    if lit <= 0:
        return
    width = 20.0
    count = int(side / width)
    grid = np.indices((count, count)).reshape(2, -1).T
    places = np.stack(
        [
            x - side / 2 + grid[:, 1] * width + 1,
            y - side / 2 + grid[:, 0] * width + 1,
            np.full(count**2, width - 2),
        ],
        1,
    )
    dice = np.random.default_rng(seed)
    born = np.clip(lit * 2 - dice.random(count**2), 0, 1)
    crowd().lay(canvas, places, dice.integers(0, 400, count**2), (born * 220).astype(np.int64))
    canvas.drawRect(
        box(x, y, side, side), skia.Paint(Color=colour & 0xFFFFFF | round(70 * lit) << 24)
    )
    canvas.drawRect(box(x, y, side + 12, side + 12), stroke(colour, 2.5, lit))


CLIPPING = skia.Rect.MakeXYWH(-480, 38, 466, 311)  # from the middle of the newspaper, px


@shot
def found(canvas: skia.Canvas, now: Moment) -> None:
    """A newspaper opens and comes near; one face gets its border, and its summer, back."""
    canvas.clear(INK)
    opened = now.ramp("2019", 1.3, delay=-0.2)
    away = now.ramp("They found", 1.2, delay=-0.4)
    canvas.saveLayer(paint=see_through(1 - away))
    canvas.translate(960 - 420 * away, 520)
    canvas.rotate(-1.2 + 1.2 * now.share - 5 * away)
    near = now.ramp("looking for", 2.8)
    scale = 1 + 0.85 * near
    canvas.scale(scale, scale)
    canvas.translate(-near * CLIPPING.centerX(), -near * (CLIPPING.centerY() + 10))
    fold = skia.Rect.MakeXYWH(-520, -440, 1040, 440)
    canvas.drawRect(
        skia.Rect.MakeXYWH(-508, -424, 1040, 440 + 440 * max(2 * opened - 1, 0)),
        fill(0xFF000000, 0.5),
    )
    canvas.save()
    canvas.scale(1, max(2 * opened - 1, 0.001) if opened > 0.5 else 0.001)  # noqa: PLR2004 - the fold is at half
    canvas.drawRect(skia.Rect.MakeXYWH(-520, 0, 1040, 440), fill(0xFFE4DFD3))
    _columns(canvas, 40, 400, 4)
    _clipping(canvas, now)
    canvas.restore()
    canvas.drawRect(fold, fill(0xFFEFEAE0))
    canvas.drawLine(-520, 0, 520, 0, stroke(0xFFCDC6B6, 2))
    write(canvas, "The New York Times", -480, -376, Hand(SERIF, 56), INK)
    write(canvas, "11 October 2019", 480, -376, Hand(ITALIC, 52), 0xFF5B584F, anchor=1)
    canvas.drawLine(-480, -350, 480, -350, stroke(INK, 2))
    headline = ("How Photos of Your Kids", "Are Powering", "Surveillance Technology")
    for index, line in enumerate(headline):
        since = [
            now.since("reporters") + 0.5 - 0.28 * index - 0.08 * word
            for word in range(len(line.split()))
        ]
        speak(canvas, line, -480, -262 + 96 * index, Hand(SERIF, 84), since, INK)
    canvas.restore()
    if away > 0:
        place = Place(960, 520, 1020, 1.5)
        tile = box(mix(1180, 960, away), 520, 300, 300)
        drop(canvas, "beach", place, now.ramp("They found", 1.4, delay=0.05))
        canvas.drawRect(tile, stroke(GREEN, 4, (1 - away)))


def _clipping(canvas: skia.Canvas, now: Moment) -> None:
    """Draw the newspaper's picture, and what a machine marks on it."""
    canvas.drawRect(CLIPPING.makeOutset(12, 12), fill(0xFFE4DFD3))
    lay(canvas, photograph("birthday"), CLIPPING)
    to_paper = skia.Matrix.MakeRectToRect(
        skia.Rect.MakeWH(WIDE, HIGH), CLIPPING, skia.Matrix.kFill_ScaleToFit
    )
    for index, face in enumerate(taken("birthday").faces):
        there = now.ramp("behind", 0.5, delay=0.28 * index)
        grown = 30 * (1 - there)
        find_box(canvas, to_paper.mapRect(face).makeOutset(grown, grown), width=3, alpha=there)


def _columns(canvas: skia.Canvas, top: float, bottom: float, count: int) -> None:
    width = 960 / count
    dice = np.random.default_rng(11)
    for column in range(count):
        left = -480 + column * width
        for y in np.arange(top, bottom, 17):
            length = (width - 26) * (1 if dice.random() < 0.86 else dice.uniform(0.3, 0.8))  # noqa: PLR2004
            canvas.drawRect(skia.Rect.MakeXYWH(left, y, length, 5), fill(0xFFA9A294))


@shot
def stopped(canvas: skia.Canvas, now: Moment) -> None:
    """A download arrow falls and falls on an empty page; then it fades."""
    canvas.clear(INK)
    sheet = box(960, 520, 1180 + 30 * now.share, 760 + 20 * now.share)
    canvas.drawRoundRect(sheet, 14, 14, fill(COAL))
    for index, colour in enumerate((RED, YELLOW, GREEN)):
        canvas.drawCircle(sheet.left() + 40 + 34 * index, sheet.top() + 38, 9, fill(colour, 0.55))
    canvas.drawLine(
        sheet.left(), sheet.top() + 76, sheet.right(), sheet.top() + 76, stroke(SLATE, 2)
    )
    ended = now.ramp("stopped", 1.0)
    fallen = leave(now.age / 0.85 % 1.0) if ended <= 0 else 0.0
    y = 500 + 60 * fallen
    alpha = (1 - 0.9 * fallen) * (1 - ended)
    arrow = skia.Path()
    arrow.moveTo(960, y - 150)
    arrow.lineTo(960, y + 90)
    arrow.moveTo(960 - 84, y + 6)
    arrow.lineTo(960, y + 90)
    arrow.lineTo(960 + 84, y + 6)
    canvas.drawPath(arrow, stroke(GREEN, 9, alpha))
    width = 130 * (1 - ended)
    canvas.drawLine(960 - width, 720, 960 + width, 720, stroke(GREEN, 9, 1 - ended))
    write(
        canvas, "MegaFace", 960, 836, Hand(MONO, 84, 0.06), PAPER, anchor=0.5, alpha=1 - 0.6 * ended
    )
    for row, line in enumerate(("no longer distributed", "June 2020")):
        typed = now.ramp("giving", 0.8, delay=0.5 * row)
        write(canvas, line, 960, 470 + 104 * row, Hand(MONO, 78), DIM, anchor=0.5, typed=typed)
