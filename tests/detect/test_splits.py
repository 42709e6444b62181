from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discriminator.detect.errors import DetectError
from discriminator.detect.splits import FAKE, REAL, SHARES, Item, LeakError, check, left_out, split

if TYPE_CHECKING:
    from discriminator.detect.splits import Part


def families(count: int, fakes: int = 3) -> list[Item]:
    reals = [Item(f"real{n}", REAL, people=(f"p{n}",)) for n in range(count)]
    made = [
        Item(f"fake{n}-{k}", FAKE, source=f"real{n}") for n in range(count) for k in range(fakes)
    ]
    return reals + made


@st.composite
def sets(draw: st.DrawFn) -> list[Item]:
    items = families(draw(st.integers(6, 30)), draw(st.integers(0, 4)))
    seen = st.lists(st.integers(0, 200).map("p{}".format), max_size=2).map(tuple)
    lent = st.lists(st.integers(0, 40).map("p{}".format), max_size=1).map(tuple)
    return [
        Item(i.name, i.label, i.source, i.people + draw(seen), (), draw(lent) if i.label else ())
        for i in items
    ]


@given(sets(), st.integers(0, 5))
@settings(deadline=None)
def test_nobody_is_in_two_parts(items: list[Item], seed: int) -> None:
    try:
        parts = split(items, seed=seed)
    except DetectError as error:
        assert "too few" in str(error)  # noqa: PT017 - all of these know each other
        return
    homes: dict[str, set[str]] = {}
    for item in (one for one in items if one.name in parts):
        for tie in (*item.people, *item.lenders, item.source or item.name):
            homes.setdefault(tie, set()).add(parts[item.name])
    assert all(len(found) == 1 for found in homes.values())
    assert all(item.lenders for item in items if item.name not in parts)
    assert set(parts.values()) == {"train", "validation", "test"}


def test_the_shares_are_met_for_both_kinds() -> None:
    items = families(100)
    parts = split(items)
    for label in (REAL, FAKE):
        counts = Counter(parts[item.name] for item in items if item.label == label)
        total = sum(counts.values())
        assert counts["train"] / total == pytest.approx(0.7, abs=0.02)
        assert counts["test"] / total == pytest.approx(0.15, abs=0.02)


def test_people_who_have_lent_their_faces_to_all_others_do_not_bind_them() -> None:
    ids = [f"id{n}" for n in range(12)]
    reals = [Item(f"{one}-{n}", REAL, people=(one,)) for one in ids for n in range(10)]
    fakes = [
        Item(f"{one}-{other}", FAKE, None, (one,), (), (other,))
        for one in ids
        for other in ids
        if one != other
    ]
    items = [*reals, *fakes]
    parts = split(items)
    counts = Counter((parts[item.name], item.label) for item in items if item.name in parts)
    assert min(counts[part, label] for part in SHARES for label in (REAL, FAKE)) > 0
    [told] = left_out(items, parts)
    assert f": {len(items) - len(parts)} fakes." in told
    assert left_out(reals, split(reals)) == ()


def test_the_seed_alone_decides() -> None:
    items = families(40)
    assert split(items, seed=1) == split(items[::-1], seed=1)
    assert split(items, seed=1) != split(items, seed=2)


def test_a_leak_is_named() -> None:
    items = families(2)
    parts: dict[str, Part] = {item.name: "train" for item in items}
    check(items, parts)
    parts["fake0-0"] = "test"
    with pytest.raises(LeakError, match="clip real0 in more than one part"):
        check(items, parts)


@pytest.mark.parametrize(
    ("items", "complaint"),
    [
        ([], "nothing to split"),
        ([Item("a", 0), Item("a", 1)], "a is listed more than once"),
        ([Item("a", 0, people=("x",)), Item("b", 1, people=("x",))], "groups: 1"),
    ],
)
def test_what_cannot_be_split_is_said(items: list[Item], complaint: str) -> None:
    with pytest.raises(DetectError, match=complaint):
        split(items)
