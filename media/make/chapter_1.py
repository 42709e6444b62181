"""Chapter 1, The photograph: which shot is on at a time, and how a frame of it is drawn."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import skia
from look import HEIGHT, INK, RATE, WIDTH

# Each module enters its shots when it is imported.
from shots import afternoon, counting, cropping, crowd, licence, promise, spread, water  # noqa: F401
from shots.moment import SHOTS, Moment, Scene, Voice, read_storyboard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MEDIA = Path(__file__).parents[1]
NUMBER = 1
VOICE = MEDIA / "voice" / "chapter-1.en.json"
STORYBOARD = MEDIA / "story" / "storyboard.yaml"
SOUND = (MEDIA / "mix" / "chapter-1.en.opus", MEDIA / "voice" / "chapter-1.en.opus")


@cache
def voice() -> Voice:
    """Return what is said and when."""
    return Voice.read(VOICE)


@cache
def scenes() -> list[Scene]:
    """Return the storyboard with its times."""
    return read_storyboard(STORYBOARD, voice(), NUMBER)


def frame_count() -> int:
    """Return how many frames the chapter lasts."""
    return round(voice().duration * RATE)


def frame(index: int, scale: float = 1.0) -> NDArray[np.uint8]:
    """Draw one frame, RGBA (height, width, 4)."""
    width, height = round(WIDTH * scale), round(HEIGHT * scale)
    surface = skia.Surface(width, height)
    canvas = surface.getCanvas()
    canvas.clear(INK)
    canvas.scale(scale, scale)
    draw(canvas, index / RATE)
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType)


def draw(canvas: skia.Canvas, t: float) -> None:
    """Draw what is seen at a time, in seconds."""
    scene = scene_at(t)
    SHOTS[scene.name](canvas, Moment(t, scene.start, scene.end, voice()))


def scene_at(t: float) -> Scene:
    """Return the shot that is on at a time."""
    told = scenes()
    return told[max(bisect_right([scene.start for scene in told], t + 1e-6) - 1, 0)]
