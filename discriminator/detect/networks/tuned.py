"""A large network that has seen the world, of which only the norms are taught what a fake is.

Little is trained, so little is learned by heart: of the choices here it generalises best to kinds
of fakes that it has not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from torch import Tensor, nn

from discriminator.detect.networks.backbone import Backbone, CheckpointError

if TYPE_CHECKING:
    from pathlib import Path

VIT = "vit_small_patch16_224"


class TunedNorms(nn.Module):
    """Crops (B, 3, H, W) from 0 to 1 become log odds of FAKE (B).

    Everything is frozen but the layer norms and one dense layer over the normalised features.
    """

    def __init__(self, weights: Path | None, name: str = VIT, *, known: bool = False) -> None:
        """Read the weights; `known` says that they come with a run's checkpoint instead."""
        super().__init__()
        if weights is None and not known:
            message = f"{name} stays frozen but for its norms: give a file of trained weights."
            raise CheckpointError(message)
        self.backbone = Backbone(name, weights=weights).requires_grad_(requires_grad=False)
        for module in self.backbone.modules():
            if isinstance(module, nn.LayerNorm):
                module.requires_grad_(requires_grad=True)
        self.last = nn.Linear(self.backbone.pooled_features, 1)

    def forward(self, crops: Tensor) -> Tensor:
        """Return the log odds."""
        features = nn.functional.normalize(self.backbone.pooled(crops), dim=1)
        return cast("Tensor", self.last(features).squeeze(1))
