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
Pairs = NDArray[np.uint64]
"""Two neighbours in a row, four bytes each."""


class Plate:
    """A photo, (height, width, 3) uint8, looked up at places in px that may lie a little outside.

    Beyond the border, the border's colours are taken; a colour's fourth byte has no meaning.
    """

    def __init__(self, photo: Picture) -> None:
        self._edge = round(max(photo.shape) * _BEYOND)
        edges = ((self._edge, self._edge), (self._edge, self._edge), (0, 0))
        larger = Image.fromarray(np.pad(photo, edges, "edge")).convert("RGBA")
        size = larger.width * _FINE, larger.height * _FINE
        fine = np.asarray(larger.resize(size, Image.Resampling.BICUBIC)).view(np.uint32)
        right = np.concatenate([fine[:, _FINE:], np.repeat(fine[:, -1:], _FINE, 1)], 1)
        self._pixels = np.concatenate([fine, right], 2).ravel()
        self._pairs: Pairs = self._pixels.view(np.uint64)
        self._stride = size[0]

    def take(self, x: Field, y: Field) -> Picture:
        """Return the colours at places, (h, w, 4) uint8."""
        taken = np.take(self._pixels, 2 * self._index(x, y), mode="clip")
        colours: Picture = taken.view(np.uint8).reshape(*x.shape, 4)
        return colours

    def take_blocks(self, x: Field, y: Field, into: Pairs) -> None:
        """Fill `into`, (2 h, w) pairs, with the 2 x 2 pixels around each place."""
        upper = self._index(x - np.float32(0.5), y - np.float32(0.5))
        into[::2] = np.take(self._pairs, upper, mode="clip")
        into[1::2] = np.take(self._pairs, upper + _FINE * self._stride, mode="clip")

    def _index(self, x: Field, y: Field) -> NDArray[np.int32]:
        # A pixel's middle is 1.5 fine pixels from its first; the half is for rounding.
        middle = np.float32((self._edge * _FINE) + (_FINE - 1) / 2 + 0.5)
        rows = (y * np.float32(_FINE) + middle).astype(np.int32)
        rows *= self._stride
        rows += (x * np.float32(_FINE) + middle).astype(np.int32)
        return rows
