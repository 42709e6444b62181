"""The pictures of the film: the same every time, never still for long, and in their own type."""

import importlib
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

MAKE = Path(__file__).parents[2] / "media" / "make"
SMALL = 0.1
STILL_AT_MOST = 6.0


@pytest.fixture(scope="module")
def film() -> Iterator[ModuleType]:
    sys.path.insert(0, str(MAKE))
    yield importlib.import_module("chapter_1")
    sys.path.remove(str(MAKE))


@pytest.fixture(scope="module")
def small_frames(film: ModuleType) -> NDArray[np.uint8]:
    """Four frames a second of the whole chapter, (frames, height, width, 3)."""
    indices = range(0, film.frame_count(), film.RATE // 4)
    return np.stack([film.frame(index, SMALL)[..., :3] for index in indices])


def test_a_second_rendered_twice_is_the_same(film: ModuleType) -> None:
    start = round(film.scenes()[4].start * film.RATE)
    once, again = (
        b"".join(film.frame(index, 0.25).tobytes() for index in range(start, start + film.RATE))
        for _ in range(2)
    )
    assert once == again


def test_the_storyboard_names_shots_that_exist(film: ModuleType) -> None:
    shots = importlib.import_module("shots.moment").SHOTS
    scenes = film.scenes()
    assert {scene.name for scene in scenes} == set(shots)
    assert len(scenes) >= 12
    assert scenes[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(scenes))


def test_shots_wait_for_words_and_not_for_seconds(film: ModuleType) -> None:
    moment = importlib.import_module("shots.moment")
    said = film.voice()
    later = moment.Voice(said.words, tuple(start + 3 for start in said.starts), said.duration + 3)
    moved = moment.read_storyboard(film.STORYBOARD, later, film.NUMBER)
    for before, after in zip(film.scenes()[1:], moved[1:], strict=True):
        assert after.start == pytest.approx(before.start + 3)


def test_a_word_that_is_never_said_is_an_error(film: ModuleType) -> None:
    moment = importlib.import_module("shots.moment")
    with pytest.raises(moment.NotSaidError, match="never says 'rhinoceros'"):
        film.voice().when("rhinoceros")


@pytest.mark.soak  # renders many faces
def test_nothing_is_still_for_more_than_six_seconds(small_frames: NDArray[np.uint8]) -> None:
    moved = np.abs(np.diff(small_frames.astype(np.int16), axis=0)).max((1, 2, 3)) > 6
    still = longest = 0
    for change in moved:
        still = 0 if change else still + 1
        longest = max(longest, still)
    assert longest / 4 <= STILL_AT_MOST


@pytest.mark.soak  # renders many faces
def test_nothing_flashes_more_than_three_times_a_second(film: ModuleType) -> None:
    quick = [scene for scene in film.scenes() if scene.name in {"seconds", "love", "count", "crop"}]
    for scene in quick:
        first, last = round(scene.start * film.RATE) + 1, round(scene.end * film.RATE)
        shown = [film.frame(index, 0.05)[..., :3] for index in range(first, last)]
        light = (np.stack(shown) / 255.0) ** 2.2 @ (0.2126, 0.7152, 0.0722)
        jumps = np.abs(np.diff(light, axis=0)) > 0.1
        for at in range(0, len(jumps) - film.RATE, 5):
            often = jumps[at : at + film.RATE].sum(0) > 6  # a flash is there and back
            assert often.mean() < 0.03, f"{scene.name} flashes {at / film.RATE:.1f} s into it"


def test_type_comes_from_the_film_and_not_from_the_machine(film: ModuleType) -> None:
    assert film
    look_type = importlib.import_module("look_type")
    names = [
        getattr(look_type, name) for name in ("SERIF", "ITALIC", "TEXT", "THIN", "MONO", "MEDIUM")
    ]
    assert {f"{name}.ttf" for name in names} == {
        file.name for file in look_type.FONTS.glob("*.ttf")
    }
    sources = "".join(
        file.read_text()
        for file in MAKE.rglob("*.py")
        if "shots" in file.parts or "look" in file.name
    )
    assert "MakeFromName" not in sources
    assert "skia.Font(" not in sources.replace("skia.Font(_typeface", "")


def test_kerning_is_done(film: ModuleType) -> None:
    assert film
    look_type = importlib.import_module("look_type")
    hand = look_type.Hand(look_type.SERIF, 100)
    apart = sum(look_type.width_of(letter, hand) for letter in "AV")
    assert look_type.width_of("AV", hand) < apart


@pytest.mark.soak  # renders many faces
def test_nobody_has_a_face_that_a_tracker_finds(film: ModuleType) -> None:
    assert film
    nobody = importlib.import_module("nobody")
    who = nobody.Identity.of(3)
    shut = nobody.landmarks(nobody.portrait(who, nobody.Expression(), size=256))
    wide = nobody.landmarks(nobody.portrait(who, nobody.Expression(jaw=0.9), size=256))
    asleep = nobody.landmarks(nobody.portrait(who, nobody.ASLEEP, size=256))
    assert shut.shape == (478, 3)

    def gap(points: NDArray[np.float32], upper: int, lower: int) -> float:
        return float(np.linalg.norm(points[upper] - points[lower]))

    assert gap(wide, 13, 14) > 3 * max(gap(shut, 13, 14), 1)
    assert gap(asleep, 159, 145) < 0.7 * gap(shut, 159, 145)


def test_nobody_is_always_the_same_nobody(film: ModuleType) -> None:
    assert film
    nobody = importlib.import_module("nobody")
    assert nobody.Identity.of(5) == nobody.Identity.of(5)
    assert nobody.Identity.of(5) != nobody.Identity.of(6)
    once, again = (nobody.portrait(nobody.Identity.of(5), size=48) for _ in range(2))
    assert (once == again).all()
    assert once[..., 3].max() == 255
    assert once[0, 0, 3] == 0
