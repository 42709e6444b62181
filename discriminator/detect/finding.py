"""Who looks for faces in a frame, by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from discriminator import weights
from discriminator.faces import Box, mesh

if TYPE_CHECKING:
    from discriminator.detect.networks.mtcnn import MTCNN

Picture = NDArray[np.uint8]
Find = Callable[[Picture], list[tuple[Box, float]]]
"""From a frame (height, width, RGB) to boxes in px, and how sure the finder is of each."""
Finder = Literal["mediapipe", "mtcnn"]

_SMALL = 640
"""Longer side in px, roughly, of the picture that mediapipe is given; it looks at less anyway."""
_SAME = 0.3
_PART = 0.6
"""What lies so far inside a surer face is a part of it: a forehead, a mouth."""


def mediapipe(frame: Picture) -> list[tuple[Box, float]]:
    """Find faces near and far; needs no weights but those inside its package."""
    stride = max(max(frame.shape) // _SMALL, 1)
    small = np.ascontiguousarray(frame[::stride, ::stride])
    kept: list[tuple[Box, float]] = []
    for sight in mesh.sights(small):
        box = Box(*(edge * stride for edge in sight.box))
        if all(box.overlap(other) < _SAME and box.inside(other) < _PART for other, _ in kept):
            kept.append((box, float(sight.confidence)))
    return kept


def mtcnn(frame: Picture) -> list[tuple[Box, float]]:
    """Find faces as the published detectors did; needs `discriminator weights fetch mtcnn`."""
    return [(found.box, found.confidence) for found in _mtcnn().find(frame)]


FINDERS: dict[Finder, Find] = {"mediapipe": mediapipe, "mtcnn": mtcnn}


@cache
def _mtcnn() -> MTCNN:
    from discriminator.detect.networks.mtcnn import MTCNN  # noqa: PLC0415 - needs torch

    return MTCNN(weights.path("mtcnn"))
