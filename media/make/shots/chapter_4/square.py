"""Where a face is read: the square on the glass, the answers beside it, and what is behind them.

From the cue `reading_wireframe` to `film` the page may lay the viewer's own face and answers over
`FACE`, `TABLE` and `SECOND`; the film names the same places in `stage` of film.yaml.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import skia
from look import BLUE, DIM, GREEN, PAPER, RED, SMOOTH, YELLOW, clamp, fill, glide, stroke
from look_type import MEDIUM, MONO, Hand, width_of, write

from shots.chapter_4 import read

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from shots.chapter_4.read import Reading
    from shots.people import Sitter

FACE = skia.Rect.MakeXYWH(120, 180, 600, 600)
TABLE = skia.Rect.MakeXYWH(770, 180, 380, 600)
SECOND = skia.Rect.MakeXYWH(1200, 180, 600, 600)

WORDS = ("angry", "disgusted", "fearful", "happy", "neutral", "sad", "surprised")
HUES = (RED, RED, RED, GREEN, GREEN, BLUE, BLUE)
LINE, FIRST_FEELING = 62.0, 442.0
NAME, VALUE = Hand(MONO, 32), Hand(MEDIUM, 36)

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
        canvas.drawPath(path, stroke(GREEN, 4, alpha, share))


def row(  # noqa: PLR0913 - where, what and how
    canvas: skia.Canvas,
    y: float,
    name: str,
    value: str,
    *,
    typed: float = 1.0,
    shown: float = 1.0,
) -> None:
    """Write an answer: its name, and its value at the right edge of the table."""
    write(canvas, name, TABLE.left(), y, NAME, YELLOW, typed=typed)
    write(canvas, value, TABLE.right(), y, VALUE, PAPER, anchor=1, alpha=shown)


def answers(canvas: skia.Canvas, said: Reading, *names: str) -> None:
    """Write the answers that have been given so far."""
    values = {
        "confidence": f"{said.confidence:.2f}",
        "age": f"{said.age:.1f}",
        "gender": said.gender,
    }
    for index, name in enumerate(names):
        row(canvas, row_of(index), name, values[name])


def row_of(index: int) -> float:
    """Return the base line of the table's first, second or third answer."""
    return TABLE.top() + 44 + LINE * index


def bars(
    canvas: skia.Canvas, shares: tuple[float, ...], there: float = 1.0, *, only: int | None = None
) -> None:
    """Draw a bar for each word for a feeling; `only` dims all others."""
    left, full = TABLE.left() + width_of("surprised ", Hand(MONO, 28)), 196.0
    for index, (word, share, hue) in enumerate(zip(WORDS, shares, HUES, strict=True)):
        y = FIRST_FEELING + 48 * index
        shown = glide(there * 2.2 - 0.17 * index)
        alpha = shown * (1.0 if only in {None, index} else 0.35)
        write(canvas, word, TABLE.left(), y, Hand(MONO, 28), PAPER, alpha=alpha)
        trough = skia.Rect.MakeXYWH(left, y - 22, full, 26)
        canvas.drawRect(trough, fill(DIM, 0.14 * alpha))
        canvas.drawRect(skia.Rect.MakeXYWH(left, y - 22, full * clamp(share), 26), fill(hue, alpha))
