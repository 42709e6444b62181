"""189 programs are tested, and serve some people worse than others."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import skia
from look import (
    DIM,
    GREEN,
    PAPER,
    RED,
    YELLOW,
    box,
    clamp,
    fill,
    find_box,
    glide,
    glow,
    mix,
    stroke,
)
from look_type import ITALIC, MONO, THIN, Hand, write
from nobody import Identity, Pose

from shots.chapter_4.wish import appear
from shots.moment import Moment, shot
from shots.people import HEAD, Sitter
from shots.tiles import crowd

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROGRAMS = 189  # nist
ACROSS, DOWN = 21, 9
PICTURES, PEOPLE = "18.27 million", "8.49 million"  # nist
MOST = 0.8  # drawn as uneven; the report says most, and no share


def _lamp(index: int) -> tuple[float, float]:
    row, column = divmod(index, ACROSS)
    return 330 + 63 * column, 120 + 63 * row


@shot
def programs(canvas: skia.Canvas, now: Moment) -> None:
    """Small lamps in rows light up, and are counted."""
    said = now.voice.when("189", now.start)
    lit = PROGRAMS * glide(now.age / (said + 0.9 - now.start))
    for index in range(PROGRAMS):
        x, y = _lamp(index)
        on = clamp(lit - index)
        canvas.drawCircle(x, y, 40, glow(x, y, 40, GREEN, 0.28 * on))
        canvas.drawCircle(x, y, 12, stroke(DIM, 1.5, 0.5))
        canvas.drawCircle(x, y, 11, fill(GREEN, on))
    write(canvas, f"{round(lit)}", 330, 840, Hand(THIN, 190, -0.03), PAPER)
    write(canvas, "programs that compare faces", 720, 840, Hand(MONO, 38), DIM,
          typed=now.ramp("of these programs", 0.9))  # fmt: skip
    institute = "National Institute of Standards and Technology, 2019"
    write(canvas, institute, 720, 780, Hand(ITALIC, 38), DIM,
          typed=now.ramp("the American", 1.4))  # fmt: skip


@shot
def scale(canvas: skia.Canvas, now: Moment) -> None:
    """Faces run by on belts, too fast to see."""
    for belt, (y, side) in enumerate(((40, 150), (204, 190), (408, 190), (612, 150))):
        speed = (900 + 340 * belt) * (1 if belt % 2 else -1)
        ran = speed * 0.16 * (now.age + 0.55 * now.age**1.9)
        _belt(canvas, y, side, ran, belt)
    veil = skia.GradientShader.MakeLinear(
        [skia.Point(0, 0), skia.Point(1920, 0)],
        [0xF00C0D10, 0xB00C0D10, 0xB00C0D10, 0xF00C0D10],
        [0.0, 0.3, 0.7, 1.0],
    )
    canvas.drawRect(skia.Rect.MakeLTRB(0, 0, 1920, 800), skia.Paint(Shader=veil))
    rows = ((PICTURES, "pictures", "18 million", 340), (PEOPLE, "people", "8 million", 610))
    for number, word, said, y in rows:
        there = now.ramp(said, 0.7)
        plate = box(960, y - 42, 1180, 196)
        canvas.drawRoundRect(plate, 10, 10, fill(0xFF0C0D10, 0.82 * there))
        write(canvas, number, 960, y, Hand(THIN, 150, -0.03), PAPER, anchor=0.5, alpha=there)
        write(canvas, word, 960, y + 50, Hand(MONO, 36, 0.04), DIM, anchor=0.5, alpha=there)


def _belt(canvas: skia.Canvas, y: float, side: float, ran: float, belt: int) -> None:
    step = side + 8
    count = int(1920 / step) + 2
    first = int(np.floor(-ran / step))
    index = first + np.arange(count + 1)
    left = index * step + ran
    places = np.stack([left, np.full_like(left, y), np.full_like(left, side)], 1)
    crowd().lay(canvas, places.astype(np.float64), (index * 37 + belt * 91) % 400)


@shot
def uneven(canvas: skia.Canvas, now: Moment) -> None:
    """Each lamp has two halves. In most of them one half grows dim."""
    turned = now.ramp("served", 1.8, delay=-0.3)
    for index in range(PROGRAMS):
        x, y = _lamp(index)
        delay, worse = _unevenness()[index].tolist()
        halves = (1.0, 1 - worse * glide(turned * 2 - delay))
        for side, bright in enumerate(halves):
            half = skia.Path()
            half.addArc(box(x, y, 24, 24), 90 if side == 0 else -90, 180)
            canvas.drawPath(half, fill(GREEN, mix(0.10, 1.0, bright)))
        canvas.drawCircle(x, y, 40, glow(x, y, 40, GREEN, 0.2 * sum(halves) / 2))
        canvas.drawCircle(x, y, 12, stroke(DIM, 1.5, 0.5))
    legend = now.ramp("some people", 0.6)
    for word, x, bright in (("some people", 560, 1.0), ("others", 1010, 0.10)):
        half = skia.Path()
        half.addArc(box(x, 828, 76, 76), 90 if bright == 1 else -90, 180)
        canvas.drawPath(half, fill(GREEN, bright * legend))
        canvas.drawCircle(x, 828, 38, stroke(DIM, 2, 0.7 * legend))
        write(
            canvas, word, x + 64, 842, Hand(MONO, 40), PAPER if bright == 1 else DIM, alpha=legend
        )


@cache
def _unevenness() -> NDArray[np.float64]:
    """Return for each lamp when it turns and how much worse one half serves, (189, 2)."""
    dice = np.random.default_rng(8280)
    worse = np.where(dice.random(PROGRAMS) < MOST, dice.uniform(0.45, 0.95, PROGRAMS), 0.0)
    return np.stack([dice.random(PROGRAMS), worse], 1)


ONE = Sitter("mistaken-1", Identity.of(5, young=0.0), turned=Pose(yaw=0.06), framing=HEAD, size=640)
OTHER = Sitter(
    "mistaken-2", Identity.of(60, young=0.0), turned=Pose(yaw=-0.06), framing=HEAD, size=640
)


@shot
def mistaken(canvas: skia.Canvas, now: Moment) -> None:
    """Two women are taken for one; a bar for women grows to 2 and 5 times the bar for men."""
    pressed = now.ramp("each other", 1.3, delay=-0.6)
    near = 210 * (1 - 0.62 * pressed)
    for sitter, x in ((ONE, 520 - near), (OTHER, 520 + near)):
        alpha = mix(1.0, 0.78, pressed)
        appear(canvas, sitter, x, 440, 560, light=1.15, alpha=alpha)
    found = box(520, 430, 760 - 220 * pressed, 600)
    find_box(canvas, found, width=4, corner=0.12, alpha=pressed)
    write(canvas, "same person", found.left(), found.top() - 20, Hand(MONO, 38), GREEN,
          typed=clamp(pressed * 2 - 1))  # fmt: skip
    grown = now.ramp("2 to 5", 0.6)
    more = now.ramp("5 times", 1.4)
    _times(canvas, 330, "men", 1.0, grown, YELLOW)
    _times(canvas, 560, "women", mix(1, 2, grown) + 3 * more, grown, RED)
    write(canvas, "false matches", 1060, 190, Hand(ITALIC, 44), DIM, typed=now.ramp("mistook", 0.8))
    told = glide(more * 2 - 1)
    write(canvas, "2 to 5 times as often", 1060, 770, Hand(THIN, 66, -0.02), PAPER, alpha=told)


def _times(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas, y: float, word: str, times: float, there: float, colour: int
) -> None:
    unit = 142.0
    write(canvas, word, 1060, y - 24, Hand(MONO, 38), PAPER, alpha=there)
    canvas.drawRect(skia.Rect.MakeXYWH(1060, y, unit * times * there, 88), fill(colour, 0.92))
    if times > 2:  # noqa: PLR2004 - from here on the report gives a range
        sure = skia.Rect.MakeXYWH(1060 + 2 * unit, y, unit * (times - 2), 88)
        canvas.drawRect(sure, fill(0xFF0C0D10, 0.45))
    for step in range(1, 6):
        x = 1060 + unit * step
        canvas.drawLine(x, y - 6, x, y + 94, stroke(0xFF0C0D10, 3, 0.8 * there))
