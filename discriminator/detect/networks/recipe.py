"""How a network is trained: one file, saved with the run, from which it can be run again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["colour", "noise", "weighted", "dual"]


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that decides the outcome, but for the crops."""

    network: Kind = "colour"
    backbone: str = "tf_efficientnetv2_b0"
    """A name of timm's."""
    weights: str | None = None
    """A state dict for the backbone on this machine; without one it begins untrained."""
    size: int = 224
    """Px of a side of what the network sees."""
    epochs: int = 10
    batch: int = 32
    rate: float = 3e-4
    """Of learning, at its highest."""
    decay: float = 1e-4
    warm_up: float = 0.1
    """The part of the steps over which the rate rises; it falls to nothing after it."""
    smoothing: float = 0.05
    """How far labels are from certain."""
    gamma: float = 0.0
    """Of the focal loss: 0 is the plain one, 2 looks mostly at what is still wrong."""
    clip: float = 1.0
    """The largest norm of a gradient."""
    patience: int = 5
    """Epochs without a better validation loss before it stops."""
    precision: Literal["32-true", "bf16-mixed", "16-mixed"] = "32-true"
    seed: int = 0


def read(path: Path) -> Recipe:
    """Return the recipe of a YAML or JSON file, or say what is wrong in it."""
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=Recipe)
    except OSError as error:
        message = f"{path} cannot be read: give a recipe of `discriminator train`."
        raise DetectError(message) from error
    except msgspec.MsgspecError as error:
        message = f"{path.name} is no recipe: {error}."
        raise DetectError(message) from error
