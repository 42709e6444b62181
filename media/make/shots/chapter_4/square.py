"""Where a face is read: the square, the answers beside it, and what is behind them.

From the cue `invitation` to `film` the page may lay the viewer's own face and answers over these
places, step by step; the film names the same places in `stage` of film.yaml. What is said of
Nobody alone stands within them or in a shot in which the page shows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import skia
from look import BLUE, GREEN, PAPER, RED, SMOOTH, YELLOW, clamp, fill, glide, stroke
from look_type import MEDIUM, MONO, Hand, width_of, write

from shots.chapter_4 import read

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from shots.people import Sitter

FACE = skia.Rect.MakeXYWH(120, 180, 600, 600)
TABLE = skia.Rect.MakeXYWH(770, 180, 380, 600)
SECOND = skia.Rect.MakeXYWH(1260, 150, 540, 540)


@dataclass(frozen=True)
class Place:
    """Where a face and the answers to it stand in one step of the reading."""

    face: skia.Rect
    table: skia.Rect


def _place(face: tuple[int, int, int], table: tuple[int, int, int, int]) -> Place:
    left, top, side = face
    return Place(skia.Rect.MakeXYWH(left, top, side, side), skia.Rect.MakeXYWH(*table))


OVERHANG = 40
"""Px on either side by which a large number stands over the scale below it."""
PLACES = {  # by cue
    "reading_wireframe": _place((600, 90, 720), (1370, 90, 430, 720)),
    "reading_image": _place((120, 90, 720), (900, 90, 900, 720)),
    "reading_age": _place((400, 350, 480), (960 - OVERHANG, 350, 560 + 2 * OVERHANG, 480)),
    "reading_gender": _place((1080, 90, 720), (120, 90, 900, 720)),
    "reading_emotions": _place((120, 90, 720), (900, 90, 900, 720)),
    "reading_guess": _place((120, 210, 600), (1220, 210, 580, 600)),
    # The table hides all that is between the faces: pictures slide across, and a wall is drawn.
    "reading_twice": _place((120, 150, 540), (660, 126, 600, 690)),
}

WORDS = ("angry", "disgusted", "fearful", "happy", "neutral", "sad", "surprised")
HUES = (RED, RED, RED, GREEN, GREEN, BLUE, BLUE)

# The lines of a face in the order in which a pen takes them: the tracker's points.
BROWS = ((70, 63, 105, 66, 107), (336, 296, 334, 293, 300))
EYES = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7, 33),
    (362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382, 362),
)
NOSE = ((168, 6, 197, 195, 5, 4, 1, 19), (64, 98, 97, 2, 326, 327, 294))
LIPS = (
    (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146, 61),
    (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308),
)
JAW = (
    (162, 127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397,
     288, 361, 323, 454, 356, 389),
)  # fmt: skip


def face(
    canvas: skia.Canvas, sitter: Sitter, light: float, rect: skia.Rect = FACE, alpha: float = 1.0
) -> None:
    """Draw a face into a square, in so much light (1: as the portrait was lit)."""
    ground = skia.Color(*(min(255, round(part * light)) for part in read.BEHIND))
    canvas.save()
    canvas.clipRect(rect)
    canvas.drawRect(rect, fill(ground, alpha))
    paint = skia.Paint(Alphaf=clamp(alpha), AntiAlias=True)
    paint.setColorFilter(_lit(round(light, 3)))
    canvas.drawImageRect(sitter.portrait, near(rect), SMOOTH, paint)
    canvas.restore()


def near(rect: skia.Rect) -> skia.Rect:
    """Return where the whole portrait lies of which a square shows the middle."""
    return rect.makeOutset(0.14 * rect.width(), 0.14 * rect.height()).makeOffset(
        0, 0.04 * rect.height()
    )


@cache
def _lit(light: float) -> skia.ColorFilter:
    rows = [light, 0, 0, 0, 0, 0, light, 0, 0, 0, 0, 0, light, 0, 0, 0, 0, 0, 1, 0]
    return skia.ColorFilters.Matrix(rows)


def frame(canvas: skia.Canvas, rect: skia.Rect = FACE, drawn: float = 1.0) -> None:
    """Draw the green border."""
    path = skia.Path()
    path.addRect(rect)
    canvas.drawPath(path, stroke(GREEN, 4, 1, drawn))


def pen(  # noqa: PLR0913, PLR0917 - what, where and how
    canvas: skia.Canvas,
    points: NDArray[np.float32],
    lines: tuple[tuple[int, ...], ...],
    drawn: float,
    rect: skia.Rect = FACE,
    alpha: float = 1.0,
) -> None:
    """Draw some of a face's lines, `points` being shares of the portrait, (478, 2)."""
    whole = near(rect)
    for order, line in enumerate(lines):
        share = clamp(drawn * len(lines) - order)
        if share <= 0:
            continue
        x = whole.left() + points[list(line), 0] * whole.width()
        y = whole.top() + points[list(line), 1] * whole.height()
        path = skia.Path()
        path.addPoly([skia.Point(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)], False)  # noqa: FBT003 - Skia's signature
        canvas.drawPath(path, stroke(GREEN, max(rect.width() / 150, 4), alpha, share))


def bars(  # noqa: PLR0913 - where, what and how
    canvas: skia.Canvas,
    shares: tuple[float, ...],
    table: skia.Rect,
    *,
    top: float,
    apart: float,
    there: float = 1.0,
) -> None:
    """Draw a bar for each word for a feeling, the first `top` px below the table's edge."""
    hand = Hand(MONO, 0.55 * apart)
    left = table.left() + width_of("surprised ", hand)
    full, thick = table.right() - left, 0.5 * apart
    for index, (word, share, hue) in enumerate(zip(WORDS, shares, HUES, strict=True)):
        y = table.top() + top + apart * index
        alpha = glide(there * 2.2 - 0.17 * index)
        write(canvas, word, table.left(), y, hand, PAPER, alpha=alpha)
        above = y - 0.44 * apart
        canvas.drawRect(skia.Rect.MakeXYWH(left, above, full, thick), fill(PAPER, 0.14 * alpha))
        canvas.drawRect(
            skia.Rect.MakeXYWH(left, above, full * clamp(share), thick), fill(hue, alpha)
        )


def row(  # noqa: PLR0913 - where, what and how
    canvas: skia.Canvas,
    table: skia.Rect,
    y: float,
    name: str,
    value: str,
    *,
    size: float,
    typed: float = 1.0,
) -> None:
    """Write an answer: its name, and its value at the right edge of the table."""
    write(canvas, name, table.left(), y, Hand(MONO, size), YELLOW, typed=typed)
    write(canvas, value, table.right(), y, Hand(MEDIUM, size), PAPER, anchor=1, typed=typed)
