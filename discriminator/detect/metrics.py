"""How good a detector is: measures of P(fake) against what the clips are, FAKE = 1.

The thresholded measures need a threshold that was chosen on other clips: `threshold` is for the
validation part, `measure` for the test part.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata
from sklearn import metrics as sk

from discriminator.detect.confusion import Confusion
from discriminator.detect.errors import DetectError
from discriminator.detect.splits import FAKE, REAL

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]

_SURE = 1e-6
BINS = 15
DRAWS = 1000
_INTERVAL = (2.5, 97.5)
_SIGMAS = 1.96


@dataclass(frozen=True)
class Ranking:
    """What a detector's order is worth, whatever its threshold."""

    auc: float
    ap: float
    """Average precision."""
    eer: float
    """The rate at which as many fakes are missed as reals are accused."""
    tpr_at_1: float
    """The part of the fakes caught where one real clip in a hundred is accused."""
    tpr_at_5: float
    """The same for five in a hundred."""


@dataclass(frozen=True)
class Measures:
    """One row of a table. What cannot be told of the clips at hand is NaN, and `notes` says why."""

    confusion: Confusion
    threshold: float
    ranking: Ranking
    log_loss: float
    ece: float
    """Expected calibration error: how far P(fake) is from the share of fakes, on average."""
    intervals: dict[str, tuple[float, float]]
    """Of auc, log_loss and accuracy, in 95 of 100 draws of as many clips."""
    notes: tuple[str, ...] = ()


def measure(
    labels: ArrayLike, fakes: ArrayLike, threshold: float, *, draws: int = DRAWS, seed: int = 0
) -> Measures:
    """Return all measures of P(fake) for clips with these labels."""
    truth, scores = _checked(labels, fakes)
    return Measures(
        confusion=confusion(truth, scores, threshold),
        threshold=threshold,
        ranking=ranking(truth, scores),
        log_loss=log_loss(truth, scores),
        ece=ece(truth, scores),
        intervals=_intervals(truth, scores, threshold, draws, seed),
        notes=_notes(truth),
    )


def confusion(labels: ArrayLike, fakes: ArrayLike, threshold: float) -> Confusion:
    """Return the four counts of calling fake what reaches the threshold."""
    truth, scores = _checked(labels, fakes)
    table = sk.confusion_matrix(truth, scores >= threshold, labels=[REAL, FAKE])
    return Confusion(*(int(count) for count in table.ravel()))


def ranking(labels: ArrayLike, fakes: ArrayLike) -> Ranking:
    """Return the measures that need no threshold; they are NaN for clips of one kind only."""
    truth, scores = _checked(labels, fakes)
    if _one_class(truth):
        return Ranking(*[math.nan] * 5)
    fpr, tpr, _ = sk.roc_curve(truth, scores, drop_intermediate=False)
    return Ranking(
        auc=float(sk.roc_auc_score(truth, scores)),
        ap=float(sk.average_precision_score(truth, scores)),
        eer=_eer(fpr, tpr),
        tpr_at_1=_tpr_at(0.01, fpr, tpr),
        tpr_at_5=_tpr_at(0.05, fpr, tpr),
    )


def log_loss(labels: ArrayLike, fakes: ArrayLike) -> float:
    """Return the mean of -ln of what was said of the truth; certainty is cut at a millionth."""
    truth, scores = _checked(labels, fakes)
    return float(sk.log_loss(truth, scores.clip(_SURE, 1 - _SURE), labels=[REAL, FAKE]))


@dataclass(frozen=True)
class Bin:
    """The clips whose P(fake) lies in one stretch of 0 to 1."""

    said: float
    """The mean of their P(fake)."""
    true: float
    """The share of fakes among them."""
    clips: int


def reliability(labels: ArrayLike, fakes: ArrayLike, bins: int = BINS) -> list[Bin]:
    """Return the stretches that hold clips, for a diagram of what was said and what was true."""
    truth, scores = _checked(labels, fakes)
    places = np.minimum((scores * bins).astype(int), bins - 1)
    held = [places == place for place in np.unique(places)]
    return [Bin(float(scores[w].mean()), float(truth[w].mean()), int(w.sum())) for w in held]


def ece(labels: ArrayLike, fakes: ArrayLike, bins: int = BINS) -> float:
    """Return the expected calibration error over equal stretches of P(fake)."""
    held = reliability(labels, fakes, bins)
    return sum(abs(b.said - b.true) * b.clips for b in held) / sum(b.clips for b in held)


def threshold(labels: ArrayLike, fakes: ArrayLike) -> float:
    """Return the threshold at which reals and fakes together are called right most often.

    Both kinds weigh the same, however many there are of each. Of thresholds that are as good, the
    middle of the widest gap is taken, because clips to come will not lie where these lie.
    """
    truth, scores = _checked(labels, fakes)
    if _one_class(truth):
        message = "A threshold cannot be chosen from clips of one kind: add the other kind."
        raise DetectError(message)
    fpr, tpr, levels = sk.roc_curve(truth, scores, drop_intermediate=False)
    # From "nothing is fake" to "all is"; each cut lies between its level and the next one below.
    edges = np.concatenate([[1.0], levels[1:], [0.0]])
    cuts, gaps = (edges[:-1] + edges[1:]) / 2, edges[:-1] - edges[1:]
    best = np.flatnonzero(tpr - fpr >= (tpr - fpr).max() - _SURE)
    return float(cuts[best[np.argmax(gaps[best])]])


def prior(labels: ArrayLike) -> float:
    """Return the share of fakes: what one may say of a clip that one has not looked at."""
    return float(np.mean(np.asarray(labels)))


def wilson(right: int, clips: int) -> tuple[float, float]:
    """Return between what the share of right verdicts lies, as far as so many clips can tell."""
    if not clips:
        return math.nan, math.nan
    share, spread = right / clips, _SIGMAS**2 / clips
    middle = (share + spread / 2) / (1 + spread)
    half = _SIGMAS * math.sqrt(share * (1 - share) / clips + spread / (4 * clips)) / (1 + spread)
    return middle - half, middle + half


def correlation(scores: dict[str, Numbers]) -> dict[str, dict[str, float]]:
    """Return Pearson's correlation of every two detectors over the clips both have judged.

    NaN stands for an abstention. Where fewer than three clips are shared, or one of both always
    says the same, it is NaN.
    """
    return {
        one: {other: _pearson(scores[one], scores[other]) for other in scores} for one in scores
    }


def _checked(labels: ArrayLike, fakes: ArrayLike) -> tuple[Labels, Numbers]:
    truth, scores = np.asarray(labels, np.int64), np.asarray(fakes, np.float64)
    if truth.shape != scores.shape or truth.ndim != 1:
        message = f"{truth.shape} labels and {scores.shape} scores do not belong together."
        raise DetectError(message)
    if not truth.size:
        message = "There are no scores to measure: every clip failed, or the set is empty."
        raise DetectError(message)
    if not np.isin(truth, (REAL, FAKE)).all():
        message = "A label is 0 for real or 1 for fake: translate yours."
        raise DetectError(message)
    if not ((scores >= 0) & (scores <= 1)).all():  # NaN is refused too
        message = "P(fake) lies between 0 and 1: leave out abstentions, and turn logits into odds."
        raise DetectError(message)
    return truth, scores


def _one_class(truth: Labels) -> bool:
    return bool(truth.min() == truth.max())


def _notes(truth: Labels) -> tuple[str, ...]:
    if not _one_class(truth):
        return ()
    kind = "fake" if truth[0] == FAKE else "real"
    return (f"All clips are {kind}: a ranking (AUC, AP, EER, TPR) needs both kinds.",)


def _eer(fpr: Numbers, tpr: Numbers) -> float:
    """Return where the line between two points of the curve meets FPR = 1 - TPR."""
    miss = 1 - tpr
    after = int(np.argmax(fpr >= miss))
    if not after:
        return float(fpr[0])
    before = after - 1
    apart = miss[before] - fpr[before]
    step = apart / (apart + fpr[after] - miss[after])
    return float(fpr[before] + step * (fpr[after] - fpr[before]))


def _tpr_at(limit: float, fpr: Numbers, tpr: Numbers) -> float:
    return float(tpr[fpr <= limit].max())


def _intervals(
    truth: Labels, scores: Numbers, threshold: float, draws: int, seed: int
) -> dict[str, tuple[float, float]]:
    """Return the intervals by drawing as many clips with replacement, again and again."""
    rng = np.random.default_rng(seed)
    drawn = [rng.integers(0, truth.size, truth.size) for _ in range(draws)]
    kept = [places for places in drawn if not _one_class(truth[places])]
    if not kept:
        return dict.fromkeys(("auc", "log_loss", "accuracy"), (math.nan, math.nan))
    sure = scores.clip(_SURE, 1 - _SURE)
    losses = -np.log(np.where(truth == FAKE, sure, 1 - sure))
    right = (scores >= threshold) == truth
    return {
        "auc": _middle([_auc(truth[places], scores[places]) for places in kept]),
        "log_loss": _middle([losses[places].mean() for places in kept]),
        "accuracy": _middle([right[places].mean() for places in kept]),
    }


def _auc(truth: Labels, scores: Numbers) -> float:
    """Return scikit-learn's figure from ranks: a thousand times it would take seconds."""
    fakes = int(truth.sum())
    pairs = fakes * (truth.size - fakes)
    above = rankdata(scores)[truth == FAKE].sum() - fakes * (fakes + 1) / 2
    return float(above / pairs)


def _middle(values: list[float]) -> tuple[float, float]:
    low, high = np.percentile(values, _INTERVAL)
    return float(low), float(high)


def _pearson(one: Numbers, other: Numbers) -> float:
    both = np.isfinite(one) & np.isfinite(other)
    enough = 3
    if both.sum() < enough or np.ptp(one[both]) == 0 or np.ptp(other[both]) == 0:
        return math.nan
    return float(np.corrcoef(one[both], other[both])[0, 1])
