"""A clip that is easily believed: somebody behind a lectern, as on the news."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import sin

import skia
from look import PAPER, RED, SMOOTH, box, fill, glow, painted, stroke, vertical
from look_type import MEDIUM, Hand, write
from nobody import Expression, Identity, Pose

from shots.lines import polygon
from shots.people import Sitter

WIDE, HIGH = 1600, 900
SPEAKER = replace(Identity.of(35, young=0.0), cloth=(0.02, 0.025, 0.04))
MOUTHS = (
    Expression(smile=0.0), Expression(jaw=0.25, wide=0.4), Expression(jaw=0.55),
    Expression(jaw=0.3, pucker=0.7),
)  # fmt: skip
SAYING = (0, 1, 2, 3, 1, 0, 2, 1, 3, 2, 1, 2)
"""Which mouth follows which."""
A_SECOND = 7  # mouths


def believed(canvas: skia.Canvas, rect: skia.Rect, second: float) -> None:
    """Draw the clip at a second of its own into a rectangle."""
    canvas.save()
    canvas.clipRect(rect)
    canvas.translate(rect.left(), rect.top())
    canvas.scale(rect.width() / WIDE, rect.height() / HIGH)
    canvas.drawImage(_hall(), 0, 0)
    mouth = SAYING[int(second * A_SECOND) % len(SAYING)]
    nod = 5 * sin(2.3 * second)
    canvas.drawImageRect(_speaker(mouth).portrait, box(800, 420 + nod, 860, 860), SMOOTH)
    canvas.drawImage(_lectern(), 0, 0)
    canvas.restore()


def _speaker(mouth: int) -> Sitter:
    turned = Pose(yaw=-0.12)
    return Sitter(f"believed-{mouth}", SPEAKER, MOUTHS[mouth], turned, size=700)


@cache
def _hall() -> skia.Image:
    """A curtain, and the light that a speaker stands in."""

    def paint(canvas: skia.Canvas) -> None:
        canvas.drawPaint(vertical(0, HIGH, 0xFF2B3B63, 0xFF16203A))
        for fold in range(16):
            canvas.drawRect(skia.Rect.MakeXYWH(100 * fold, 0, 46, HIGH), fill(0xFF0E1730, 0.45))
        canvas.drawPaint(glow(800, 260, 760, 0xFFBFD0FF, 0.30))

    return painted(WIDE, HIGH, paint)


@cache
def _lectern() -> skia.Image:
    """The lectern with microphones, and the sender's sign."""

    def paint(canvas: skia.Canvas) -> None:
        for x, lean in ((640, 70), (800, 0), (960, -70)):
            canvas.drawLine(x, 760, x + lean, 640, stroke(0xFF15171C, 12))
            canvas.drawLine(x + lean, 650, x + 1.25 * lean, 606, stroke(0xFF2C2F37, 36))
        front = polygon(((430, 730), (1170, 730), (1100, 960), (500, 960)))
        canvas.drawPath(front, vertical(730, 900, 0xFF6A4B30, 0xFF3A2818))
        canvas.drawRect(skia.Rect.MakeLTRB(410, 715, 1190, 748), fill(0xFF83603F))
        canvas.drawRect(skia.Rect.MakeXYWH(60, 56, 190, 84), fill(RED))
        write(canvas, "LIVE", 155, 117, Hand(MEDIUM, 56), PAPER, anchor=0.5)

    return painted(WIDE, HIGH, paint)
