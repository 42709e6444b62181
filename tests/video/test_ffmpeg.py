from __future__ import annotations

from pathlib import Path

import imageio_ffmpeg
import pytest

from discriminator.video import ffmpeg
from discriminator.video.errors import NoFfmpegError, NoSpaceError, VideoError

TEST_PICTURE = ("-f", "lavfi", "-i", "testsrc=s=64x48:d=2")


def test_the_one_on_the_path_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "ffmpeg"
    own.write_text("#!/bin/sh\n", encoding="utf-8")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ffmpeg.find() == str(own)


def test_the_one_in_the_package_comes_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert ffmpeg.find() == imageio_ffmpeg.get_ffmpeg_exe()


def test_progress_ends_at_one(tmp_path: Path) -> None:
    told: list[float] = []
    ffmpeg.run([*TEST_PICTURE, "o.mp4"], cwd=tmp_path, seconds=2, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_a_failure_is_one_sentence() -> None:
    with pytest.raises(VideoError, match=r"^ffmpeg could not do it: [^\n]*No such file[^\n]*\.$"):
        ffmpeg.run(["-i", "/nowhere/film.mp4", "-f", "null", "-"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_told() -> None:
    with pytest.raises(NoSpaceError):
        ffmpeg.run([*TEST_PICTURE, "-f", "mpegts", "file:/dev/full"])


def test_a_bare_ffmpeg_is_told() -> None:
    with pytest.raises(NoFfmpegError, match="too bare"):
        ffmpeg.run([*TEST_PICTURE, "-c:v", "libnothing", "-f", "null", "-"])


def test_whoever_follows_may_stop_it() -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ffmpeg.run([*TEST_PICTURE, "-f", "null", "-"], seconds=2, progress=stop)
