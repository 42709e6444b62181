"""How dark a clip is, and how it is made brighter, by one measure for the whole clip.

One bright pixel, a lamp or a logo, must not hide that a clip is dark, and a clip must not flicker
because each of its frames was judged alone: so the measure is a percentile, over many frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

# Of all pixels, so many in a hundred may be lamps and logos.
_PERCENTILE = 99.0
# A clip whose bright places are below this is dark; they are lifted to the top of the scale.
DARK = 150.0
_TOP = 255.0
# Beyond it, mostly the noise of the sensor would be lifted.
_MOST = 4.0
# Every so many pixels in both directions are looked at: the percentile does not change by it.
_STRIDE = 8
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def brightness(pictures: Iterable[NDArray[np.uint8]]) -> float:
    """Return how bright the bright places of some pictures (each H x W x RGB) are, 0 to 255."""
    seen = [(picture[::_STRIDE, ::_STRIDE] @ _LUMA).ravel() for picture in pictures]
    return float(np.percentile(np.concatenate(seen), _PERCENTILE)) if seen else _TOP


def gain(pictures: Iterable[NDArray[np.uint8]]) -> float:
    """Return the factor that makes the clip of these pictures bright: 1.0 where it is not dark."""
    bright = brightness(pictures)
    return 1.0 if bright >= DARK else min(_TOP / max(bright, 1.0), _MOST)


def brightened(picture: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Return the picture multiplied by `factor`, or itself where there is nothing to do."""
    if factor == 1.0:
        return picture
    scale = np.clip(np.arange(256) * factor, 0, _TOP).round().astype(np.uint8)
    return scale[picture]
