"""A photo from which any place between its pixels can be taken at once.

Mixing four pixels for each pixel of each picture is what a warp spends its time on. The photo does
not change, so everything between its pixels is mixed once: four times as fine in both directions,
it only has to be looked up, which is ten times as fast and sharper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from discriminator.faces import Picture

_FINE = 4
_BEYOND = 0.05
"""How far outside places may lie, of the photo's longer side."""
Field = NDArray[np.float32]
"""One number for each pixel."""


class Plate:
    """A photo, looked up at places in px that may lie a little outside.

    Args:
        photo: (height, width, 3) uint8.
        shape: of the arrays of places that will be asked for.
    """

    def __init__(self, photo: Picture, shape: tuple[int, ...]) -> None:
        self._edge = round(max(photo.shape) * _BEYOND)
        edges = ((self._edge, self._edge), (self._edge, self._edge), (0, 0))
        larger = Image.fromarray(np.pad(photo, edges, "edge")).convert("RGBA")
        size = larger.width * _FINE, larger.height * _FINE
        fine = larger.resize(size, Image.Resampling.BICUBIC)
        self._pixels = np.asarray(fine).view(np.uint32).ravel()
        self._stride = size[0]
        self._part = np.empty(shape, np.float32)
        self._rows, self._columns = np.empty(shape, np.int32), np.empty(shape, np.int32)
        self._taken = np.empty(shape, np.uint32)

    def take(self, x: Field, y: Field) -> Picture:
        """Return the colours at places, (h, w, 4) uint8, the same array each time.

        Beyond the border, the border's are taken; the fourth byte has no meaning.
        """
        self._fine(y, self._rows)
        self._fine(x, self._columns)
        self._rows *= self._stride
        self._rows += self._columns
        np.take(self._pixels, self._rows, out=self._taken, mode="clip")
        return self._taken.view(np.uint8).reshape(*x.shape, 4)

    def _fine(self, places: Field, out: NDArray[np.int32]) -> None:
        # A pixel's middle is 1.5 fine pixels from its first; the half is for rounding.
        middle = (self._edge * _FINE) + (_FINE - 1) / 2 + 0.5
        np.multiply(places, np.float32(_FINE), out=self._part)
        np.add(self._part, np.float32(middle), out=out, casting="unsafe")
