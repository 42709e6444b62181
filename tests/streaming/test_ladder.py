from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discriminator.streaming.ladder import RATES, RUNGS, Rung, frame_rate, group, ladder

sides = st.integers(2, 9000)


@given(sides, sides)
def test_no_rendition_is_larger_than_the_master_or_its_box(width: int, height: int) -> None:
    for one in ladder(width, height):
        assert one.width <= width
        assert one.height <= height
        assert max(one.width, one.height) <= one.rung.long
        assert min(one.width, one.height) <= one.rung.short


@given(sides, sides)
def test_sides_are_even_and_never_nothing(width: int, height: int) -> None:
    for one in ladder(width, height):
        assert one.width % 2 == one.height % 2 == 0
        assert min(one.width, one.height) >= 2


@given(st.integers(200, 9000), st.integers(200, 9000))
def test_proportions_stay_within_the_rounding(width: int, height: int) -> None:
    for one in ladder(width, height):
        assert abs(one.width - width * one.height / height) <= 2 * (1 + width / height)


@given(sides, sides)
def test_a_standing_master_gets_the_lying_ladder_turned(width: int, height: int) -> None:
    lying = [(one.width, one.height, one.rung) for one in ladder(width, height)]
    standing = [(one.height, one.width, one.rung) for one in ladder(height, width)]
    assert lying == standing


@given(sides, sides)
def test_rungs_get_smaller_and_cheaper(width: int, height: int) -> None:
    found = ladder(width, height)
    assert 1 <= len(found) <= len(RUNGS)
    sizes = [one.width * one.height for one in found]
    assert sizes == sorted(sizes, reverse=True)
    assert [one.rung for one in found] == list(RUNGS[-len(found) :])


@given(st.integers(100_000, 50_000_000))
def test_no_segment_can_exceed_its_ceiling(ceiling: int) -> None:
    rung = Rung(1920, 1080, ceiling)
    longest = max(group(rate) / rate for rate in RATES if rate >= 10)
    assert rung.fill * longest + rung.buffer <= 2 * ceiling


@given(st.fractions(min_value=Fraction(1, 2), max_value=240))
def test_the_rate_is_a_known_one_and_drops_nothing_below_sixty(average: Fraction) -> None:
    rate = frame_rate(average)
    assert rate in RATES
    assert rate >= min(average * Fraction(99, 100), Fraction(60))


@pytest.mark.parametrize("rate", RATES)
def test_a_known_rate_stays_as_it_is(rate: Fraction) -> None:
    assert frame_rate(rate) == rate


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1920, 1080), [(1920, 1080), (1280, 720), (768, 432)]),
        ((7680, 4320), [(1920, 1080), (1280, 720), (768, 432)]),
        ((1080, 1920), [(1080, 1920), (720, 1280), (432, 768)]),
        ((1280, 720), [(1280, 720), (768, 432)]),
        ((1000, 562), [(1000, 562), (768, 430)]),
        ((639, 359), [(638, 358)]),
        ((1920, 804), [(1920, 804), (1280, 536), (768, 320)]),
    ],
)
def test_ladders_of_usual_masters(size: tuple[int, int], expected: list[tuple[int, int]]) -> None:
    assert [(one.width, one.height) for one in ladder(*size)] == expected
