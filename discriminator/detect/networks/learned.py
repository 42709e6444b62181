"""What a training has left in its folder; read without what trains, which takes seconds to load."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from torch import Tensor, nn

from discriminator.detect.errors import DetectError
from discriminator.detect.networks.backbone import CheckpointError, read
from discriminator.detect.networks.building import build
from discriminator.detect.networks.recipe import Recipe
from discriminator.detect.registry import RUN

if TYPE_CHECKING:
    from pathlib import Path

RECIPE, BEST = "recipe.yaml", "best.ckpt"


class Run(msgspec.Struct, frozen=True):
    """What came out of a training."""

    best: float
    """The lowest validation loss."""
    threshold: float
    """Chosen on the crops of the validation part."""
    epochs: int
    untrained_backbone: bool
    """Whether it began from nothing."""
    taught: tuple[str, ...]
    """The clips that it has learned from; no table may count them."""
    checkpoint: str
    """The first digits of the best checkpoint's SHA-256."""
    crops: dict[str, Any]
    """How the crops were cut; a clip that is judged is cut the same way."""


class Learned(nn.Module):
    """A network that knows what it has learned, and by which recipe."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.recipe = recipe
        self.network = build(recipe, trained=True)

    def forward(self, crops: Tensor) -> Tensor:
        """Return the log odds of FAKE."""
        logits: Tensor = self.network(crops)
        return logits


def load(folder: Path) -> tuple[Learned, Run]:
    """Return the best network of a run, ready to be asked."""
    try:
        run = msgspec.json.decode((folder / RUN).read_bytes(), type=Run)
        recipe = msgspec.yaml.decode((folder / RECIPE).read_bytes(), type=Recipe)
    except (OSError, msgspec.MsgspecError) as error:
        message = f"{folder} is no finished run of `discriminator train`: name another folder."
        raise DetectError(message) from error
    return ready(recipe, read(folder / BEST), folder), run


def ready(recipe: Recipe, stored: dict[str, Any], folder: Path) -> Learned:
    """Return the recipe's network with what a checkpoint of this folder holds."""
    learned = Learned(recipe)
    try:
        learned.load_state_dict(stored["state_dict"])
    except (RuntimeError, KeyError) as error:
        message = (
            f"{folder / BEST} is of another network than {folder / RECIPE} says: "
            "put the two that belong together into one folder, or train anew."
        )
        raise CheckpointError(message) from error
    return learned.eval()
