"""Where the page may lay its reading over chapter 4, the picture leaves room for it."""

import pytest
import skia
from look import HEIGHT, WIDTH
from shots.chapter_4 import square

from discriminator.film import story

STAGES = [chapter.stage for chapter in story.load().film.chapters if chapter.stage]


def shares(rect: skia.Rect) -> list[float]:
    return [
        rect.left() / WIDTH, rect.top() / HEIGHT, rect.width() / WIDTH, rect.height() / HEIGHT
    ]  # fmt: skip


def told(area: story.Area | None) -> list[float]:
    assert area
    return [area.left, area.top, area.width, area.height]


def test_the_areas_are_those_that_the_picture_leaves() -> None:
    (stage,) = STAGES
    for area, rect in (
        (stage.face, square.FACE), (stage.table, square.TABLE), (stage.second, square.SECOND)
    ):  # fmt: skip
        assert told(area) == pytest.approx(shares(rect), abs=1e-3)


def test_steps_with_places_of_their_own_are_drawn_so() -> None:
    (stage,) = STAGES
    moved = {step.at: step for step in stage.steps if step.face or step.table}
    assert set(moved) == set(square.PLACES)
    for cue, place in square.PLACES.items():
        assert told(moved[cue].face) == pytest.approx(shares(place.face), abs=1e-3)
        assert told(moved[cue].table) == pytest.approx(shares(place.table), abs=1e-3)
        assert not place.face.intersects(place.table)


def test_the_film_has_its_picture_back_in_the_end() -> None:
    (stage,) = STAGES
    assert stage.steps[0].shows == ["frame", "picture"]
    assert stage.steps[-1].shows == []
