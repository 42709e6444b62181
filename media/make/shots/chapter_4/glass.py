"""The invitation: somebody steps before the mirror, and what is said of them stays in the page."""

from __future__ import annotations

from math import sin

import skia
from look import GREEN, INK, PAPER, SLATE, SMOOTH, box, clamp, fill, glow, mix, settle, stroke
from look_type import MONO, Hand, width_of, write
from nobody import Pose

from shots.chapter_4 import read
from shots.chapter_4.square import FACE, frame
from shots.chapter_4.wish import MIRROR, flicker, from_afar, kept_dark, room
from shots.moment import Moment, shot
from shots.people import BUST, Sitter

PAGE = skia.Rect.MakeXYWH(26, 26, 1868, 1028)
SOMEBODY = Sitter(
    "in-the-glass", read.WHO, turned=Pose(yaw=0.05), framing=BUST, light=(0.95, 0.1, 0.25), size=900
)
SAID = ("age", "gender", "feeling")
EYE = (FACE.centerX(), 112.0)


@shot
def glass(canvas: skia.Canvas, now: Moment) -> None:
    """Somebody dark steps before the mirror; a square is drawn; three words cannot leave."""
    canvas.save()
    from_afar(canvas, mix(0.5, 1.0, now.ramp(over=4.0)))
    room(canvas, now.t, 1.0)
    canvas.drawPaint(glow(900, 480, 1500, 0xFF8A5A2A, 0.3 * flicker(now.t)))
    _somebody(canvas, now, now.ramp("read a face", 1.2, delay=-0.3))
    canvas.restore()
    frame(canvas, drawn=now.ramp("read a face", 1.1))
    _camera(canvas, now)
    for index, word in enumerate(SAID):
        _held_back(canvas, now, index, word)
    page = skia.Path()
    page.addRoundRect(PAGE, 18, 18)
    canvas.drawPath(page, stroke(PAPER, 5, 0.9, now.ramp("stays here", 0.8, delay=-0.5)))


def _somebody(canvas: skia.Canvas, now: Moment, there: float) -> None:
    """Draw the one in the glass, lit by the candle alone."""
    inside = skia.Path()
    inside.addOval(MIRROR.makeInset(14, 14))
    canvas.save()
    canvas.clipPath(inside, skia.ClipOp.kIntersect, True)  # noqa: FBT003 - Skia's signature
    paint = skia.Paint(Alphaf=there, AntiAlias=True)
    paint.setColorFilter(kept_dark(0.72 * flicker(now.t)))
    swaying = 12 * sin(1.7 * now.age)
    at = box(mix(330, FACE.centerX() + swaying, there), 640, 1000, 1000)
    canvas.drawImageRect(SOMEBODY.portrait, at, SMOOTH, paint)
    canvas.restore()


def _camera(canvas: skia.Canvas, now: Moment) -> None:
    """Draw a camera above the square; its lamp goes on."""
    there, lit = now.ramp("your camera", 0.5, delay=-0.2), now.ramp("on the face", 0.3)
    for radius, colour in ((44, SLATE), (27, INK), (10, SLATE)):
        canvas.drawCircle(*EYE, radius, fill(colour, there))
        canvas.drawCircle(*EYE, radius, stroke(PAPER, 2.5, 0.7 * there))
    x, y = EYE[0] + 76, EYE[1]
    canvas.drawCircle(x, y, 56, glow(x, y, 56, GREEN, 0.8 * lit))
    canvas.drawCircle(x, y, 10, fill(GREEN, max(0.2 * there, lit)))


def _held_back(canvas: skia.Canvas, now: Moment, index: int, word: str) -> None:
    """Let a word come out of the square and make for the edge of the page, which holds it back."""
    hand = Hand(MONO, 64)
    wide = width_of(word, hand) + 64
    out = now.ramp("What it says", 1.7, delay=0.16 * index)
    back = settle((now.since("What it says") - 1.62 - 0.16 * index) / 1.1)
    x = mix(mix(FACE.right() - wide, PAGE.right() - wide - 6, out), FACE.right() + 60, back)
    plate = skia.Rect.MakeXYWH(x, FACE.top() + 90 + 160 * index, wide, 104)
    there = clamp(out * 6)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(FACE.right() + 2, 0, 1920, 1080))
    canvas.drawRect(plate, fill(GREEN, there))
    write(canvas, word, plate.left() + 32, plate.bottom() - 32, hand, INK, alpha=there)
    canvas.restore()
