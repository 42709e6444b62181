"""A bar for each word for a feeling: what moves it, and what it says nothing about."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import pi, sin

import numpy as np
import skia
from look import DIM, GREEN, PAPER, RED, SMOOTH, box, clamp, fill, glide, mix, settle, stroke
from look_type import ITALIC, MONO, SERIF, TEXT, Hand, write
from nobody import Expression, Identity, Pose

from shots.chapter_1.cropping import draw_mesh
from shots.chapter_4.read import by_candle, frowning, sitter
from shots.chapter_4.reading import burned, candlelight
from shots.chapter_4.square import FACE, HUES, SECOND, WORDS, answers, bars, face, frame, near
from shots.moment import Moment, shot
from shots.people import HEAD, Sitter

READ = ("confidence", "age", "gender")


def _frown(now: Moment) -> float:
    """Return how much the face frowns: not at all, then twice."""
    since = now.since("Frown")
    return glide(since / 1.1) * (1 - glide((since - 2.2) / 0.9)) + glide((since - 3.3) / 1.1)


@shot
def feelings(canvas: skia.Canvas, now: Moment) -> None:
    """Seven bars. The face frowns; the bars do something else."""
    candlelight(canvas, now.t, 0)
    frown = _frown(now)
    said = frowning(frown)
    face(canvas, sitter(frown), 1.0)
    frame(canvas)
    answers(canvas, said, *READ)
    there = now.ramp("A bar", 1.4)
    if there > 0:
        bars(canvas, said.feelings, there)
        _trace(canvas, now, there)


def _trace(canvas: skia.Canvas, now: Moment, alpha: float) -> None:
    """Draw how the bars have stood, as lines that a pen leaves on running paper."""
    pace, top, high = 86.0, SECOND.top() + 30, 480.0
    canvas.save()
    canvas.clipRect(SECOND)
    for level in range(5):
        y = top + high * level / 4
        canvas.drawLine(SECOND.left(), y, SECOND.right(), y, stroke(DIM, 1, 0.3 * alpha))
    first = max(now.voice.when("A bar", now.start - 0.5), now.t - SECOND.width() / pace)
    times = np.arange(first, now.t + 0.02, 0.04)
    told = np.array([frowning(_frown(replace(now, t=float(t)))).feelings for t in times])
    for index, hue in enumerate(HUES):
        path = skia.Path()
        x = SECOND.right() - (now.t - times) * pace - 30
        y = top + high * (1 - _smooth(told[:, index]))
        path.addPoly([skia.Point(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)], False)  # noqa: FBT003 - Skia's signature
        width = 4.5 if WORDS[index] == "angry" else 2.0
        canvas.drawPath(path, stroke(hue, width, alpha * (1 if width > 4 else 0.55)))  # noqa: PLR2004
    canvas.restore()
    write(canvas, "the frown", SECOND.left(), SECOND.bottom() - 14, Hand(ITALIC, 40), PAPER,
          alpha=alpha)  # fmt: skip
    reach = SECOND.width() - 220
    trough = skia.Rect.MakeXYWH(SECOND.left() + 200, SECOND.bottom() - 38, reach, 26)
    canvas.drawRect(trough, fill(DIM, 0.2 * alpha))
    canvas.drawRect(
        skia.Rect.MakeXYWH(trough.left(), trough.top(), reach * _frown(now), 26),
        fill(PAPER, alpha),
    )


def _smooth(values: np.ndarray) -> np.ndarray:
    """Let the pen swing: the mean over a fifth of a second."""
    if len(values) < 6:  # noqa: PLR2004 - too short for it
        return values
    padded = np.pad(values, 2, mode="edge")
    return np.convolve(padded, np.full(5, 0.2), "valid")


MOODS = (
    (5, Expression(brows=-1, smile=-0.6, lids=(0.55, 0.55))),
    (33, Expression(jaw=0.75, brows=0.2, wide=0.5, lids=(0.6, 0.6))),
    (40, Expression(smile=-1, brows=0.9, lids=(0.6, 0.6))),
    (60, Expression(smile=0.8, brows=-0.4)),
    (11, Expression(lids=(0.05, 0.05), smile=-0.2)),
    (83, Expression(smile=0.0, gaze=(0.4, 0.0))),
)


@cache
def _angry(index: int) -> Sitter:
    seed, does = MOODS[index]
    turned = Pose(yaw=(0.1, -0.2, 0.05, 0.15, -0.1, -0.25)[index], roll=0.04 * (-1) ** index)
    return Sitter(f"angry-{index}", Identity.of(seed, young=0.0), does, turned, HEAD, size=420)


@shot
def movements(canvas: skia.Canvas, now: Moment) -> None:
    """Six people; each of them is angry, and no two faces do the same."""
    candlelight(canvas, now.t, 0)
    light = burned(now)
    said = by_candle(light)
    face(canvas, sitter(), light)
    frame(canvas)
    answers(canvas, said, *READ)
    bars(canvas, said.feelings)
    first = now.since("People do not") + 3.4
    for index in range(len(MOODS)):
        column, line = index % 3, index // 3
        there = settle((first - 0.45 * index) / 0.6)
        if there <= 0:
            continue
        cell = skia.Rect.MakeXYWH(SECOND.left() + 204 * column, SECOND.top() + 306 * line, 192, 288)
        canvas.drawRect(cell, fill(0xFF33353B, there))
        canvas.save()
        canvas.clipRect(cell)
        paint = skia.Paint(Alphaf=clamp(there), AntiAlias=True)
        side = 250 * (1 + 0.04 * now.share)
        canvas.drawImageRect(
            _angry(index).portrait, box(cell.centerX(), cell.top() + 130, side, side), SMOOTH, paint
        )
        canvas.drawRect(
            skia.Rect.MakeLTRB(cell.left(), cell.bottom() - 56, cell.right(), cell.bottom()),
            fill(0xFF0C0D10, 0.85 * there),
        )
        canvas.restore()
        write(canvas, "angry", cell.centerX(), cell.bottom() - 18, Hand(ITALIC, 42), PAPER,
              anchor=0.5, typed=clamp(there * 1.5 - 0.4))  # fmt: skip


SCOWL = Sitter(
    "scowling", Identity.of(27, young=0.0), Expression(brows=-1, smile=-0.3, lids=(0.4, 0.4),
    gaze=(0.0, -0.25)), Pose(pitch=0.16), HEAD, size=840,
)  # fmt: skip
SMALL_PRINT = (
    "By posting you grant us a worldwide, perpetual, irrevocable,",
    "royalty-free and transferable licence to host, copy, adapt,",
    "analyse and otherwise use your content, including for the",
    "improvement of services that do not exist at this date,",
    "by us and by whomever we may choose to become.",
)


@shot
def small_print(canvas: skia.Canvas, now: Moment) -> None:
    """The word angry stands over a scowl. We see what she looks at: small print."""
    candlelight(canvas, now.t, 0)
    light = burned(now)
    said = by_candle(light)
    face(canvas, sitter(), light)
    frame(canvas)
    answers(canvas, said, *READ)
    bars(canvas, said.feelings, only=0)
    canvas.save()
    canvas.clipRect(SECOND)
    canvas.drawRect(SECOND, fill(0xFF2E3036))
    lifted = now.ramp("something other", 1.1, delay=-0.5)
    side = 700 - 60 * lifted
    at = box(SECOND.centerX(), 520 - 90 * lifted, side, side)
    canvas.drawImageRect(SCOWL.portrait, at, SMOOTH)
    sheet = skia.Rect.MakeXYWH(SECOND.left() + 40, mix(810, 610, lifted), 520, 320)
    canvas.drawRect(sheet.makeOffset(0, 10), fill(0xFF000000, 0.4))
    canvas.drawRect(sheet, fill(PAPER))
    for index, line in enumerate(SMALL_PRINT):
        write(canvas, line, sheet.left() + 26, sheet.top() + 46 + 26 * index, Hand(TEXT, 18),
              0xFF2A2520)  # fmt: skip
    canvas.restore()
    shown = now.ramp("a scowl", 0.4)
    struck = glide(lifted * 2 - 1)
    canvas.drawRect(
        skia.Rect.MakeXYWH(SECOND.left(), SECOND.top(), 190, 56), fill(RED, 0.95 * shown)
    )
    write(canvas, "angry", SECOND.left() + 22, SECOND.top() + 41, Hand(MONO, 42), 0xFF0C0D10,
          alpha=shown)  # fmt: skip
    y = SECOND.top() + 28
    canvas.drawLine(SECOND.left() + 10, y, SECOND.left() + 10 + 170 * struck, y,
                    stroke(0xFF0C0D10, 7, struck))  # fmt: skip


@shot
def guess(canvas: skia.Canvas, now: Moment) -> None:
    """The face is measured and does not move. The bars go on moving."""
    candlelight(canvas, now.t, 0)
    light = 1.0 + 0.55 * sin(2 * pi * now.age / 4.3 + 0.4)
    said = by_candle(light)
    face(canvas, sitter(), light)
    whole = near(FACE)
    points = sitter().points[:, :2] * whole.width() + np.float32([whole.left(), whole.top()])
    drawn = now.ramp("measures", 1.4, delay=-0.2)
    draw_mesh(canvas, points, drawn, drawn, alpha=0.8, size=2.6)
    frame(canvas)
    answers(canvas, said, *READ)
    bars(canvas, said.feelings)
    guessed = now.ramp("The feeling", 0.8)
    for y, how, what, typed, colour in (
        (320, "measured", "the face", drawn, GREEN),
        (580, "guessed", "the feeling", guessed, RED),
    ):
        write(canvas, how, SECOND.left(), y, Hand(MONO, 46), colour, typed=typed)
        write(canvas, what, SECOND.left(), y + 110, Hand(SERIF, 116), PAPER, typed=typed)
