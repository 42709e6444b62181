"""Every face of a picture, however many, small or turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from discriminator.faces import mesh
from discriminator.faces.face import Box, Face, Points
from discriminator.faces.geometry import around, crop
from discriminator.faces.mesh import Sight
from discriminator.faces.picture import Source, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discriminator.faces.picture import Picture

_MARGIN = 0.75
"""Of a detected face's size, on each side: the mesh's own detector wants to see the head."""
_SAME = 0.3
"""Overlap from which two sights are one face."""
_ATTEMPTS = ((0, (1, 2)), (2, (1, 2)), (1, (1, 2)), (3, (1, 2)), (0, (4,)))
"""Quarter turns, and into how many tiles each side is cut, in the order in which they are tried
until a face is found. The whole picture and its halves are looked at together, or a group would
lose those who stand behind."""
_SMALLEST_TILE = 200


def find(picture: Source) -> list[Face]:
    """Return the faces of a picture, the largest first; none is an empty list.

    Points and boxes are in px of the picture as it is seen: upright by its EXIF, not as stored.
    """
    upright = read(picture)
    for quarters, cuts in _ATTEMPTS:
        turned = np.ascontiguousarray(np.rot90(upright, quarters))
        if found := _found(turned, cuts):
            height, width = upright.shape[:2]
            found = [_turned_back(face, quarters, width, height) for face in found]
            return sorted(found, key=lambda face: -face.box.area)
    return []


def follow(picture: Source, face: Face) -> Face | None:
    """Return a face again in the next frame of a video, or None where it is out of sight."""
    return _meshed(read(picture), Sight(face.box, face.confidence))


def _found(picture: Picture, cuts: tuple[int, ...]) -> list[Face]:
    meshed = [_meshed(picture, sight) for sight in _apart(_seen(picture, cuts))]
    # Two sights of one face end in the same mesh.
    kept: list[Face] = []
    for face in meshed:
        if face and all(face.box.overlap(other.box) < _SAME for other in kept):
            kept.append(face)
    return kept


def _seen(picture: Picture, cuts: tuple[int, ...]) -> Iterator[Sight]:
    for cut in cuts:
        for left, top, tile in _tiles(picture, cut):
            for box, confidence in mesh.sights(tile):
                x0, y0, x1, y1 = box
                yield Sight(Box(x0 + left, y0 + top, x1 + left, y1 + top), confidence)


def _tiles(picture: Picture, cut: int) -> Iterator[tuple[int, int, Picture]]:
    """Yield left, top and content of tiles that overlap by half, `cut` side by side."""
    height, width = picture.shape[:2]
    tall, wide = height // cut, width // cut
    if cut > 1 and min(tall, wide) < _SMALLEST_TILE:
        return
    for row in range(2 * cut - 1):
        for column in range(2 * cut - 1):
            top, left = row * tall // 2, column * wide // 2
            yield left, top, np.ascontiguousarray(picture[top : top + tall, left : left + wide])


def _apart(sights: Iterator[Sight]) -> list[Sight]:
    kept: list[Sight] = []
    for sight in sorted(sights, key=lambda sight: -sight.confidence):
        if all(sight.box.overlap(other.box) < _SAME for other in kept):
            kept.append(sight)
    return kept


def _meshed(picture: Picture, sight: Sight) -> Face | None:
    height, width = picture.shape[:2]
    left, top, right, bottom = crop(sight.box, _MARGIN, width, height)
    points = mesh.mesh(np.ascontiguousarray(picture[top:bottom, left:right]))
    if points is None:
        return None
    points += (left, top, 0)
    return Face(points, around(points), float(sight.confidence))


def _turned_back(face: Face, quarters: int, width: int, height: int) -> Face:
    x, y, z = face.points.T
    back = {0: (x, y), 1: (width - y, x), 2: (width - x, height - y), 3: (y, height - x)}
    points: Points = np.stack([*back[quarters], z], 1).astype(np.float32)
    return Face(points, around(points), face.confidence)
