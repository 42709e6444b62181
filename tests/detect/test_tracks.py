from __future__ import annotations

from discriminator.detect.tracks import Tracker
from discriminator.faces import Box


def at(x: float, y: float = 0.0, side: float = 100.0) -> tuple[Box, float]:
    return Box(x, y, x + side, y + side), 0.9


def test_a_person_keeps_a_number_through_the_clip() -> None:
    tracker = Tracker()
    numbers = [[t.number for t in tracker.see(n / 10, [at(5 * n), at(300)])] for n in range(10)]
    assert numbers == [[0, 1]] * 10


def test_the_order_in_which_faces_are_found_says_nothing() -> None:
    tracker = Tracker()
    tracker.see(0.0, [at(0), at(300)])
    assert [t.number for t in tracker.see(0.1, [at(302), at(3)])] == [1, 0]


def test_two_who_come_close_keep_their_numbers() -> None:
    tracker = Tracker()
    for step in range(9):
        found = [at(step * 20), at(220 - step * 20, y=40)]
        first, second = tracker.see(step / 10, found)
        assert (first.number, second.number) == (0, 1)


def test_who_is_hidden_for_a_moment_is_the_same_afterwards() -> None:
    tracker = Tracker(patience=1.0)
    tracker.see(0.0, [at(0)])
    for moment in (0.3, 0.6):
        tracker.see(moment, [])
    assert tracker.see(0.9, [at(10)])[0].number == 0
    assert tracker.see(3.0, [at(10)])[0].number == 1


def test_one_box_is_one_person() -> None:
    tracker = Tracker()
    tracker.see(0.0, [at(0)])
    assert {t.number for t in tracker.see(0.1, [at(0), at(20)])} == {0, 1}


def test_who_is_seen_only_for_a_moment_is_no_one() -> None:
    tracker = Tracker()
    for step in range(20):
        tracker.see(step / 10, [at(0), at(300)] if step == 7 else [at(0)])
    assert [track.number for track in tracker.people()] == [0]
    assert len(tracker.tracks) == 2
