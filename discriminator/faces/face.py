"""What was found: a face and its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]
"""The 478 points of a face, (478, 3): x to the right and y down in px of the picture, z in the
same unit, smaller nearer. The first 468 are the mesh, then five for each iris."""


class Box(NamedTuple):
    """An upright rectangle in px; right and bottom are just outside."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width in px."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in px."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle, x and y in px."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        """Its area in square px; nothing where it is inside out."""
        return max(self.width, 0.0) * max(self.height, 0.0)

    def overlap(self, other: Box) -> float:
        """Return the shared part of both areas together, 0 (apart) to 1 (the same)."""
        shared = self._shared(other)
        return shared / (self.area + other.area - shared) if shared else 0.0

    def inside(self, other: Box) -> float:
        """Return the part of this area that lies in the other's, 0 (apart) to 1 (all of it)."""
        shared = self._shared(other)
        return shared / self.area if shared else 0.0

    def _shared(self, other: Box) -> float:
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        ).area


@dataclass(frozen=True)
class Face:
    """One face in a picture."""

    points: Points
    box: Box
    """Tightly around the points."""
    confidence: float
    """How sure the detector was, 0 to 1."""
