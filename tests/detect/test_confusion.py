"""The tables that a course project of 2020 published, derived anew from its counts."""

from __future__ import annotations

import math

import pytest

from discriminator.detect.confusion import Confusion

# Called as its authors did: rows true, columns predicted, FAKE first.
# fake as fake, fake as real, real as fake, real as real
FROZEN = {
    1: ((65_673, 21_369, 4_247, 13_054), 0.7545, (0.939, 0.755, 0.837), 0.671, 0.834, 0.449),
    2: ((4_309, 3_087, 524, 728), 0.5824, (0.892, 0.583, 0.705), 0.496, 0.855, 0.414),
    3: ((124, 128, 21, 19), 0.4897, (0.855, 0.492, 0.625), 0.414, 0.863, 0.400),
}
UNFROZEN = {
    1: ((77_748, 9_796, 1_941, 15_406), 0.8881, (0.976, 0.888, 0.930), 0.827, 0.835, 0.449),
    2: ((5_013, 2_587, 436, 843), 0.6595, (0.920, 0.660, 0.768), 0.563, 0.856, 0.412),
    3: ((237, 29, 5, 37), 0.8896, (0.979, 0.891, 0.933), 0.809, 0.864, 0.398),
}


def counted(counts: tuple[int, int, int, int]) -> Confusion:
    fake_as_fake, fake_as_real, real_as_fake, real_as_real = counts
    return Confusion(real_as_real, real_as_fake, fake_as_real, fake_as_fake)


@pytest.mark.parametrize("row", [*FROZEN.values(), *UNFROZEN.values()])
def test_the_published_tables(
    row: tuple[tuple[int, int, int, int], float, tuple[float, ...], float, float, float],
) -> None:
    counts, accuracy, of_fake, macro, always_fake, prior = row
    table = counted(counts)
    assert table.accuracy == pytest.approx(accuracy, abs=6e-5)
    assert (table.precision, table.recall, table.f1) == pytest.approx(of_fake, abs=6e-4)
    assert table.macro_f1 == pytest.approx(macro, abs=6e-4)
    assert table.majority == pytest.approx(always_fake, abs=6e-4)
    assert table.prior_log_loss == pytest.approx(prior, abs=6e-4)


def test_the_headline_was_below_always_fake_and_its_words_were_swapped() -> None:
    table = counted(FROZEN[1][0])
    assert table.clips == 104_343
    assert table.clips - table.right == 25_616
    assert table.accuracy < table.majority
    # "precision 0.754498, recall 0.939259"
    assert (table.recall, table.precision) == pytest.approx((0.754498, 0.939259), abs=1e-6)


def test_real_as_positive() -> None:
    real = counted(FROZEN[1][0]).turned
    assert (real.precision, real.recall, real.f1) == pytest.approx((0.379, 0.755, 0.505), abs=6e-4)
    assert real.turned == counted(FROZEN[1][0])


def test_of_nothing_there_is_no_share() -> None:
    only_reals = Confusion(5, 0, 0, 0)
    assert math.isnan(only_reals.recall)
    assert math.isnan(only_reals.precision)
    assert only_reals.false_alarms == 0
    assert only_reals.prior_log_loss == 0
