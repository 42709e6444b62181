from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from discriminator.detect import calibration, metrics
from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRUTH = [0, 0, 0, 0, 1, 1, 1, 1]
SAID = [0.1, 0.2, 0.3, 0.6, 0.4, 0.7, 0.8, 0.9]


def clips(size: int = 400, seed: int = 1) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    truth = (rng.random(size) < 0.8).astype(int)
    said = 1 / (1 + np.exp(-rng.normal(truth * 2 - 1, 1.2)))
    return truth, said


def test_by_hand() -> None:
    ranking = metrics.ranking(TRUTH, SAID)
    assert ranking.auc == 15 / 16  # of the 16 pairs, only (0.6, 0.4) is in the wrong order
    assert ranking.eer == 0.25
    assert ranking.tpr_at_1 == ranking.tpr_at_5 == 0.75
    counts = metrics.confusion(TRUTH, SAID, 0.5)
    assert (counts.real_as_real, counts.real_as_fake) == (3, 1)
    assert (counts.fake_as_real, counts.fake_as_fake) == (1, 3)
    assert metrics.log_loss([1, 0], [0.5, 0.5]) == pytest.approx(math.log(2))


def test_as_scikit_learn_has_it() -> None:
    truth, said = clips()
    measured = metrics.measure(truth, said, 0.5, draws=20)
    called = said >= 0.5
    counts = measured.confusion
    assert counts.accuracy == pytest.approx(sk.accuracy_score(truth, called))
    assert counts.precision == pytest.approx(sk.precision_score(truth, called))
    assert counts.recall == pytest.approx(sk.recall_score(truth, called))
    assert counts.f1 == pytest.approx(sk.f1_score(truth, called))
    assert counts.macro_f1 == pytest.approx(sk.f1_score(truth, called, average="macro"))
    assert measured.ranking.auc == pytest.approx(sk.roc_auc_score(truth, said))
    assert measured.ranking.ap == pytest.approx(sk.average_precision_score(truth, said))
    assert measured.log_loss == pytest.approx(sk.log_loss(truth, said))


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 20)), min_size=4, max_size=40))
@settings(deadline=None)
def test_measures_keep_within_their_bounds(pairs: list[tuple[int, int]]) -> None:
    truth = np.array([0, 1, *(label for label, _ in pairs)])
    said = np.array([0.3, 0.4, *(level / 20 for _, level in pairs)])
    ranking = metrics.ranking(truth, said)
    assert all(0 <= value <= 1 for value in vars(ranking).values())
    assert ranking.tpr_at_1 <= ranking.tpr_at_5
    fpr, tpr, _ = sk.roc_curve(truth, said, drop_intermediate=False)
    # The equal error lies between the best and the worst that the curve's own points reach.
    assert np.maximum(fpr, 1 - tpr).min() + 1e-9 >= ranking.eer
    assert ranking.eer >= np.minimum(fpr, 1 - tpr).min() - 1e-9
    assert 0 <= metrics.ece(truth, said) <= 1


def test_the_equal_error_is_where_both_errors_are_equal() -> None:
    truth, said = clips(4000)
    threshold = np.quantile(said[truth == 0], 1 - metrics.ranking(truth, said).eer)
    assert (said[truth == 1] < threshold).mean() == pytest.approx(
        (said[truth == 0] >= threshold).mean(), abs=0.005
    )


def test_the_threshold_takes_the_middle_of_the_widest_gap() -> None:
    assert metrics.threshold([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]) == pytest.approx(0.5)
    # Two cuts miss one clip each, the one below 0.4 and the one above 0.6: both gaps are as wide.
    assert min(abs(metrics.threshold(TRUTH, SAID) - cut) for cut in (0.35, 0.65)) < 1e-9


def test_the_threshold_weighs_both_kinds_the_same() -> None:
    truth, said = clips(2000)
    chosen = metrics.threshold(truth, said)
    best = max(sk.balanced_accuracy_score(truth, said >= level) for level in np.linspace(0, 1, 201))
    assert sk.balanced_accuracy_score(truth, said >= chosen) >= best - 1e-9


def test_intervals_hold_what_they_are_of_and_shrink_with_more_clips() -> None:
    few, many = (metrics.measure(*clips(size), 0.5, draws=200) for size in (100, 2500))
    low, high = many.intervals["auc"]
    assert low < many.ranking.auc < high
    narrow = {name: high - low for name, (low, high) in many.intervals.items()}
    assert all(narrow[name] < (high - low) / 2 for name, (low, high) in few.intervals.items())


def test_clips_of_one_kind() -> None:
    measured = metrics.measure([1, 1, 1], [0.2, 0.6, 0.9], 0.5)
    assert measured.notes == (
        "All clips are fake: a ranking (AUC, AP, EER, TPR) needs both kinds.",
    )
    assert math.isnan(measured.ranking.auc)
    assert measured.confusion.recall == pytest.approx(2 / 3)
    assert all(math.isnan(edge) for edge in measured.intervals["auc"])
    with pytest.raises(DetectError, match="of one kind"):
        metrics.threshold([1, 1, 1], [0.2, 0.6, 0.9])


@pytest.mark.parametrize(
    ("truth", "said", "complaint"),
    [
        ([0, 1], [0.5], "do not belong together"),
        ([], [], "no scores"),
        ([0, 2], [0.5, 0.5], "0 for real or 1 for fake"),
        ([0, 1], [0.5, 1.5], "between 0 and 1"),
        ([0, 1], [0.5, math.nan], "between 0 and 1"),
    ],
)
def test_what_cannot_be_measured_is_said(
    truth: list[int], said: list[float], complaint: str
) -> None:
    with pytest.raises(DetectError, match=complaint):
        metrics.measure(truth, said, 0.5)


def test_reliability_counts_every_clip_once() -> None:
    truth, said = clips()
    bins = metrics.reliability(truth, said)
    assert sum(one.clips for one in bins) == truth.size
    assert metrics.ece([0, 1], [0.0, 1.0]) == 0
    assert metrics.ece([1, 0], [0.0, 1.0]) == 1


def test_correlation_leaves_out_abstentions() -> None:
    one = np.array([0.1, 0.5, 0.9, math.nan])
    table = metrics.correlation({"one": one, "other": 1.0 - one, "still": np.full(4, 0.5)})
    assert table["one"]["other"] == pytest.approx(-1)
    assert table["one"]["one"] == pytest.approx(1)
    assert math.isnan(table["one"]["still"])


def test_calibration_turns_scores_into_probabilities() -> None:
    truth, said = clips(5000)
    skewed = said**3
    line = calibration.fit(truth, skewed)
    calibrated = [line(fake) for fake in skewed]
    assert metrics.ece(truth, calibrated) < metrics.ece(truth, skewed) / 3
    assert metrics.ranking(truth, calibrated).auc == pytest.approx(
        metrics.ranking(truth, skewed).auc
    )


def test_calibration_refuses_too_little_and_the_wrong_way_round() -> None:
    with pytest.raises(DetectError, match="here are 4"):
        calibration.fit(TRUTH, SAID)
    truth, said = clips(200)
    with pytest.raises(DetectError, match="look at its labels"):
        calibration.fit(1 - truth, said)
