"""What a clip is like, whatever is in it: how long, how large, how bright, how strongly compressed.

Detectors are better on some kinds of clips than on others, and a stream of clips that changes its
looks is the first sign that a detector's figures no longer hold.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from discriminator.detect.finding import mediapipe
from discriminator.detect.tracks import Tracker, moving
from discriminator.faces import crop, mesh
from discriminator.video import reading
from discriminator.video.errors import UnreadableVideoError
from discriminator.video.probe import probe

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.faces.face import Points

_GLANCES, _WIDEST = 8, 960
_LOOSE = 0.15
"""Overlap that is enough between frames that lie a second apart."""
_MARGIN = 0.3
"""Of a face, around it, for its mesh."""


class Looks(msgspec.Struct, frozen=True):
    """Of one clip or picture."""

    seconds: float
    """0 for a picture."""
    width: int
    height: int
    rate: float
    """Frames a second."""
    brightness: float
    """The mean of a few frames, 0 to 255."""
    bits: float
    """Of the file, for each pixel of each frame: under 0.05 little of the grain is left."""
    faces: int
    """Different people in a few frames."""


def look(path: Path) -> Looks:
    """Look at a few frames of a clip; raises `UnreadableVideoError` where there are none."""
    tracker = Tracker(same=_LOOSE, patience=float("inf"))
    brightness: list[float] = []
    shape: tuple[int, ...] = (0, 0)
    meshes: dict[int, list[Points]] = defaultdict(list)
    for frame in reading.frames(path, reading.Evenly(_GLANCES), longest=_WIDEST):
        brightness.append(float(frame.pixels.mean()))
        shape = frame.pixels.shape[:2]
        found = mediapipe(frame.pixels)
        tracks = tracker.see(frame.seconds, found)
        # One alone is someone, moving or not.
        for track, (box, _) in zip(tracks, found, strict=True) if len(found) > 1 else ():
            left, top, right, bottom = crop(box, _MARGIN, shape[1], shape[0])
            points = mesh.mesh(np.ascontiguousarray(frame.pixels[top:bottom, left:right]))
            if points is not None:
                meshes[track.number].append(points)
    try:
        clip = probe(path)
    except UnreadableVideoError:
        clip = None  # a picture
    picture = clip.picture if clip else None
    height, width = (picture.height, picture.width) if picture else shape
    rate, seconds = (float(picture.rate), clip.seconds) if clip and picture else (0.0, 0.0)
    pixels = width * height * max(rate * seconds, 1.0)
    return Looks(
        seconds=seconds,
        width=width,
        height=height,
        rate=rate,
        brightness=float(np.mean(brightness)),
        bits=path.stat().st_size * 8 / pixels,
        faces=len(moving({track.number: meshes[track.number] for track in tracker.people()})),
    )


_BRIGHTNESS = ((60, "dark"), (110, "dim"), (256, "bright"))
_BITS = ((0.03, "strong"), (0.1, "medium"), (float("inf"), "mild"))


def slices(brightness: float, bits: float) -> tuple[tuple[str, str], ...]:
    """Return the slices of a table to which a clip belongs by its looks."""
    light = next(name for limit, name in _BRIGHTNESS if brightness < limit)
    pressed = next(name for limit, name in _BITS if bits < limit)
    return (("light", light), ("compression by size", pressed))
