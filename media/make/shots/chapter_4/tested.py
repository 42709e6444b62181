"""189 programs are tested, and serve some people worse than others."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import skia
from look import (
    DIM,
    GREEN,
    INK,
    PAPER,
    RED,
    YELLOW,
    blend,
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
from shots.people import Sitter
from shots.tiles import crowd

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROGRAMS = 189  # nist
ACROSS, DOWN = 21, 9
PICTURES, PEOPLE = "18.27 million", "8.49 million"  # nist
MOST = 0.8  # drawn as uneven; the report says most, and no share
LAMP = 25  # px, the radius of a lamp
UNLIT = blend(DIM, INK, 0.6)


def _lamp(index: int) -> tuple[float, float]:
    row, column = divmod(index, ACROSS)
    return 330 + 63 * column, 120 + 63 * row


@cache
def _glass() -> skia.Path:
    """Return the rounds of all lamps as one path."""
    rounds = skia.Path()
    for index in range(PROGRAMS):
        rounds.addCircle(*_lamp(index), LAMP)
    return rounds


def _compared(canvas: skia.Canvas, age: float, lit: float) -> None:
    """Show one face after another in each lamp that is lit: what a program is given."""
    index = np.arange(PROGRAMS)
    middles = np.array([_lamp(each) for each in index.tolist()])
    places = np.column_stack([middles - 1.15 * LAMP, np.full(PROGRAMS, 2.3 * LAMP)])
    turn = np.floor(1.4 * age + index * 0.618).astype(np.int64)
    shades = (255 * np.clip(lit - index, 0, 1)).astype(np.int64)
    canvas.save()
    canvas.clipPath(_glass(), skia.ClipOp.kIntersect, True)  # noqa: FBT003 - Skia's signature
    crowd().lay(canvas, places, (index * 37 + turn * 11) % 400, shades)
    canvas.restore()


@shot
def programs(canvas: skia.Canvas, now: Moment) -> None:
    """Round lamps in rows light up, each with faces in it, and are counted."""
    said = now.voice.when("189", now.start)
    lit = PROGRAMS * glide(now.age / (said + 0.9 - now.start))
    for index in range(PROGRAMS):
        x, y = _lamp(index)
        on = clamp(lit - index)
        canvas.drawCircle(x, y, 44, glow(x, y, 44, GREEN, 0.35 * on))
    _compared(canvas, now.age, lit)
    for index in range(PROGRAMS):
        canvas.drawCircle(*_lamp(index), LAMP, stroke(blend(UNLIT, GREEN, clamp(lit - index)), 3))
    write(canvas, f"{round(lit)}", 330, 840, Hand(THIN, 190, -0.03), PAPER)
    write(canvas, "programs that compare faces", 720, 840, Hand(MONO, 56), PAPER,
          typed=now.ramp("tested", 0.8))  # fmt: skip
    institute = "National Institute of Standards and Technology, 2019"
    write(canvas, institute, 720, 764, Hand(ITALIC, 54), PAPER,
          typed=now.ramp("the American", 1.1, delay=-0.2))  # fmt: skip


@shot
def scale(canvas: skia.Canvas, now: Moment) -> None:
    """Faces run by on belts, too fast to see."""
    for belt, (y, side) in enumerate(((40, 150), (204, 190), (408, 190), (612, 150))):
        speed = (900 + 340 * belt) * (1 if belt % 2 else -1)
        ran = speed * 0.16 * (now.age + 0.55 * now.age**1.9)
        _belt(canvas, y, side, ran, belt)
    veil = skia.GradientShader.MakeLinear(
        [skia.Point(0, 0), skia.Point(1920, 0)],
        [0xC00C0D10, 0x600C0D10, 0x600C0D10, 0xC00C0D10],
        [0.0, 0.3, 0.7, 1.0],
    )
    canvas.drawRect(skia.Rect.MakeLTRB(0, 0, 1920, 800), skia.Paint(Shader=veil))
    rows = ((PICTURES, "pictures", "more than 18", 260), (PEOPLE, "people", "more than 8", 614))
    for number, word, said, y in rows:
        there = now.ramp(said, 0.5)
        plate = box(960, y - 14, 1180, 282)
        canvas.drawRoundRect(plate, 10, 10, fill(INK, 0.92 * there))
        write(canvas, number, 960, y, Hand(THIN, 150, -0.03), PAPER, anchor=0.5, alpha=there)
        write(canvas, word, 960, y + 90, Hand(MONO, 76), PAPER, anchor=0.5, alpha=there)


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
            half.addArc(box(x, y, 2 * LAMP, 2 * LAMP), 90 if side == 0 else -90, 180)
            canvas.drawPath(half, fill(GREEN, mix(0.10, 1.0, bright)))
        canvas.drawCircle(x, y, 44, glow(x, y, 44, GREEN, 0.2 * sum(halves) / 2))
        canvas.drawCircle(x, y, LAMP, stroke(GREEN, 2, 0.5))
    legend = now.ramp("some people", 0.6)
    for word, x, bright in (("some people", 460, 1.0), ("others", 1100, 0.25)):
        half = skia.Path()
        half.addArc(box(x, 780, 96, 96), 90 if bright == 1 else -90, 180)
        canvas.drawPath(half, fill(GREEN, bright * legend))
        canvas.drawCircle(x, 780, 48, stroke(PAPER, 3, 0.8 * legend))
        write(canvas, word, x + 80, 802, Hand(MONO, 64), PAPER, alpha=legend)


@cache
def _unevenness() -> NDArray[np.float64]:
    """Return for each lamp when it turns and how much worse one half serves, (189, 2)."""
    dice = np.random.default_rng(8280)
    worse = np.where(dice.random(PROGRAMS) < MOST, dice.uniform(0.45, 0.95, PROGRAMS), 0.0)
    return np.stack([dice.random(PROGRAMS), worse], 1)


WOMEN = (
    (
        Sitter("mistaken-1", Identity.of(12, young=0.0), turned=Pose(yaw=0.06), size=760),
        "one woman",
    ),
    (Sitter("mistaken-2", Identity.of(3, young=0.0), turned=Pose(yaw=-0.06), size=760), "another"),
)


@shot
def mistaken(canvas: skia.Canvas, now: Moment) -> None:
    """Two women are taken for one; a bar for women grows to 2 and 5 times the bar for men."""
    pressed = now.ramp("each other", 0.9, delay=-0.2)
    for index, (woman, word) in enumerate(WOMEN):
        x = 520 + (2 * index - 1) * mix(245, 84, pressed)
        appear(canvas, woman, x, 430, 680, light=1.15, alpha=mix(1.0, 0.8, pressed))
        write(canvas, word, x, 850, Hand(ITALIC, 60), PAPER, anchor=0.5,
              typed=now.ramp("mistook", 0.6, delay=-0.2), alpha=1 - 2 * pressed)  # fmt: skip
    found = box(520, 385, 760 - 220 * pressed, 610)
    find_box(canvas, found, width=6, corner=0.12, alpha=pressed)
    write(canvas, "same person", 520, 850, Hand(MONO, 56), GREEN, anchor=0.5,
          typed=clamp(pressed * 2 - 1))  # fmt: skip
    grown = now.ramp("2 to 5", 0.6)
    more = now.ramp("5 times", 1.4)
    _times(canvas, 330, "men", 1.0, grown, YELLOW)
    _times(canvas, 560, "women", mix(1, 2, grown) + 3 * more, grown, RED)
    write(canvas, "false matches", 1060, 200, Hand(ITALIC, 60), PAPER,
          typed=now.ramp("mistook", 0.8))  # fmt: skip
    told = glide(more * 2 - 1)
    write(canvas, "2 to 5 times as often", 1060, 770, Hand(THIN, 66, -0.02), PAPER, alpha=told)


def _times(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas, y: float, word: str, times: float, there: float, colour: int
) -> None:
    unit = 142.0
    write(canvas, word, 1060, y - 24, Hand(MONO, 46), PAPER, alpha=there)
    canvas.drawRect(skia.Rect.MakeXYWH(1060, y, unit * times * there, 88), fill(colour, 0.92))
    if times > 2:  # noqa: PLR2004 - from here on the report gives a range
        sure = skia.Rect.MakeXYWH(1060 + 2 * unit, y, unit * (times - 2), 88)
        canvas.drawRect(sure, fill(0xFF0C0D10, 0.45))
    for step in range(1, 6):
        x = 1060 + unit * step
        canvas.drawLine(x, y - 6, x, y + 94, stroke(0xFF0C0D10, 3, 0.8 * there))
