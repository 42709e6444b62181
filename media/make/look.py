"""The look of the film: its colours, its way of moving, and the marks that it draws.

Lengths are in pixels of a 1920 x 1080 picture; whoever renders smaller scales the canvas.
"""

from __future__ import annotations

from functools import cache
from math import cos, pi
from typing import TYPE_CHECKING

import numpy as np
import skia

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

WIDTH, HEIGHT, RATE = 1920, 1080, 25

INK = 0xFF0C0D10
COAL = 0xFF17181C
SLATE = 0xFF26282E  # coal, raised once more
PAPER = 0xFFF1EDE4
DIM = 0xFF9A968D
YELLOW = 0xFFFFD21F
GREEN = 0xFF59E08A  # whatever a machine draws on a picture
RED = 0xFFFF6B5E
BLUE = 0xFF8B97FF

SMOOTH = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)


def clamp(x: float, low: float = 0.0, high: float = 1.0) -> float:
    """Keep a number between two others."""
    return min(max(x, low), high)


def mix(a: float, b: float, amount: float) -> float:
    """Return the number between a (0) and b (1)."""
    return a + (b - a) * amount


def glide(x: float) -> float:
    """Ease in and out: how most things in the film move."""
    x = clamp(x)
    return x * x * x * (x * (6 * x - 15) + 10)


def settle(x: float) -> float:
    """Arrive fast, come to rest slowly."""
    return 1 - (1 - clamp(x)) ** 4


def leave(x: float) -> float:
    """Start slowly, go fast."""
    return clamp(x) ** 3


def sway(x: float) -> float:
    """Go from 0 to 1 and back once while x goes from 0 to 1."""
    return 0.5 - 0.5 * cos(2 * pi * x)


def tint(colour: int, alpha: float) -> int:
    """Return the colour, seen through by `alpha` (0 .. 1)."""
    opaque = colour >> 24
    return (colour & 0xFFFFFF) | round(opaque * clamp(alpha)) << 24


def blend(a: int, b: int, amount: float) -> int:
    """Return the colour between two."""
    parts = ((a >> shift & 255, b >> shift & 255, shift) for shift in (0, 8, 16, 24))
    return sum(round(mix(x, y, clamp(amount))) << shift for x, y, shift in parts)


def fill(colour: int, alpha: float = 1.0) -> skia.Paint:
    """Paint for areas."""
    return skia.Paint(Color=tint(colour, alpha), AntiAlias=True)


def stroke(colour: int, width: float = 2.0, alpha: float = 1.0, drawn: float = 1.0) -> skia.Paint:
    """Paint for lines; `drawn` is how much of the line is there yet."""
    paint = skia.Paint(
        Color=tint(colour, alpha),
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )
    if drawn <= 0:
        paint.setAlpha(0)
    elif drawn < 0.999:  # noqa: PLR2004 - Skia makes no effect that trims nothing
        paint.setPathEffect(skia.TrimPathEffect.Make(0, drawn))
    return paint


def see_through(alpha: float) -> skia.Paint:
    """Paint for pictures that are not wholly there."""
    return skia.Paint(Alphaf=clamp(alpha), AntiAlias=True)


def box(x: float, y: float, width: float, height: float) -> skia.Rect:
    """Return the rectangle around a middle."""
    return skia.Rect.MakeXYWH(x - width / 2, y - height / 2, width, height)


def between(a: skia.Rect, b: skia.Rect, amount: float) -> skia.Rect:
    """Return the rectangle between two."""
    sides = zip(a, b, strict=True)
    return skia.Rect.MakeLTRB(*(mix(p, q, amount) for p, q in sides))


def find_box(  # noqa: PLR0913 - where, what and how
    canvas: skia.Canvas,
    rect: skia.Rect,
    *,
    colour: int = GREEN,
    width: float = 3.0,
    alpha: float = 1.0,
    corner: float = 0.22,
) -> None:
    """Draw the four corners that a machine puts around what it has found."""
    reach = corner * min(rect.width(), rect.height())
    paint = stroke(colour, width, alpha)
    for x, inward in ((rect.left(), 1), (rect.right(), -1)):
        for y, down in ((rect.top(), 1), (rect.bottom(), -1)):
            path = skia.Path()
            path.moveTo(x + inward * reach, y)
            path.lineTo(x, y)
            path.lineTo(x, y + down * reach)
            canvas.drawPath(path, paint)


def shadow(canvas: skia.Canvas, rect: skia.Rect, height: float = 1.0, alpha: float = 0.55) -> None:
    """Lay the shadow of a card that lies `height` above the table."""
    paint = fill(0xFF000000, alpha)
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 8 + 22 * height))
    canvas.drawRect(rect.makeOffset(6 * height, 10 + 22 * height), paint)


def glow(x: float, y: float, radius: float, colour: int, alpha: float = 1.0) -> skia.Paint:
    """Paint for a round light that fades to nothing."""
    shader = skia.GradientShader.MakeRadial(
        skia.Point(x, y),
        radius,
        [tint(colour, alpha), tint(colour, alpha * 0.35), tint(colour, 0)],
        [0.0, 0.45, 1.0],
    )
    return skia.Paint(Shader=shader, AntiAlias=True)


def vertical(top: float, bottom: float, *colours: int) -> skia.Paint:
    """Paint that changes its colour downwards."""
    ends = [skia.Point(0, top), skia.Point(0, bottom)]
    return skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, list(colours)), AntiAlias=True)


def image_of(pixels: NDArray[np.uint8]) -> skia.Image:
    """Turn RGBA (height, width, 4), not premultiplied, into a picture that shrinks cleanly."""
    whole = np.ascontiguousarray(pixels)
    picture = skia.Image.fromarray(whole, colorType=skia.kRGBA_8888_ColorType)
    return picture.withDefaultMipmaps()


def painted(width: int, height: int, paint: Callable[[skia.Canvas], object]) -> skia.Image:
    """Let `paint(canvas)` fill a sheet once and keep it as a picture that shrinks cleanly."""
    surface = skia.Surface(width, height)
    paint(surface.getCanvas())
    return surface.makeImageSnapshot().withDefaultMipmaps()


def lay(canvas: skia.Canvas, picture: skia.Image, rect: skia.Rect, alpha: float = 1.0) -> None:
    """Draw a picture into a rectangle."""
    canvas.drawImageRect(picture, rect, SMOOTH, see_through(alpha))


@cache
def warmth(amount: float) -> skia.ColorFilter:
    """Return the colours of late sun: red up, blue down, shadows lifted."""
    a = amount
    rows = [
        1 + 0.10 * a, 0.04 * a, 0, 0, 0.025 * a,
        0.01 * a, 1 - 0.02 * a, 0, 0, 0.012 * a,
        0, 0.03 * a, 1 - 0.20 * a, 0, 0.030 * a,
        0, 0, 0, 1, 0,
    ]  # fmt: skip
    return skia.ColorFilters.Matrix(rows)


@cache
def greyed(amount: float) -> skia.ColorFilter:
    """Return the loss of colour: 0 none, 1 black and white."""
    weights = (0.2126, 0.7152, 0.0722)
    rows: list[float] = []
    for row in range(3):
        rows += [amount * w + (1 - amount) * (row == column) for column, w in enumerate(weights)]
        rows += [0, 0]
    return skia.ColorFilters.Matrix([*rows, 0, 0, 0, 1, 0])
