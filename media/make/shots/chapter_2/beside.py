"""What stands beside the two screens: what the clip was made of, and what came first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia
from look import COAL, GREEN, INK, PAPER, YELLOW, blend, box, fill, lay, shadow, stroke, vertical
from look_type import ITALIC, MEDIUM, MONO, Hand, write

from shots.chapter_2.skins import FACING
from shots.chapter_2.voices import wave
from shots.lines import polygon
from shots.people import hero

if TYPE_CHECKING:
    from shots.moment import Moment

STILL, VOICE = box(838, 560, 160, 160), box(1462, 574, 160, 160)  # px of the room
PICTURE = STILL.makeInset(9, 9)
CABLES = (
    ((918, 590), (958, 590), (940, 672), (982, 672)),
    ((1382, 604), (1340, 604), (1362, 686), (1316, 686)),
)  # curves from what they come from to the monitor's frame
SIDES = ((986, 426), (1318, 440), (1312, 768), (980, 748))  # of the small monitor

SHEET = skia.Rect.MakeLTRB(-52, 196, 462, 800)
WORDS = (
    "the two agreed.", "These words", "were written", "before the picture", "was taken.",
    "They would have",
)  # fmt: skip
SAID = slice(1, 5)  # of these lines, while the sheet is seen


def still_and_voice(canvas: skia.Canvas, now: Moment) -> None:
    """Stand a still picture at the monitor's left and a voice at its right, and join them to it."""
    still, voice = now.ramp("one still", 0.6), now.ramp("a voice", 0.6, delay=-0.1)
    bent, agreed = now.ramp("It bent", 1.4), now.ramp("agreed", 0.5, delay=-0.2)
    for cable, colour, shown in zip(CABLES, (GREEN, YELLOW), (still, voice), strict=True):
        _cable(canvas, cable, colour, shown, bent)
    _still(canvas, still)
    _voice(canvas, now.t, voice)
    canvas.drawPath(polygon(SIDES), stroke(GREEN, 7, 1, agreed))


def _cable(
    canvas: skia.Canvas,
    curve: tuple[tuple[float, float], ...],
    colour: int,
    shown: float,
    lit: float,
) -> None:
    """A cable with a plug at each end; what it carries lights it up on its way to the monitor."""
    path = skia.Path()
    path.moveTo(*curve[0])
    path.cubicTo(*(part for at in curve[1:] for part in at))
    canvas.drawPath(path, stroke(0xFF6B6F78, 9, shown))
    canvas.drawPath(path, stroke(colour, 6, 1, lit))
    for x, y in (curve[0], curve[-1]):
        canvas.drawRoundRect(box(x, y, 18, 22), 4, 4, fill(blend(0xFF8B8F98, colour, lit), shown))


def _still(canvas: skia.Canvas, shown: float) -> None:
    """The picture that the clip was made of."""
    if shown <= 0:
        return
    shadow(canvas, STILL, 0.2, 0.6 * shown)
    canvas.drawRect(STILL, fill(PAPER, shown))
    canvas.saveLayerAlpha(PICTURE, round(255 * shown))
    canvas.clipRect(PICTURE)
    canvas.drawRect(PICTURE, vertical(PICTURE.top(), PICTURE.bottom(), 0xFF8796A3, 0xFF5A6672))
    lay(canvas, hero(FACING).portrait, box(PICTURE.centerX(), PICTURE.centerY() + 4, 160, 160))
    canvas.restore()
    _name(canvas, "still picture", STILL, shown)


def _voice(canvas: skia.Canvas, t: float, shown: float) -> None:
    if shown <= 0:
        return
    canvas.drawRect(VOICE, fill(INK, shown))
    canvas.drawRect(VOICE, stroke(YELLOW, 4, shown))
    canvas.save()
    canvas.translate(VOICE.left() + 16, VOICE.centerY())
    canvas.scale(0.5, 0.5)
    wave(canvas, t, 6, 0, 252, 130, stroke(YELLOW, 7, shown))
    canvas.restore()
    _name(canvas, "voice", VOICE, shown)


def _name(canvas: skia.Canvas, told: str, what: skia.Rect, shown: float) -> None:
    x, y = what.centerX(), what.bottom() + 38
    write(canvas, told, x, y, Hand(MONO, 23), PAPER, anchor=0.5, alpha=shown)


def script(canvas: skia.Canvas, now: Moment) -> None:
    """Hang a sheet with the words at the panel's left: it came first, and the picture second."""
    shadow(canvas, SHEET, 0.5)
    canvas.drawRect(SHEET, fill(PAPER))
    left, top = SHEET.left() + 34, SHEET.top() + 88
    lit, second = now.ramp("words were", 0.4), now.ramp("picture was", 0.4)
    for row, line in enumerate(WORDS):
        down = top + 94 * row
        if row in range(*SAID.indices(len(WORDS))):
            band = skia.Rect.MakeLTRB(left - 16, down - 62, SHEET.right() - 18, down + 24)
            canvas.drawRect(band, fill(YELLOW, 0.85 * lit))
        write(canvas, line, left, down, Hand(ITALIC, 64), COAL)
    write(canvas, "1", SHEET.left(), 166, Hand(MEDIUM, 130), GREEN, alpha=lit)
    write(canvas, "the words", SHEET.left() + 100, 160, Hand(MONO, 60), GREEN, alpha=lit)
    canvas.drawLine(1360, 404, 1322, 404, stroke(GREEN, 6, 1, second))
    write(canvas, "2", 1374, 450, Hand(MEDIUM, 130), GREEN, alpha=second)
    for row, line in enumerate(("the", "picture")):
        write(canvas, line, 1376, 530 + 60 * row, Hand(MONO, 52), GREEN, alpha=second)
