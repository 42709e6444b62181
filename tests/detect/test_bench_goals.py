"""The goals of `bench detect`, held against figures."""

from __future__ import annotations

from discriminator.detect import bench

GOOD = {"times_mtcnn": 3.1, "two_cores": 1.8, "verdict": 2.1, "memory": 480.0}


def test_what_is_reached_is_held_against_the_goals() -> None:
    assert bench.met(GOOD) == dict.fromkeys(GOOD, True)
    slow = {"times_mtcnn": 2.9, "two_cores": 1.6, "verdict": 3.2, "memory": 1200.0}
    assert bench.met(slow) == dict.fromkeys(GOOD, False)


def test_a_machine_with_one_core_says_nothing_of_two() -> None:
    assert "two_cores" not in bench.met({name: GOOD[name] for name in GOOD if name != "two_cores"})
