"""The pictures of the film: the same every time, never still for long, and in their own type."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import chapter
import imageio_ffmpeg
import look_type
import masters
import numpy as np
import pytest
import storyboard
from chapter import Chapter
from look import RATE
from numpy.typing import NDArray

MAKE = Path(chapter.__file__).parent
SMALL = 0.1
STILL_AT_MOST = 6.0
LIKE = 30
"""Decibels by which a picture is like its encoding at least; one of another shot has 8 to 23."""
SHOWN = {
    "chapter-1": ("question", "stopped", "water"),
    "chapter-2": ("never", "monitor", "here"),
    "chapter-4": ("candle", "answers", "doors", "needle", "lens"),
}
"""Shots without a crowd are drawn in a moment: every run can compare them with the streams."""
MOVING = 0.005
"""Share of the picture that has to change before anybody sees it move."""


@pytest.fixture(scope="module", params=chapter.drawn_chapters(), ids=lambda film: film.name)
def film(request: pytest.FixtureRequest) -> Chapter:
    drawn: Chapter = request.param
    return drawn


@pytest.fixture(scope="module")
def small_frames(film: Chapter) -> NDArray[np.uint8]:
    """Four frames a second of the whole chapter, (frames, height, width, 3)."""
    indices = range(0, film.frame_count, RATE // 4)
    return np.stack([film.frame(index, SMALL)[..., :3] for index in indices])


def test_a_second_rendered_twice_is_the_same() -> None:
    _is_the_same_twice(chapter.drawn_chapters()[-1])


@pytest.mark.soak  # some shots render many faces
def test_a_second_of_each_chapter_rendered_twice_is_the_same(film: Chapter) -> None:
    _is_the_same_twice(film)


def _is_the_same_twice(film: Chapter) -> None:
    """Here, and in a process of its own, which shares nothing that was kept from the first time."""
    start = round(film.scenes[4].start * RATE)
    here = b"".join(film.frame(index, 0.25).tobytes() for index in range(start, start + RATE))
    code = (
        "import sys, chapter\n"
        f"film = chapter.Chapter({film.number})\n"
        f"for index in range({start}, {start + RATE}):\n"
        "    sys.stdout.buffer.write(film.frame(index, 0.25).tobytes())\n"
    )
    there = subprocess.check_output([sys.executable, "-c", code], cwd=MAKE)
    assert here == there


def test_the_streams_show_what_is_drawn(film: Chapter) -> None:
    """A shot that was changed wants its stream encoded anew; 40 % is the size of the smallest."""
    ends = {scene.name: scene.end for scene in film.scenes}
    for name in SHOWN[film.name]:
        index = round(ends[name] * RATE) - RATE  # a second before the next
        drawn = film.frame(index, 0.4)[..., :3].astype(np.float64)
        error = np.mean((drawn - _streamed(film, index)) ** 2)
        assert 20 * np.log10(255 / np.sqrt(error)) >= LIKE, name


def _streamed(film: Chapter, index: int) -> NDArray[np.uint8]:
    """A frame of the stream's smallest size, (432, 768, 3)."""
    playlist = MAKE.parent / "dist" / film.name / "media_2.m3u8"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-ss", f"{(index - 0.5) / RATE}"]
    command += ["-i", str(playlist), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.check_output(command)
    return np.frombuffer(raw, np.uint8).reshape(432, 768, 3)


def test_every_chapter_is_drawn_where_none_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn: list[str] = []

    def render(film: Chapter, master: Path, *_: object) -> None:
        master.parent.mkdir(exist_ok=True)
        master.touch()
        drawn.append(film.name)

    monkeypatch.setattr(masters, "MEDIA", tmp_path)
    monkeypatch.setattr(masters, "render", render)
    for words in ([], ["chapter-2"]):
        monkeypatch.setattr("sys.argv", ["masters.py", *words])
        masters.main()
    assert drawn == ["chapter-1", "chapter-2", "chapter-4", "chapter-2"]
    assert "\ndiscriminator encode media/masters/chapter-4.mov " in capsys.readouterr().out


def test_the_storyboard_names_shots_that_exist(film: Chapter) -> None:
    scenes = film.scenes
    assert {scene.name for scene in scenes} == set(film.shots)
    assert len(scenes) >= 12
    assert scenes[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(scenes))


def test_shots_wait_for_words_and_not_for_seconds(film: Chapter) -> None:
    said = film.voice
    later = storyboard.Voice(
        said.words, tuple(start + 3 for start in said.starts), said.duration + 3
    )
    moved = storyboard.scenes(film.number, later)
    for before, after in zip(film.scenes[1:], moved[1:], strict=True):
        assert after.start == pytest.approx(before.start + 3)


def test_a_word_that_is_never_said_is_an_error(film: Chapter) -> None:
    with pytest.raises(storyboard.NotSaidError, match="never says 'rhinoceros'"):
        film.voice.when("rhinoceros")


@pytest.mark.soak  # renders many faces
def test_nothing_is_still_for_more_than_six_seconds(small_frames: NDArray[np.uint8]) -> None:
    changed = np.abs(np.diff(small_frames.astype(np.int16), axis=0)).max(3) > 6
    moved = changed.mean((1, 2)) > MOVING
    still = longest = 0
    for change in moved:
        still = 0 if change else still + 1
        longest = max(longest, still)
    assert longest / 4 <= STILL_AT_MOST


@pytest.mark.soak  # renders many faces
def test_nothing_flashes_more_than_three_times_a_second(film: Chapter) -> None:
    for scene in film.scenes:
        first, last = round(scene.start * RATE) + 1, round(scene.end * RATE)
        shown = np.stack([film.frame(index, 0.05)[..., :3] for index in range(first, last)])
        jumps = np.abs(np.diff(_patches(shown), axis=0)) > 0.1
        for at in range(0, max(len(jumps) - RATE, 1), 5):
            often = jumps[at : at + RATE].sum(0) > 6  # a flash is there and back
            assert not often.any(), f"{scene.name} flashes {at / RATE:.1f} s into it"


def _patches(frames: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the light of 6 x 8 patches, about as large as a flash has to be to harm."""
    light = (frames / 255.0) ** 2.2 @ (0.2126, 0.7152, 0.0722)
    patches: NDArray[np.float64] = light.reshape(len(frames), 6, 9, 8, 12).mean((2, 4))
    return patches


def test_type_comes_from_the_film_and_not_from_the_machine() -> None:
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


def test_kerning_is_done() -> None:
    hand = look_type.Hand(look_type.SERIF, 100)
    apart = sum(look_type.width_of(letter, hand) for letter in "AV")
    assert look_type.width_of("AV", hand) < apart
