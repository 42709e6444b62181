from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from discriminator.video.ahead import ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_nothing_is_lost_and_nothing_changes_places() -> None:
    assert list(ahead(iter(range(1, 50)))) == list(range(1, 50))
    assert list(ahead(iter(()))) == []


def test_the_next_is_made_while_the_caller_is_busy() -> None:
    made = [threading.Event() for _ in range(4)]

    def numbers() -> Iterator[int]:
        for number, event in enumerate(made, 1):
            event.set()
            yield number

    coming = ahead(numbers())
    assert next(coming) == 1
    assert made[2].wait(30)  # the third, though only the first was taken
    assert not made[3].wait(0.1)  # no more than two wait in memory
    assert list(coming) == [2, 3, 4]


def test_what_fails_fails_in_its_place() -> None:
    def broken() -> Iterator[int]:
        yield 1
        yield 2
        message = "the third is missing"
        raise ValueError(message)

    coming = ahead(broken())
    assert [next(coming), next(coming)] == [1, 2]
    with pytest.raises(ValueError, match="the third is missing"):
        next(coming)


def test_who_breaks_off_leaves_no_thread() -> None:
    before = threading.active_count()
    for number in ahead(iter(range(1, 1000))):
        if number == 3:
            break
    assert threading.active_count() == before
