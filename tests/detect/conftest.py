"""A few people who do not exist, filmed and faked, long enough for a pulse."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
import sitters

from discriminator.detect import living, practice

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 7.0
QUALITY = 12


@pytest.fixture(scope="session")
def people() -> list[living.Portrait]:
    return [living.portrait(f"p{seed}", sitters.bent(seed)) for seed in range(2)]


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
