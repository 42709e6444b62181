"""Where the page may lay its reading over chapter 4, the picture leaves room for it."""

import pytest
from look import HEIGHT, WIDTH
from shots.chapter_4 import square

from discriminator.film import story

STAGES = [chapter.stage for chapter in story.load().film.chapters if chapter.stage]


def test_the_areas_are_those_that_the_picture_leaves() -> None:
    (stage,) = STAGES
    for name, rect in (("face", square.FACE), ("table", square.TABLE), ("second", square.SECOND)):
        area = getattr(stage, name)
        told = (area.left, area.top, area.width, area.height)
        drawn = (
            rect.left() / WIDTH, rect.top() / HEIGHT, rect.width() / WIDTH, rect.height() / HEIGHT,
        )  # fmt: skip
        assert told == pytest.approx(drawn, abs=1e-3)


def test_the_film_has_its_picture_back_in_the_end() -> None:
    (stage,) = STAGES
    assert stage.steps[0].shows == ["frame"]
    assert stage.steps[-1].shows == []
