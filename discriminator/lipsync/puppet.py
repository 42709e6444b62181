"""The puppet: a photo that is bent until it speaks. It needs no weights and no graphics card.

Each pixel of a picture asks where in the photo its skin is: the head says how it has moved, then
mouth and eyes how they are bent there. Then the photo is looked up at all those places at once, and
the inside of the mouth is painted where lips have opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from discriminator.lipsync.acting import Act, act
from discriminator.lipsync.errors import PhotoError
from discriminator.lipsync.eyes import EYES, Eye
from discriminator.lipsync.head import Head
from discriminator.lipsync.mouth import EYES as CORNERS
from discriminator.lipsync.mouth import Mouth
from discriminator.lipsync.plate import Plate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discriminator.faces import Picture, Points
    from discriminator.lipsync.engine import Options
    from discriminator.lipsync.voice import Voice

_SMALLEST = 24
"""Pixels between the outer corners of the eyes of a face that can be seen to speak."""
Box = tuple[slice, slice]
Values = TypeVar("Values", NDArray[np.float32], NDArray[np.uint8])


class Puppet:
    """The engine of the film."""

    def __init__(self, options: Options) -> None:
        del options  # it has neither weights nor a precision
        self._act: Act | None = None

    def prepare(self, voice: Voice) -> None:
        """Hear the voice."""
        self._act = act(voice)

    def frames(self, photo: Picture, points: Points) -> Iterator[Picture]:
        """Yield the photo speaking, (height, width, 4) uint8; always the same array.

        Raises:
            PhotoError: the face is too small.
        """
        if np.linalg.norm(points[CORNERS[0], :2] - points[CORNERS[1], :2]) < _SMALLEST:
            message = "The face is too small to be seen speaking: take the photo from nearer."
            raise PhotoError(message)
        if self._act is None:
            message = "The puppet has heard no voice yet: call `prepare` first."
            raise PhotoError(message)
        yield from _Figure(photo, points).play(self._act)


class _Figure:
    """One photo, taken apart."""

    def __init__(self, photo: Picture, points: Points) -> None:
        self._head = Head(photo, points)
        self._plate = Plate(photo, self._head.shape)
        self._mouth = Mouth(photo, points)
        self._eyes = [Eye(points, named) for named in EYES]
        alpha = np.full((*photo.shape[:2], 1), 255, np.uint8)
        self._picture = np.concatenate([photo, alpha], 2)

    def play(self, acted: Act) -> Iterator[Picture]:
        for number in range(len(acted.jaw)):
            self._draw(acted, number)
            yield self._picture

    def _draw(self, acted: Act, number: int) -> None:
        head, mouth = self._head, self._mouth
        x, y = head.places(
            aside=acted.aside[number],
            down=acted.down[number],
            lean=acted.lean[number],
            breath=acted.breath[number],
        )
        blinking = self._eyes if acted.lids[number] else []
        light = [eye.shut(acted.lids[number], *self._parts(eye.box, x, y)) for eye in blinking]
        in_mouth = self._parts(mouth.box, x, y)
        seen_from = [values.copy() for values in in_mouth]
        gap = mouth.bend(acted.jaw[number], acted.wide[number], *in_mouth)
        colours = self._plate.take(x, y)
        for eye, left in zip(blinking, light, strict=True):
            (lashes,) = self._parts(eye.box, colours)
            lashes[...] = lashes * left[..., None]
        (around_mouth,) = self._parts(mouth.box, colours)
        mouth.paint(gap, seen_from[0], seen_from[1], around_mouth)
        self._picture[head.box] = colours

    def _parts(self, box: Box, *arrays: Values) -> list[Values]:
        """Return the views of arrays, as large as the head's box, on a box of the picture."""
        origin = self._head.box
        within = tuple(
            slice(max(side.start - start.start, 0), max(side.stop - start.start, 0))
            for side, start in zip(box, origin, strict=True)
        )
        return [values[within] for values in arrays]
