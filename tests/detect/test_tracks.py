from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from discriminator.detect import encoding, finding
from discriminator.detect.cropping import Wish, cut
from discriminator.detect.looks import look
from discriminator.detect.tracks import Tracker, moving
from discriminator.detect.watching import watch
from discriminator.faces import Box, mesh
from discriminator.video import reading

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from discriminator.detect.living import Portrait


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


def test_a_forehead_is_no_second_person(monkeypatch: pytest.MonkeyPatch) -> None:
    face, forehead = Box(115, 105, 335, 325), Box(161, 85, 269, 192)
    behind = Box(300, 60, 380, 140)  # half hidden by the first, and someone else
    seen = [mesh.Sight(face, 0.9), mesh.Sight(forehead, 0.58), mesh.Sight(behind, 0.5)]
    monkeypatch.setattr(mesh, "sights", lambda _: seen)
    found = finding.mediapipe(np.zeros((384, 384, 3), np.uint8))
    assert found == [(face, 0.9), (behind, 0.5)]


def test_a_print_beside_a_person_is_nobody(
    clips: dict[str, Path], people: list[Portrait], tmp_path: Path
) -> None:
    still = people[1].picture
    beside = tmp_path / "beside.mp4"
    both = (np.concatenate([f.pixels, still], 1) for f in reading.frames(clips["real"]))
    encoding.write(beside, both, 25, quality=16)
    assert len({crop.face for crop in cut(beside, Wish(frames=8))}) == 1
    assert look(beside).faces == 1
    assert len(watch(beside).people) == 1


def test_where_nobody_moves_all_are_photographs() -> None:
    rng = np.random.default_rng(0)
    still = [rng.uniform(0, 99, (478, 3)).astype(np.float32)] * 6
    restless = [mesh + rng.normal(0, 1, mesh.shape).astype(np.float32) for mesh in still]
    assert moving({}) == set()
    assert moving({0: still, 1: still}) == {0, 1}
    assert moving({0: still, 1: restless}) == {1}
    assert moving({0: still, 1: restless, 2: still[:1]}) == {1, 2}
