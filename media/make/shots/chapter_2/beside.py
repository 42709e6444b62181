"""What stands beside the two screens: what the clip was made of, and what came first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia
from look import COAL, GREEN, PAPER, YELLOW, box, fill, mix, shadow, stroke, vertical
from look_type import ITALIC, MEDIUM, MONO, Hand, write

from shots.chapter_2.voices import wave

if TYPE_CHECKING:
    from shots.moment import Moment

STILL, VOICE = box(904, 576, 110, 110), box(1408, 590, 124, 124)  # px of the room
TO_STILL = ((959, 576), (979, 584))
TO_VOICE = ((1348, 590), (1320, 600))
SIDES = ((986, 426), (1318, 440), (1312, 768), (980, 748))  # of the small monitor

SHEET = box(262, 500, 400, 660)
WORDS = (
    "This mouth is being moved.", "A program was given one", "still picture, and a voice.",
    "It bent the lips,", "until the two agreed.", "These words were written",
    "before the picture was taken.", "They would have fitted", "any face.", "This one was here.",
)  # fmt: skip
SAID = slice(5, 7)  # of these lines, while the sheet is seen


def still_and_voice(canvas: skia.Canvas, now: Moment) -> None:
    """Stand a still picture at the monitor's left and a voice at its right, and join them to it."""
    still, voice = now.ramp("one still", 0.7), now.ramp("a voice", 0.7, delay=-0.1)
    bent, agreed = now.ramp("It bent", 1.2), now.ramp("agreed", 0.5, delay=-0.2)
    _still(canvas, still)
    _voice(canvas, now.t, voice)
    canvas.drawLine(*TO_STILL[0], *_toward(TO_STILL, bent), stroke(GREEN, 4, min(1, 9 * bent)))
    canvas.drawLine(*TO_VOICE[0], *_toward(TO_VOICE, bent), stroke(YELLOW, 4, min(1, 9 * bent)))
    around = skia.Path()
    around.addPoly([skia.Point(*corner) for corner in SIDES], close=True)
    canvas.drawPath(around, stroke(GREEN, 5, 1, agreed))


def _toward(
    ends: tuple[tuple[float, float], tuple[float, float]], gone: float
) -> tuple[float, float]:
    (x, y), (to_x, to_y) = ends
    return mix(x, to_x, gone), mix(y, to_y, gone)


def _still(canvas: skia.Canvas, shown: float) -> None:
    """A print of someone: it might be anyone."""
    if shown <= 0:
        return
    canvas.save()
    canvas.translate(0, -40 * (1 - shown))
    shadow(canvas, STILL, 0.2, 0.6 * shown)
    canvas.drawRect(STILL, fill(PAPER, shown))
    picture = STILL.makeInset(7, 7)
    canvas.saveLayerAlpha(picture, round(255 * shown))
    canvas.clipRect(picture)
    canvas.drawRect(picture, vertical(picture.top(), picture.bottom(), 0xFF8796A3, 0xFF5A6672))
    x, y = picture.centerX(), picture.centerY()
    canvas.drawOval(box(x, y - 9, 44, 58), fill(COAL))
    canvas.drawRoundRect(box(x, y + 56, 96, 66), 30, 30, fill(COAL))
    canvas.restore()
    _name(canvas, "a still picture", STILL, shown)
    canvas.restore()


def _voice(canvas: skia.Canvas, t: float, shown: float) -> None:
    if shown <= 0:
        return
    canvas.save()
    canvas.translate(VOICE.left(), VOICE.centerY())
    canvas.scale(0.31, 0.31)
    wave(canvas, t, 8, 0, 396, 170, stroke(YELLOW, 6, shown))
    canvas.restore()
    _name(canvas, "a voice", VOICE, shown)


def _name(canvas: skia.Canvas, told: str, what: skia.Rect, shown: float) -> None:
    x, y = what.centerX(), what.bottom() + 24
    write(canvas, told, x, y, Hand(MONO, 14), PAPER, anchor=0.5, alpha=shown)


def script(canvas: skia.Canvas, now: Moment) -> None:
    """Hang a sheet with the words at the panel's left: it came first, and the picture second."""
    shadow(canvas, SHEET, 0.5)
    canvas.drawRect(SHEET, fill(PAPER))
    left, top = SHEET.left() + 28, SHEET.top() + 70
    lit = now.ramp("words were", 0.4)
    for row, line in enumerate(WORDS):
        down = top + 62 * row
        if row in range(*SAID.indices(len(WORDS))):
            band = skia.Rect.MakeXYWH(left - 14, down - 36, 372, 50)
            canvas.drawRect(band, fill(YELLOW, 0.85 * lit))
        write(canvas, line, left, down, Hand(ITALIC, 32), COAL)
    _order(canvas, "1", "the words", (SHEET.left(), 150), lit)
    _order(canvas, "2", "the picture", (1420, 470), now.ramp("picture was", 0.4))


def _order(
    canvas: skia.Canvas, number: str, told: str, at: tuple[float, float], shown: float
) -> None:
    x, y = at
    write(canvas, number, x, y, Hand(MEDIUM, 110), GREEN, alpha=shown)
    write(canvas, told, x + 84, y - 8, Hand(MONO, 44), GREEN, alpha=shown)
