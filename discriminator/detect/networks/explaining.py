"""Where a network looked: heat over the crops that it was asked about, and over a whole clip.

Three ways, each with its own mistakes: Grad-CAM is coarse, integrated gradients are grainy, Lime
blacks out squares and asks again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import cv2
import numpy as np
import torch
from captum.attr import IntegratedGradients, LayerGradCam, Lime
from numpy.typing import NDArray
from sklearn.linear_model import Ridge
from torch import Tensor, nn

from discriminator.detect import encoding
from discriminator.detect.cropping import Wish, cut, cut_out, gain
from discriminator.detect.errors import Abstention, DetectError
from discriminator.detect.finding import FINDERS
from discriminator.detect.networks import varying
from discriminator.detect.networks.classifiers import DualClassifier
from discriminator.detect.networks.learned import load
from discriminator.detect.networks.tuned import TunedNorms
from discriminator.video import light, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from discriminator.detect.cropping import Matrix, Picture

Heat = NDArray[np.float32]
Method = Literal["gradcam", "gradients", "lime"]
METHODS: tuple[Method, ...] = get_args(Method)

_STEPS, _ASKED, _SQUARES = 16, 120, 8
"""Steps of an integral, questions of Lime for a crop, and its squares along a side."""
_SHOWN, _RATE, _WIDEST = 0.45, 6, 640
"""How strongly heat lies over a picture, and frames a second and longer side of a clip with it."""
_HOT = 0.35
_LEVELS = 255
_TINY = 1e-9


class Explained(NamedTuple):
    """One crop and where the network looked."""

    seconds: float
    face: int
    fake: float
    """P(fake) of this crop."""
    crop: Picture
    heat: Heat
    """(height, width) of the crop: what speaks for a fake, 1 at the hottest place of all crops."""


class Explainer:
    """Asks one trained network where it looked."""

    def __init__(self, run: Path, method: Method = "gradcam") -> None:
        """Read the network of a run."""
        self.learned, told = load(run)
        if method == "gradcam" and isinstance(self.learned.network, TunedNorms):
            message = "Grad-CAM needs maps, which a transformer has not: choose gradients or lime."
            raise DetectError(message)
        self.wish = Wish(**told.crops)
        self.change = varying.plain(self.learned.recipe.size)
        self._heat = WAYS[method]

    def explain(self, clip: Path) -> list[Explained]:
        """Return the crops of a clip with their heat; abstains where nobody is seen."""
        crops = cut(clip, self.wish)
        if not crops:
            message = "No face was found."
            raise Abstention(message)
        fakes, heats = self.look([crop.pixels for crop in crops])
        return [
            Explained(crop.seconds, crop.face, fake, crop.pixels, heat)
            for crop, fake, heat in zip(crops, fakes, heats, strict=True)
        ]

    def look(self, crops: Sequence[Picture]) -> tuple[list[float], list[Heat]]:
        """Return P(fake) and heat of each crop (height, width, RGB).

        The hottest place of all crops is 1, so that they can be compared.
        """
        batch = self.change(torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2))
        if self.learned.recipe.frames > 1:
            batch = batch[:, None]  # each crop is a clip of one frame
        with torch.no_grad():
            fakes: list[float] = self.learned(batch).sigmoid().tolist()
        heat = self._heat(self.learned, batch).detach().numpy()
        large = [_stretched(one, crops[0].shape[:2]) for one in heat]
        hottest = max(float(one.max()) for one in large)
        return fakes, [one / max(hottest, _TINY) for one in large]

    def overlay(self, clip: Path, to: Path) -> None:
        """Write a clip with heat over its faces, without sound."""
        encoding.write(to, self._glowing(clip), _RATE)

    def _glowing(self, clip: Path) -> Iterator[Picture]:
        factor = gain(clip, self.wish)  # it is asked about what it would judge
        for frame in reading.frames(clip, reading.PerSecond(_RATE), longest=_WIDEST):
            picture = light.brightened(_even(frame.pixels), factor)
            found = FINDERS[self.wish.finder](picture)
            crops = [cut_out(picture, box, self.wish) for box, _ in found]
            for pixels, matrix in crops:
                _, [heat] = self.look([pixels])
                picture = glow(picture, laid_back(heat, matrix, picture.shape[:2]))
            yield picture


def glow(picture: Picture, heat: Heat) -> Picture:
    """Return a picture (height, width, RGB) under its heat."""
    colours = cv2.applyColorMap((heat * _LEVELS).astype(np.uint8), cv2.COLORMAP_INFERNO)
    strength = (heat.clip(0, _HOT) / _HOT)[..., None] * _SHOWN
    mixed = picture * (1 - strength) + colours[..., ::-1] * strength
    return np.asarray(mixed.round(), np.uint8)


def sheet(explained: Sequence[Explained], columns: int = 6) -> Picture:
    """Return crops beside each other, each above itself with its heat."""
    shown = explained[: 2 * columns]
    pairs = [np.vstack([one.crop, glow(one.crop, one.heat)]) for one in shown]
    blank = [np.zeros_like(pairs[0])] * (-len(pairs) % columns)
    tiles = [*pairs, *blank] if len(pairs) > columns else pairs
    rows = [np.hstack(tiles[at : at + columns]) for at in range(0, len(tiles), columns)]
    return np.vstack(rows)


def _gradcam(learned: Any, batch: Tensor) -> Tensor:  # noqa: ANN401 - a module with a network
    network: nn.Module = learned.network
    layer = network.fusion if isinstance(network, DualClassifier) else _backbone(network)
    told: Tensor = LayerGradCam(learned, layer).attribute(batch, relu_attributions=True)
    return told.mean(1)


def _backbone(network: nn.Module) -> nn.Module:
    found: nn.Module = next(
        part for name, part in network.named_modules() if name.endswith("backbone")
    )
    return found


def _gradients(learned: Any, batch: Tensor) -> Tensor:  # noqa: ANN401 - a module with a network
    told: Tensor = IntegratedGradients(learned).attribute(
        batch, baselines=0.0, n_steps=_STEPS, internal_batch_size=len(batch)
    )
    pixels = told.clamp(min=0).flatten(0, -4).sum(1, keepdim=True)
    # Single pixels say little; what lies around them counts too.
    return nn.functional.avg_pool2d(pixels, 9, stride=1, padding=4)[:, 0]


class _Ridge:
    """The line that Lime lays through the answers it got, in the form that captum asks for."""

    def fit(self, answers: Iterable[tuple[Tensor, Tensor, Tensor]]) -> None:
        """Learn from what was shown (n, squares), what was said (n) and how much each counts."""
        shown, said, counts = (torch.cat(parts).double() for parts in zip(*answers, strict=True))
        line = Ridge(alpha=1.0).fit(shown.numpy(), said.numpy().ravel(), counts.numpy().ravel())
        self._slopes = torch.from_numpy(line.coef_).float()

    def representation(self) -> Tensor:
        """Return how much each square counts, (1, squares)."""
        return self._slopes[None]


def _lime(learned: Any, batch: Tensor) -> Tensor:  # noqa: ANN401 - a module with a network
    height, width = batch.shape[-2:]
    rows = torch.arange(height) * _SQUARES // height
    columns = torch.arange(width) * _SQUARES // width
    squares = rows[:, None] * _SQUARES + columns[None]
    # The default, Lasso, would call whatever moves the log odds by little no reason at all.
    lime = Lime(learned, interpretable_model=_Ridge())
    told = [
        lime.attribute(
            one[None], feature_mask=squares, n_samples=_ASKED, perturbations_per_eval=16
        ).flatten(0, -4)
        for one in batch
    ]
    return torch.cat(told).mean(1).clamp(min=0)


WAYS: dict[Method, Callable[[Any, Tensor], Tensor]] = {
    "gradcam": _gradcam,
    "gradients": _gradients,
    "lime": _lime,
}
"""From what gives log odds, and crops (B, 3, h, w) from 0 to 1, to heat (B, any height, width)."""


def _stretched(heat: Heat, shape: tuple[int, ...]) -> Heat:
    height, width = shape
    large = cv2.resize(heat.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large.clip(0), np.float32)


def laid_back(heat: Heat, matrix: Matrix, shape: tuple[int, ...]) -> Heat:
    """Return the heat of a crop where the crop was cut from a frame; there is none elsewhere."""
    height, width = shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(heat, matrix, (width, height), flags=flags), np.float32)


def _even(picture: Picture) -> Picture:
    """Return a copy without an odd last row or column, which H.264 does not take."""
    height, width = (side // 2 * 2 for side in picture.shape[:2])
    return picture[:height, :width].copy()
