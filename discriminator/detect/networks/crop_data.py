"""Crops of a set as batches: varied for training, as they are for all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import torch
from torch.utils.data import DataLoader, Dataset, Sampler

from discriminator.detect.blending import blend
from discriminator.detect.crops import INDEX, POINTS, load
from discriminator.detect.errors import DetectError
from discriminator.detect.networks.varying import blacked_out, plain, varied
from discriminator.detect.splits import FAKE, REAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.random import Generator
    from numpy.typing import NDArray
    from torch import Tensor

    from discriminator.detect.networks.recipe import Recipe
    from discriminator.detect.splits import Part
    from discriminator.faces.face import Points

Sample = tuple["Tensor", "Tensor"]
_KINDS = 2
_MOST = 2**63 - 1
"""Of what a generator can begin with."""


def read(folder: Path) -> pd.DataFrame:
    """Return the table of a folder of crops."""
    path = folder / INDEX
    if not path.is_file():
        message = f"{folder} holds no crops: make them with `discriminator dataset crops`."
        raise DetectError(message)
    return pd.read_parquet(path)


class Row(NamedTuple):
    """Where a crop lies; other processes can be told, as they cannot of pandas' own rows."""

    file: str
    place: int
    label: int


class Crops(Dataset[Sample]):
    """Faces (3, size, size), or (frames, 3, size, size), from 0 to 1, and 0 for real or 1 for fake.

    An item is one crop, or several frames of one person. Where fakes are `blended`, each real crop
    is there twice: as it is, and laid over itself. Numbers beyond the last item are the same items
    varied otherwise; one number always gives the same.
    """

    def __init__(self, folder: Path, table: pd.DataFrame, recipe: Recipe, *, teaches: bool) -> None:
        self.folder, self.recipe, self.teaches = folder, recipe, teaches
        self.change: Any = (varied if teaches else plain)(recipe.size)
        self.is_blended = recipe.fakes == "blended"
        self.groups = _groups(table, recipe)
        labels = [rows[0].label for rows in self.groups]
        self.labels = [REAL, FAKE] * len(labels) if self.is_blended else labels

    def __len__(self) -> int:
        """How many there are."""
        return len(self.labels)

    def __getitem__(self, number: int) -> Sample:
        """Return one crop, or one person's frames, and the label."""
        place = number % len(self)
        label = self.labels[place]
        rows = self.groups[place // 2 if self.is_blended else place]
        dice = np.random.default_rng([self.recipe.seed, number])
        pictures = [
            self._picture(row, dice, faked=self.is_blended and label == FAKE) for row in rows
        ]
        if self.teaches and label == REAL and dice.random() < self.recipe.shuffled:
            dice.shuffle(pictures)
        pixels = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
        with torch.random.fork_rng(devices=[]):
            # The changes throw torch's dice, of which others may have drawn any number before.
            torch.default_generator.manual_seed(int(dice.integers(_MOST)))
            changed: Tensor = self.change(pixels)
        seen = changed if self.recipe.frames > 1 else changed[0]
        return seen, torch.tensor(label, dtype=torch.float32)

    def _picture(self, row: Row, dice: Generator, *, faked: bool) -> NDArray[np.uint8]:
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

    def _points(self, row: Row) -> Points | None:
        path = (self.folder / row.file).parent / POINTS
        if not path.is_file():
            return None
        points: Points = np.load(path, mmap_mode="r")[row.place]
        return points if np.isfinite(points).all() else None


def _groups(table: pd.DataFrame, recipe: Recipe) -> list[list[Row]]:
    """Return the rows of each item: one crop, or so many frames of one person."""
    if recipe.fakes == "blended":
        table = table[(table["label"] == REAL) & table.get("meshed", default=False)]
        if table.empty:
            message = "No real crop has the points of its face: cut the crops anew."
            raise DetectError(message)
    if recipe.frames == 1:
        return [[row] for row in _rows(table)]
    people = [_rows(group) for _, group in table.groupby(["clip", "face"], sort=False)]
    return [spread(rows, recipe.frames) for rows in people]


def _rows(table: pd.DataFrame) -> list[Row]:
    return [Row(*row) for row in table[list(Row._fields)].itertuples(index=False)]


def spread(rows: list[Any], count: int) -> list[Any]:
    """Return `count` of the rows, evenly spaced; of too few, some come more than once."""
    return [rows[place] for place in np.linspace(0, len(rows) - 1, count).round().astype(int)]


class Draws(Sampler[int]):
    """Numbers of items, as one epoch draws them: none comes again in another epoch."""

    def __init__(self, crops: Crops, epoch: int) -> None:
        self.crops, self.epoch = crops, epoch

    def __len__(self) -> int:
        """How many are drawn."""
        return len(self.crops)

    def __iter__(self) -> Iterator[int]:
        """Draw as the seed and the epoch have it: a run that goes on draws what it would have."""
        count, recipe = len(self.crops), self.crops.recipe
        began = int(np.random.default_rng([recipe.seed, self.epoch]).integers(_MOST))
        drawn = torch.Generator().manual_seed(began)
        if recipe.balance == "sampling":
            counts = np.bincount(self.crops.labels, minlength=_KINDS)
            weights = torch.from_numpy((1 / counts)[self.crops.labels])
            places = torch.multinomial(weights, count, replacement=True, generator=drawn)
        else:
            places = torch.randperm(count, generator=drawn)
        before = self.epoch * count
        return ((before + turn) * count + place for turn, place in enumerate(places.tolist()))


def part_of(folder: Path, part: Part, recipe: Recipe) -> Crops:
    """Return the crops of a part; those that teach are varied."""
    table = read(folder)
    table = table[table["part"] == part]
    _enough(folder, part, table, recipe)
    return Crops(folder, table, recipe, teaches=part == "train")


def loader(crops: Crops, epoch: int = 0) -> DataLoader[Sample]:
    """Return the batches of a part; in training, reals and fakes may come equally often."""
    batch, workers = crops.recipe.batch, crops.recipe.workers
    ways: dict[str, Any] = {
        "num_workers": workers,
        # A copy of this process would wait for threads that it does not have.
        "multiprocessing_context": "spawn" if workers else None,
        # Of its own, so that no dice of the network are thrown for it.
        "generator": torch.Generator(),
    }
    if not crops.teaches:
        return DataLoader(crops, batch, **ways)
    # A last batch of one crop would have no spread for the norms.
    drop = len(crops) > batch
    return DataLoader(crops, batch, sampler=Draws(crops, epoch), drop_last=drop, **ways)


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
