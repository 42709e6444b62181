"""Every step from the published network to the fast one is equal to the step before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from seeded import Golden

from discriminator.lipsync.decoding import MOUTH, WHOLE, Decoder, Region, folded
from discriminator.lipsync.wav2lip import Block, Generator

if TYPE_CHECKING:
    from torch import Tensor

GOLDEN = Path(__file__).parent / "golden"
FRAMES = 2


@pytest.fixture(scope="module")
def plain() -> Generator:
    generator = Generator()
    generator.load_state_dict(Golden.read(GOLDEN, "wav2lip_generator").tuned)
    return generator.eval()


@pytest.fixture(scope="module")
def melted(plain: Generator) -> Generator:
    return folded(plain)


@pytest.fixture(scope="module")
def mel() -> Tensor:
    chance = np.random.default_rng(1000)
    return torch.from_numpy(8 * chance.random((FRAMES, 1, 80, 16), dtype=np.float32) - 4)


@pytest.fixture(scope="module")
def face() -> Tensor:
    drawn = torch.from_numpy(np.random.default_rng(0).random((1, 6, 96, 96), dtype=np.float32))
    drawn[:, :3, 48:] = 0
    return drawn


@pytest.fixture(scope="module")
def wanted(plain: Generator, mel: Tensor, face: Tensor) -> Tensor:
    """What the published network draws."""
    with torch.no_grad():
        drawn: Tensor = plain(mel, face.expand(FRAMES, -1, -1, -1))
    return drawn


def draw(melted: Generator, region: Region, mel: Tensor, face: Tensor) -> Tensor:
    decoder = Decoder(melted, region)
    with torch.no_grad():
        drawn: Tensor = decoder(melted.audio_encoder(mel), *decoder.still(face))
    return drawn


def test_without_normalisations_it_is_the_same(
    melted: Generator, mel: Tensor, face: Tensor, wanted: Tensor
) -> None:
    with torch.no_grad():
        got = melted(mel, face.expand(FRAMES, -1, -1, -1))
    torch.testing.assert_close(got, wanted, atol=1e-5, rtol=0)
    assert all(len(one.conv_block) == 1 for one in melted.modules() if isinstance(one, Block))


def test_with_the_photos_half_computed_once_it_is_the_same(
    melted: Generator, mel: Tensor, face: Tensor, wanted: Tensor
) -> None:
    torch.testing.assert_close(draw(melted, WHOLE, mel, face), wanted, atol=1e-5, rtol=0)


@pytest.mark.parametrize(
    "region",
    [MOUTH, Region(0, 20, 0, 96), Region(31, 57, 3, 41), Region(95, 96, 95, 96)],
    ids=["mouth", "top", "odd", "corner"],
)
def test_a_region_is_that_part_of_the_whole(
    melted: Generator, mel: Tensor, face: Tensor, wanted: Tensor, region: Region
) -> None:
    got = draw(melted, region, mel, face)
    assert got.shape[-2:] == region.size
    torch.testing.assert_close(got, region.cut(wanted), atol=1e-5, rtol=0)


def test_a_region_costs_less_than_the_whole(melted: Generator) -> None:
    def pixels(region: Region) -> int:
        sizes: list[Any] = [stage.size for stage in Decoder(melted, region).stages]
        return sum(height * width for height, width in sizes)

    assert pixels(MOUTH) < 0.5 * pixels(WHOLE)
