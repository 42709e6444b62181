"""Measures of a face, and crops of it; `web/src/geometry.ts` measures the same in the browser.

Both are held to `tests/faces/vectors.json`. Every measure takes the 478 points of `Points`: px, x
to the right, y down, z in the same unit and smaller nearer. Distances are taken in all three
dimensions, so that a turned head changes them little. Left and right are the picture's. Points are
named by the place they have in the mesh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from discriminator.faces.face import Box, Points

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOREHEAD, CHIN = 10, 152
LIPS = (13, 14)
"""The inner edges of the upper and the lower lip, in their middle."""
CORNERS = (33, 133, 362, 263)
"""Of the eyes, from the picture's left to its right."""
LIDS = ((159, 145), (386, 374))
"""Upper and lower, of the left eye and of the right one."""
WIDE_OPEN = 0.28
"""The gap of the lips that counts as fully open, in distances between the eyes' outer corners."""
REST = 11.0
"""Degrees by which the line from forehead to chin leans in a level face."""
EYES_APART, EYES_DOWN = 0.36, 0.40
"""Where `align` puts the middles of the eyes: their distance and their height, in sides."""
_TINY = 1e-9


class Openness(NamedTuple):
    """Of both eyes: the gap of the lids over the eye's width, near 0.3 open, under 0.12 shut."""

    left: float
    right: float

    @property
    def mean(self) -> float:
        """Of both; a wink stays above half of it."""
        return (self.left + self.right) / 2


class HeadPose(NamedTuple):
    """Where the head turns, in degrees; all three are 0 for a face that looks into the camera."""

    yaw: float
    """Positive where the nose points to the picture's right."""
    pitch: float
    """Positive where the nose points down."""
    roll: float
    """Positive where the head leans to the picture's right (clockwise)."""


def eye_openness(points: Points) -> Openness:
    """Return how far each eye is open: |upper lid, lower lid| / |outer corner, inner corner|.

    Left is |159, 145| / |33, 133|, right is |386, 374| / |362, 263|.
    """
    outer, inner, inner_right, outer_right = CORNERS
    left, right = (_distance(points, *lids) for lids in LIDS)
    widths = _distance(points, outer, inner), _distance(points, inner_right, outer_right)
    return Openness(_ratio(left, widths[0]), _ratio(right, widths[1]))


def mouth_openness(points: Points) -> float:
    """Return how far the mouth is open, 0 (shut) to 1: |13, 14| / |33, 263| / 0.28, cut at 1.

    The outer corners of the eyes are the measure, because they keep their distance when the jaw
    drops.
    """
    gap = _ratio(_distance(points, *LIPS), _distance(points, CORNERS[0], CORNERS[3]))
    return min(gap / WIDE_OPEN, 1.0)


def head_pose(points: Points) -> HeadPose:
    """Return yaw, pitch and roll.

    `right` is the unit vector 33 -> 263, `down` the part of 10 -> 152 that is square to it (unit),
    `forward` = down x right, which points to where the nose does. In degrees, roll = atan2(right.y,
    right.x); turned back by roll in the picture's plane, forward gives yaw = atan2(x, -z) and
    pitch = asin(y) - 11.
    """
    right = _unit(points[CORNERS[3]] - points[CORNERS[0]])
    down = points[CHIN] - points[FOREHEAD]
    down = _unit(down - right * (down @ right))
    x, y, z = np.cross(down, right)
    roll = np.arctan2(right[1], right[0])
    x, y = x * np.cos(roll) + y * np.sin(roll), y * np.cos(roll) - x * np.sin(roll)
    yaw, pitch = np.arctan2(x, -z), np.arcsin(np.clip(y, -1.0, 1.0))
    return HeadPose(
        float(np.degrees(yaw)), float(np.degrees(pitch)) - REST, float(np.degrees(roll))
    )


def around(points: Points) -> Box:
    """Return the box tightly around the points."""
    left, top = points[:, :2].min(0).tolist()
    right, bottom = points[:, :2].max(0).tolist()
    return Box(left, top, right, bottom)


def crop(box: Box, margin: float, width: int, height: int) -> tuple[int, int, int, int]:
    """Return the square around a box as left, top, right, bottom, whole px inside the picture.

    Its side is the box's longer side plus `margin` of it on both sides; it has the box's centre.
    What lies outside a picture of `width` by `height` is cut off, so that it may be no square any
    more, but at least one pixel. Fractions are dropped at left and top, and rounded up at right and
    bottom.
    """
    half = max(box.width, box.height) * (0.5 + margin)
    x, y = box.centre
    left, top = _within(np.floor(x - half), width - 1), _within(np.floor(y - half), height - 1)
    right, bottom = _within(np.ceil(x + half), width), _within(np.ceil(y + half), height)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def align(points: Points, size: float) -> NDArray[np.float64]:
    """Return the (2, 3) matrix that turns, scales and moves a face upright into a square.

    It takes (x, y, 1) of the picture to px of a square of `size`: the middles of the eyes (of their
    two corners) come to (0.5 -+ 0.18, 0.40) of its side.
    """
    outer, inner, inner_right, outer_right = points[list(CORNERS), :2].astype(np.float64)
    left, right = (outer + inner) / 2, (inner_right + outer_right) / 2
    (dx, dy), (x, y) = right - left, (left + right) / 2
    scale = EYES_APART * size / max(dx * dx + dy * dy, _TINY)
    a, b = dx * scale, dy * scale
    across, down = 0.5 * size - a * x - b * y, EYES_DOWN * size + b * x - a * y
    return np.array([[a, b, across], [-b, a, down]])


def _distance(points: Points, one: int, other: int) -> float:
    return float(np.linalg.norm(points[one].astype(np.float64) - points[other]))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _unit(vector: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    exact = vector.astype(np.float64)
    return exact / max(float(np.linalg.norm(exact)), _TINY)


def _within(value: float, most: int) -> int:
    return int(min(max(value, 0), most))
