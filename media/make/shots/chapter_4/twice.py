"""The same face, read twice: two answers to every question."""

from __future__ import annotations

import skia
from look import DIM, GREEN, INK, PAPER, RED, blend, clamp, fill, glide, mix, stroke
from look_type import ITALIC, MEDIUM, MONO, Hand, write

from shots.chapter_4.read import by_day, in_daylight
from shots.chapter_4.square import FACE, SECOND, TABLE, WORDS, face, frame
from shots.moment import Moment, shot

DIM_DAY, BRIGHT_DAY = 0.4, 1.075
LEFT, RIGHT = TABLE.left() + 8, TABLE.right() - 8
TOP, LINE = 240.0, 60.0
NAME = blend(DIM, PAPER, 0.5)


def _questions() -> list[tuple[str, str, str, bool]]:
    """Return each question with both answers, and whether they differ to the eye."""
    one, two = in_daylight(DIM_DAY), in_daylight(BRIGHT_DAY)
    rows = [
        ("age", f"{one.age:.1f}", f"{two.age:.1f}"),
        ("gender", one.gender, two.gender),
        *(
            (word, f"{a:.2f}", f"{b:.2f}")
            for word, a, b in zip(WORDS, one.feelings, two.feelings, strict=True)
        ),
    ]
    return [(name, a, b, _apart(a, b)) for name, a, b in rows]


def _apart(a: str, b: str) -> bool:
    try:
        return abs(float(a) - float(b)) >= 0.1  # noqa: PLR2004 - a tenth, or a tenth of a year
    except ValueError:
        return a != b


def _both(canvas: skia.Canvas, opened: float, light: float) -> None:
    canvas.clear(INK)
    for rect, strong, shown in ((FACE, DIM_DAY, 1.0), (SECOND, BRIGHT_DAY, opened)):
        face(canvas, by_day(), mix(1.0, strong, light), rect, alpha=shown)
        frame(canvas, rect, drawn=shown)


def _answers(canvas: skia.Canvas, since: float, lit: float) -> None:
    for index, (name, one, two, apart) in enumerate(_questions()):
        y = TOP + LINE * index
        there = glide((since - 0.13 * index) / 0.4)
        colour = blend(PAPER, RED, lit) if apart else blend(PAPER, NAME, lit)
        hand = Hand(MEDIUM, 32)
        write(canvas, one, LEFT, y, hand, colour, alpha=there)
        write(canvas, two, RIGHT, y, hand, colour, anchor=1, alpha=there)
        write(canvas, name, (LEFT + RIGHT) / 2, y, Hand(MONO, 27), NAME, anchor=0.5,
              alpha=there)  # fmt: skip


@shot
def twice(canvas: skia.Canvas, now: Moment) -> None:
    """The square is doubled; two columns of answers stand between them."""
    opened = now.ramp("read twice", 1.1, delay=-0.4)
    _both(canvas, opened, now.ramp("read twice", 1.6))
    _answers(canvas, now.since("Look at where") + 0.6, now.ramp("answers part", 0.8))
    for rect, word in ((FACE, "in less light"), (SECOND, "in more light")):
        write(canvas, word, rect.centerX(), rect.bottom() + 62, Hand(ITALIC, 54), PAPER, anchor=0.5,
              typed=now.ramp("answers part", 0.8))  # fmt: skip


@shot
def apart(canvas: skia.Canvas, now: Moment) -> None:
    """It is one face: both pictures slide onto each other and fit. Then a wall parts them."""
    canvas.clear(INK)
    over = now.ramp("It is one face", 1.3, delay=-0.3) * (1 - now.ramp("Neither", 1.2, delay=-0.3))
    shift = (SECOND.left() - FACE.left()) / 2 * over
    left, right = FACE.makeOffset(shift, 0), SECOND.makeOffset(-shift, 0)
    face(canvas, by_day(), DIM_DAY, left)
    frame(canvas, left)
    wiped = skia.Rect.MakeLTRB(0, 0, 1920, 1080)
    if over > 0.98:  # noqa: PLR2004 - they lie on each other: half is seen of each
        edge = mix(right.right(), right.left(), clamp(0.5 + 0.5 * now.since("It did not") / 1.6))
        wiped = skia.Rect.MakeLTRB(edge, 0, 1920, 1080)
    canvas.save()
    canvas.clipRect(wiped)
    face(canvas, by_day(), BRIGHT_DAY, right)
    canvas.restore()
    frame(canvas, right)
    if over == 0:
        _answers(canvas, 9.0, 1.0)
    wall = now.ramp("knows", 0.8)
    middle = (LEFT + RIGHT) / 2
    plate = skia.Rect.MakeXYWH(middle - 65, 170, 130, 620 * wall)
    canvas.drawRect(plate, fill(INK, wall))
    canvas.drawLine(middle, 170, middle, 170 + 620 * wall, stroke(PAPER, 6, wall))
    write(canvas, "one face", right.centerX(), right.bottom() + 62, Hand(ITALIC, 54), GREEN,
          anchor=0.5, alpha=over)  # fmt: skip
