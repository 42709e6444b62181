"""Curves across a feature of the face, for every place along it.

A mouth and an eye are bent column by column: along the feature nothing moves, or little, and across
it skin slides between edges that move. So all that a picture needs are a few curves over the place
along the feature, and where each pixel lies in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discriminator.faces import Points
    from discriminator.lipsync.plate import Field

Curve = NDArray[np.float32]
"""A distance across, in px, for every place along."""
Index = NDArray[np.int32]
"""Places in a curve."""
_FINE = 2
"""Places along in one px."""


@dataclass(frozen=True)
class Columns:
    """The frame of a feature: its middle, its direction, and how far it reaches to both sides."""

    x: float
    y: float
    cos: float
    sin: float
    reach: float

    @classmethod
    def between(cls, points: Points, left: int, right: int, reach: float) -> Columns:
        """Return the frame of what lies between two points; `reach` in halves of their distance."""
        one, other = points[left, :2].astype(float), points[right, :2].astype(float)
        along = other - one
        length = float(np.hypot(*along))
        (x, y), (cos, sin) = (one + other) / 2, along / length
        return cls(float(x), float(y), float(cos), float(sin), reach * length / 2)

    @property
    def places(self) -> Curve:
        """Every place along, in px from the middle."""
        return np.linspace(-self.reach, self.reach, int(2 * self.reach * _FINE) + 1).astype("f4")

    def seen_from(self, x: Field, y: Field) -> tuple[Field, Field]:
        """Return places along and across for places in the picture."""
        right, down = x - np.float32(self.x), y - np.float32(self.y)
        cos, sin = np.float32(self.cos), np.float32(self.sin)
        return right * cos + down * sin, down * cos - right * sin

    def turned(self, along: Field, across: Field) -> tuple[Field, Field]:
        """Return ways along and across as ways in the picture, to the right and down."""
        cos, sin = np.float32(self.cos), np.float32(self.sin)
        return along * cos - across * sin, along * sin + across * cos

    def curve(self, points: Points, names: Sequence[int]) -> Curve:
        """Return the curve through points; it goes on level beyond them."""
        places = points[list(names), :2].astype(np.float32)
        along, across = self.seen_from(places[:, 0], places[:, 1])
        order = np.argsort(along)
        return np.interp(self.places, along[order], across[order]).astype(np.float32)

    def index(self, along: Field) -> Index:
        """Return where in a curve the places along are; those beyond take its ends."""
        last = int(2 * self.reach * _FINE)
        return np.clip((along + np.float32(self.reach)) * _FINE + 0.5, 0, last).astype(np.int32)


def bell(places: NDArray[np.floating[Any]], reach: float) -> Curve:
    """Return 1 in the middle, going smoothly to 0 at `reach`."""
    inside = np.clip(np.abs(places) / reach, 0, 1)
    fading: Curve = (np.cos(np.pi / 2 * inside) ** 2).astype(np.float32)
    return fading


def ease(values: Field) -> Field:
    """Return values cut to 0 .. 1, with a gentle beginning and end."""
    cut = np.clip(values, 0, 1)
    eased: Field = cut * cut * (3 - 2 * cut)
    return eased
