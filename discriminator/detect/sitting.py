"""Whoever practice clips are made of: a portrait or a filmed person, seen and heard for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from discriminator import faces
from discriminator.detect.errors import DetectError
from discriminator.faces import mesh
from discriminator.video import reading, sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.random import Generator

    from discriminator.faces import Box
    from discriminator.faces.face import Points

Picture = NDArray[np.uint8]
Sound = NDArray[np.float32]
"""16,000 numbers a second, -1 to 1; empty where nothing is heard."""

RATE = 25
SOUND_RATE = 16_000
SIDE = 384
"""Px of a clip's sides."""
_MARGIN = 0.55
_WIDEST = 1920
_GLANCES = 5
"""Frames of a filmed person by which the square is chosen that is cut out of all."""


class Shot(NamedTuple):
    """One frame of a person."""

    picture: Picture
    """(384, 384, 3)."""
    points: Points
    """(478, 3), in px of it."""


class Take(NamedTuple):
    """A while of a person."""

    shots: Iterator[Shot]
    """25 a second, each made when it is asked for."""
    voice: Sound


class Sitter(Protocol):
    """Someone who can be filmed."""

    @property
    def name(self) -> str:
        """What the clips are named after; no two are equal."""

    @property
    def person(self) -> str:
        """Who it is; one person may have sat twice."""

    @property
    def picture(self) -> Picture:
        """A portrait, (384, 384, 3)."""

    @property
    def points(self) -> Points:
        """Of the portrait's face."""

    def take(self, seconds: float, rng: Generator) -> Take:
        """Return so much of them; the same dice give the same."""


@dataclass(frozen=True)
class Filmed:
    """Someone in a clip that was really filmed."""

    name: str
    person: str
    path: Path
    box: Box
    """What is cut out of every frame, in px of it."""
    picture: Picture
    points: Points

    def take(self, seconds: float, rng: Generator) -> Take:
        """Return the beginning of the clip."""
        del rng  # nothing is left to chance
        return Take(self._shots(seconds), sound.alongside(self.path, SOUND_RATE, seconds=seconds))

    def _shots(self, seconds: float) -> Iterator[Shot]:
        points = self.points
        shown, last = 0, None
        for frame in reading.frames(self.path, reading.PerSecond(RATE), longest=_WIDEST):
            picture = _cut(frame.pixels, self.box)
            found = mesh.mesh(picture)
            points = points if found is None else found
            last = Shot(picture, points)
            # A clip of fewer frames a second shows each for longer.
            while shown <= frame.seconds * RATE and shown < round(seconds * RATE):
                shown += 1
                yield last
            if shown >= round(seconds * RATE):
                return


def filmed(name: str, person: str, path: Path, seconds: float) -> Filmed:
    """Find the person of a clip.

    Raises:
        DetectError: nobody is seen, or the clip is shorter than `seconds`.
        UnreadableVideoError: it is no video.
    """
    seen: list[tuple[Picture, Points]] = []
    last = 0.0
    for frame in reading.frames(path, reading.Evenly(_GLANCES), longest=_WIDEST):
        last = frame.seconds
        found = faces.find(frame.pixels)
        if found:
            seen.append((frame.pixels, found[0].points))
    if not seen:
        message = f"There is no face in {path.name}: give clips of one person each."
        raise DetectError(message)
    if last * _GLANCES / (_GLANCES - 0.5) < seconds:
        message = f"{path.name} is shorter than {seconds:g} s: choose fewer seconds."
        raise DetectError(message)
    around = [faces.around(points) for _, points in seen]
    box = faces.Box(
        min(one.left for one in around),
        min(one.top for one in around),
        max(one.right for one in around),
        max(one.bottom for one in around),
    )
    shot = squared(*seen[0], box)
    return Filmed(name, person, path, box, shot.picture, shot.points)


def squared(picture: Picture, points: Points, box: Box) -> Shot:
    """Return the square around a box, and the points moved along with it."""
    height, width = picture.shape[:2]
    left, top, right, bottom = faces.crop(box, _MARGIN, width, height)
    scale = np.array([SIDE / (right - left), SIDE / (bottom - top), SIDE / (right - left)])
    moved = ((points - [left, top, 0]) * scale).astype(np.float32)
    return Shot(_cut(picture, box), moved)


def _cut(picture: Picture, box: Box) -> Picture:
    height, width = picture.shape[:2]
    left, top, right, bottom = faces.crop(box, _MARGIN, width, height)
    part = picture[top:bottom, left:right]
    return np.asarray(cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
