"""Self-blended pictures: a face laid over itself, a little changed: a fake without a faker.

What all face swaps share is a border, and two sides of it that do not quite match. A detector that
has learned from these alone has learned no swapper's habits (Shiohara and Yamasaki, 2022).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.random import Generator

    from discriminator.faces.face import Points

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]

RATIOS = (0.25, 0.5, 0.75, 1.0, 1.0, 1.0)
"""How much of the changed face is laid on; all of it in half of the pictures."""
_JAW_UP, _WHOLE = 0.15, 0.5
"""Parts of the face's size: how far the hull is bent, and the chance of a mask of all points."""
_MOVED = 0.03
_SIZED = 0.03
_TOP = 255


class Blended(NamedTuple):
    """A picture and where it is fake."""

    picture: Picture
    mask: Floats
    """(height, width): how much of each pixel was laid on, 0 to 1."""


def blend(picture: Picture, points: Points, rng: Generator) -> Blended:
    """Return a picture (height, width, RGB) whose face was laid over itself.

    `points` are those of the face, in px. One side of the border is changed in colour or sharpness,
    and the face that is laid on is moved and sized by up to three parts in a hundred.
    """
    mask = _mask(picture.shape[:2], points, rng) * np.float32(rng.choice(RATIOS))
    below, above = picture, picture
    if rng.random() < _WHOLE:
        above = _changed(picture, rng)
    else:
        below = _changed(picture, rng)
    shift = _shift(points, rng)
    moved, mask = _warped(above.astype(np.float32), shift), _warped(mask, shift)
    laid = below + (moved - below) * mask[..., None]
    return Blended(laid.round().clip(0, _TOP).astype(np.uint8), mask)


def _mask(shape: tuple[int, ...], points: Points, rng: Generator) -> Floats:
    """Return the hull of some of the face's points, with a soft and uneven edge."""
    flat = points[:, :2].astype(np.float32)
    chosen = flat if rng.random() < _WHOLE else flat[rng.random(len(flat)) < rng.uniform(0.05, 0.5)]
    size = float(np.ptp(flat, axis=0).max())
    bent = chosen + rng.normal(0, size * _JAW_UP / 10, chosen.shape).astype(np.float32)
    hull = cv2.convexHull(bent.round().astype(np.int32))
    mask = np.zeros(shape, np.float32)
    cv2.fillConvexPoly(mask, hull, (1.0,))
    spread = size * rng.uniform(0.01, 0.06)
    soft = cv2.GaussianBlur(mask, (0, 0), spread)
    # Within the hull only, so that the hull's own edge stays where it is.
    return np.asarray(soft * mask, np.float32)


def _changed(picture: Picture, rng: Generator) -> Picture:
    """Return the picture in other colours, and softer or sharper."""
    colours = picture.astype(np.float32) * rng.uniform(0.9, 1.1, 3) + rng.uniform(-12, 12, 3)
    grey = colours.mean(2, keepdims=True)
    colours = grey + (colours - grey) * rng.uniform(0.8, 1.2)
    contrast = rng.uniform(0.9, 1.1)
    colours = (colours - colours.mean()) * contrast + colours.mean()
    eight = colours.round().clip(0, _TOP).astype(np.uint8)
    return _sharpened(eight, rng) if rng.random() < _WHOLE else _shrunk(eight, rng)


def _sharpened(picture: Picture, rng: Generator) -> Picture:
    soft = cv2.GaussianBlur(picture, (0, 0), 1.5).astype(np.float32)
    sharp = picture + (picture - soft) * rng.uniform(0.2, 0.6)
    return np.asarray(sharp.round().clip(0, _TOP), np.uint8)


def _shrunk(picture: Picture, rng: Generator) -> Picture:
    height, width = picture.shape[:2]
    times = float(rng.choice([2, 4]))
    small = cv2.resize(picture, None, fx=1 / times, fy=1 / times, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _shift(points: Points, rng: Generator) -> Floats:
    """Return the (2, 3) matrix of a small move and a small change of size about the face."""
    flat = points[:, :2]
    size, middle = np.ptp(flat, axis=0), flat.mean(0)
    scale = 1 + rng.uniform(-_SIZED, _SIZED)
    move = size * rng.uniform(-_MOVED, _MOVED, 2) + middle * (1 - scale)
    return np.array([[scale, 0, move[0]], [0, scale, move[1]]], np.float32)


def _warped(image: Floats, shift: Floats) -> Floats:
    height, width = image.shape[:2]
    warped = cv2.warpAffine(image, shift, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, np.float32)
