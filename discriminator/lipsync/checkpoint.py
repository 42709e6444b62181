"""Published weights into a network of ours: every one of them, or none."""

from __future__ import annotations

import pickle
import warnings
from typing import TYPE_CHECKING, Any, TypeVar

import torch

from discriminator.lipsync.errors import CheckpointError
from discriminator.weights import how_to_get

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor, nn

Network = TypeVar("Network", bound="nn.Module")

_STEPS_SEEN = "num_batches_tracked"
_NAMED = 3


def load(network: Network, path: Path) -> Network:
    """Fill a network from a checkpoint, strictly, and return it, ready to be asked.

    Code inside the file is never run: only tensors and plain containers are read.

    Raises:
        CheckpointError: the file is cut short, holds code, or is of another network.
    """
    weights = _without_wrapping(_read(path))
    _check(network, weights, path)
    network.load_state_dict(weights, strict=False)  # what is missing has just been looked at
    return network.eval()


def _read(path: Path) -> Any:  # noqa: ANN401 - whatever is in the file
    try:
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # the error says more
            return torch.load(path, map_location="cpu", weights_only=True, mmap=False)
    except FileNotFoundError as error:
        message = f"{path} is not there: {how_to_get('wav2lip')}"
        raise CheckpointError(message) from error
    except pickle.UnpicklingError as error:
        message = (
            f"{path.name} is no checkpoint, or holds code, which is never run: fetch it again."
        )
        raise CheckpointError(message) from error
    except (EOFError, OSError, RuntimeError, ValueError, KeyError) as error:
        message = f"{path.name} is no checkpoint, or is cut short: fetch it again."
        raise CheckpointError(message) from error


def _without_wrapping(content: Any) -> dict[str, Tensor]:  # noqa: ANN401 - whatever was in the file
    inner = content.get("state_dict", content) if isinstance(content, dict) else {}
    named = inner if isinstance(inner, dict) else {}
    return {str(key).replace("module.", ""): value for key, value in named.items()}


def _check(network: nn.Module, weights: Mapping[str, Tensor], path: Path) -> None:
    wanted = network.state_dict()
    # Files saved before torch 0.4.1 do not count batches, and no frame depends on it.
    missing = [key for key in wanted if key not in weights and not key.endswith(_STEPS_SEEN)]
    strange = [key for key in weights if key not in wanted]
    shared = [key for key in weights if key in wanted]
    # A file may hold anything under a name, a number for one, which has no shape.
    differ = [key for key in shared if getattr(weights[key], "shape", None) != wanted[key].shape]
    faults = (("missing", missing), ("not known here", strange), ("of another shape", differ))
    told = [f"{len(keys)} {what} ({_some(keys)})" for what, keys in faults if keys]
    if told:
        name = type(network).__name__
        message = f"{path.name} is not a checkpoint of this {name}: {', '.join(told)}."
        raise CheckpointError(message)


def _some(keys: list[str]) -> str:
    more = ", ..." if len(keys) > _NAMED else ""
    return ", ".join(sorted(keys)[:_NAMED]) + more
