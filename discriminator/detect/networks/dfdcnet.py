"""DFDCNet: a face through a few frames, each frame a vector, a recurrent network over them.

Of the 2020 course project there are two generations: over vectors that another network has computed
before (frozen), and trained through to the pictures (unfrozen). Their published weights say
P(REAL): a recipe's `polarity` turns them round. The state starts anew with every clip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from torch import Tensor, nn

from discriminator.detect.networks.backbone import Backbone, CheckpointError

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDING = 512
MIXNETS = ("mixnet_s", "mixnet_m")


class _Tail(nn.Module):
    """A recurrent network over vectors (B, T, F), and what it says after the last: (B)."""

    def __init__(self, features: int, hidden: int, layers: int, inner: float, outer: float) -> None:
        super().__init__()
        self.lstm = nn.LSTM(features, hidden, layers, batch_first=True, dropout=inner)
        self.dropout = nn.Dropout(outer)
        self.dense = nn.Linear(hidden, 32)
        self.last = nn.Linear(32, 1)

    def forward(self, vectors: Tensor) -> Tensor:
        states, _ = self.lstm(vectors)
        final = self.dropout(states[:, -1])
        return cast("Tensor", self.last(nn.functional.elu(self.dense(final))).squeeze(1))


class Frozen(nn.Module):
    """Vectors of frames (B, T, 512), computed before, become log odds of FAKE (B)."""

    def __init__(self, features: int = EMBEDDING) -> None:
        super().__init__()
        self.tail = _Tail(features, hidden=64, layers=5, inner=0.5, outer=0.75)

    def forward(self, vectors: Tensor) -> Tensor:
        """Return the log odds."""
        return cast("Tensor", self.tail(vectors))


class Unfrozen(nn.Module):
    """Frames (B, T, 3, H, W) from 0 to 1 become log odds of FAKE (B); all of it is trained."""

    def __init__(self, backbone: Backbone | None = None) -> None:
        super().__init__()
        self.backbone = backbone or Backbone(MIXNETS[0])
        self.tail = _Tail(self.backbone.pooled_features, hidden=512, layers=2, inner=0.5, outer=0.5)

    def forward(self, frames: Tensor) -> Tensor:
        """Return the log odds."""
        batch, moments = frames.shape[:2]
        vectors = self.backbone.pooled(frames.flatten(0, 1))
        return cast("Tensor", self.tail(vectors.view(batch, moments, -1)))


class Embedder(nn.Module):
    """Frames (B, T, 3, H, W) from 0 to 1 become vectors (B, T, F) by a network that stays as it is.

    An untrained one would make noise of every face: it refuses to be built without weights.
    """

    def __init__(self, name: str, weights: Path | None, *, known: bool = False) -> None:
        """Read the weights; `known` says that they come with a run's checkpoint instead."""
        super().__init__()
        if weights is None and not known:
            message = (
                f"{name} cannot run frozen without trained weights: give a file of them, or train "
                "the unfrozen network from scratch."
            )
            raise CheckpointError(message)
        self.backbone = Backbone(name, weights=weights).eval().requires_grad_(requires_grad=False)

    def train(self, mode: bool = True) -> Self:  # noqa: FBT001, FBT002 - torch's own signature
        """Leave the network as it is: in training, its norms would follow the batches."""
        super().train(mode)
        self.backbone.eval()
        return self

    def forward(self, frames: Tensor) -> Tensor:
        """Return the vectors; what explains a verdict goes back through them to the frames."""
        batch, moments = frames.shape[:2]
        return self.backbone.pooled(frames.flatten(0, 1)).view(batch, moments, -1)
