"""From the frames of a face to the face, and from the faces of a clip to the clip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Numbers = NDArray[np.float64]
Frames = Literal["mean", "median", "max", "top", "logit"]

_TOP = 0.3
_SURE = 1e-6


def over_frames(fakes: Sequence[float], how: Frames = "mean") -> float:
    """Return P(fake) of a face from those of its frames.

    `top` is the mean of the three tenths of the frames that look most like a fake, for clips that
    are fake only in part; `logit` the mean of the log odds, in which one sure frame weighs more
    than many that waver.
    """
    if how not in _WAYS:
        message = f"Frames are not joined by {how!r}: choose one of {', '.join(get_args(Frames))}."
        raise DetectError(message)
    _something(fakes, "frames")
    return float(_WAYS[how](np.asarray(fakes, float)))


def over_faces(fakes: Sequence[float]) -> float:
    """Return P(fake) of a clip from those of its faces: a clip with one fake face is fake."""
    _something(fakes, "faces")
    return float(max(fakes))


def _something(fakes: Sequence[float], what: str) -> None:
    if not len(fakes):
        message = f"A clip without {what} has no score: let the detector abstain."
        raise DetectError(message)


def _top(fakes: Numbers) -> float:
    most = max(round(len(fakes) * _TOP), 1)
    return float(np.sort(fakes)[-most:].mean())


def _logit(fakes: Numbers) -> float:
    kept = fakes.clip(_SURE, 1 - _SURE)
    return float(1 / (1 + np.exp(-np.log(kept / (1 - kept)).mean())))


_WAYS: dict[str, Callable[[Numbers], np.floating[Any] | float]] = {
    "mean": np.mean,
    "median": np.median,
    "max": np.max,
    "top": _top,
    "logit": _logit,
}
