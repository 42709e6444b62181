"""Whether what comes in today still is what a detector was judged on.

Scores and looks of clips are held against those of a reference: by the Kolmogorov-Smirnov test
(could both be drawn from the same?) and by the population stability index, which grows with how
much has moved and not with how many clips there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import ks_2samp

from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from discriminator.detect.scoring import Line

Floats = NDArray[np.float64]
Verdict = Literal["steady", "watch", "drifted"]

FEWEST = 20
"""Clips on each side below which chance decides."""
WATCH, DRIFTED = 0.1, 0.25
"""Population stability indices from which one looks closer, and no longer believes the figures."""
RARE = 0.01
"""P from which the Kolmogorov-Smirnov test is taken to say that both differ."""
_TENTHS = 10
_LEAST = 1e-4


@dataclass(frozen=True)
class Shift:
    """One thing that was measured of both."""

    before: float
    """The median of the reference."""
    now: float
    ks: float
    """The widest gap between both distributions, 0 to 1."""
    p: float
    """How often chance alone makes such a gap."""
    psi: float

    @property
    def verdict(self) -> Verdict:
        """Whether it has moved: both measures must say so."""
        if self.p >= RARE or self.psi < WATCH:
            return "steady"
        return "drifted" if self.psi >= DRIFTED else "watch"


@dataclass(frozen=True)
class Drift:
    """All that was compared."""

    shifts: dict[str, Shift]
    clips: tuple[int, int]
    """Of the reference, and of now."""

    @property
    def psi(self) -> float:
        """The largest index: the one number to watch."""
        return max((shift.psi for shift in self.shifts.values()), default=0.0)

    @property
    def verdict(self) -> Verdict:
        """That of whatever has moved most."""
        order: list[Verdict] = ["steady", "watch", "drifted"]
        return max((one.verdict for one in self.shifts.values()), key=order.index, default="steady")


def compare(reference: Sequence[Line], now: Sequence[Line]) -> Drift:
    """Return what has moved between two records of answers.

    Raises:
        DetectError: one of them holds too few clips.
    """
    before, after = columns(reference), columns(now)
    counts = len({line.file for line in reference}), len({line.file for line in now})
    if min(counts) < FEWEST:
        message = f"{min(counts)} clips are too few to see a drift: compare at least {FEWEST}."
        raise DetectError(message)
    shared = [name for name in before if name in after]
    shifts = {
        name: shift(before[name], after[name])
        for name in shared
        if min(len(before[name]), len(after[name])) >= FEWEST
    }
    if not shifts:
        message = "Both records have nothing in common: compare answers of the same detector."
        raise DetectError(message)
    return Drift(shifts, counts)


def shift(before: ArrayLike, now: ArrayLike) -> Shift:
    """Return how far numbers have moved from those of a reference."""
    one, other = np.asarray(before, float), np.asarray(now, float)
    found = ks_2samp(one, other)
    return Shift(
        float(np.median(one)), float(np.median(other)), float(found.statistic),
        float(found.pvalue), psi(one, other),
    )  # fmt: skip


def psi(before: Floats, now: Floats) -> float:
    """Return the population stability index over tenths of the reference."""
    edges = np.unique(np.quantile(before, np.linspace(0, 1, _TENTHS + 1)[1:-1]))
    shares = [
        np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1)
        / len(values)
        for values in (before, now)
    ]
    one, other = (share.clip(_LEAST) for share in shares)
    return float(((other - one) * np.log(other / one)).sum())


def columns(lines: Sequence[Line]) -> Mapping[str, Floats]:
    """Return each detector's scores and abstentions, and the looks of the clips, once each."""
    clips = {line.file: line for line in lines}.values()
    columns: dict[str, list[float]] = {
        "brightness": [one.brightness for one in clips if one.brightness is not None],
        "compression (bits a pixel)": [one.bits for one in clips if one.bits is not None],
        "faces": [float(one.faces) for one in clips if one.reason is None],
    }
    for name in sorted({line.detector for line in lines}):
        asked = [line for line in lines if line.detector == name]
        columns[f"P(fake) of {name}"] = [line.fake for line in asked if line.fake is not None]
        columns[f"abstentions of {name}"] = [float(line.fake is None) for line in asked]
    return {name: np.array(values) for name, values in columns.items() if values}
