"""Classifiers of one crop: on colours, on noise, on both, with the head pooled or weighted."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from discriminator.detect.networks.backbone import Backbone
from discriminator.detect.networks.srm import SRM

NOISE_BACKBONE = "tf_efficientnetv2_b2"
COLOUR_BACKBONE = "tf_efficientnetv2_b0"
_DROP_PATH = 0.2
_DROPOUT = 0.5


class ColourClassifier(nn.Module):
    """Crops (B, 3, H, W) from 0 to 1 become log odds of FAKE (B), by what they look like."""

    def __init__(self, backbone: Backbone | None = None) -> None:
        super().__init__()
        self.backbone = backbone or Backbone(COLOUR_BACKBONE, drop_path=_DROP_PATH)
        self.head = _dense(self.backbone.features, 128, 64)

    def forward(self, crops: Tensor) -> Tensor:
        """Return the log odds."""
        return _one(self.head(_pooled(self.backbone(crops))))


class NoiseClassifier(nn.Module):
    """Crops (B, 3, H, W) from 0 to 1 become log odds of FAKE (B), by their noise alone."""

    def __init__(self, backbone: Backbone | None = None, srm: SRM | None = None) -> None:
        super().__init__()
        self.srm = srm or SRM()
        # Noise has a scale of its own; a photo's mean would only shift it.
        self.backbone = backbone or Backbone(NOISE_BACKBONE, drop_path=_DROP_PATH, normalise=False)
        self.head = _dense(self.backbone.features, 64, 32)

    def forward(self, crops: Tensor) -> Tensor:
        """Return the log odds."""
        return _one(self.head(_pooled(self.backbone(self.srm(crops)))))


class WeightedPool(nn.Module):
    """Maps (B, F, h, w) become features (B, F): a mean in which places weigh what they are worth.

    A convolution of one pixel gives each place a worth from 0 to 1; its exponential is its weight.
    """

    def __init__(self, features: int) -> None:
        super().__init__()
        self.worth = nn.Conv2d(features, 1, 1, bias=False)

    def forward(self, maps: Tensor) -> Tensor:
        """Return the features."""
        weights = torch.sigmoid(self.worth(maps)).exp()
        weights = weights / weights.sum((2, 3), keepdim=True)
        return (maps * weights).sum((2, 3))


class WeightedClassifier(nn.Module):
    """Crops (B, 3, H, W) from 0 to 1 become log odds of FAKE (B), by the places that tell most."""

    def __init__(self, backbone: Backbone | None = None) -> None:
        super().__init__()
        self.backbone = backbone or Backbone(COLOUR_BACKBONE, drop_path=_DROP_PATH)
        features = self.backbone.features
        self.pool = WeightedPool(features)
        self.head = nn.Sequential(nn.BatchNorm1d(features), *_dense(features, 64))

    def forward(self, crops: Tensor) -> Tensor:
        """Return the log odds."""
        return _one(self.head(self.pool(self.backbone(crops))))


class DualClassifier(nn.Module):
    """Crops (B, 3, H, W) from 0 to 1 become log odds of FAKE (B), by colours and noise together.

    Each has a backbone of its own; their maps are laid on each other, mixed place by place, and
    judged as one. The noise's kernels are learned, unless others are given.
    """

    def __init__(
        self,
        colours: Backbone | None = None,
        noise: Backbone | None = None,
        srm: SRM | None = None,
        *,
        mixed: int = 256,
    ) -> None:
        super().__init__()
        self.srm = srm or SRM(learnable=True)
        self.colours = colours or Backbone(COLOUR_BACKBONE, drop_path=_DROP_PATH)
        self.noise = noise or Backbone(COLOUR_BACKBONE, drop_path=_DROP_PATH, normalise=False)
        features = self.colours.features + self.noise.features
        self.fusion = nn.Sequential(
            nn.Conv2d(features, mixed, 1, bias=False),
            nn.BatchNorm2d(mixed),
            nn.ReLU(),
            nn.Conv2d(mixed, mixed, 3, padding=1, bias=False),
            nn.BatchNorm2d(mixed),
            nn.ReLU(),
        )
        self.head = _dense(mixed, 64)

    def forward(self, crops: Tensor) -> Tensor:
        """Return the log odds."""
        seen, heard = self.colours(crops), self.noise(self.srm(crops))
        heard = nn.functional.interpolate(heard, seen.shape[2:], mode="bilinear")
        return _one(self.head(_pooled(self.fusion(torch.cat([seen, heard], 1)))))


def _pooled(maps: Tensor) -> Tensor:
    return maps.mean((2, 3))


def _dense(features: int, *widths: int) -> nn.Sequential:
    """Return dropout, and dense layers down to one number."""
    layers: list[nn.Module] = [nn.Dropout(_DROPOUT)]
    for width in widths:
        layers += [nn.Linear(features, width), nn.ReLU()]
        features = width
    return nn.Sequential(*layers, nn.Linear(features, 1))


def _one(logits: Tensor) -> Tensor:
    return logits.squeeze(1)
