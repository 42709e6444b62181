"""Weights that anyone can make again, for networks whose published weights no test may fetch.

The recipe is that of the golden vectors: a generator seeded with each key's checksum.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

BUDGET = 10.0
"""How often the noise of 32 bits an output may differ."""


def drawn(key: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """The base weights of one key."""
    if key.endswith("num_batches_tracked"):
        return np.zeros(shape, np.int64)
    chance = np.random.default_rng(zlib.crc32(key.encode()))
    if key.endswith("running_var"):
        values = chance.uniform(0.5, 1.5, shape)
    elif key.endswith("running_mean"):
        values = 0.1 * chance.standard_normal(shape)
    elif len(shape) == 1 and key.endswith(".weight"):
        values = chance.uniform(0.5, 1.5, shape)
    elif len(shape) == 1:
        values = 0.05 * chance.standard_normal(shape)
    else:
        values = chance.standard_normal(shape) * np.sqrt(1 / np.prod(shape[1:]))
    return values.astype(np.float32)


def state_hash(weights: Mapping[str, Tensor]) -> str:
    """What proves that weights are the same, name by name and bit by bit."""
    digest = hashlib.sha256()
    for key in sorted(weights):
        digest.update(key.encode())
        digest.update(weights[key].numpy().tobytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Golden:
    """What is known of a published network: names and shapes of its weights, and its outputs."""

    manifest: dict[str, Any]
    arrays: dict[str, NDArray[np.float32]]

    @classmethod
    @cache
    def read(cls, folder: Path, name: str) -> Golden:
        manifest = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz") as file:
            return cls(manifest, dict(file))

    @cached_property
    def tuned(self) -> dict[str, Tensor]:
        """Weights with which activations neither vanish nor explode."""
        scale = self.manifest["tuned_scale"]
        base = {key: drawn(key, tuple(shape)) for key, shape in self.manifest["keys"].items()}
        tuned = {
            key: value * np.float32(scale[key]) if key in scale else value
            for key, value in base.items()
        }
        return {key: torch.from_numpy(np.asarray(value)) for key, value in tuned.items()}

    def holds(self, output: str, got: Tensor, variant: str = "main", seed: int = 0) -> None:
        """Assert that an output is the published network's, but for the noise of 32 bits."""
        wanted = self.arrays[f"tuned.{variant}.s{seed}.{output}"]
        noise = self.manifest["vectors"]["float32_vs_float64_max_abs"]["tuned"][output]
        allowed = BUDGET * noise + 1e-6 * np.abs(wanted).max()
        assert got.shape == wanted.shape
        assert np.abs(got.numpy() - wanted).max() <= allowed
