"""Faces cut out of a clip: few frames, each person's crops under one number, bright and square."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from discriminator.detect.errors import DetectError
from discriminator.detect.finding import FINDERS, Finder
from discriminator.detect.tracks import Tracker, moving
from discriminator.faces import Box, align, crop, mesh
from discriminator.video import light, reading

if TYPE_CHECKING:
    from pathlib import Path

Picture = NDArray[np.uint8]
Matrix = NDArray[np.float64]

_WIDEST = 1920
_SMALLEST_SIZE = 32
_GLANCE = 320
"""Longer side in px, roughly, of the pictures by which a clip's light is judged."""
_LOOSE = 0.15
"""Overlap that is enough between frames that lie half a second apart."""
_MESH_MARGIN = 0.75
_POINTS = (478, 3)


Store = Literal["jpeg", "png", "array"]
STORES: tuple[Store, ...] = get_args(Store)


@dataclass(frozen=True)
class Wish:
    """What crops are wanted."""

    size: int = 224
    """Px of a side: 160 for DFDCNet, 224 or 380 for the others."""
    frames: int = 16
    """Of each clip, evenly spaced."""
    margin: float = 0.3
    """Of the face's longer side, on each side."""
    aligned: bool = False
    """Turned and scaled so that the eyes always lie in the same places; `margin` is then unused."""
    finder: Finder = "mediapipe"
    store: Store = "jpeg"
    """How crops are kept: `array` is one file of bytes for all crops of a clip."""

    def __post_init__(self) -> None:
        """Refuse what no network can use."""
        if self.size < _SMALLEST_SIZE or self.frames < 1 or self.margin < 0:
            message = (
                f"Crops of {self.size} px, {self.frames} frames and a margin of {self.margin:g} "
                f"cannot be cut: choose at least {_SMALLEST_SIZE} px, one frame, and no margin."
            )
            raise DetectError(message)


@dataclass(frozen=True)
class Crop:
    """One face in one frame."""

    face: int
    """The same number for the same person."""
    seconds: float
    box: Box
    """Where it was found, in px of the frame."""
    confidence: float
    pixels: Picture
    """(size, size, RGB)."""
    points: NDArray[np.float32]
    """(478, 3), of the face in px of the crop; NaN where no mesh fits it."""

    @property
    def is_meshed(self) -> bool:
        """Whether there are points."""
        return bool(np.isfinite(self.points).all())


def cut(path: Path, wish: Wish) -> list[Crop]:
    """Return the crops of all people of a clip; none where nobody is seen."""
    crops, gain = _seen(path, wish, gain=1.0)
    # Few clips are dark: only they are read again, to be looked at brighter.
    return crops if gain == 1.0 else _seen(path, wish, gain)[0]


def gain(path: Path, wish: Wish) -> float:
    """Return the factor by which `cut` makes the frames of a clip brighter."""
    frames = reading.frames(path, reading.Evenly(wish.frames), longest=_WIDEST)
    return light.gain(_glance(frame.pixels) for frame in frames)


def _glance(picture: Picture) -> Picture:
    """Return little of a picture, to be kept until all have been seen."""
    stride = max(max(picture.shape) // _GLANCE, 1)
    return picture[::stride, ::stride].copy()


def _seen(path: Path, wish: Wish, gain: float) -> tuple[list[Crop], float]:
    """Return the crops of a clip made brighter, and the gain that would make it bright."""
    tracker = Tracker(same=_LOOSE)
    crops, glances = [], []
    for frame in reading.frames(path, reading.Evenly(wish.frames), longest=_WIDEST):
        glances.append(_glance(frame.pixels))
        bright = light.brightened(frame.pixels, gain)
        found = FINDERS[wish.finder](bright)
        for track, (box, confidence) in zip(tracker.see(frame.seconds, found), found, strict=True):
            pixels, _ = cut_out(bright, box, wish)
            points = mesh.mesh(pixels)
            kept = np.full(_POINTS, np.nan, np.float32) if points is None else points
            crops.append(Crop(track.number, frame.seconds, box, confidence, pixels, kept))
    meshes = {
        track.number: [c.points for c in crops if c.face == track.number and c.is_meshed]
        for track in tracker.people()
    }
    people = moving(meshes)
    return [one for one in crops if one.face in people], light.gain(glances)


def cut_out(frame: Picture, box: Box, wish: Wish) -> tuple[Picture, Matrix]:
    """Return the crop of a face, and the (2, 3) that takes px of the frame to px of the crop."""
    matrix = _upright(frame, box, wish.size) if wish.aligned else None
    side = (wish.size, wish.size)
    if matrix is not None:
        warped = cv2.warpAffine(frame, matrix, side, flags=cv2.INTER_AREA)
        return np.asarray(warped, np.uint8), matrix
    height, width = frame.shape[:2]
    left, top, right, bottom = crop(box, wish.margin, width, height)
    square = _squared(frame[top:bottom, left:right])
    scale = wish.size / len(square)
    corner = np.array([left - _before(right - left, square), top - _before(bottom - top, square)])
    # The middle of a pixel is at its whole number.
    shift = (0.5 - corner) * scale - 0.5
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    return np.asarray(cv2.resize(square, side, interpolation=cv2.INTER_AREA), np.uint8), matrix


def _before(side: int, square: Picture) -> int:
    """Return by how much a side was drawn out before its first pixel."""
    return (len(square) - side) // 2


def _upright(frame: Picture, box: Box, size: int) -> Matrix | None:
    """Return the matrix that puts the eyes in their places, or None where no eyes are found."""
    height, width = frame.shape[:2]
    left, top, right, bottom = crop(box, _MESH_MARGIN, width, height)
    points = mesh.mesh(np.ascontiguousarray(frame[top:bottom, left:right]))
    if points is None:
        return None
    return align(points + np.array([left, top, 0], np.float32), size)


def _squared(picture: Picture) -> Picture:
    """Return the picture with its border drawn out to a square: a face keeps its shape."""
    height, width = picture.shape[:2]
    side = max(height, width)
    down, across = side - height, side - width
    return np.pad(
        picture,
        ((down // 2, down - down // 2), (across // 2, across - across // 2), (0, 0)),
        mode="edge",
    )
