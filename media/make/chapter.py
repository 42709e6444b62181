"""A chapter as pictures: which shot is on at a time, and how a frame of it is drawn.

Chapter 7 is what the storyboard lists under number 7, drawn by the shots in `shots/chapter_7`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import skia
import storyboard
from look import HEIGHT, INK, RATE, WIDTH
from shots.moment import Moment, shots_of
from storyboard import MEDIA, Scene, Voice

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from shots.moment import Shot


def drawn_chapters() -> list[Chapter]:
    """Return the chapters that have a storyboard."""
    return [Chapter(number) for number in storyboard.drawn()]


@dataclass(frozen=True)
class Chapter:
    """One chapter of the film."""

    number: int

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"chapter-{self.number}"

    @cached_property
    def voice(self) -> Voice:
        """What is said and when."""
        return Voice.read(MEDIA / "voice" / f"{self.name}.en.json")

    @property
    def sound(self) -> Path:
        """The voice in its music, or the bare voice while there is no mix."""
        places = (MEDIA / part / f"{self.name}.en.opus" for part in ("mix", "voice"))
        return next(file for file in places if file.exists())

    @cached_property
    def scenes(self) -> list[Scene]:
        """The storyboard with its times."""
        return storyboard.scenes(self.number, self.voice)

    @cached_property
    def shots(self) -> dict[str, Shot]:
        """The shots by name."""
        return shots_of(self.number)

    @property
    def frame_count(self) -> int:
        """How many frames the chapter lasts."""
        return round(self.voice.duration * RATE)

    def frame(self, index: int, scale: float = 1.0) -> NDArray[np.uint8]:
        """Draw one frame, RGBA (height, width, 4)."""
        width, height = round(WIDTH * scale), round(HEIGHT * scale)
        surface = skia.Surface(width, height)
        canvas = surface.getCanvas()
        canvas.clear(INK)
        canvas.scale(scale, scale)
        self.draw(canvas, index / RATE)
        frame: NDArray[np.uint8] = surface.toarray(colorType=skia.kRGBA_8888_ColorType)
        return frame

    def draw(self, canvas: skia.Canvas, t: float) -> None:
        """Draw what is seen at a time, in seconds."""
        scene = self.scene_at(t)
        self.shots[scene.name](canvas, Moment(t, scene.start, scene.end, self.voice))

    def scene_at(self, t: float) -> Scene:
        """Return the shot that is on at a time."""
        starts = [scene.start for scene in self.scenes]
        return self.scenes[max(bisect_right(starts, t + 1e-6) - 1, 0)]
