"""A mouth that opens: lips and jaw slide, and what is behind them is seen.

Across the mouth there are, from above: the nose, the upper lip, its inner edge, the gap, the lower
lip's inner edge, the lower lip, the chin, the neck. Skin between two of them slides by as much as
they do, mixed; lips and chin keep their shape. At rest the lips meet, even if they do not in the
photo; teeth that a smile shows are kept for when the mouth opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from discriminator.lipsync.columns import Columns, bell, ease
from discriminator.lipsync.inside import Inside

if TYPE_CHECKING:
    from discriminator.faces import Picture, Points
    from discriminator.lipsync.columns import Curve, Index
    from discriminator.lipsync.head import Box
    from discriminator.lipsync.plate import Field

LEFT, RIGHT = 61, 291
INNER_UPPER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
INNER_LOWER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
OUTER_UPPER = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
OUTER_LOWER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
JAW = (172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397)
NOSE = 2
EYES = (33, 263)

_REACH = 2.3
"""How far the cheeks move along, in halves of the mouth's width."""
_LIPS = 1.25
"""How far lips are looked at pixel by pixel, in halves of the mouth's width."""
_WIDEST = 0.15
"""The gap of a mouth that is fully open in speech, in distances between the eyes."""
_BELOW = 0.8
"""The lower lip's part of it: the jaw moves, the upper lip follows a little."""
_JAW = 0.75
"""How far the chin goes, in gaps: less than the lip, whose own flesh gives way."""
_CORNERS = 0.12
"""How far the corners go down, in gaps."""
_DRAWN, _ROUNDED = 0.10, 0.22
"""How far the corners go out and in, in halves of the mouth's width."""
_MEET = 0.42
"""Where between its inner edges a mouth shuts that is open in the photo."""


class Gap(NamedTuple):
    """Where the inside is seen: for each pixel the place along and across, and the two edges."""

    along: Field
    across: Field
    upper: Field
    lower: Field


class Mouth:
    """The mouth of one photo: `box` is what moves with it, `lips` where edges have to be sharp."""

    def __init__(self, photo: Picture, points: Points) -> None:
        self.columns = Columns.between(points, LEFT, RIGHT, _REACH)
        self._half = self.columns.reach / _REACH
        self._eyes = float(np.linalg.norm(points[EYES[0], :2] - points[EYES[1], :2]))
        self._read(points)
        above, below = float(self._nose.min()), float(self._neck.max())
        self.box = self._box(photo, _REACH, above, below)
        gap = _WIDEST * self._eyes
        above, below = float(self._top.min() - gap), float(self._bottom.max() + gap)
        self.lips = self._box(photo, _LIPS, above, below)
        lips = self._upper, self._meeting, self._lower
        self._inside = Inside(photo, self.columns, lips, self._half)

    def _read(self, points: Points) -> None:
        across = self.columns
        upper, lower = across.curve(points, INNER_UPPER), across.curve(points, INNER_LOWER)
        self._upper, self._lower = np.minimum(upper, lower), np.maximum(upper, lower)
        self._meeting = self._upper + np.float32(_MEET) * (self._lower - self._upper)
        self._top = np.minimum(across.curve(points, OUTER_UPPER), self._upper - 1)
        self._bottom = np.maximum(across.curve(points, OUTER_LOWER), self._lower + 1)
        jaw = across.curve(points, JAW)
        self._chin = np.maximum(jaw, self._bottom + np.float32(0.25 * self._half))
        self._neck = self._chin + np.float32(0.9 * self._half)
        _, nose = across.seen_from(points[NOSE : NOSE + 1, 0], points[NOSE : NOSE + 1, 1])
        self._nose = np.minimum(nose[0], self._top - np.float32(0.15 * self._half))

    def _box(self, photo: Picture, reach: float, above: float, below: float) -> Box:
        """Return rows and columns of the picture that hold what lies so far from the middle."""
        ends = np.array([-reach, reach], np.float32) * np.float32(self._half)
        along = np.concatenate([ends, ends])
        across = np.repeat(np.array([above, below], np.float32), 2)
        x, y = self.columns.turned(along, across)
        x, y = x + self.columns.x, y + self.columns.y
        height, width = photo.shape[:2]
        left, right = np.clip([x.min() - 3, x.max() + 3], 0, width).astype(int).tolist()
        top, bottom = np.clip([y.min() - 3, y.max() + 3], 0, height).astype(int).tolist()
        return slice(top, bottom), slice(left, right)

    def bend(self, jaw: float, wide: float, x: Field, y: Field) -> Gap:
        """Change places in the picture, within the box, to where in the photo their skin is.

        Returns what has to be painted over the skin.
        """
        along, across = self.columns.seen_from(x, y)
        aside = self._aside(wide, along, across)
        column = self.columns.index(along - aside)
        upper, lower, *slides = self._edges(jaw)
        edges = Gap(along - aside, across, upper[column], lower[column])
        slid = self._slid(edges, column, *slides)
        right, down = self.columns.turned(-aside, -slid)
        x += right
        y += down
        return edges

    def paint(self, gap: Gap, x: Field, y: Field, colours: Picture) -> None:
        """Paint the inside of the mouth over `colours`, (h, w, 4) uint8."""
        self._inside.paint(gap, x, y, colours)

    def _aside(self, wide: float, along: Field, across: Field) -> Field:
        """Return how far skin has come from the middle: lips drawn apart, or rounded."""
        far = wide * self._half * (_DRAWN if wide > 0 else _ROUNDED)
        out = np.sin(np.pi * np.clip(along / np.float32(self.columns.reach), -1, 1))
        up, down = max(-float(self._nose.min()), 1.0), 1.5 * self._half
        away = across * np.where(across < 0, np.float32(1 / up), np.float32(1 / down))
        moved: Field = np.float32(far) * out * bell(away, 1)
        return moved

    def _edges(self, jaw: float) -> tuple[Curve, Curve, Curve, Curve, Curve]:
        """Return the lips' edges, and how far upper lip, lower lip and chin have come down."""
        places = self.columns.places / self._half
        gap = np.float32(jaw * _WIDEST * self._eyes)
        arch = np.clip(1 - (places / 0.93) ** 2, 0, 1) ** 0.75
        sunk = self._meeting + gap * _CORNERS * bell(places, _REACH)
        upper = (sunk - gap * (1 - _BELOW) * arch).astype(np.float32)
        lower = (sunk + gap * _BELOW * arch).astype(np.float32)
        chin = gap * _JAW * bell(places, _REACH)
        return upper, lower, upper - self._upper, lower - self._lower, chin

    def _slid(self, edges: Gap, column: Index, above: Curve, below: Curve, chin: Curve) -> Field:
        """Return how far down the skin at each pixel has come."""
        across = edges.across
        down, up = below[column], above[column]
        nose, top = self._nose[column], self._top[column] + up
        from_nose = up * ease((across - nose) / (np.minimum(top, edges.upper - 1) - nose))
        lip, end = self._bottom[column] + down, self._chin[column] + chin[column]
        middle = lip + np.float32(0.6) * np.maximum(end - lip, 1)
        to_chin = down + (chin[column] - down) * ease((across - lip) / (middle - lip))
        to_neck = to_chin * (1 - ease((across - end) / (self._neck[column] - end)))
        slid: Field = np.where(across * 2 < edges.upper + edges.lower, from_nose, to_neck)
        return slid
