from __future__ import annotations

import pytest

from discriminator.streaming import bench


@pytest.mark.soak
def test_one_decode_is_twice_as_fast_at_no_less_quality_for_a_bit() -> None:
    found = bench.run(seconds=10, runs=2)
    assert found["met"] == dict.fromkeys(bench.GOALS, True), found
