"""Scores become probabilities: a line through the log odds, fitted on clips that are held out.

`evaluate` leaves the lines of its detectors in a file; whoever asks these detectors again gives it
along, and then their numbers are probabilities, for clips like those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

_SURE = 1e-6
_ENOUGH = 10
"""Clips of each kind below which a fit would only learn these clips."""


class Calibration(msgspec.Struct, frozen=True):
    """log odds out = slope * log odds in + offset."""

    slope: float
    offset: float
    clips: int
    """How many clips it was fitted on."""
    on: str
    """Which clips these were."""
    version: str
    """Of the detector: another one's numbers lie elsewhere."""
    threshold: float
    """From which calibrated P(fake) on a clip is called fake."""

    def __call__(self, fake: float) -> float:
        """Return the probability for a score."""
        return _moved(self.slope, self.offset, fake)


class Line(NamedTuple):
    """What is fitted."""

    slope: float
    offset: float
    clips: int

    def __call__(self, fake: float) -> float:
        """Return the probability for a score."""
        return _moved(self.slope, self.offset, fake)


def fit(labels: ArrayLike, fakes: ArrayLike) -> Line:
    """Return the line that makes these scores most likely for these labels (Platt's scaling).

    Raises `DetectError` where there are fewer than ten clips of a kind, or where the detector
    ranks reals above fakes: turned round, it would no longer be the same detector.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - an extra

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
    return Line(slope, float(line.intercept_[0]), int(truth.size))


def read(path: Path) -> dict[str, Calibration]:
    """Return the lines of a file, by detector; each message says what to do."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Calibration])
    except (OSError, msgspec.MsgspecError) as error:
        message = f"{path} is no calibration: give the calibration.json that `evaluate` leaves."
        raise DetectError(message) from error


def _moved(slope: float, offset: float, fake: float) -> float:
    return float(1 / (1 + np.exp(-(slope * _log_odds(fake) + offset))))


def _log_odds(fake: ArrayLike) -> NDArray[np.float64]:
    kept = np.asarray(fake, np.float64).clip(_SURE, 1 - _SURE)
    odds: NDArray[np.float64] = np.log(kept / (1 - kept))
    return odds
