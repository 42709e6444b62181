"""The noise that a picture's content leaves behind: three high-passes of the Spatial Rich Model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from collections.abc import Sequence

EDGE = (
    (0, 0, 0, 0, 0),
    (0, 0, 0, 0, 0),
    (0, 1, -2, 1, 0),
    (0, 0, 0, 0, 0),
    (0, 0, 0, 0, 0),
)
SMALL_SQUARE = (
    (0, 0, 0, 0, 0),
    (0, -1, 2, -1, 0),
    (0, 2, -4, 2, 0),
    (0, -1, 2, -1, 0),
    (0, 0, 0, 0, 0),
)
SQUARE = (
    (-1, 2, -2, 2, -1),
    (2, -6, 8, -6, 2),
    (-2, 8, -12, 8, -2),
    (2, -6, 8, -6, 2),
    (-1, 2, -2, 2, -1),
)
KERNELS = (EDGE, SMALL_SQUARE, SQUARE)
SCALES = (1 / 2, 1 / 4, 1 / 12)
TRUNCATION = 3.0
"""Grey levels beyond which a residual says no more: an edge, not noise."""
_LEVELS = 255.0


class SRM(nn.Module):
    """Residuals of a picture: (B, 3, H, W) from 0 to 1 becomes (B, 3, H, W) of noise.

    Map k is kernel k over red, green and blue together, in grey levels (of 255), times its scale,
    cut at `truncation` on both sides. The kernels are fixed unless `learnable`.
    """

    def __init__(
        self,
        *,
        scales: Sequence[float] = SCALES,
        truncation: float | None = TRUNCATION,
        learnable: bool = False,
    ) -> None:
        super().__init__()
        kernels = torch.tensor(KERNELS, dtype=torch.float32)
        kernels = kernels * torch.tensor(scales, dtype=torch.float32)[:, None, None]
        weight = kernels[:, None].repeat(1, 3, 1, 1)
        self.weight = nn.Parameter(weight, requires_grad=learnable)
        self.truncation = truncation

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the maps."""
        maps = nn.functional.conv2d(pictures * _LEVELS, self.weight, padding=2)
        if self.truncation is None:
            return maps
        return maps.clamp(-self.truncation, self.truncation)
