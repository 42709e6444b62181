"""The puppet: a photo that is bent until it speaks. It needs no weights and no graphics card.

Each pixel of a picture asks where in the photo its skin is: the head says how it has moved, then
mouth and eyes how they are bent there. Then the photo is looked up at all those places at once, and
the inside of the mouth is painted where lips have opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from discriminator.lipsync.acting import Act, act
from discriminator.lipsync.errors import PhotoError
from discriminator.lipsync.eyes import EYES, Eye
from discriminator.lipsync.head import Head, Moving, Pose, even
from discriminator.lipsync.mouth import EYES as CORNERS
from discriminator.lipsync.mouth import Mouth
from discriminator.lipsync.plate import Plate

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from discriminator.faces import Picture, Points
    from discriminator.lipsync.engine import Options
    from discriminator.lipsync.head import Box
    from discriminator.lipsync.sitting import Sitter
    from discriminator.lipsync.voice import Voice

_SMALLEST = 24
"""Pixels between the outer corners of the eyes of a face that can be seen to speak."""


class Puppet:
    """The engine of the film."""

    def __init__(self, options: Options) -> None:
        del options  # it has neither weights nor a precision
        self._act: Act | None = None

    def prepare(self, voice: Voice) -> None:
        """Hear the voice."""
        self._act = act(voice)

    def frames(self, photo: Picture, points: Points) -> Generator[Picture]:
        """Yield the photo speaking, (height, width, 4) uint8; always the same array.

        Raises:
            PhotoError: the face is too small.
        """
        _check_size(points)
        yield from _Figure(photo, points).play(self._heard())

    def moving(self, sitters: Iterator[Sitter]) -> Generator[Picture]:
        """Yield a video's frames, in which the mouth alone is bent: the head moves by itself.

        Raises:
            PhotoError: the face is too small.
        """
        acted = self._heard()
        for sitter, jaw, wide in zip(sitters, acted.jaw, acted.wide, strict=False):
            _check_size(sitter.points)
            yield _spoken(sitter, jaw, wide)

    def _heard(self) -> Act:
        if self._act is None:
            message = "The puppet has heard no voice yet: call `prepare` first."
            raise PhotoError(message)
        return self._act


def _check_size(points: Points) -> None:
    if np.linalg.norm(points[CORNERS[0], :2] - points[CORNERS[1], :2]) < _SMALLEST:
        message = "The face is too small to be seen speaking: take the photo from nearer."
        raise PhotoError(message)


def _spoken(sitter: Sitter, jaw: float, wide: float) -> Picture:
    photo, points = sitter
    mouth = Mouth(photo, points)
    rows, columns = mouth.box
    y, x = (values.astype(np.float32) for values in np.mgrid[mouth.box])
    home_x, home_y = x.copy(), y.copy()
    gap = mouth.bend(jaw, wide, x, y)
    plate = Plate(photo[mouth.box])
    colours = plate.take(x - np.float32(columns.start), y - np.float32(rows.start))
    mouth.paint(gap, home_x, home_y, colours)
    spoken = photo.copy()
    spoken[mouth.box] = colours[..., :3]
    return spoken


class _Patch(NamedTuple):
    """Part of the picture that is drawn pixel by pixel."""

    moving: Moving
    colours: Picture
    """A view of the picture, (h, w, 4)."""


class _Figure:
    """One photo, taken apart.

    Head, cheeks and chin move smoothly: there a block of 2 x 2 pixels asks as one, which is four
    times as fast. Lips and lids have edges, and are drawn over it pixel by pixel.
    """

    def __init__(self, photo: Picture, points: Points) -> None:
        self._plate = Plate(photo)
        self._mouth = Mouth(photo, points)
        alpha = np.full((*photo.shape[:2], 1), 255, np.uint8)
        self._picture = np.concatenate([photo, alpha], 2)
        head = Head(photo, points)
        self._blocks = head.blocks()
        rows, columns = head.box
        pairs = self._picture.reshape(len(photo), -1).view(np.uint64)
        self._pairs = pairs[rows, _halved(columns)]
        self._jaw = _blocks_within(self._mouth.box, head.box)
        self._lips = self._patch(head, self._mouth.lips)
        eyes = [Eye(points, named) for named in EYES]
        self._eyes = [(eye, self._patch(head, eye.box)) for eye in eyes]

    def _patch(self, head: Head, box: Box) -> _Patch:
        box = _shared(box, head.box)
        return _Patch(head.pixels(box), self._picture[box])

    def play(self, acted: Act) -> Iterator[Picture]:
        for number in range(len(acted.jaw)):
            pose = Pose(*(float(getattr(acted, name)[number]) for name in Pose._fields))
            jaw, wide, lids = (c[number] for c in (acted.jaw, acted.wide, acted.lids))
            self._draw_head(pose, jaw, wide)
            self._draw_lips(pose, jaw, wide)
            if lids:
                self._draw_eyes(pose, jaw, wide, lids)
            yield self._picture

    def _draw_head(self, pose: Pose, jaw: float, wide: float) -> None:
        x, y = self._blocks.places(pose)
        self._mouth.bend(jaw, wide, x[self._jaw], y[self._jaw])
        self._plate.take_blocks(x, y, self._pairs)

    def _draw_lips(self, pose: Pose, jaw: float, wide: float) -> None:
        x, y = self._lips.moving.places(pose)
        head_x, head_y = x.copy(), y.copy()
        gap = self._mouth.bend(jaw, wide, x, y)
        colours = self._plate.take(x, y)
        self._mouth.paint(gap, head_x, head_y, colours)
        self._lips.colours[...] = colours

    def _draw_eyes(self, pose: Pose, jaw: float, wide: float, lids: float) -> None:
        for eye, patch in self._eyes:
            x, y = patch.moving.places(pose)
            light = eye.shut(lids, x, y)
            self._mouth.bend(jaw, wide, x, y)  # of a face that leans, an eye reaches into a cheek
            patch.colours[...] = self._plate.take(x, y) * light[..., None]


def _shared(box: Box, outer: Box) -> Box:
    """Return what two boxes share."""
    rows, columns = (
        slice(max(own.start, other.start), max(min(own.stop, other.stop), own.start, other.start))
        for own, other in zip(box, outer, strict=True)
    )
    return rows, columns


def _blocks_within(box: Box, outer: Box) -> Box:
    """Return which of the 2 x 2 blocks of a box hold another, or the part of it that is inside."""
    rows, columns = (
        _halved(even(slice(own.start - other.start, own.stop - other.start)))
        for own, other in zip(_shared(box, outer), outer, strict=True)
    )
    return rows, columns


def _halved(side: slice) -> slice:
    return slice(side.start // 2, side.stop // 2)
