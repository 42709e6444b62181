"""Scores become probabilities: a line through the log odds, fitted on clips that are held out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_SURE = 1e-6
_ENOUGH = 10
"""Clips of each kind below which a fit would only learn these clips."""


@dataclass(frozen=True)
class Calibration:
    """log odds out = slope * log odds in + offset."""

    slope: float
    offset: float
    clips: int
    """How many clips it was fitted on."""

    def __call__(self, fake: float) -> float:
        """Return the probability for a score."""
        return float(1 / (1 + np.exp(-(self.slope * _log_odds(fake) + self.offset))))


def fit(labels: ArrayLike, fakes: ArrayLike) -> Calibration:
    """Return the line that makes these scores most likely for these labels (Platt's scaling).

    Raises `DetectError` where there are fewer than ten clips of a kind, or where the detector
    ranks reals above fakes: turned round, it would no longer be the same detector.
    """
    truth, scores = np.asarray(labels), np.asarray(fakes, np.float64)
    fewest = min(int((truth == kind).sum()) for kind in (0, 1))
    if fewest < _ENOUGH:
        message = f"Calibrating needs {_ENOUGH} real and {_ENOUGH} fake clips, here are {fewest}."
        raise DetectError(message)
    # Almost no ridge: with it, scores would be drawn to the prior of these clips.
    line = LogisticRegression(C=1e6).fit(_log_odds(scores)[:, None], truth)
    slope = float(line.coef_[0, 0])
    if slope <= 0:
        message = "The detector calls reals fake more than fakes: look at its labels first."
        raise DetectError(message)
    return Calibration(slope, float(line.intercept_[0]), int(truth.size))


def _log_odds(fake: ArrayLike) -> NDArray[np.float64]:
    kept = np.asarray(fake, np.float64).clip(_SURE, 1 - _SURE)
    odds: NDArray[np.float64] = np.log(kept / (1 - kept))
    return odds
