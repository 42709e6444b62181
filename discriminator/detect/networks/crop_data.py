"""Crops of a set as batches: varied for training, as they are for all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset, WeightedRandomSampler
from torchvision.transforms import v2

from discriminator.detect.crops import INDEX
from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from discriminator.detect.networks.recipe import Recipe
    from discriminator.detect.splits import Part


def read(folder: Path) -> pd.DataFrame:
    """Return the table of a folder of crops."""
    path = folder / INDEX
    if not path.is_file():
        message = f"{folder} holds no crops: make them with `discriminator dataset crops`."
        raise DetectError(message)
    return pd.read_parquet(path)


class Crops(Dataset[tuple["Tensor", "Tensor"]]):
    """Pictures (3, size, size) from 0 to 1, and 0 for real or 1 for fake."""

    def __init__(self, folder: Path, table: pd.DataFrame, change: Any) -> None:  # noqa: ANN401 - torchvision has no types
        self.files = [folder / file for file in table["file"]]
        self.labels = torch.tensor(table["label"].to_numpy(), dtype=torch.float32)
        self.change = change

    def __len__(self) -> int:
        """How many there are."""
        return len(self.files)

    def __getitem__(self, place: int) -> tuple[Tensor, Tensor]:
        """Return one crop and its label."""
        with Image.open(self.files[place]) as picture:
            pixels = torch.from_numpy(np.array(picture.convert("RGB"))).permute(2, 0, 1)
        return self.change(pixels), self.labels[place]


def loader(folder: Path, part: Part, recipe: Recipe) -> DataLoader[tuple[Tensor, Tensor]]:
    """Return the batches of a part; in training, reals and fakes come equally often."""
    table = read(folder)
    table = table[table["part"] == part]
    counts = table["label"].value_counts()
    if len(counts) < 2:  # noqa: PLR2004 - real and fake
        message = f"The {part} part of {folder} lacks real or fake crops: add clips of both kinds."
        raise DetectError(message)
    crops = Crops(folder, table, varied(recipe.size) if part == "train" else plain(recipe.size))
    if part != "train":
        return DataLoader(crops, recipe.batch)
    weights = (1 / counts)[table["label"]].to_numpy()
    drawn = torch.Generator().manual_seed(recipe.seed)
    sampler = WeightedRandomSampler(weights.tolist(), len(crops), generator=drawn)
    return DataLoader(crops, recipe.batch, sampler=sampler)


def plain(size: int) -> Any:  # noqa: ANN401 - torchvision has no types
    """Return what makes a crop (3, h, w) of bytes into what a network sees."""
    return v2.Compose([v2.Resize((size, size)), v2.ToDtype(torch.float32, scale=True)])


def varied(size: int) -> Any:  # noqa: ANN401 - torchvision has no types
    """Return the same with changes that leave a fake a fake: of file, camera and light."""
    return v2.Compose(
        [
            v2.RandomApply([v2.JPEG((60, 100))], 0.5),
            v2.RandomApply([v2.GaussianBlur(3)], 0.05),
            v2.RandomHorizontalFlip(0.5),
            v2.RandomApply([v2.ColorJitter(0.2, 0.2, 0.2, 0.03)], 0.7),
            v2.RandomResizedCrop((size, size), scale=(0.8, 1.0), ratio=(0.95, 1.05)),
            v2.ToDtype(torch.float32, scale=True),
            v2.RandomApply([v2.GaussianNoise(sigma=0.02)], 0.1),
        ]
    )
