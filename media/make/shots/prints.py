"""Photographs as things: paper prints that fall, lie, and are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import skia
from look import PAPER, SMOOTH, box, fill, lay, mix, painted, see_through, shadow

from shots import photographs, views
from shots.photographs import HIGH, WIDE, Photograph

EDGE = 54  # of the paper around the picture, px of 1500 x 1000
AIR = 130  # around the paper, for its shadow


@dataclass(frozen=True)
class Place:
    """Where a print lies: its middle, the width of its picture in px, and its turn in degrees."""

    x: float
    y: float
    width: float
    turn: float = 0.0

    def toward(self, other: Place, amount: float) -> Place:
        """Return the place between this one (0) and another (1)."""
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Place(*(mix(a, b, amount) for a, b in pairs))

    def matrix(self) -> skia.Matrix:
        """Return the way from px of the photograph to px of the film."""
        scale = self.width / WIDE
        matrix = skia.Matrix.Translate(self.x, self.y)
        matrix.preRotate(self.turn)
        matrix.preScale(scale, scale)
        matrix.preTranslate(-WIDE / 2, -HIGH / 2)
        return matrix

    def rect(self) -> skia.Rect:
        """Return the picture's rectangle, without its turn."""
        return box(self.x, self.y, self.width, self.width * HIGH / WIDE)


@cache
def photograph(name: str) -> skia.Image:
    """Return one of the photographs by its name."""
    return taken(name).picture


@cache
def taken(name: str) -> Photograph:
    """Return one of the photographs with the faces in it."""
    photograph: Photograph = getattr(views if hasattr(views, name) else photographs, name)()
    return photograph


@cache
def sheet(name: str) -> skia.Image:
    """Return a print with its paper and its shadow; `blank` is an undeveloped one."""

    def draw(canvas: skia.Canvas) -> None:
        canvas.translate(AIR + EDGE, AIR + EDGE)
        picture = skia.Rect.MakeWH(WIDE, HIGH)
        paper = picture.makeOutset(EDGE, EDGE)
        shadow(canvas, paper, 1.1, 0.6)
        canvas.drawRoundRect(paper, 6, 6, fill(PAPER))
        if name == "blank":
            canvas.drawRect(picture, fill(0xFFE4DED2))
        else:
            lay(canvas, photograph(name), picture)

    margin = 2 * (AIR + EDGE)
    return painted(WIDE + margin, HIGH + margin, draw)


def drop(canvas: skia.Canvas, name: str, place: Place, alpha: float = 1.0) -> None:
    """Draw a print where it lies."""
    canvas.save()
    canvas.concat(place.matrix())
    canvas.drawImage(sheet(name), -AIR - EDGE, -AIR - EDGE, SMOOTH, see_through(alpha))
    canvas.restore()


def fall(canvas: skia.Canvas, name: str, place: Place, landed: float) -> None:
    """Draw a print that comes down onto its place (0 above the table, 1 lying)."""
    if landed <= 0:
        return
    above = Place(place.x + 60, place.y - 150, place.width * 1.32, place.turn + 11)
    drop(canvas, name, above.toward(place, landed), min(1.0, landed * 3))


def table(canvas: skia.Canvas) -> None:
    """Clear the picture to the dark that everything lies on."""
    canvas.drawImage(_tabletop(), 0, 0)


@cache
def _tabletop() -> skia.Image:
    surface = skia.Surface(1920, 1080)
    canvas = surface.getCanvas()
    shader = skia.GradientShader.MakeRadial(
        skia.Point(960, 500), 1200, [0xFF1E1F24, 0xFF141519, 0xFF0C0D10], [0.0, 0.55, 1.0]
    )
    canvas.drawPaint(skia.Paint(Shader=shader))
    return surface.makeImageSnapshot()
