"""Nobodies as they stand in pictures: kept portraits, and where their faces are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import nobody
import numpy as np
import skia
from look import SMOOTH, glide, mix
from nobody import REST, Expression, Framing, Identity, Pose

from shots import kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRAIGHT = Pose()
BUST = Framing(centre=(0.0, -0.42), half_height=1.78)
HEAD = Framing(centre=(0.0, 0.02), half_height=1.32)

# The face that stands for every face: measured in Chapter 1, masked and speaking in Chapter 2.
NOBODY = Identity(
    bones=(0.0, -0.3, 0.0, 0.4), features=(0.5, 0.1, -0.2, 0.3), hair_cut=(0.08, 0.10, -0.5, -0.4),
    skin=(0.42, 0.235, 0.15), hair_colour=(0.028, 0.016, 0.011), iris=(0.09, 0.055, 0.03),
)  # fmt: skip
SIDE = (-0.85, 0.45, 0.55)
STEPS = 24


@dataclass(frozen=True)
class Sitter:
    """A nobody with a mood, in a light."""

    name: str
    who: Identity
    does: Expression = REST
    turned: Pose = STRAIGHT
    framing: Framing = BUST
    light: tuple[float, float, float] = nobody.DAYLIGHT
    size: int = 720

    @property
    def key(self) -> str:
        """A name that changes with everything that shows."""
        return f"{self.name}-{hashlib.sha256(repr(self).encode()).hexdigest()[:8]}"

    @property
    def portrait(self) -> skia.Image:
        """The picture, transparent around the figure."""
        return _portrait(self)

    @property
    def points(self) -> NDArray[np.float32]:
        """The 478 points that a tracker finds, (478, 3), as shares of the picture's side."""
        return kept.numbers(f"{self.key}-points", self._track)

    def face(self) -> skia.Rect:
        """Return where the face is, as shares of the picture's side."""
        low, high = self.points[:, :2].min(0), self.points[:, :2].max(0)
        width, height = (high - low).tolist()
        left, top = low.tolist()
        grown = skia.Rect.MakeXYWH(left, top - 0.12 * height, width, height * 1.14)
        return grown.makeOutset(width * 0.10, height * 0.02)

    def _track(self) -> NDArray[np.float32]:
        found = nobody.landmarks(self._render())
        if found is None:
            message = f"no face was found on {self.name}"
            raise LookupError(message)
        return found / np.float32(self.size)

    def _render(self) -> NDArray[np.uint8]:
        return nobody.portrait(
            self.who, self.does, self.turned, size=self.size, framing=self.framing, light=self.light
        )


@cache
def _portrait(sitter: Sitter) -> skia.Image:
    return kept.picture(sitter.key, sitter._render)  # noqa: SLF001 - the same thing, kept


def stand(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas,
    sitter: Sitter,
    x: float,
    y: float,
    side: float,
    colours: skia.ColorFilter | None = None,
) -> skia.Rect:
    """Draw a figure, `side` px large, its middle at x and y; returns where its face is."""
    rect = skia.Rect.MakeXYWH(x - side / 2, y - side / 2, side, side)
    paint = skia.Paint(AntiAlias=True)
    if colours is not None:
        paint.setColorFilter(colours)
    canvas.drawImageRect(sitter.portrait, rect, SMOOTH, paint)
    face = sitter.face()
    return skia.Rect.MakeXYWH(
        rect.left() + face.left() * side,
        rect.top() + face.top() * side,
        face.width() * side,
        face.height() * side,
    )


def hero(step: int) -> Sitter:
    """Return Nobody at one of 24 steps of a slow turn."""
    share = step / (STEPS - 1)
    turned = Pose(yaw=mix(-0.24, 0.20, glide(share)), pitch=0.02, roll=0.02)
    does = Expression(smile=0.12, lids=(0.9, 0.9), gaze=(mix(0.20, -0.12, share), 0.0))
    return Sitter(f"hero-{step}", NOBODY, does, turned, HEAD, SIDE, 920)
