"""The voice that the tests let people speak with, and the two who speak."""

from __future__ import annotations

import sys
from functools import cache
from typing import NamedTuple

import numpy as np
import skimage.data
from PIL import Image

from discriminator import faces, shipped

SPEECH = shipped.speech()
MAKERS = str(shipped.folder("media") / "make")


class Sitter(NamedTuple):
    """Who has their photo taken."""

    photo: faces.Picture
    points: faces.Points


@cache
def astronaut() -> Sitter:
    """Eileen Collins, who smiles with her teeth showing."""
    portrait = Image.fromarray(skimage.data.astronaut()[:256, 96:352])
    return found(np.asarray(portrait.resize((512, 512), Image.Resampling.LANCZOS)))


@cache
def nobody() -> Sitter:
    """A face that was drawn, with its lips closed."""
    if MAKERS not in sys.path:
        sys.path.insert(0, MAKERS)
    import nobody as drawn  # noqa: PLC0415 - needs OpenGL

    return found(faces.read(drawn.portrait(size=512)))


def found(photo: faces.Picture) -> Sitter:
    return Sitter(photo, faces.find(photo)[0].points)
