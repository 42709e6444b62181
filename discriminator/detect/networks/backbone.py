"""What turns a picture into features: a network of timm, without its classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import timm
import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from pathlib import Path

IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class Backbone(nn.Module):
    """Maps of features, (B, F, h, w), of pictures from 0 to 1.

    Names are timm's. No weights are fetched: `weights` is a state dict on this machine, or the
    network begins untrained, and whoever trains it says so.
    """

    def __init__(
        self,
        name: str,
        *,
        weights: Path | None = None,
        drop_path: float = 0.0,
        normalise: bool = True,
    ) -> None:
        super().__init__()
        # Networks without paths to drop do not know the word.
        dropped: dict[str, Any] = {"drop_path_rate": drop_path} if drop_path else {}
        made: Any = timm.create_model(name, num_classes=0, **dropped)
        self.network = made
        self.name = name
        self.features = int(made.num_features)
        self.pooled_features = int(getattr(made, "head_hidden_size", made.num_features))
        self.is_trained = weights is not None
        if weights is not None:
            load(made, weights)
        config = made.pretrained_cfg
        mean = config.get("mean", IMAGENET_MEAN) if normalise else (0.0, 0.0, 0.0)
        std = config.get("std", IMAGENET_STD) if normalise else (1.0, 1.0, 1.0)
        self.mean: Tensor
        self.std: Tensor
        self.register_buffer("mean", torch.tensor(mean)[:, None, None], persistent=False)
        self.register_buffer("std", torch.tensor(std)[:, None, None], persistent=False)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the last maps, before any pooling."""
        return cast("Tensor", self.network.forward_features((pictures - self.mean) / self.std))

    def pooled(self, pictures: Tensor) -> Tensor:
        """Return what the network itself makes of its maps, (B, pooled features)."""
        maps = self(pictures)
        return cast("Tensor", self.network.forward_head(maps, pre_logits=True))


class CheckpointError(ValueError):
    """A checkpoint does not fit the network it is meant for."""


def read(path: Path) -> dict[str, Any]:
    """Return what a checkpoint holds; only tensors are unpickled, never code."""
    if not path.is_file():
        message = f"{path} is not there: name a file of weights."
        raise CheckpointError(message)
    message = (
        f"{path} is no checkpoint of PyTorch, holds more than tensors, or is damaged: "
        "fetch it or train it again."
    )
    try:
        stored = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        raise CheckpointError(message) from error
    if not isinstance(stored, dict):  # a list of tensors can be read too
        raise CheckpointError(message)
    return stored


def load(network: nn.Module, path: Path, *, prefix: str = "") -> None:
    """Load a state dict strictly; a classifier that the network does not have is left out."""
    stored = read(path)
    state = stored.get("state_dict", stored)
    state = {key.removeprefix(prefix): value for key, value in state.items()}
    wanted = network.state_dict()
    kept = {key: value for key, value in state.items() if key in wanted}
    lacking = [key for key in wanted if key not in kept]
    misshapen = [key for key, value in kept.items() if value.shape != wanted[key].shape]
    if wrong := lacking + misshapen:
        message = (
            f"{path.name} is of another network: {len(lacking)} of its tensors are missing and "
            f"{len(misshapen)} have another shape, the first is {wrong[0]}."
        )
        raise CheckpointError(message)
    network.load_state_dict(kept)
