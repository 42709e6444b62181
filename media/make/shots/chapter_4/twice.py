"""The same face, read twice: two answers to every question."""

from __future__ import annotations

import skia
from look import (
    GREEN,
    INK,
    PAPER,
    RED,
    YELLOW,
    blend,
    clamp,
    fill,
    glide,
    mix,
    stroke,
    sway,
)
from look_type import ITALIC, MEDIUM, MONO, Hand, write

from shots.chapter_4.read import by_day, in_daylight
from shots.chapter_4.square import PLACES, SECOND, WORDS, face, frame
from shots.moment import Moment, shot

DIM_DAY, BRIGHT_DAY = 0.4, 1.075
FIRST, TABLE = PLACES["reading_twice"].face, PLACES["reading_twice"].table
APART = SECOND.left() - FIRST.left()
ASKED = ("neutral", "surprised")
"""The feelings in which the answers part the most."""
LIGHTS = ((FIRST, "in less light"), (SECOND, "in more light"))
INSET, LINE = 26, 134
NAME, ANSWER = Hand(MONO, 40), Hand(MEDIUM, 60)
LONG_AGO = 9.0  # seconds


def _questions() -> list[tuple[str, str, str]]:
    """Return some questions with both answers: one in which they agree, and those that part."""
    one, two = in_daylight(DIM_DAY), in_daylight(BRIGHT_DAY)
    return [
        ("confidence", f"{one.confidence:.2f}", f"{two.confidence:.2f}"),
        ("age", f"{one.age:.1f}", f"{two.age:.1f}"),
        ("gender", one.gender, two.gender),
        *(
            (word, f"{a:.2f}", f"{b:.2f}")
            for word, a, b in zip(WORDS, one.feelings, two.feelings, strict=True)
            if word in ASKED
        ),
    ]


def _pictures(canvas: skia.Canvas, parted: float, light: float, seen: float = 1.0) -> None:
    """Draw both pictures, from on each other (0) to side by side (1).

    Of what they share, only the first is seen left of a line that is `seen` of the way across.
    """
    canvas.clear(INK)
    shift = APART / 2 * (1 - parted)
    left, right = FIRST.makeOffset(shift, 0), SECOND.makeOffset(-shift, 0)
    face(canvas, by_day(), mix(1.0, DIM_DAY, light), left)
    frame(canvas, left)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(mix(right.right(), right.left(), seen), 0, 1920, 1080))
    face(canvas, by_day(), mix(1.0, BRIGHT_DAY, light), right)
    canvas.restore()
    frame(canvas, right)


def _answers(canvas: skia.Canvas, since: float, lit: float, there: float = 1.0) -> None:
    """Write one answer after another beside the pictures, and above each what was asked.

    `lit` is how long answers that part have been marked, in seconds; one goes red after the other.
    """
    left, right = TABLE.left() + INSET, TABLE.right() - INSET
    for index, (name, one, two) in enumerate(_questions()):
        y = TABLE.top() + 46 + LINE * index
        alpha = there * glide((since - 0.16 * index) / 0.4)
        parts = glide((lit - 0.6 * (index - 1)) / 0.5) if one != two else 0.0
        for x, anchor, answer in ((left, 0.0, one), (right, 1.0, two)):
            write(canvas, name, x, y, NAME, YELLOW, anchor=anchor, alpha=alpha)
            write(canvas, answer, x, y + 62, ANSWER, blend(PAPER, RED, parts), anchor=anchor,
                  alpha=alpha)  # fmt: skip
        _unequal(canvas, 960, y + 40, there * parts)


def _unequal(canvas: skia.Canvas, x: float, y: float, there: float) -> None:
    """Draw the sign of what is not equal: answers that part are marked by more than their hue."""
    paint = stroke(RED, 6, there)
    for lower in (-9, 9):
        canvas.drawLine(x - 18, y + lower, x + 18, y + lower, paint)
    canvas.drawLine(x - 10, y + 24, x + 10, y - 24, paint)


def _below(canvas: skia.Canvas, rect: skia.Rect, words: str, colour: int, there: float) -> None:
    write(canvas, words, rect.centerX(), rect.bottom() + 80, Hand(ITALIC, 76), colour, anchor=0.5,
          alpha=there)  # fmt: skip


@shot
def twice(canvas: skia.Canvas, now: Moment) -> None:
    """The square becomes two; two columns of answers stand between them."""
    parted = now.ramp("read twice", 1.1, delay=-0.2)
    _pictures(canvas, parted, now.ramp("Look at where", 1.6, delay=-0.3))
    alone = now.ramp("the same face", 0.5) * (1 - now.ramp("read twice", 0.4, delay=-0.2))
    _below(canvas, FIRST.makeOffset(APART / 2, 0), "the same face", GREEN, alone)
    _answers(canvas, now.since("Look at where") + 0.3, now.since("answers part"))
    for rect, words in LIGHTS:
        _below(canvas, rect, words, PAPER, now.ramp("Look at where", 0.6, delay=-0.3))


@shot
def apart(canvas: skia.Canvas, now: Moment) -> None:
    """It is one face: both pictures slide onto each other and fit. Then a wall parts them."""
    parted = 1 - now.ramp("It is one face", 1.2, delay=-0.1)
    parted += now.ramp("Neither", 1.1, delay=-0.3)
    wiped = clamp(0.5 + 0.5 * now.since("It did not") / 1.6) if parted == 0 else 1.0
    _pictures(canvas, parted, 1.0, wiped)
    wall = now.ramp("knows", 0.8)
    _answers(canvas, LONG_AGO, LONG_AGO, glide(16 * parted - 15))
    _below(canvas, FIRST.makeOffset(APART / 2, 0), "one face", GREEN, glide(1 - 3 * parted))
    for rect, words in LIGHTS:
        _below(canvas, rect, words, PAPER, glide(3 * parted - 2))
    _unknown(canvas, now.since("that the other"))
    canvas.drawRect(skia.Rect.MakeLTRB(930, 110, 990, mix(110, 826, wall)), fill(INK, wall))
    canvas.drawLine(960, 126, 960, mix(126, 810, wall), stroke(PAPER, 10, wall))


def _unknown(canvas: skia.Canvas, since: float) -> None:
    """Hide first the one reading, then the other: each stands there as if it were alone."""
    for order, left in enumerate((960, 0)):
        hidden = sway(clamp((since - 1.1 * order) / 1.3))
        canvas.drawRect(skia.Rect.MakeXYWH(left, 0, 960, 1080), fill(INK, 0.85 * hidden))
