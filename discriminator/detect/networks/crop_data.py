"""Crops of a set as batches: varied for training, as they are for all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import torch
from torch.utils.data import DataLoader, Dataset, WeightedRandomSampler

from discriminator.detect.blending import blend
from discriminator.detect.crops import INDEX, POINTS, load
from discriminator.detect.errors import DetectError
from discriminator.detect.networks.varying import blacked_out, plain, varied
from discriminator.detect.splits import FAKE, REAL

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.random import Generator
    from numpy.typing import NDArray
    from torch import Tensor

    from discriminator.detect.networks.recipe import Recipe
    from discriminator.detect.splits import Part
    from discriminator.faces.face import Points

Sample = tuple["Tensor", "Tensor"]
_KINDS = 2


def read(folder: Path) -> pd.DataFrame:
    """Return the table of a folder of crops."""
    path = folder / INDEX
    if not path.is_file():
        message = f"{folder} holds no crops: make them with `discriminator dataset crops`."
        raise DetectError(message)
    return pd.read_parquet(path)


class Crops(Dataset[Sample]):
    """Faces (3, size, size), or (frames, 3, size, size), from 0 to 1, and 0 for real or 1 for fake.

    An item is one crop, or several frames of one person. Where fakes are `blended`, each real crop
    is there twice: as it is, and laid over itself.
    """

    def __init__(self, folder: Path, table: pd.DataFrame, recipe: Recipe, *, teaches: bool) -> None:
        self.folder, self.recipe, self.teaches = folder, recipe, teaches
        self.change: Any = (varied if teaches else plain)(recipe.size)
        self.dice = np.random.default_rng(recipe.seed)
        self.is_blended = recipe.fakes == "blended"
        self.groups = _groups(table, recipe)
        labels = [rows[0].label for rows in self.groups]
        self.labels = [REAL, FAKE] * len(labels) if self.is_blended else labels

    def __len__(self) -> int:
        """How many there are."""
        return len(self.labels)

    def __getitem__(self, place: int) -> Sample:
        """Return one crop, or one person's frames, and the label."""
        label = self.labels[place]
        rows = self.groups[place // 2 if self.is_blended else place]
        # Those that judge must not change from epoch to epoch.
        dice = self.dice if self.teaches else np.random.default_rng([self.recipe.seed, place])
        pictures = [
            self._picture(row, dice, faked=self.is_blended and label == FAKE) for row in rows
        ]
        if self.teaches and label == REAL and dice.random() < self.recipe.shuffled:
            dice.shuffle(pictures)
        pixels = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
        changed: Tensor = self.change(pixels)
        seen = changed if self.recipe.frames > 1 else changed[0]
        return seen, torch.tensor(label, dtype=torch.float32)

    def _picture(self, row: Any, dice: Generator, *, faked: bool) -> NDArray[np.uint8]:  # noqa: ANN401 - a named tuple of pandas
        pixels = load(self.folder / row.file, row.place)
        cuts = self.teaches and dice.random() < self.recipe.cut_out
        if not faked and not cuts:
            return pixels
        points = self._points(row)
        if points is None:
            return pixels
        if faked:
            pixels = blend(pixels, points, dice).picture
        return blacked_out(pixels, points, dice) if cuts else pixels

    def _points(self, row: Any) -> Points | None:  # noqa: ANN401 - a named tuple of pandas
        path = (self.folder / row.file).parent / POINTS
        if not path.is_file():
            return None
        points: Points = np.load(path, mmap_mode="r")[row.place]
        return points if np.isfinite(points).all() else None


def _groups(table: pd.DataFrame, recipe: Recipe) -> list[list[Any]]:
    """Return the rows of each item: one crop, or so many frames of one person."""
    if recipe.fakes == "blended":
        table = table[(table["label"] == REAL) & table.get("meshed", default=False)]
        if table.empty:
            message = "No real crop has the points of its face: cut the crops anew."
            raise DetectError(message)
    if recipe.frames == 1:
        return [[row] for row in table.itertuples()]
    people = [list(group.itertuples()) for _, group in table.groupby(["clip", "face"], sort=False)]
    return [spread(rows, recipe.frames) for rows in people]


def spread(rows: list[Any], count: int) -> list[Any]:
    """Return `count` of the rows, evenly spaced; of too few, some come more than once."""
    return [rows[place] for place in np.linspace(0, len(rows) - 1, count).round().astype(int)]


def loader(folder: Path, part: Part, recipe: Recipe) -> DataLoader[Sample]:
    """Return the batches of a part; in training, reals and fakes may come equally often."""
    table = read(folder)
    table = table[table["part"] == part]
    _enough(folder, part, table, recipe)
    crops = Crops(folder, table, recipe, teaches=part == "train")
    if part != "train":
        return DataLoader(crops, recipe.batch)
    drawn = torch.Generator().manual_seed(recipe.seed)
    # A last batch of one crop would have no spread for the norms.
    drop = len(crops) > recipe.batch
    if recipe.balance != "sampling":
        return DataLoader(crops, recipe.batch, shuffle=True, generator=drawn, drop_last=drop)
    counts = np.bincount(crops.labels, minlength=_KINDS)
    weights = (1 / counts)[crops.labels]
    sampler = WeightedRandomSampler(weights.tolist(), len(crops), generator=drawn)
    return DataLoader(crops, recipe.batch, sampler=sampler, drop_last=drop)


def fake_weight(folder: Path, recipe: Recipe) -> float:
    """Return how much a fake weighs in the loss, so that both kinds weigh the same together."""
    if recipe.balance != "weights" or recipe.fakes == "blended":
        return 1.0
    table = read(folder)
    labels = table[table["part"] == "train"]["label"]
    return float((labels == REAL).sum() / max((labels == FAKE).sum(), 1))


def _enough(folder: Path, part: Part, table: pd.DataFrame, recipe: Recipe) -> None:
    kinds = set(table["label"])
    if REAL not in kinds or (FAKE not in kinds and recipe.fakes == "given"):
        message = f"The {part} part of {folder} lacks real or fake crops: add clips of both kinds."
        raise DetectError(message)
