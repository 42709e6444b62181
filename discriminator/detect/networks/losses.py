"""What a network is taught by: how wrong it was, and how far it is from its teacher."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def focal(
    logits: Tensor, labels: Tensor, gamma: float, smoothing: float, fake_weight: float = 1.0
) -> Tensor:
    """Return the mean focal loss; with `gamma` 0 it is the plain cross-entropy.

    `fake_weight` is what a fake counts beside a real.
    """
    soft = labels * (1 - smoothing) + smoothing / 2
    plain = nn.functional.binary_cross_entropy_with_logits(logits, soft, reduction="none")
    right = torch.where(labels > 0, logits, -logits).sigmoid()
    weights = torch.where(labels > 0, fake_weight, 1.0)
    return ((1 - right) ** gamma * plain * weights).sum() / weights.sum()


def distilled(pupil: Tensor, teacher: Tensor, temperature: float) -> Tensor:
    """Return how far a pupil's log odds are from a teacher's, both softened by a temperature.

    Softening shrinks gradients by its square, which is therefore given back (Hinton, Vinyals and
    Dean, 2015).
    """
    soft = (teacher / temperature).sigmoid()
    apart = nn.functional.binary_cross_entropy_with_logits(pupil / temperature, soft)
    return apart * temperature**2
