"""A network by the name that a recipe knows it by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from torch import nn

from discriminator.detect.errors import DetectError
from discriminator.detect.networks.backbone import Backbone
from discriminator.detect.networks.classifiers import (
    ColourClassifier,
    DualClassifier,
    NoiseClassifier,
    WeightedClassifier,
)
from discriminator.detect.networks.dfdcnet import Embedder, Frozen, Unfrozen
from discriminator.detect.networks.tuned import TunedNorms

if TYPE_CHECKING:
    from collections.abc import Callable

    from discriminator.detect.networks.recipe import Kind, Recipe


def build(recipe: Recipe, *, trained: bool = False) -> nn.Module:
    """Return the recipe's network; one that is `trained` already needs no weights of a backbone.

    Raises:
        CheckpointError: a frozen backbone was given no weights, or weights of another one.
        DetectError: timm knows no backbone of this name.
    """
    given = Path(recipe.weights) if recipe.weights and not trained else None
    try:
        return _MAKERS[recipe.network](recipe, given, trained)
    except RuntimeError as error:  # timm's, of a name it does not know
        if "Unknown model" not in str(error):
            raise
        message = f"timm knows no backbone {recipe.backbone!r}: choose one of timm.list_models()."
        raise DetectError(message) from error


def _frozen(recipe: Recipe, given: Path | None, trained: bool) -> nn.Module:  # noqa: FBT001 - as its fellows
    embedder = Embedder(recipe.backbone, given, known=trained)
    return nn.Sequential(embedder, Frozen(embedder.backbone.pooled_features))


def _norms(recipe: Recipe, given: Path | None, trained: bool) -> nn.Module:  # noqa: FBT001 - as its fellows
    return TunedNorms(given, recipe.backbone, known=trained)


_MAKERS: dict[Kind, Callable[[Recipe, Path | None, bool], nn.Module]] = {
    "colour": lambda recipe, given, _: ColourClassifier(Backbone(recipe.backbone, weights=given)),
    "noise": lambda recipe, given, _: NoiseClassifier(
        Backbone(recipe.backbone, weights=given, normalise=False)
    ),
    "weighted": lambda recipe, given, _: WeightedClassifier(
        Backbone(recipe.backbone, weights=given)
    ),
    "dual": lambda recipe, given, _: DualClassifier(
        Backbone(recipe.backbone, weights=given),
        Backbone(recipe.backbone, weights=given, normalise=False),
    ),
    "unfrozen": lambda recipe, given, _: Unfrozen(Backbone(recipe.backbone, weights=given)),
    "norms": _norms,
    "frozen": _frozen,
}
