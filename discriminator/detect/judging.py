"""A table of detectors on a set that none of them has seen: honest by construction.

The threshold of each detector is chosen on the validation part and used on the test part; what is
reported of a detector stands beside what always saying the same would have reached; abstentions are
counted, not guessed. Two tables can be compared where their protocol hashes are equal.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from discriminator.detect import calibration, metrics
from discriminator.detect.errors import DetectError
from discriminator.detect.splits import FAKE, REAL, LeakError, left_out, split
from discriminator.detect.splits import SHARES as TAUGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from discriminator.detect.aggregation import Frames
    from discriminator.detect.calibration import Line
    from discriminator.detect.confusion import Confusion
    from discriminator.detect.metrics import Bin, Measures
    from discriminator.detect.splits import Item, Part

SHARES: Mapping[Part, float] = {"validation": 0.4, "test": 0.6}
"""For detectors that have learned from none of the clips."""


_ENOUGH = 10
"""Clips below which a slice says little."""


class Judged(NamedTuple):
    """What a detector said of one clip."""

    item: Item
    fake: float | None
    """None where it abstained, or the clip could not be read."""
    faces: int = 0
    looks: tuple[tuple[str, str], ...] = ()
    """Slices to which it belongs by its looks, beside those that the set names."""
    moments: tuple[float, ...] = ()
    """P(fake) of its frames, of a detector that judges each by itself."""


@dataclass(frozen=True)
class Slice:
    """A part of the test clips."""

    accuracy: float
    clips: int
    interval: tuple[float, float]
    """Of the accuracy, in 95 of 100 draws of as many clips (Wilson's)."""


@dataclass(frozen=True)
class Baselines:
    """What is reached without looking at a clip."""

    majority: float
    """The accuracy of always saying what most clips are."""
    log_loss: float
    """Of always giving the share of fakes."""


@dataclass(frozen=True)
class Calibrated:
    """A detector's numbers made probabilities on the validation part, measured on the test part."""

    line: Line
    threshold: float
    """The same as the detector's own, behind the line."""
    log_loss: float
    ece: float


@dataclass(frozen=True)
class Row:
    """One detector on the test part."""

    detector: str
    measures: Measures
    baselines: Baselines
    judged: int
    """Clips of the test part on which it has an opinion."""
    asked: int
    """Clips of the test part."""
    by_faces: dict[str, Confusion]
    """The four counts for clips of one, two and more faces."""
    slices: dict[str, Slice]
    """By what the set says of its clips, and by what they look like."""
    gap: float | None
    """Between the best and the worst slice of one column, slices under ten clips left out."""
    reliability: tuple[Bin, ...]
    calibrated: Calibrated | None
    """What a line fitted on the validation part makes of it; None where it has too few clips."""
    strict: float
    """Accuracy over all clips asked, where an abstention counts as wrong."""
    said: dict[str, tuple[float, ...]]
    """P(fake) of the real and of the fake clips: whoever doubts a measure can take it anew."""
    frame_auc: float | None = None
    """Of single frames, each taken for what its clip is; None where they were not judged."""


@dataclass(frozen=True)
class Table:
    """All detectors on one set."""

    rows: tuple[Row, ...]
    correlation: dict[str, dict[str, float]]
    """Pearson's, between the scores of every two detectors."""
    protocol: str
    """A hash of the clips, their labels, the split, and how scores were joined and measured."""
    clips: dict[str, int]
    """How many clips are in each part."""
    left_out: tuple[str, ...] = ()
    """How many are in none, and why, in a sentence."""


def judge(
    items: Sequence[Item],
    answers: Mapping[str, Mapping[str, Judged]],
    seed: int = 0,
    taught: frozenset[str] = frozenset(),
    joins: Collection[Frames] = (),
) -> Table:
    """Return the table of each detector's answers (by detector, then by the clip's name).

    `joins` is how detectors that judge single frames join them.
    """
    parts = parted(items, seed, taught)
    placed = [item for item in items if item.name in parts]
    kept = {
        name: {clip: one for clip, one in told.items() if clip in parts}
        for name, told in answers.items()
    }
    rows = tuple(_row(name, told, parts) for name, told in kept.items())
    scores = {name: _numbers(told, placed) for name, told in kept.items()}
    counts: dict[str, int] = {
        part: sum(1 for one in parts.values() if one == part) for part in SHARES
    }
    correlation = metrics.correlation(scores)
    return Table(rows, correlation, protocol(placed, parts, joins), counts, left_out(items, parts))


def parted(
    items: Sequence[Item], seed: int = 0, taught: frozenset[str] = frozenset()
) -> dict[str, Part]:
    """Return the part of each clip that has one; of the others nobody need be asked.

    Where a detector was taught some of the clips, the set is split as it was for the teaching, and
    the part that taught is left out.
    """
    _both_kinds(items)
    met = taught & {item.name for item in items}
    parts = split(items, TAUGHT if met else SHARES, seed)
    if leaked := sorted(name for name in met if parts.get(name) != "train"):
        message = (
            f"A detector has learned from {leaked[0]}, by which it would be judged: give the seed "
            "with which its crops were split, or judge it on another set."
        )
        raise LeakError(message)
    return parts


def protocol(
    items: Iterable[Item], parts: Mapping[str, Part], joins: Collection[Frames] = ()
) -> str:
    """Return twelve hexadecimal digits that are equal only where the same was measured."""
    told = {
        "clips": sorted((item.name, item.label, parts[item.name]) for item in items),
        "positive": "FAKE",
        "frames": sorted(set(joins)),
        "faces": "max",
        "threshold": "validation",
        "version": 1,
    }
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def _row(name: str, told: Mapping[str, Judged], parts: Mapping[str, Part]) -> Row:
    chosen = _opinions(name, told, parts, "validation")
    threshold = metrics.threshold(*_pairs(chosen))
    tested = _opinions(name, told, parts, "test")
    asked = [one for one in told.values() if parts[one.item.name] == "test"]
    truth, said = _pairs(tested)
    measured = metrics.measure(truth, said, threshold)
    counts = measured.confusion
    slices = _slices(tested, threshold)
    return Row(
        detector=name,
        measures=measured,
        baselines=Baselines(counts.majority, counts.prior_log_loss),
        judged=len(tested),
        asked=len(asked),
        by_faces={
            faces: metrics.confusion(*_pairs(group), threshold)
            for faces, group in _grouped(tested, _faces).items()
        },
        slices=slices,
        gap=_gap(slices),
        reliability=tuple(metrics.reliability(truth, said)),
        calibrated=_calibrated(_pairs(chosen), (truth, said), threshold),
        strict=counts.right / len(asked),
        said={
            kind: tuple(fake for is_fake, fake in zip(truth, said, strict=True) if is_fake == label)
            for kind, label in (("real", REAL), ("fake", FAKE))
        },
        frame_auc=_frame_auc(tested),
    )


def _frame_auc(tested: Sequence[Judged]) -> float | None:
    frames = [(one.item.label, fake) for one in tested for fake in one.moments]
    if not frames:
        return None
    return metrics.ranking([label for label, _ in frames], [fake for _, fake in frames]).auc


def _calibrated(
    chosen: tuple[list[int], list[float]], tested: tuple[list[int], list[float]], threshold: float
) -> Calibrated | None:
    try:
        line = calibration.fit(*chosen)
    except DetectError:
        return None
    truth, said = tested[0], [line(fake) for fake in tested[1]]
    return Calibrated(
        line, line(threshold), metrics.log_loss(truth, said), metrics.ece(truth, said)
    )


def _opinions(
    name: str, told: Mapping[str, Judged], parts: Mapping[str, Part], part: Part
) -> list[Judged]:
    found = [one for one in told.values() if one.fake is not None and parts[one.item.name] == part]
    if {one.item.label for one in found} != {REAL, FAKE} and part == "validation":
        message = (
            f"{name} has an opinion on too few clips of the {part} part to choose a threshold by: "
            "add clips of both kinds, or leave it out."
        )
        raise DetectError(message)
    if not found:
        message = f"{name} abstains on every clip of the {part} part: leave it out."
        raise DetectError(message)
    return found


def _slices(tested: Sequence[Judged], threshold: float) -> dict[str, Slice]:
    groups: dict[str, list[Judged]] = {}
    for one in tested:
        for column, value in (*one.item.about, *one.looks):
            groups.setdefault(f"{column}: {value}", []).append(one)
    return {
        name: _slice(metrics.confusion(*_pairs(group), threshold))
        for name, group in sorted(groups.items())
    }


def _slice(counts: Confusion) -> Slice:
    return Slice(counts.accuracy, counts.clips, metrics.wilson(counts.right, counts.clips))


def _gap(slices: Mapping[str, Slice]) -> float | None:
    """Return the widest gap between slices of one column, small ones left out."""
    columns: dict[str, list[float]] = {}
    for name, one in slices.items():
        if one.clips >= _ENOUGH:
            columns.setdefault(name.partition(":")[0], []).append(one.accuracy)
    gaps = [max(found) - min(found) for found in columns.values() if len(found) > 1]
    return max(gaps, default=None)


def _pairs(judged: Iterable[Judged]) -> tuple[list[int], list[float]]:
    listed = [(one.item.label, one.fake) for one in judged if one.fake is not None]
    return [label for label, _ in listed], [fake for _, fake in listed]


def _grouped(judged: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(key(one), []).append(one)
    return dict(sorted(groups.items()))


def _faces(judged: Judged) -> str:
    many = 3
    return str(judged.faces) if judged.faces < many else f"{many} or more"


def _numbers(told: Mapping[str, Judged], items: Iterable[Item]) -> metrics.Numbers:
    fakes = [told[item.name].fake if item.name in told else None for item in items]
    return np.array([np.nan if fake is None else fake for fake in fakes])


def _both_kinds(items: Sequence[Item]) -> None:
    if {item.label for item in items} != {REAL, FAKE}:
        message = "A detector is judged on real and fake clips: add the kind that is missing."
        raise DetectError(message)
