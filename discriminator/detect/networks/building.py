"""A network by the name that a recipe knows it by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from discriminator.detect.networks.backbone import Backbone
from discriminator.detect.networks.classifiers import (
    ColourClassifier,
    DualClassifier,
    NoiseClassifier,
    WeightedClassifier,
)

if TYPE_CHECKING:
    from torch import nn

    from discriminator.detect.networks.recipe import Recipe


def build(recipe: Recipe, *, trained: bool = False) -> nn.Module:
    """Return the recipe's network; one that is `trained` already needs no weights of a backbone."""
    given = Path(recipe.weights) if recipe.weights and not trained else None

    def backbone(*, normalise: bool) -> Backbone:
        return Backbone(recipe.backbone, weights=given, normalise=normalise)

    if recipe.network == "noise":
        return NoiseClassifier(backbone(normalise=False))
    if recipe.network == "weighted":
        return WeightedClassifier(backbone(normalise=True))
    if recipe.network == "dual":
        return DualClassifier(backbone(normalise=True), backbone(normalise=False))
    return ColourClassifier(backbone(normalise=True))
