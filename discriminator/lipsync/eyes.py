"""Eyes that blink: the skin above the lid is drawn over the eye."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from discriminator.lipsync.columns import Columns, bell

if TYPE_CHECKING:
    from discriminator.faces import Points
    from discriminator.lipsync.plate import Field

_FOLD = 0.7
"""Where the skin above a lid begins to give way, in ways from lid to brow."""
_ABOVE, _BELOW, _BEYOND = 0.10, 0.04, 1.35
"""How far above the found edge skin is surely skin, and how far below the lower one a shut lid
comes, in widths of the eye; and how far beyond its corners, in halves. The points of a mesh are not
exact, and whatever is left out shows white."""
_LASHES, _THICK = 0.55, 0.022
"""How dark the lashes of a moving lid are, and how thick, in widths of the eye."""


class Named(NamedTuple):
    """The points of one eye, by their places in the mesh."""

    corners: tuple[int, int]
    upper: tuple[int, ...]
    lower: tuple[int, ...]
    brow: tuple[int, ...]


EYES = (
    Named(
        (33, 133),
        (33, 246, 161, 160, 159, 158, 157, 173, 133),
        (33, 7, 163, 144, 145, 153, 154, 155, 133),
        (46, 53, 52, 65, 55),
    ),
    Named(
        (362, 263),
        (362, 398, 384, 385, 386, 387, 388, 466, 263),
        (362, 382, 381, 380, 374, 373, 390, 249, 263),
        (285, 295, 282, 283, 276),
    ),
)


class Eye:
    """One eye of one photo."""

    def __init__(self, points: Points, named: Named) -> None:
        self.columns = Columns.between(points, *named.corners, _BEYOND)
        self._wide = np.float32(2 * self.columns.reach / _BEYOND)
        upper, lower = (self.columns.curve(points, names) for names in (named.upper, named.lower))
        arch = self._wide * np.sqrt(bell(self.columns.places, self.columns.reach))
        self._upper = np.minimum(upper, lower) - np.float32(_ABOVE) * arch
        self._lower = np.maximum(upper, lower) + np.float32(_BELOW) * arch
        brow = np.minimum(self.columns.curve(points, named.brow), self._upper - 4)
        self._fold = self._upper + np.float32(_FOLD) * (brow - self._upper)
        reach = self.columns.reach + 4
        left, right = int(self.columns.x - reach), int(self.columns.x + reach)
        top, bottom = int(self.columns.y - 1.6 * reach), int(self.columns.y + 0.8 * reach)
        self.box = slice(max(top, 0), max(bottom, 0)), slice(max(left, 0), max(right, 0))

    def shut(self, lids: float, x: Field, y: Field) -> Field:
        """Change places in the picture, within the box, to where in the photo their skin is.

        Returns how much of the light is left there: the lashes come with the lid.
        """
        along, across = self.columns.seen_from(x, y)
        column = self.columns.index(along)
        lid, fold = self._upper[column], self._fold[column]
        edge = lid + np.float32(lids) * (self._lower[column] - lid)
        slid = (across - fold) * (edge - lid) / (edge - fold)
        slid[(across < fold) | (across > edge)] = 0
        right, down = self.columns.turned(np.zeros_like(slid), -slid)
        x += right
        y += down
        near = np.exp(-(((across - edge) / (_THICK * self._wide)) ** 2))
        # At the corners the lid does not move, and has no edge of its own.
        moved = np.clip((edge - lid) / (0.15 * self._wide), 0, 1)
        light: Field = 1 - np.float32(_LASHES) * near * moved
        return light
