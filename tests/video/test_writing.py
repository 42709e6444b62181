"""A clip can be watched while it is written, and is whole in the end, or not there."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

import av
import av.error
import numpy as np
import pytest

from discriminator.video import ffmpeg, writing
from discriminator.video.errors import NoSpaceError, VideoError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SIZE = (96, 64)
RATE = 25
TAGS = {"comment": "Made up."}
SECONDS = 3


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sounds") / "voice.wav"
    ffmpeg.run(["-f", "lavfi", "-i", f"sine=frequency=330:duration={SECONDS}", str(path)])
    return path


def picture(number: int) -> NDArray[np.uint8]:
    shade = np.full((SIZE[1], SIZE[0], 3), 40, np.uint8)
    shade[:, : number % SIZE[0]] = (200, 60, 30)
    return shade


def written(path: Path, voice: Path, frames: int = SECONDS * RATE) -> None:
    with writing.Growing(path, SIZE, RATE, writing.Sound(voice), TAGS) as clip:
        for number in range(frames):
            clip.add(picture(number))


def looked_at(path: Path) -> tuple[int, float, dict[str, str]]:
    with av.open(str(path)) as file:
        frames = sum(1 for _ in file.decode(video=0))
    with av.open(str(path)) as file:
        heard = sum(frame.samples / frame.sample_rate for frame in file.decode(audio=0))
        return frames, heard, dict(file.metadata)


def test_pictures_and_voice_are_in_it_and_what_it_is(tmp_path: Path, voice: Path) -> None:
    written(tmp_path / "growing.mp4", voice)
    writing.make_whole(tmp_path / "growing.mp4", tmp_path / "whole.mp4", TAGS)
    for name in ("growing.mp4", "whole.mp4"):
        frames, heard, tags = looked_at(tmp_path / name)
        assert frames == SECONDS * RATE
        assert heard == pytest.approx(SECONDS, abs=0.1)
        assert tags["comment"] == "Made up."
    content = (tmp_path / "whole.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_its_first_second_can_be_played_before_it_is_done(tmp_path: Path, voice: Path) -> None:
    path = tmp_path / "growing.mp4"
    copy = tmp_path / "copy.mp4"
    with writing.Growing(path, SIZE, RATE, writing.Sound(voice), TAGS) as clip:
        for number in range(2 * RATE):
            clip.add(picture(number))
        copy.write_bytes(path.read_bytes())
        frames, heard, tags = looked_at(copy)
        assert frames >= RATE
        assert heard >= 0.8
        assert tags["comment"] == "Made up."


def test_colours_come_back_as_they_were(tmp_path: Path, voice: Path) -> None:
    written(tmp_path / "clip.mp4", voice, 70)
    with av.open(str(tmp_path / "clip.mp4")) as file:
        *_, last = file.decode(video=0)
    shown = last.to_ndarray(format="rgb24", src_colorspace="ITU709")
    assert np.abs(shown[32, 20].astype(int) - (200, 60, 30)).max() < 14


class StoppedError(Exception):
    pass


class Full:
    """What an encoder's file does on a full disk, which is hard to come by."""

    def encode(self, _: object) -> list[Any]:
        raise av.error.OSError(errno.ENOSPC, "No space left on device")


def stop_after_one(path: Path, voice: Path) -> None:
    with writing.Growing(path, SIZE, RATE, writing.Sound(voice), TAGS) as clip:
        clip.add(picture(0))
        raise StoppedError


def fill_the_disk(path: Path, voice: Path) -> None:
    with writing.Growing(path, SIZE, RATE, writing.Sound(voice), TAGS) as clip:
        clip.add(picture(0))
        clip._video = Full()  # noqa: SLF001 - the only way to it
        clip.add(picture(1))


def test_what_fails_leaves_no_file(tmp_path: Path, voice: Path) -> None:
    with pytest.raises(StoppedError):
        stop_after_one(tmp_path / "clip.mp4", voice)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said(tmp_path: Path, voice: Path) -> None:
    with pytest.raises(NoSpaceError, match="disk is full"):
        fill_the_disk(tmp_path / "clip.mp4", voice)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, voice: Path) -> None:
    with pytest.raises(VideoError, match="could not be written"):
        written(tmp_path / "none" / "clip.mp4", voice)
