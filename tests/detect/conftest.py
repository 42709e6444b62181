"""A few people who do not exist, filmed and faked; their portraits are one photo, bent."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from skimage.data import astronaut

from discriminator.detect import living, practice
from discriminator.faces import warp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from discriminator.faces.picture import Picture

SECONDS = 7.0
QUALITY = 12


def _portrait(seed: int) -> Picture:
    rng = np.random.default_rng(seed)
    base = astronaut()[:320, 60:380]
    corners = np.array([[0, 0], [320, 0], [0, 320], [320, 320]], float)
    here = rng.uniform(30, 290, (8, 2))
    there = np.concatenate([here + rng.normal(0, 4, here.shape), corners])
    back = warp.thin_plate(there, np.concatenate([here, corners]))(warp.grid(320, 320))
    bent = warp.resample(base, back) * rng.uniform(0.8, 1.1, 3)
    return bent.clip(0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def portrait() -> Callable[[int], Picture]:
    """A face of its own for each number."""
    return _portrait


@pytest.fixture(scope="session")
def people() -> list[living.Portrait]:
    return [living.portrait(f"p{seed}", _portrait(seed)) for seed in range(2)]


@pytest.fixture(scope="session")
def clips(
    people: list[living.Portrait], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """One clip of each kind, all of the same person."""
    folder = tmp_path_factory.mktemp("practice")
    who, other = people
    return {
        kind: practice.Task(folder, kind, who, other, SECONDS, QUALITY, seed=3)()
        for kind in get_args(practice.Kind)
    }
