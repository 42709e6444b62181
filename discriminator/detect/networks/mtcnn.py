"""MTCNN: three small networks, each of which looks closer at what the one before it let pass.

The networks are those that facenet-pytorch 2.6.0 ships, weight by weight; the search around them
gives the same boxes, to a hundredth of a pixel. Zhang, Zhang, Li, Qiao, 2016.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate
from torchvision.ops import batched_nms, nms

from discriminator.detect.networks.backbone import CheckpointError
from discriminator.faces import Box

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_FILES = {"proposing": "pnet", "refining": "rnet", "output": "onet"}
_CELL, _STRIDE = 12, 2
"""Px that the first network sees at once, and by which it moves on."""
_CLOSE, _SAME, _INSIDE = 0.5, 0.7, 0.7
"""Overlap from which two boxes are one: at one scale, over all scales, of the smaller of both."""
_MIDDLE, _HALF_RANGE = 127.5, 128.0


class Proposing(nn.Module):
    """Pictures (B, 3, H, W) from -1 to 1 become corrections (B, 4, h, w) and P(face) (B, 2, h, w).

    A place of the map sees 12 px of the picture; two places are 2 px apart.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.prelu1 = nn.Conv2d(3, 10, 3), nn.PReLU(10)
        self.pool1 = nn.MaxPool2d(2, 2, ceil_mode=True)
        self.conv2, self.prelu2 = nn.Conv2d(10, 16, 3), nn.PReLU(16)
        self.conv3, self.prelu3 = nn.Conv2d(16, 32, 3), nn.PReLU(32)
        self.conv4_1, self.conv4_2 = nn.Conv2d(32, 2, 1), nn.Conv2d(32, 4, 1)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Return corrections and probabilities."""
        maps = self.pool1(self.prelu1(self.conv1(pictures)))
        maps = self.prelu3(self.conv3(self.prelu2(self.conv2(maps))))
        return self.conv4_2(maps), self.conv4_1(maps).softmax(1)


class Refining(nn.Module):
    """Crops (B, 3, 24, 24) from -1 to 1 become corrections (B, 4) and P(face) (B, 2)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.prelu1 = nn.Conv2d(3, 28, 3), nn.PReLU(28)
        self.pool1 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.conv2, self.prelu2 = nn.Conv2d(28, 48, 3), nn.PReLU(48)
        self.pool2 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.conv3, self.prelu3 = nn.Conv2d(48, 64, 2), nn.PReLU(64)
        self.dense4, self.prelu4 = nn.Linear(576, 128), nn.PReLU(128)
        self.dense5_1, self.dense5_2 = nn.Linear(128, 2), nn.Linear(128, 4)

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor]:
        """Return corrections and probabilities."""
        maps = self.pool1(self.prelu1(self.conv1(crops)))
        maps = self.pool2(self.prelu2(self.conv2(maps)))
        values = self.prelu4(self.dense4(_flat(self.prelu3(self.conv3(maps)))))
        return self.dense5_2(values), self.dense5_1(values).softmax(1)


class Output(nn.Module):
    """Crops (B, 3, 48, 48) from -1 to 1 become corrections (B, 4), landmarks (B, 10), P (B, 2).

    Of the landmarks, five x come before five y, in parts of the box.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.prelu1 = nn.Conv2d(3, 32, 3), nn.PReLU(32)
        self.pool1 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.conv2, self.prelu2 = nn.Conv2d(32, 64, 3), nn.PReLU(64)
        self.pool2 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.conv3, self.prelu3 = nn.Conv2d(64, 64, 3), nn.PReLU(64)
        self.pool3 = nn.MaxPool2d(2, 2, ceil_mode=True)
        self.conv4, self.prelu4 = nn.Conv2d(64, 128, 2), nn.PReLU(128)
        self.dense5, self.prelu5 = nn.Linear(1152, 256), nn.PReLU(256)
        self.dense6_1, self.dense6_2 = nn.Linear(256, 2), nn.Linear(256, 4)
        self.dense6_3 = nn.Linear(256, 10)

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return corrections, landmarks and probabilities."""
        maps = self.pool1(self.prelu1(self.conv1(crops)))
        maps = self.pool2(self.prelu2(self.conv2(maps)))
        maps = self.pool3(self.prelu3(self.conv3(maps)))
        values = self.prelu5(self.dense5(_flat(self.prelu4(self.conv4(maps)))))
        return self.dense6_2(values), self.dense6_3(values), self.dense6_1(values).softmax(1)


class Found(NamedTuple):
    """One face."""

    box: Box
    """It may reach beyond the picture."""
    confidence: float
    landmarks: NDArray[np.float32]
    """(5, 2): left eye, right eye, nose, left and right corner of the mouth, as the picture has
    left and right."""


@dataclass(frozen=True)
class Options:
    """What counts as a face."""

    smallest: int = 20
    """Px of its shorter side."""
    thresholds: tuple[float, float, float] = (0.6, 0.7, 0.7)
    """P(face) that each network wants."""
    factor: float = 0.709
    """By which the picture shrinks from one scale to the next."""


class MTCNN:
    """Finds faces in pictures."""

    def __init__(self, weights: Path | None, options: Options | None = None) -> None:
        """Read the weights from facenet-pytorch's wheel; None leaves it untrained, to be timed."""
        self.options = options or Options()
        self.proposing, self.refining, self.output = Proposing(), Refining(), Output()
        for name, file in _FILES.items():
            if weights is not None:
                getattr(self, name).load_state_dict(_shipped(weights, file))
            getattr(self, name).eval()

    @torch.no_grad()
    def find(self, picture: NDArray[np.uint8]) -> list[Found]:
        """Return the faces of a picture (height, width, RGB), the largest first."""
        image = torch.from_numpy(picture.astype(np.float32)).permute(2, 0, 1)[None]
        boxes = self._propose(image)
        if len(boxes):
            boxes = self._refine(image, boxes)
        if not len(boxes):
            return []
        found = self._look_closely(image, boxes)
        return sorted(found, key=lambda one: -one.box.area)

    def _propose(self, image: Tensor) -> Tensor:
        """Return squares (n, 4) that may hold faces."""
        found = [self._at_scale(image, scale) for scale in _scales(image, self.options)]
        if not found:  # the picture is smaller than the smallest face
            return image.new_zeros((0, 4))
        boxes, scores, shifts = (torch.cat(parts) for parts in zip(*found, strict=True))
        if not len(boxes):
            return boxes
        kept = nms(boxes, scores, _SAME)
        boxes, shifts = boxes[kept], shifts[kept]
        sizes = (boxes[:, 2:] - boxes[:, :2]).repeat(1, 2)
        return _squares(boxes + shifts * sizes)

    def _at_scale(self, image: Tensor, scale: float) -> tuple[Tensor, Tensor, Tensor]:
        height, width = image.shape[2:]
        smaller = _resized(image, int(height * scale + 1), int(width * scale + 1))
        shifts, chances = self.proposing(_normal(smaller))
        chances = chances[0, 1]
        places = (chances >= self.options.thresholds[0]).nonzero()
        corner = places.flip(1) * _STRIDE
        boxes = torch.cat([((corner + 1) / scale).floor(), ((corner + _CELL) / scale).floor()], 1)
        rows, columns = places.T
        scores, moved = chances[rows, columns], shifts[0, :, rows, columns].T
        kept = nms(boxes, scores, _CLOSE)
        return boxes[kept], scores[kept], moved[kept]

    def _refine(self, image: Tensor, boxes: Tensor) -> Tensor:
        crops, boxes = _crops(image, boxes, 24)
        shifts, chances = self.refining(_normal(crops))
        passed = chances[:, 1] > self.options.thresholds[1]
        boxes, scores, shifts = boxes[passed], chances[passed, 1], shifts[passed]
        kept = batched_nms(boxes, scores, torch.zeros(len(boxes)), _SAME)
        return _squares(_corrected(boxes[kept], shifts[kept]))

    def _look_closely(self, image: Tensor, boxes: Tensor) -> list[Found]:
        crops, boxes = _crops(image, boxes, 48)
        shifts, marks, chances = self.output(_normal(crops))
        passed = chances[:, 1] > self.options.thresholds[2]
        boxes, scores = boxes[passed], chances[passed, 1]
        sizes = boxes[:, 2:] - boxes[:, :2] + 1
        marks = marks[passed].view(-1, 2, 5).transpose(1, 2)
        places = (marks * sizes[:, None] + boxes[:, None, :2] - 1).numpy()
        boxes = _corrected(boxes, shifts[passed])
        return [
            Found(Box(*boxes[one].tolist()), float(scores[one]), places[one])
            for one in _apart(boxes.numpy(), scores.numpy())
        ]


def _shipped(wheel: Path, name: str) -> dict[str, Tensor]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            content = archive.read(f"facenet_pytorch/data/{name}.pt")
        state = torch.load(BytesIO(content), map_location="cpu", weights_only=True)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        message = f"{wheel} is not the wheel of facenet-pytorch 2.6.0: fetch it again."
        raise CheckpointError(message) from error
    return cast("dict[str, Tensor]", state)


def _scales(image: Tensor, options: Options) -> list[float]:
    scale = _CELL / options.smallest
    side = min(image.shape[2:]) * scale
    scales = []
    while side >= _CELL:
        scales.append(scale)
        scale, side = scale * options.factor, side * options.factor
    return scales


def _flat(maps: Tensor) -> Tensor:
    # The published weights count columns before rows before channels.
    return maps.permute(0, 3, 2, 1).flatten(1)


def _resized(image: Tensor, height: int, width: int) -> Tensor:
    return interpolate(image, (height, width), mode="area")


def _normal(image: Tensor) -> Tensor:
    return (image - _MIDDLE) / _HALF_RANGE


def _crops(image: Tensor, boxes: Tensor, side: int) -> tuple[Tensor, Tensor]:
    """Return what is inside the picture of each box, (n, 3, side, side), and the boxes with any."""
    height, width = image.shape[2:]
    crops, kept = [], []
    for place, box in enumerate(boxes.trunc().int().tolist()):
        left, top = max(box[0], 1), max(box[1], 1)
        right, bottom = min(box[2], width), min(box[3], height)
        if right > left - 1 and bottom > top - 1:
            # Boxes count pixels from 1.
            crops.append(_resized(image[:, :, top - 1 : bottom, left - 1 : right], side, side))
            kept.append(place)
    empty = image.new_zeros((0, 3, side, side))
    return torch.cat([empty, *crops]), boxes[kept]


def _corrected(boxes: Tensor, shifts: Tensor) -> Tensor:
    sizes = (boxes[:, 2:] - boxes[:, :2] + 1).repeat(1, 2)
    return boxes + shifts * sizes


def _squares(boxes: Tensor) -> Tensor:
    sizes = boxes[:, 2:] - boxes[:, :2]
    side = sizes.max(1, keepdim=True).values
    corner = boxes[:, :2] + sizes * 0.5 - side * 0.5
    return torch.cat([corner, corner + side], 1)


def _apart(boxes: NDArray[np.float32], scores: NDArray[np.float32]) -> list[int]:
    """Return the boxes of which none lies mostly inside a likelier one."""
    left, top, right, bottom = boxes.T
    areas = (right - left + 1) * (bottom - top + 1)
    kept: list[int] = []
    order = np.argsort(scores)[::-1]
    while len(order):
        best, rest = order[0], order[1:]
        kept.append(int(best))
        wide = np.minimum(right[best], right[rest]) - np.maximum(left[best], left[rest]) + 1
        tall = np.minimum(bottom[best], bottom[rest]) - np.maximum(top[best], top[rest]) + 1
        shared = wide.clip(0) * tall.clip(0)
        order = rest[shared / np.minimum(areas[best], areas[rest]) <= _INSIDE]
    return kept
