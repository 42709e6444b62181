"""Where a photo's face lies for the network, and where its mouth goes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from discriminator.lipsync.decoding import MOUTH
from discriminator.lipsync.wav2lip import SIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from discriminator.faces import Picture, Points

_BELOW = 0.06
"""Of the face's height, kept below the chin: a jaw that drops needs room."""
_FRAME = (172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 425, 326, 97, 205)
"""Points around what moves when somebody speaks: along the jaw, and back below the nose."""
_SOFT = 0.035
"""Of the face's height: how wide the mask's edge is."""
_FULL = 255.0
_NOBODY = Path(__file__).with_name("nobody.png")


@dataclass(frozen=True)
class Place:
    """A face's box in a photo, px, and what of the photo the drawn mouth covers."""

    box: tuple[float, float, float, float]
    """Left, top, right, bottom of what the network sees."""
    patch: tuple[int, int, int, int]
    """The same of what is drawn over, in whole px."""
    mask: NDArray[np.float32]
    """(height, width, 1) of the patch: 1 where the drawn mouth shows, 0 where the photo does."""
    photo: Picture

    def seen(self) -> NDArray[np.float32]:
        """The face as the generator takes it, (1, 6, 96, 96), 0 to 1, blue, green and red."""
        small = Image.fromarray(self.photo).resize(
            (SIDE, SIDE), Image.Resampling.BILINEAR, box=self.box
        )
        return shown(np.asarray(small))

    def pasted(self, mouth: NDArray[np.float32]) -> Picture:
        """Return the photo with a mouth, (3, height, width) of the region, 0 to 1."""
        left, top, right, bottom = self.patch
        under = self.photo[top:bottom, left:right].astype(np.float32)
        drawn = self._enlarged(mouth)
        # What is drawn has its own light; its mean along the seam is made that of the photo.
        seam = self.mask * (1 - self.mask)
        drawn += (seam * (under - drawn)).sum((0, 1)) / max(float(seam.sum()), 1e-6)
        whole = self.photo.copy()
        mixed = under + self.mask * (drawn - under)
        whole[top:bottom, left:right] = mixed.clip(0, _FULL).round().astype(np.uint8)
        return whole

    def _enlarged(self, mouth: NDArray[np.float32]) -> NDArray[np.float32]:
        """(3, height, width) of the region to (height, width, 3) of the patch."""
        size = (self.patch[2] - self.patch[0], self.patch[3] - self.patch[1])
        part = _in_region(self.patch, self.box)
        planes = [
            np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BICUBIC, box=part))
            for plane in mouth[::-1] * np.float32(_FULL)
        ]
        return np.stack(planes, 2)


def shown(face: Picture) -> NDArray[np.float32]:
    """A face, (96, 96, 3), as the generator takes it: with its lower half hidden, and whole."""
    whole = face.astype(np.float32)[..., ::-1].transpose(2, 0, 1) / _FULL
    hidden = whole.copy()
    hidden[:, SIDE // 2 :] = 0
    both: NDArray[np.float32] = np.concatenate((hidden, whole))[None]
    return both


def nobody() -> NDArray[np.float32]:
    """The film's drawn face, as `Place.seen`: for what has to see one before a viewer comes."""
    with Image.open(_NOBODY) as image:
        return shown(np.asarray(image.convert("RGB")))


def place(photo: Picture, points: Points) -> Place:
    """Lay a face, (478, 3) points in px of a photo, where the network expects one."""
    height, width = photo.shape[:2]
    left, top = points[:, :2].min(0).tolist()
    right, bottom = points[:, :2].max(0).tolist()
    bottom += _BELOW * (bottom - top)
    box = max(0.0, left), max(0.0, top), min(float(width), right), min(float(height), bottom)
    patch = _patch(box)
    return Place(box, patch, _mask(points, patch, box[3] - box[1]), photo)


def _patch(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """Whole px of the photo inside the region that is drawn."""
    left, top, right, bottom = box
    across, down = (right - left) / SIDE, (bottom - top) / SIDE
    return (
        int(np.ceil(left + MOUTH.left * across)),
        int(np.ceil(top + MOUTH.top * down)),
        int(np.floor(left + MOUTH.right * across)),
        int(np.floor(top + MOUTH.bottom * down)),
    )


def _in_region(
    patch: tuple[int, int, int, int], box: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The patch in px of the drawn region."""
    left, top, right, bottom = box
    across, down = SIDE / (right - left), SIDE / (bottom - top)
    return (
        max(0.0, (patch[0] - left) * across - MOUTH.left),
        max(0.0, (patch[1] - top) * down - MOUTH.top),
        min(float(MOUTH.size[1]), (patch[2] - left) * across - MOUTH.left),
        min(float(MOUTH.size[0]), (patch[3] - top) * down - MOUTH.top),
    )


def _mask(points: Points, patch: tuple[int, int, int, int], tall: float) -> NDArray[np.float32]:
    """Soft inside the lower face, and nothing at the patch's own edge."""
    left, top, right, bottom = patch
    width, height = right - left, bottom - top
    mask = Image.new("L", (width, height))
    outline = [(float(x) - left, float(y) - top) for x, y, _ in points[list(_FRAME)]]
    ImageDraw.Draw(mask).polygon(outline, fill=int(_FULL))
    soft = max(1.0, _SOFT * tall)
    blurred = np.asarray(mask.filter(ImageFilter.GaussianBlur(soft)), np.float32) / _FULL
    edge = _rising(height, 2 * soft)[:, None] * _rising(width, 2 * soft)
    return (blurred * edge)[..., None].astype(np.float32)


def _rising(count: int, over: float) -> NDArray[np.float32]:
    """From 0 at both ends to 1 so many px inside."""
    inside = np.minimum(np.arange(count), np.arange(count)[::-1])
    return np.clip(inside / over, 0, 1).astype(np.float32)
