"""How a network is trained: one file, saved with the run, from which it can be run again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from discriminator.detect.aggregation import Frames  # noqa: TC001 - read when recipes are
from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MANY = sys.float_info.max
_BOUNDS: Mapping[str, tuple[float, float]] = {
    "size": (32, 4096),
    **dict.fromkeys(("frames", "epochs", "patience", "devices"), (1, _MANY)),
    "batch": (2, _MANY),
    **dict.fromkeys(("workers", "seed"), (0, 2**32 - 1)),
    **dict.fromkeys(("rate", "clip", "decay", "gamma", "temperature"), (0, _MANY)),
    **dict.fromkeys(("momentum", "warm_up", "shuffled", "cut_out", "smoothing", "share"), (0, 1)),
    "drop_path": (0, 0.9),
}
"""The least and the most of each number with which something can be learned."""

Kind = Literal["colour", "noise", "weighted", "dual", "norms", "unfrozen", "frozen"]
Optimiser = Literal["adamw", "adam", "sgd", "rmsprop"]
Schedule = Literal["cosine", "plateau", "step", "multistep", "polynomial", "exponential", "steady"]


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that decides the outcome, but for the crops."""

    network: Kind = "colour"
    backbone: str = "tf_efficientnetv2_b0"
    """A name of timm's."""
    weights: str | None = None
    """A state dict for the backbone on this machine; without one it begins untrained."""
    state: str | None = None
    """A state dict of the whole network on this machine to begin with: `best.ckpt` of a run, or one
    of others with the same names."""
    polarity: Literal["fake", "real"] = "fake"
    """What the numbers of `state` speak for; those of the DFDCNets of 2020 say REAL."""
    drop_path: float = 0.0
    """How often a block of the backbone is left out while it learns."""
    noise_scaled: bool = True
    """Whether the noise's kernels count alike, in grey levels, for `noise` and `dual`."""
    noise_cut: float | None = 3.0
    """Grey levels beyond which noise says no more; `none` leaves it whole."""
    noise_learned: bool | None = None
    """Whether the noise's kernels are learned too; by itself only `dual` learns them."""
    size: int = 224
    """Px of a side of what the network sees."""
    frames: int = 1
    """Of a face that the network sees at once; more than one only for `unfrozen` and `frozen`."""
    joined: Frames = "mean"
    """How what is said of a face's frames becomes what is said of the face."""
    fakes: Literal["given", "blended"] = "given"
    """`blended`: no fake is looked at; reals are laid over themselves instead."""
    epochs: int = 10
    batch: int = 32
    optimiser: Optimiser = "adamw"
    rate: float = 3e-4
    """Of learning, at its highest."""
    decay: float = 1e-4
    """Of weights."""
    momentum: float = 0.9
    """For `sgd` and `rmsprop`."""
    schedule: Schedule = "cosine"
    """How the rate falls: `plateau` halves it where two epochs were no better, `step` every third
    of the run, `multistep` at half and at three quarters of it."""
    warm_up: float = 0.1
    """The part of the steps over which the rate rises."""
    balance: Literal["sampling", "weights", "none"] = "sampling"
    """Against more fakes than reals: draw both equally often, or weigh the loss."""
    shuffled: float = 0.0
    """How often the frames of a real face are shuffled, where several are seen at once."""
    cut_out: float = 0.1
    """How often eyes, nose or mouth are blacked out."""
    smoothing: float = 0.05
    """How far labels are from certain."""
    gamma: float = 0.0
    """Of the focal loss: 0 is the plain one, 2 looks mostly at what is still wrong."""
    clip: float = 1.0
    """The largest norm of a gradient."""
    patience: int = 5
    """Epochs without a better validation loss before it stops."""
    teacher: str | None = None
    """The folder of a run whose answers are learned too."""
    temperature: float = 2.0
    """By which the teacher's and the pupil's log odds are divided before they are compared."""
    share: float = 0.25
    """Of the teacher in the loss."""
    precision: Literal["32-true", "bf16-mixed", "16-mixed"] = "32-true"
    devices: int = 1
    """Graphics processors, where there are several."""
    workers: int = 0
    """Processes that read and vary crops beside each device; they change nothing of the outcome."""
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be trained; each message is one sentence that says what to do."""
        if self.frames > 1 and self.network not in SEQUENCES:
            message = f"A {self.network} network sees one frame at a time: set frames to 1."
            raise ValueError(message)
        if self.frames > 1 and self.fakes == "blended":
            message = "Blended fakes are single frames: set frames to 1."
            raise ValueError(message)
        if self.polarity == "real" and not self.state:
            message = "`polarity` is of the numbers of a `state`: name one, or leave it."
            raise ValueError(message)
        if self.noise_cut is not None and not self.noise_cut > 0:
            message = f"`noise_cut` is {self.noise_cut:g}: give grey levels above 0, or none."
            raise ValueError(message)
        for name, (least, most) in _BOUNDS.items():
            # So written, what is no number lies outside too.
            if not least <= getattr(self, name) <= most:
                wanted = (
                    f"a number of at least {least:g}" if most == _MANY else f"{least:g} to {most:g}"
                )
                message = f"`{name}` is {getattr(self, name)}: give {wanted}."
                raise ValueError(message)


SEQUENCES: frozenset[Kind] = frozenset({"unfrozen", "frozen"})
"""Networks that look at several frames of a face."""
DEFAULT = "small"
RECIPES: Mapping[str, Recipe] = {
    # Minutes on a processor: to see that all of the path works.
    "small": Recipe(backbone="mobilenetv3_small_100", size=128, epochs=6, rate=1e-3),
    "colour": Recipe(size=256, drop_path=0.2),
    "noise": Recipe(
        network="noise",
        drop_path=0.2,
        backbone="tf_efficientnetv2_b2",
        size=260,
        optimiser="adam",
        schedule="plateau",
        gamma=2.0,
        smoothing=0.0,
    ),
    "weighted": Recipe(network="weighted", size=256, drop_path=0.2),
    "dual": Recipe(network="dual", size=256, batch=16, drop_path=0.2),
    "blended": Recipe(
        fakes="blended", drop_path=0.2, epochs=30, optimiser="sgd", rate=1e-3, smoothing=0.0
    ),
    "norms": Recipe(
        network="norms",
        backbone="vit_small_patch16_224",
        epochs=20,
        rate=1e-4,
        decay=0.0,
    ),
    "dfdcnet": Recipe(
        network="unfrozen",
        backbone="mixnet_s",
        size=160,
        frames=5,
        batch=8,
        optimiser="adam",
        rate=1e-4,
        decay=0.0,
        schedule="plateau",
        clip=0.5,
        smoothing=0.0,
        shuffled=0.3,
    ),
    "dfdcnet-m": Recipe(
        network="unfrozen",
        backbone="mixnet_m",
        size=160,
        frames=5,
        batch=8,
        optimiser="adam",
        rate=1e-4,
        decay=0.0,
        schedule="plateau",
        clip=0.5,
        smoothing=0.0,
        shuffled=0.3,
    ),
    "dfdcnet-frozen": Recipe(
        network="frozen",
        backbone="resnet18",
        size=160,
        frames=30,
        batch=32,
        epochs=100,
        optimiser="adam",
        rate=1e-3,
        decay=0.0,
        schedule="plateau",
        clip=0.5,
        smoothing=0.0,
        shuffled=0.3,
        patience=20,
    ),
}
"""Recipes by name; `frozen` and `norms` need the weights of their backbone."""


def choose(name_or_file: str, changes: Sequence[str] = ()) -> Recipe:
    """Return a recipe by its name or from a YAML or JSON file, with `name=value` changes."""
    if name_or_file in RECIPES:
        told = msgspec.to_builtins(RECIPES[name_or_file])
    else:
        told = msgspec.to_builtins(read(Path(name_or_file)))
    for change in changes:
        name, is_change, value = change.partition("=")
        if not is_change or name not in Recipe.__struct_fields__:
            fields = ", ".join(Recipe.__struct_fields__)
            message = f"{change!r} changes nothing of a recipe: write NAME=VALUE, of {fields}."
            raise DetectError(message)
        told[name] = None if value.lower() in {"", "none"} else value
    try:
        return msgspec.convert(told, Recipe, strict=False)
    except msgspec.ValidationError as error:
        message = f"That is no recipe: {str(error).rstrip('.')}."
        raise DetectError(message) from error


def read(path: Path) -> Recipe:
    """Return the recipe of a YAML or JSON file, or say what is wrong in it."""
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=Recipe)
    except OSError as error:
        message = f"{path} cannot be read: give a recipe's file, or a name of {', '.join(RECIPES)}."
        raise DetectError(message) from error
    except msgspec.MsgspecError as error:
        message = f"{path.name} is no recipe: {str(error).rstrip('.')}."
        raise DetectError(message) from error
