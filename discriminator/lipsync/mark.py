"""What says, in every picture and in the file, that nobody ever said this."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from discriminator.faces import Picture

WORDS = "SYNTHETIC"
TAGS = {
    "comment": "Synthetic: a program moved this mouth. The person never said this.",
    "description": "digitalSourceType=trainedAlgorithmicMedia",
}
"""Metadata of the file."""
_PART, _LEAST = 0.036, 11
"""The letters' height, of the picture's shorter side, and in px."""
_CLOTH = 150
"""How dark the ground behind the letters is, of 255."""


def burn(picture: Picture) -> None:
    """Put the mark into the lower left corner of a picture, in place."""
    mark, cover = _drawn(min(picture.shape[:2]))
    height, width = (min(a, b) for a, b in zip(mark.shape, picture.shape[:2], strict=True))
    corner = picture[picture.shape[0] - height :, :width, :3]
    mark, cover = mark[:height, :width, None], cover[:height, :width, None]
    corner[...] = (corner * (1 - cover) + mark * cover).astype(np.uint8)


def size(side: int) -> tuple[int, int]:
    """Return height and width of the mark in a picture whose shorter side is given."""
    height, width = _drawn(side)[0].shape
    return height, width


@lru_cache(4)
def _drawn(side: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the mark's brightness, and how much of the picture it covers, 0 to 1."""
    font = ImageFont.load_default(max(round(side * _PART), _LEAST))
    left, top, right, bottom = font.getbbox(WORDS)
    edge = round((bottom - top) * 0.6)
    box = Image.new("L", (round(right - left) + 2 * edge, round(bottom - top) + 2 * edge))
    ImageDraw.Draw(box).text((edge - left, edge - top), WORDS, font=font, fill=255)
    letters = np.asarray(box, np.float32)
    return letters, np.maximum(letters, _CLOTH) / 255
