"""People who do not exist: one photo, bent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from skimage.data import astronaut

from discriminator.faces import warp

if TYPE_CHECKING:
    from discriminator.faces.picture import Picture


def bent(seed: int) -> Picture:
    """A face of its own for each number."""
    rng = np.random.default_rng(seed)
    base = astronaut()[:320, 60:380]
    corners = np.array([[0, 0], [320, 0], [0, 320], [320, 320]], float)
    here = rng.uniform(30, 290, (8, 2))
    there = np.concatenate([here + rng.normal(0, 4, here.shape), corners])
    back = warp.thin_plate(there, np.concatenate([here, corners]))(warp.grid(320, 320))
    pixels = warp.resample(base, back) * rng.uniform(0.8, 1.1, 3)
    return pixels.clip(0, 255).astype(np.uint8)
