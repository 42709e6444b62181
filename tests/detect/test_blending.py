from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from skimage.data import astronaut

from discriminator import faces
from discriminator.detect.blending import blend

if TYPE_CHECKING:
    from discriminator.faces import Points

PHOTO = astronaut()[:320, 60:380]


@pytest.fixture(scope="module")
def points() -> Points:
    return faces.find(PHOTO)[0].points


def test_a_face_is_laid_over_itself(points: Points) -> None:
    changed = 0.0
    for seed in range(8):
        blended = blend(PHOTO, points, np.random.default_rng(seed))
        assert blended.picture.shape == PHOTO.shape
        assert blended.picture.dtype == np.uint8
        assert 0 <= blended.mask.min() <= blended.mask.max() <= 1.001
        inside = blended.mask > 0.2
        assert 0.01 < inside.mean() < 0.5
        difference = np.abs(blended.picture.astype(float) - PHOTO).mean(2)
        changed += difference[inside].mean()
        # Elsewhere both sides may have been changed, but not moved.
        assert np.corrcoef(blended.picture[~inside].ravel(), PHOTO[~inside].ravel())[0, 1] > 0.97
    assert changed / 8 > 2


def test_the_seed_decides(points: Points) -> None:
    first, again, other = (blend(PHOTO, points, np.random.default_rng(s)) for s in (1, 1, 2))
    assert np.array_equal(first.picture, again.picture)
    assert not np.array_equal(first.picture, other.picture)
