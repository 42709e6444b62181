"""A network by the name that a recipe knows it by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import nn

from discriminator.detect.errors import DetectError
from discriminator.detect.networks.backbone import Backbone, load
from discriminator.detect.networks.classifiers import (
    ColourClassifier,
    DualClassifier,
    NoiseClassifier,
    WeightedClassifier,
)
from discriminator.detect.networks.dfdcnet import Embedder, Frozen, Unfrozen
from discriminator.detect.networks.srm import SCALES, SRM
from discriminator.detect.networks.tuned import TunedNorms

if TYPE_CHECKING:
    from collections.abc import Callable

    from discriminator.detect.networks.recipe import Kind, Recipe


def build(recipe: Recipe, *, trained: bool = False) -> nn.Module:
    """Return the recipe's network; one that is `trained` already needs no weights.

    Raises:
        CheckpointError: a frozen backbone was given no weights, or weights of another network.
        DetectError: timm knows no backbone of this name, or it takes no drop path.
    """
    given = Path(recipe.weights) if recipe.weights and not trained else None
    state = Path(recipe.state) if recipe.state and not trained else None
    try:
        network = _MAKERS[recipe.network](recipe, given, trained or state is not None)
    except RuntimeError as error:  # timm's, of a name it does not know
        if "Unknown model" not in str(error):
            raise
        message = f"timm knows no backbone {recipe.backbone!r}: choose one of timm.list_models()."
        raise DetectError(message) from error
    except TypeError as error:  # timm's too
        if "drop_path" not in str(error):
            raise
        message = f"{recipe.backbone} has no paths to drop: set drop_path to 0."
        raise DetectError(message) from error
    if state:
        load(network, state, prefix="network.")
        if recipe.polarity == "real":
            turn_round(network)
    return network


@torch.no_grad()
def turn_round(network: nn.Module) -> None:
    """Make a network that gave the log odds of REAL give those of FAKE."""
    # Each ends in a dense layer, of which the log odds are the plain sum.
    last = [one for one in network.modules() if isinstance(one, nn.Linear)][-1]
    last.weight.neg_()
    last.bias.neg_()


def _backbone(recipe: Recipe, given: Path | None, *, normalise: bool = True) -> Backbone:
    return Backbone(recipe.backbone, weights=given, drop_path=recipe.drop_path, normalise=normalise)


def _srm(recipe: Recipe) -> SRM:
    learned = recipe.noise_learned
    return SRM(
        scales=SCALES if recipe.noise_scaled else (1.0,) * len(SCALES),
        truncation=recipe.noise_cut,
        learnable=recipe.network == "dual" if learned is None else learned,
    )


def _noise(recipe: Recipe, given: Path | None, _: bool) -> nn.Module:  # noqa: FBT001 - as its fellows
    return NoiseClassifier(_backbone(recipe, given, normalise=False), _srm(recipe))


def _dual(recipe: Recipe, given: Path | None, _: bool) -> nn.Module:  # noqa: FBT001 - as its fellows
    noise = _backbone(recipe, given, normalise=False)
    return DualClassifier(_backbone(recipe, given), noise, _srm(recipe))


def _frozen(recipe: Recipe, given: Path | None, known: bool) -> nn.Module:  # noqa: FBT001 - as its fellows
    embedder = Embedder(recipe.backbone, given, known=known)
    return nn.Sequential(embedder, Frozen(embedder.backbone.pooled_features))


def _norms(recipe: Recipe, given: Path | None, known: bool) -> nn.Module:  # noqa: FBT001 - as its fellows
    return TunedNorms(given, recipe.backbone, known=known)


_MAKERS: dict[Kind, Callable[[Recipe, Path | None, bool], nn.Module]] = {
    "colour": lambda recipe, given, _: ColourClassifier(_backbone(recipe, given)),
    "noise": _noise,
    "weighted": lambda recipe, given, _: WeightedClassifier(_backbone(recipe, given)),
    "dual": _dual,
    "unfrozen": lambda recipe, given, _: Unfrozen(_backbone(recipe, given)),
    "norms": _norms,
    "frozen": _frozen,
}
