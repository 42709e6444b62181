"""A head that is never quite still, and shoulders that breathe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from discriminator.faces import around
from discriminator.lipsync.columns import bell, ease

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from discriminator.faces import Picture, Points
    from discriminator.lipsync.plate import Field

_ASIDE, _DOWN, _BREATH = 0.010, 0.012, 0.006
"""How far head and shoulders go, in heights of the face."""
_LEAN = 0.011
"""Radians that the head leans."""
_WIDE, _TALL, _UP = 0.66, 0.74, 0.10
"""The head with its hair: halves of it in widths and heights of the face, and how far up."""
_SOFT = 0.42
"""Of the head's size, in which its motion fades into the still background."""


class Head:
    """The head and shoulders of one photo; outside its box nothing moves."""

    def __init__(self, photo: Picture, points: Points) -> None:
        face = around(points)
        self._size = np.float32(face.height)
        x, y = _places(photo)
        right, down = x - np.float32(face.centre[0]), y - np.float32(face.centre[1])
        tall = (down + np.float32(_UP * face.height)) / np.float32(_TALL * face.height)
        far = np.hypot(right / np.float32(_WIDE * face.width), tall)
        still = np.float32(1) - ease((far - 1) / np.float32(_SOFT))
        chest = ease((down / self._size - np.float32(0.6)) * 2) * bell(right, 1.7 * face.width)
        self.box = _bounds((still > 0) | (chest > 0))
        self._x, self._y, self._weight, self._chest = (
            np.ascontiguousarray(values[self.box]) for values in (x, y, still, chest)
        )
        self.shape = self._x.shape
        self.still = (self._weight == 0) & (self._chest == 0)
        # New arrays for each picture would cost more than the arithmetic in them.
        self._places = tuple(np.empty_like(self._x) for _ in range(3))
        # It leans around the neck.
        self._side = right[self.box] * self._weight
        self._up = (down[self.box] - np.float32(0.6) * self._size) * self._weight

    def places(
        self, *, aside: float, down: float, lean: float, breath: float
    ) -> tuple[Field, Field]:
        """Return where in the still photo each pixel of the box is, when the head has moved.

        The two arrays are the same ones each time.
        """
        x, y, part = self._places
        size, turn = self._size, np.float32(_LEAN * lean)
        np.multiply(self._weight, -size * np.float32(_ASIDE * aside), out=x)
        x += np.multiply(self._up, turn, out=part)
        x += self._x
        np.multiply(self._weight, -size * np.float32(_DOWN * down), out=y)
        y -= np.multiply(self._side, turn, out=part)
        y += np.multiply(self._chest, size * np.float32(_BREATH * breath), out=part)
        y += self._y
        return x, y


def _places(photo: Picture) -> tuple[Field, Field]:
    height, width = photo.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return x, y


def _bounds(moving: NDArray[np.bool_]) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(moving.any(1)), np.flatnonzero(moving.any(0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
