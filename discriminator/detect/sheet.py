"""A sheet of some pictures of a set, to be looked at: the reals above, the fakes below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from discriminator.detect.splits import FAKE, REAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import TypeVar

    from discriminator.detect.cropping import Picture

    One = TypeVar("One")

_ROWS = 2
"""Of each kind, at most."""
_COAL = (23, 24, 28)
_KINDS = {REAL: ("real", (86, 180, 233)), FAKE: ("fake", (232, 114, 44))}
_HEAD, _TYPE, _INDENT = 32, 18, 8
"""Px: the height of the strip above each kind, of its letters, and what is left of them."""
_QUALITY = 92


def write(
    path: Path, kinds: Mapping[int, Sequence[One]], draw: Callable[[One], Picture], across: int
) -> None:
    """Write a sheet of what `draw` makes of some things of each label, `across` beside each other.

    All pictures have one size; where there are none of a kind, it is left out.
    """
    strips: list[Picture] = []
    for label, things in kinds.items():
        tiles = [draw(things[place]) for place in _spread(len(things), across)]
        strips += _strip(label, tiles, across) if tiles else []
    if strips:
        Image.fromarray(np.vstack(strips)).save(path, quality=_QUALITY)


def _spread(count: int, across: int) -> list[int]:
    """Return which of so many are shown, evenly spread: full rows, or all where they fill none."""
    shown = min(count // across, _ROWS) * across or count
    return [int(place) for place in np.linspace(0, count - 1, shown)]


def _strip(label: int, tiles: list[Picture], across: int) -> list[Picture]:
    """Return a strip with the kind's name, and the rows below it."""
    height, width = tiles[0].shape[:2]
    blank = np.full((height, width, 3), _COAL, np.uint8)
    tiles = [*tiles, *[blank] * (-len(tiles) % across)]
    rows = [np.hstack(tiles[at : at + across]) for at in range(0, len(tiles), across)]
    return [_named(label, width * across), *rows]


def _named(label: int, width: int) -> Picture:
    name, colour = _KINDS[label]
    head = Image.new("RGB", (width, _HEAD), _COAL)
    typeface = ImageFont.load_default(_TYPE)
    ImageDraw.Draw(head).text((_INDENT, _HEAD / 2), name, colour, typeface, anchor="lm")
    return np.asarray(head)
