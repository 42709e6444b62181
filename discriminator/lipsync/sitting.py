"""Who speaks: a photo with a face, or a video in which a face is found again in every frame."""

from __future__ import annotations

from collections import deque
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import av
import av.error
import numpy as np
from PIL import Image

from discriminator import faces
from discriminator.lipsync.errors import PhotoError
from discriminator.lipsync.voice import FRAMES
from discriminator.video import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discriminator.faces import Face, Picture, Points, Source

LARGEST = 1080
"""Pixels of a clip's longer side; what is larger is made smaller."""
SMALLEST = 64
"""Pixels of the shorter side of what can speak."""
_AROUND = 2
"""Frames before and after one that decide where its face is: a finder trembles."""


class Sitter(NamedTuple):
    """A picture, (height, width, 3) with even sides, and the (478, 3) of its face in px."""

    photo: Picture
    points: Points


def sit(photo: Source, points: Points | None, face: int) -> Sitter:
    """Return a photo as engines want it, and its face: the one given, or the one found.

    Raises:
        PhotoError, FaceError: it will not do.
    """
    picture = faces.read(photo)
    _check_size(picture)
    found = _chosen(picture, face).points if points is None else _checked(points, picture)
    return _fitted(picture, found)


def is_video(photo: Source) -> bool:
    """Tell whether this is a file that moves; of moving pictures like GIF, the first frame counts.

    What cannot be read at all is said by whoever reads it as a photo.
    """
    if not isinstance(photo, str | Path) or not Path(photo).is_file():
        return False
    try:
        Image.open(photo).close()
    except (OSError, SyntaxError, Image.DecompressionBombError):
        return _has_pictures(Path(photo))
    return False


def sit_moving(path: Path, face: int) -> Iterator[Sitter]:
    """Yield 25 sitters a second, for ever: a video that ends begins again.

    Raises:
        PhotoError: no face is in its first frame.
        UnreadableVideoError: it cannot be read.
    """
    return _steadied(chain.from_iterable(_found_in(path, face) for _ in repeat(None)))


def _found_in(path: Path, face: int) -> Iterator[Sitter]:
    """Yield the frames of one showing. Where the face is lost, it stays where it was."""
    seen: Face | None = None
    for picture in _paced(path):
        if seen is None:
            _check_size(picture)
            seen = _chosen(picture, face)
        else:
            seen = faces.follow(picture, seen) or seen
        yield _fitted(picture, seen.points)


def _paced(path: Path) -> Iterator[Picture]:
    """Yield what is seen at each 25th of a second, whatever the video's own rate."""
    shown: Picture | None = None
    number = 0
    for frame in reading.frames(path, longest=LARGEST):
        while shown is not None and number / FRAMES < frame.seconds - 0.5 / FRAMES:
            yield shown
            number += 1
        shown = frame.pixels
    if shown is not None:
        yield shown


def _steadied(sitters: Iterator[Sitter]) -> Iterator[Sitter]:
    """Yield sitters whose points are the mean of some around them."""
    near: deque[Sitter] = deque(maxlen=2 * _AROUND + 1)
    for sitter in sitters:
        near.extend(repeat(sitter, 1 if near else _AROUND + 1))
        if len(near) == near.maxlen:
            points = np.mean([one.points for one in near], axis=0, dtype=np.float32)
            yield Sitter(near[_AROUND].photo, points)


def _has_pictures(path: Path) -> bool:
    try:
        next(reading.frames(path))
    except (ValueError, StopIteration, av.error.FFmpegError):
        return False
    return True


def _check_size(picture: Picture) -> None:
    if min(picture.shape[:2]) < SMALLEST:
        message = f"The photo is smaller than {SMALLEST} pixels: give a larger one."
        raise PhotoError(message)


def _chosen(picture: Picture, face: int) -> Face:
    found = faces.find(picture)
    if not found:
        message = "There is no face in the photo: take it from the front, in good light."
        raise PhotoError(message)
    if not 0 <= face < len(found):
        message = f"No face in the photo is number {face}: choose 0 to {len(found) - 1}."
        if len(found) == 1:
            message = f"No face in the photo is number {face}: there is one, number 0."
        raise PhotoError(message)
    return found[face]


def _checked(points: Points, picture: Picture) -> Points:
    own = np.array(points, np.float32)
    if own.shape != (478, 3) or not np.isfinite(own).all():
        message = f"The points of a face are (478, 3) numbers, not {own.shape}: find them again."
        raise PhotoError(message)
    height, width = picture.shape[:2]
    x, y = faces.around(own).centre
    if not (0 <= x < width and 0 <= y < height):
        message = "The points of the face lie outside of the photo: find them again."
        raise PhotoError(message)
    return own


def _fitted(picture: Picture, points: Points) -> Sitter:
    """Return photo and points no larger than a clip may be, with even sides."""
    height, width = picture.shape[:2]
    scale = min(1.0, LARGEST / max(height, width))
    if scale < 1:
        size = round(width * scale), round(height * scale)
        image = Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS)
        picture, points = np.asarray(image), points * np.float32(scale)
    rows, columns = (side // 2 * 2 for side in picture.shape[:2])
    return Sitter(np.ascontiguousarray(picture[:rows, :columns]), points)
