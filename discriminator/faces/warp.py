"""Bend a picture so that chosen points come to other places.

    moved = warp.piecewise(picture, face.points[:, :2], wanted)
    field = warp.thin_plate(here, there)      # a smooth bend of the whole plane
    moved = warp.resample(picture, warp.thin_plate(there, here)(warp.grid(width, height)))

`piecewise` is exact inside the triangles between the points and leaves alone what is outside;
`thin_plate` is smooth everywhere and moves everything a little.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import LinearNDInterpolator, RBFInterpolator
from scipy.ndimage import map_coordinates
from scipy.spatial import Delaunay

if TYPE_CHECKING:
    from discriminator.faces.picture import Picture

Places = NDArray[np.floating[Any]]
"""Positions in px, (n, 2) or (height, width, 2): x, y."""

Field = Callable[[Places], NDArray[np.float64]]
"""Takes places to places of the same shape."""


def thin_plate(before: Places, after: Places, *, stiffness: float = 0.0) -> Field:
    """Return the smoothest bend of the plane that takes each place `before` to its `after`.

    `stiffness` lets it miss them in favour of a smoother bend. Both are (n, 2), n at least 3 and
    not on one line.
    """
    bend = RBFInterpolator(
        np.asarray(before, float),
        np.asarray(after, float),
        kernel="thin_plate_spline",
        smoothing=stiffness,
    )
    return lambda places: _over(bend, places)


def triangles(before: Places, after: Places) -> Field:
    """Return the bend that is affine in each triangle between the places; outside it is still.

    Both are (n, 2); the triangles are Delaunay's of `before`.
    """
    bend = LinearNDInterpolator(Delaunay(np.asarray(before, float)), np.asarray(after, float))

    def field(places: Places) -> NDArray[np.float64]:
        there = _over(bend, places)
        return cast("NDArray[np.float64]", np.where(np.isnan(there), places, there))

    return field


def piecewise(picture: Picture, before: Places, after: Places) -> Picture:
    """Return the picture with the places `before` (n, 2) moved to `after`, triangle by triangle."""
    height, width = picture.shape[:2]
    return resample(picture, triangles(after, before)(grid(width, height)))


def grid(width: int, height: int) -> NDArray[np.float64]:
    """Return the place of every pixel of a picture, (height, width, 2)."""
    columns, rows = np.meshgrid(np.arange(width, dtype=float), np.arange(height, dtype=float))
    return np.stack([columns, rows], 2)


def resample(picture: Picture, places: Places) -> Picture:
    """Return the colours at places (height, width, 2) of a picture; its border goes on outside."""
    at = np.moveaxis(np.asarray(places, float), 2, 0)[::-1]
    planes = [
        map_coordinates(picture[..., plane], at, order=1, mode="nearest", output=np.float32)
        for plane in range(picture.shape[2])
    ]
    return cast("Picture", np.stack(planes, 2).round().astype(np.uint8))


def _over(bend: Callable[[Places], Places], places: Places) -> NDArray[np.float64]:
    flat = np.asarray(bend(np.asarray(places, float).reshape(-1, 2)), np.float64)
    shaped: NDArray[np.float64] = flat.reshape(np.shape(places))
    return shaped
