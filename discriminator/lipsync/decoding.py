"""The generator for one photo: what never changes is computed once, and only the mouth is drawn.

Three steps lead from the published network to this one, and each is equal to the one before:
`folded` melts the normalisations into the convolutions; `Decoder` computes the half of each layer
that sees only the photo once (a convolution is a sum over what it sees); and given a `Region` it
draws no more than that, with as much around it as the layers above look at.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from discriminator.lipsync.wav2lip import SIDE, Block, Generator

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIDES = (3, 6, 12, 24, 48, 96)
"""Pixels of the maps that the decoder's stages make."""
_LOOKS = 2
"""Pixels that a stage's two blocks look around themselves."""


class Region(NamedTuple):
    """Part of a square map: rows top to bottom, columns left to right, the latter two excluded."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.bottom - self.top, self.right - self.left

    def cut(self, x: Tensor) -> Tensor:
        """(B, C, side, side) to the part of it."""
        return x[..., self.top : self.bottom, self.left : self.right]

    def inside(self, outer: Region) -> Region:
        """The same part, counted from the corner of another that holds it."""
        rows, columns = outer.top, outer.left
        return Region(
            self.top - rows, self.bottom - rows, self.left - columns, self.right - columns
        )


WHOLE = Region(0, SIDE, 0, SIDE)
MOUTH = Region(48, 96, 18, 78)
"""Where `placing` lays the mouth, the cheeks beside it and the chin."""


def folded(generator: Generator) -> Generator:
    """Copy a generator, with each normalisation melted into the layer before it."""
    melted = copy.deepcopy(generator).eval()
    for block in melted.modules():
        if isinstance(block, Block):
            layer = cast("nn.Conv2d", block.conv_block[0])
            norm = cast("nn.BatchNorm2d", block.conv_block[1])
            transposed = isinstance(layer, nn.ConvTranspose2d)
            block.conv_block = nn.Sequential(fuse_conv_bn_eval(layer, norm, transpose=transposed))
    return melted


class Decoder(nn.Module):
    """Draws a region of the frames of one photo.

    Args:
        generator: one that `folded` has made.
        region: what of the 96 x 96 px is drawn.
    """

    def __init__(self, generator: Generator, region: Region = WHOLE) -> None:
        super().__init__()
        self.generator = [generator]  # in a list, so that it is no part of what is compiled
        self.region = region
        first, *stages = generator.face_decoder_blocks
        self.first = first
        windows = _windows(region)
        self.stages = nn.ModuleList(
            _Stage(cast("nn.Sequential", blocks), before, window)
            for blocks, before, window in zip(stages, _NO_STAGE + windows, windows, strict=False)
        )
        self.last = _Last(generator.output_block, windows[-1], region)

    def still(self, face: Tensor) -> list[Tensor]:
        """What the decoder knows of a photo, once for all frames.

        Args:
            face: (1, 6, 96, 96), as the generator takes it.

        Returns:
            A map of one picture for each stage and one for the last layers.
        """
        maps = self.generator[0].encode_face(face)
        halves = (*self.stages, self.last)
        return [half.still(seen) for half, seen in zip(halves, reversed(maps), strict=True)]

    def forward(self, sound: Tensor, *still: Tensor) -> Tensor:
        """(B, 512, 1, 1) of sound, and what is known of the photo, to (B, 3, height, width)."""
        x = self.first(sound)
        for stage, known in zip(self.stages, still, strict=False):
            x = stage(x, known)
        drawn: Tensor = self.last(x, still[-1])
        return drawn


class _Stage(nn.Module):
    """A layer that makes the map larger, and blocks that add to it."""

    def __init__(self, blocks: nn.Sequential, before: Region, window: Region) -> None:
        super().__init__()
        grow, *rest = cast("Sequence[Block]", list(blocks))
        layer = cast("nn.ConvTranspose2d", grow.conv_block[0])
        self.moving, self._fixed = _halves(layer, _channels_of_sound(layer))
        self.rest = nn.ModuleList(rest)
        self.window = window
        doubled = layer.stride[0] > 1
        self.seen = _seen(window).inside(before) if doubled else window
        self.size = window.size

    def still(self, seen: Tensor) -> Tensor:
        return self.window.cut(self._fixed(seen)).contiguous()

    def forward(self, x: Tensor, still: Tensor) -> Tensor:
        height, width = self.size
        x = torch.relu(self.moving(self.seen.cut(x))[..., :height, :width] + still)
        for block in self.rest:
            x = block(x)
        return x


class _Last(nn.Module):
    """The layers that turn a map into colours."""

    def __init__(self, blocks: nn.Sequential, before: Region, region: Region) -> None:
        super().__init__()
        look, self.colours = cast("Block", blocks[0]), blocks[1]
        layer = cast("nn.Conv2d", look.conv_block[0])
        self.moving, self._fixed = _halves(layer, _channels_of_sound(layer))
        self.wide = _around(region, 1)
        self.seen = self.wide.inside(before)
        self.inner = region.inside(self.wide)

    def still(self, seen: Tensor) -> Tensor:
        return self.wide.cut(self._fixed(seen)).contiguous()

    def forward(self, x: Tensor, still: Tensor) -> Tensor:
        x = self.inner.cut(torch.relu(self.moving(self.seen.cut(x)) + still))
        return torch.sigmoid(self.colours(x))


def _channels_of_sound(layer: nn.Conv2d | nn.ConvTranspose2d) -> int:
    """How many of a layer's inputs come from the stage before; the rest is the photo's."""
    return _MOVING[layer.in_channels]


_MOVING = {1024: 512, 768: 512, 512: 384, 320: 256, 160: 128, 80: 64}


def _halves(
    layer: nn.Conv2d | nn.ConvTranspose2d, moving: int
) -> tuple[nn.Conv2d | nn.ConvTranspose2d, nn.Conv2d | nn.ConvTranspose2d]:
    """Split a layer by what it sees; the second half has the bias."""
    return _part(layer, slice(0, moving)), _part(layer, slice(moving, None), bias=True)


def _part(
    layer: nn.Conv2d | nn.ConvTranspose2d, seen: slice, *, bias: bool = False
) -> nn.Conv2d | nn.ConvTranspose2d:
    half = copy.deepcopy(layer)
    transposed = isinstance(layer, nn.ConvTranspose2d)
    weight = layer.weight[seen] if transposed else layer.weight[:, seen]
    half.weight = nn.Parameter(weight.detach().clone(), requires_grad=False)
    half.in_channels = half.weight.shape[0 if transposed else 1]
    if not bias:
        half.bias = None
    return half


# --- which part of each map a region needs --------------------------------------------------------

_NO_STAGE = [Region(0, 1, 0, 1)]


def _windows(region: Region) -> list[Region]:
    """What each stage has to make, from the smallest map to the largest."""
    windows = [_even(_around(_around(region, 1), _LOOKS))]
    for side in reversed(_SIDES[1:-1]):
        windows.append(_even(_around(_seen(windows[-1]), _LOOKS, side), side))
    return [Region(0, 3, 0, 3), *reversed(windows)]


def _around(region: Region, by: int, side: int = SIDE) -> Region:
    top, bottom, left, right = region
    return Region(
        max(0, top - by), min(side, bottom + by), max(0, left - by), min(side, right + by)
    )


def _even(region: Region, side: int = SIDE) -> Region:
    """Make a window begin and end where pixels of the map before it do."""
    top, bottom, left, right = region
    return Region(
        top - top % 2, min(side, bottom + bottom % 2), left - left % 2, min(side, right + right % 2)
    )


def _seen(window: Region) -> Region:
    """What of the map of half the size a growing layer sees to make a window."""
    top, bottom, left, right = window
    side = SIDE  # a window that ends at its map's end sees one pixel less; `cut` stops there anyway
    return Region(top // 2, min(side, bottom // 2 + 1), left // 2, min(side, right // 2 + 1))
