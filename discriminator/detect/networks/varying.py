"""How crops are varied for training: by what a file, a camera or light may do to any face."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch
from torch import Tensor
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from discriminator.faces.face import Points

_LEVELS = 255
_DIMENSIONS = 3
# fmt: off
PARTS = {
    "eyes": (33, 158, 133, 153, 144, 70, 105, 107, 362, 385, 387, 263, 373, 380, 300, 334, 336),
    "nose": (168, 98, 327, 2, 94, 129, 358),
    "mouth": (61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91),
}
# fmt: on
"""What is blacked out, by the points of the mesh around it."""


def plain(size: int) -> Any:  # noqa: ANN401 - torchvision has no types
    """Return what makes crops (..., 3, h, w) of bytes into what a network sees."""
    return v2.Compose([v2.Resize((size, size)), v2.ToDtype(torch.float32, scale=True)])


def varied(size: int) -> Any:  # noqa: ANN401 - torchvision has no types
    """Return the same with changes that leave a fake a fake; frames of one face change alike."""
    colours = [
        v2.ColorJitter(brightness=0.2, contrast=0.2),
        PrincipalColours(),
        v2.ColorJitter(saturation=0.3, hue=0.05),
    ]
    return v2.Compose(
        [
            v2.RandomApply([Recompressed()], 0.5),
            v2.RandomApply([v2.GaussianBlur(3)], 0.05),
            v2.RandomApply([RandomGamma()], 0.5),
            v2.RandomHorizontalFlip(0.5),
            v2.RandomApply([v2.RandomChoice(colours)], 0.7),
            v2.RandomChoice([v2.Resize((size, size), mode) for mode in _MODES]),
            v2.ToDtype(torch.float32, scale=True),
            v2.RandomApply([v2.GaussianNoise(sigma=0.02)], 0.1),
        ]
    )


_MODES = (
    v2.InterpolationMode.BILINEAR,
    v2.InterpolationMode.BICUBIC,
    v2.InterpolationMode.NEAREST_EXACT,
)
"""Ways in which someone's program may have made a picture smaller or larger."""


class Recompressed(torch.nn.Module):
    """Saves a picture as JPEG once more, as whoever passed it on may have done."""

    def __init__(self, worst: int = 60, best: int = 100) -> None:
        super().__init__()
        self.worst, self.best = worst, best

    def forward(self, pictures: Tensor) -> Tensor:
        """Return pictures (..., 3, h, w) of bytes."""
        quality = int(torch.randint(self.worst, self.best + 1, ()))
        flat = pictures.flatten(0, -4) if pictures.ndim > _DIMENSIONS else pictures[None]
        saved = [_saved(one.permute(1, 2, 0).numpy(), quality) for one in flat]
        whole: Tensor = torch.from_numpy(np.stack(saved)).permute(0, 3, 1, 2)
        return whole.reshape(pictures.shape)


def _saved(picture: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    bgr = np.ascontiguousarray(picture[..., ::-1])
    _, content = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(content, cv2.IMREAD_COLOR)[..., ::-1])


class RandomGamma(torch.nn.Module):
    """Lifts or drops the middle tones, as cameras do differently."""

    def forward(self, pictures: Tensor) -> Tensor:
        """Return pictures (..., 3, h, w) of bytes."""
        gamma = float(torch.empty(1).uniform_(0.8, 1.2))
        changed: Tensor = functional.adjust_gamma(pictures, gamma)
        return changed


class PrincipalColours(torch.nn.Module):
    """Moves all pixels along the lines on which their colours lie (Krizhevsky, 2012)."""

    def __init__(self, spread: float = 0.1) -> None:
        super().__init__()
        self.spread = spread

    def forward(self, pictures: Tensor) -> Tensor:
        """Return pictures (..., 3, h, w) of bytes."""
        pixels = pictures.movedim(-3, -1).reshape(-1, 3).float() / _LEVELS
        sizes, lines = torch.linalg.eigh(torch.cov(pixels.T))
        step = lines @ (torch.randn(3) * self.spread * sizes.clamp(min=0).sqrt())
        moved = pictures.float() + step[:, None, None] * _LEVELS
        eight: Tensor = moved.round().clamp(0, _LEVELS).to(torch.uint8)
        return eight


def blacked_out(picture: NDArray[np.uint8], points: Points, dice: Generator) -> NDArray[np.uint8]:
    """Return a crop (h, w, RGB) without eyes, nose or mouth: a network must look elsewhere too."""
    chosen = str(dice.choice(list(PARTS)))
    hull = cv2.convexHull(points[list(PARTS[chosen]), :2].round().astype(np.int32))
    return np.asarray(cv2.fillConvexPoly(picture.copy(), hull, (0, 0, 0)), np.uint8)
