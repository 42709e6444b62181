"""A head that is never quite still, and shoulders that breathe."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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

Box = tuple[slice, slice]
"""Rows and columns of a picture."""


class Pose(NamedTuple):
    """How the head has moved; see `Act`."""

    aside: float
    down: float
    lean: float
    breath: float


class Head:
    """The head and shoulders of one photo; outside its box, of even rows and columns, all rests."""

    def __init__(self, photo: Picture, points: Points) -> None:
        face = around(points)
        self._size = face.height
        x, y = _places(photo)
        right, down = x - np.float32(face.centre[0]), y - np.float32(face.centre[1])
        tall = (down + np.float32(_UP * face.height)) / np.float32(_TALL * face.height)
        far = np.hypot(right / np.float32(_WIDE * face.width), tall)
        weight = np.float32(1) - ease((far - 1) / np.float32(_SOFT))
        size = np.float32(self._size)
        chest = ease((down / size - np.float32(0.6)) * 2) * bell(right, 1.7 * face.width)
        self.still = (weight == 0) & (chest == 0)
        self.box = _bounds(~self.still)
        # It leans around the neck.
        up = (down - np.float32(0.6) * size) * weight
        self._fields = np.stack([x, y, weight, chest, right * weight, up])

    def pixels(self, box: Box) -> Moving:
        """Return the pixels of a box."""
        return Moving(self._size, self._fields[:, *box])

    def blocks(self) -> Moving:
        """Return the middles of blocks of 2 x 2 pixels, of the head's own box."""
        fields = self._fields[:, *self.box]
        return Moving(self._size, (fields[:, ::2, ::2] + fields[:, 1::2, 1::2]) / 2)


class Moving:
    """Places in the picture that move with the head."""

    def __init__(self, size: float, fields: NDArray[np.float32]) -> None:
        self._size = size
        self._shape = fields.shape[1:]
        self._fields = np.ascontiguousarray(fields).reshape(len(fields), -1)
        # New arrays for each picture would cost more than the arithmetic in them.
        self._places = np.empty((2, self._fields.shape[1]), np.float32)

    def places(self, pose: Pose) -> tuple[Field, Field]:
        """Return where in the still photo each place is, when the head has moved.

        The two arrays are the same ones each time.
        """
        turn = _LEAN * pose.lean
        aside, down = -self._size * _ASIDE * pose.aside, -self._size * _DOWN * pose.down
        breath = self._size * _BREATH * pose.breath
        # Each row says how much of x, y, weight, chest, side and up; one product is read once.
        parts = np.array([[1, 0, aside, 0, 0, turn], [0, 1, down, breath, -turn, 0]], np.float32)
        x, y = np.matmul(parts, self._fields, out=self._places).reshape(2, *self._shape)
        return x, y


def _places(photo: Picture) -> tuple[Field, Field]:
    height, width = photo.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return x, y


def _bounds(moving: NDArray[np.bool_]) -> Box:
    rows, columns = np.flatnonzero(moving.any(1)), np.flatnonzero(moving.any(0))
    return even(slice(rows[0], rows[-1] + 1)), even(slice(columns[0], columns[-1] + 1))


def even(side: slice) -> slice:
    """Return rows or columns that begin and end where blocks of two do."""
    return slice(int(side.start) // 2 * 2, -(-int(side.stop) // 2) * 2)
