"""A bar for each word for a feeling: what moves it, and what it says nothing about."""

from __future__ import annotations

from math import pi, sin

import skia
from look import (
    COAL,
    DIM,
    GREEN,
    INK,
    PAPER,
    RED,
    SLATE,
    SMOOTH,
    blend,
    box,
    fill,
    find_box,
    glide,
    mix,
    stroke,
    vertical,
)
from look_type import ITALIC, MONO, SERIF, TEXT, Hand, write
from nobody import Expression, Identity, Pose

from shots.chapter_1.cropping import draw_mesh
from shots.chapter_4.read import by_candle, frowning, sitter
from shots.chapter_4.reading import candlelight
from shots.chapter_4.square import PLACES, bars, face, frame, near
from shots.moment import Moment, shot
from shots.people import HEAD, Sitter

TOP, APART = 84.0, 80.0
"""Where the first bar for a feeling stands in its table, and how far one is from the next."""


def _frown(now: Moment) -> float:
    """Return how much the face frowns: not at all, then twice."""
    since = now.since("Frown")
    return glide(since / 1.1) * (1 - glide((since - 2.2) / 0.9)) + glide((since - 3.3) / 1.1)


@shot
def feelings(canvas: skia.Canvas, now: Moment) -> None:
    """Seven bars. The face frowns; the bars do something else."""
    place = PLACES["reading_emotions"]
    candlelight(canvas, now.t, 900)
    frown = _frown(now)
    face(canvas, sitter(frown), 1.0, place.face)
    frame(canvas, place.face)
    there = now.ramp("A bar", 1.4)
    table = place.table
    bars(canvas, frowning(frown).feelings, table, top=TOP, apart=APART, there=there)
    y = table.bottom() - 26
    write(canvas, "the frown", table.left(), y, Hand(ITALIC, 62), PAPER, alpha=there)
    trough = skia.Rect.MakeLTRB(table.left() + 264, y - 40, table.right(), y)
    canvas.drawRect(trough, fill(PAPER, 0.14 * there))
    filled = skia.Rect.MakeXYWH(trough.left(), y - 40, trough.width() * frown, 40)
    canvas.drawRect(filled, fill(PAPER, there))


SCOWL = Sitter(
    "scowling", Identity.of(27, young=0.0), Expression(brows=-1, smile=-0.3, lids=(0.4, 0.4),
    gaze=(0.0, -0.25)), Pose(pitch=0.16), HEAD, size=1080,
)  # fmt: skip
SMALL_PRINT = (
    "You grant us, for ever and free of",
    "charge, the right to copy, adapt,",
    "analyse and otherwise use what you",
    "post, also for services that do",
    "not exist at this date.",
)


@shot
def small_print(canvas: skia.Canvas, now: Moment) -> None:
    """The word angry stands over a scowl. We step back and see what she looks at: small print."""
    lifted = now.ramp("something other", 1.5, delay=-0.6)
    canvas.drawPaint(vertical(0, 1080, 0xFF3B3D44, 0xFF1D1E22))
    canvas.save()
    nearer = mix(1.35, 1.0, lifted) * (1 + 0.02 * now.share)
    canvas.translate(960, 480)
    canvas.scale(nearer, nearer)
    canvas.translate(-mix(640, 960, lifted), -mix(410, 480, lifted))
    canvas.drawImageRect(SCOWL.portrait, box(640, 520, 1000, 1000), SMOOTH)
    _label(canvas, now, glide(lifted * 2 - 1))
    _sheet(canvas, lifted)
    canvas.restore()


def _label(canvas: skia.Canvas, now: Moment, struck: float) -> None:
    """Frame the scowl, say what it is taken for, and strike that out."""
    shown = now.ramp("a scowl", 0.4, delay=-0.2)
    around = skia.Rect.MakeXYWH(400, 190, 480, 580)
    find_box(canvas, around, width=5, alpha=shown)
    plate = skia.Rect.MakeXYWH(around.left(), around.top() - 76, 236, 70)
    canvas.drawRect(plate, fill(blend(RED, SLATE, struck), 0.95 * shown))
    write(canvas, "angry", plate.left() + 24, plate.bottom() - 18, Hand(MONO, 58),
          blend(INK, DIM, struck), alpha=shown)  # fmt: skip
    y = plate.centerY()
    canvas.drawLine(plate.left() + 12, y, plate.left() + 12 + 212 * struck, y,
                    stroke(PAPER, 9, struck))  # fmt: skip


def _sheet(canvas: skia.Canvas, lifted: float) -> None:
    """Lay the sheet; it comes out of the dark, for one that flies past would flash."""
    layer = skia.Paint(Alphaf=glide(lifted * 1.25 - 0.25))
    canvas.saveLayer(paint=layer)
    canvas.translate(1340, mix(560, 470, lifted))
    canvas.rotate(-4)
    sheet = box(0, 0, 780, 560)
    canvas.drawRect(sheet.makeOffset(10, 18), fill(0xFF000000, 0.4))
    canvas.drawRect(sheet, fill(PAPER))
    write(canvas, "Terms, as of today", sheet.left() + 44, sheet.top() + 104, Hand(SERIF, 68),
          0xFF2A2520)  # fmt: skip
    for index, line in enumerate(SMALL_PRINT):
        write(canvas, line, sheet.left() + 44, sheet.top() + 196 + 76 * index, Hand(TEXT, 45),
              0xFF2A2520)  # fmt: skip
    canvas.restore()


@shot
def guess(canvas: skia.Canvas, now: Moment) -> None:
    """The face is measured and does not move. The bars go on moving."""
    place = PLACES["reading_guess"]
    candlelight(canvas, now.t, 960)
    light = 1.0 + 0.55 * sin(2 * pi * now.age / 4.3 + 0.4)
    face(canvas, sitter(), light, place.face)
    whole = near(place.face)
    scale, corner = (whole.width(), whole.height()), (whole.left(), whole.top())
    drawn = now.ramp("measures", 1.4, delay=-0.2)
    draw_mesh(canvas, sitter().points[:, :2] * scale + corner, drawn, drawn, alpha=0.8, size=2.6)
    frame(canvas, place.face)
    guessed = now.ramp("The feeling", 0.8)
    canvas.drawRect(place.table, fill(COAL))
    canvas.drawRect(place.table, stroke(RED, 4, 1, guessed))
    bars(canvas, by_candle(light).feelings, place.table.makeInset(30, 0), top=74, apart=79)
    for y, x, anchor, how, what, typed, colour in (
        (350, place.face.right() + 40, 0, "measured", "the face", drawn, GREEN),
        (660, place.table.left() - 40, 1, "guessed", "the feeling", guessed, RED),
    ):
        write(canvas, how, x, y, Hand(MONO, 56), colour, typed=typed, anchor=anchor)
        write(canvas, what, x, y + 110, Hand(SERIF, 92), PAPER, typed=typed, anchor=anchor)
