"""Corners joined to paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def polygon(corners: Iterable[Sequence[float]], *, closed: bool = True) -> skia.Path:
    """Join corners, px, with straight lines."""
    path = skia.Path()
    path.addPoly([skia.Point(*corner) for corner in corners], closed)
    return path
