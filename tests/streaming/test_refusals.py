"""Wrong input: one sentence that says what to do, and nothing left behind."""

from __future__ import annotations

import errno
import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

import imageio_ffmpeg
import pytest

from discriminator import streaming
from discriminator.video import ffmpeg
from discriminator.video.errors import NoFfmpegError, NoSpaceError, UnreadableVideoError, VideoError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from encoded import Encoded


class Usage(NamedTuple):
    free: int


def refused(
    master: Path, folder: Path, options: streaming.Options | None = None
) -> streaming.VideoError:
    """Encode in vain, and see that the message is one sentence and the folder's parent clean."""
    before = sorted(folder.parent.iterdir())
    with pytest.raises(VideoError) as caught:
        streaming.encode(master, folder, options)
    assert sorted(folder.parent.iterdir()) == before
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return caught.value


def test_what_is_not_there(tmp_path: Path) -> None:
    assert "is not there" in str(refused(tmp_path / "none.mp4", tmp_path / "s"))


def test_a_folder_as_master(tmp_path: Path) -> None:
    assert "is not there" in str(refused(tmp_path, tmp_path / "s"))


@pytest.mark.parametrize("content", [b"", b"Dear diary", b"\0" * 5000])
@pytest.mark.parametrize("name", ["film.mp4", "film.txt"])
def test_what_is_no_video(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert isinstance(refused(tmp_path / name, tmp_path / "s"), UnreadableVideoError)


def test_a_still(film: Callable[..., Path], tmp_path: Path) -> None:
    still = film("still.png", "color=red:d=1", options=("-frames:v", "1"))
    assert "no moving picture" in str(refused(still, tmp_path / "s"))


def test_a_playlist_reads_no_other_files(encoded: Encoded, tmp_path: Path) -> None:
    assert isinstance(refused(encoded.folder / "master.m3u8", tmp_path / "s"), UnreadableVideoError)


@pytest.mark.parametrize(
    ("flags", "told"), [("+faststart", r"states 5\.0 s and holds [1-4]\.\d s"), ("+write_colr", "")]
)
def test_a_truncated_file(film: Callable[..., Path], tmp_path: Path, flags: str, told: str) -> None:
    whole = film("whole.mp4", "testsrc=d=5", options=("-c:v", "libx264", "-movflags", flags))
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert re.search(f"cut short.*{told}", str(refused(cut, tmp_path / "s")))


def test_a_film_without_frames(film: Callable[..., Path], tmp_path: Path) -> None:
    options = ("-c:v", "libx264", "-frames:v", "0")
    assert refused(film("none.mp4", "testsrc=d=1", options=options), tmp_path / "s")


def test_a_file_still_being_written(
    master: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: streaming.Options
) -> None:
    growing = tmp_path / "growing.mov"
    shutil.copy(master, growing)

    def run_meanwhile(*arguments: object, **options: object) -> str:
        with growing.open("ab") as file:
            file.write(b"more")
        return run(*arguments, **options)  # type: ignore[arg-type]

    run = ffmpeg.run
    monkeypatch.setattr(ffmpeg, "run", run_meanwhile)
    assert "still being written" in str(refused(growing, tmp_path / "s", small))


def test_no_ffmpeg(
    master: Path, tmp_path: Path, small: streaming.Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> str:
        raise RuntimeError

    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", missing)
    monkeypatch.setenv("PATH", "")
    assert isinstance(refused(master, tmp_path / "s", small), NoFfmpegError)


def test_an_ffmpeg_that_is_named_and_not_there(
    master: Path, tmp_path: Path, small: streaming.Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "none"))
    assert isinstance(refused(master, tmp_path / "s", small), NoFfmpegError)


def test_no_space_foreseen(
    master: Path, tmp_path: Path, small: streaming.Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=1000))
    assert isinstance(refused(master, tmp_path / "s", small), NoSpaceError)


def test_no_space_met(
    master: Path, tmp_path: Path, small: streaming.Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ffmpeg, "run", full)
    assert isinstance(refused(master, tmp_path / "s", small), NoSpaceError)


@pytest.mark.parametrize("code", ["xx", "english", "e n", "../en"])
def test_unknown_languages(master: Path, tmp_path: Path, code: str) -> None:
    options = streaming.Options(language=code)
    assert "language code" in str(refused(master, tmp_path / "s", options))


@pytest.mark.parametrize("content", [b"1\n00:00:01,000", b"\xff\xfe\x00"])
def test_captions_that_are_none(master: Path, tmp_path: Path, content: bytes) -> None:
    captions = tmp_path / "captions.en.vtt"
    captions.write_bytes(content)
    refused(master, tmp_path / "s", streaming.Options(captions=(captions,)))


def test_captions_that_are_not_there(master: Path, tmp_path: Path) -> None:
    options = streaming.Options(captions=(tmp_path / "none.vtt",))
    assert "is not there" in str(refused(master, tmp_path / "s", options))


def test_two_captions_of_one_language(master: Path, tmp_path: Path) -> None:
    paths = (tmp_path / "a.en.vtt", tmp_path / "b.en.vtt")
    for path in paths:
        path.write_text("WEBVTT\n", encoding="utf-8")
    assert "'en'" in str(refused(master, tmp_path / "s", streaming.Options(captions=paths)))


def test_a_folder_that_holds_something_else(master: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("Dear", encoding="utf-8")
    assert "letter.txt" in str(refused(master, tmp_path / "home"))
    assert (tmp_path / "home" / "letter.txt").exists()


def test_a_file_in_the_folders_place(master: Path, tmp_path: Path) -> None:
    (tmp_path / "s").write_text("a file", encoding="utf-8")
    assert "is a file" in str(refused(master, tmp_path / "s"))


def test_a_place_that_cannot_be(master: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    with pytest.raises(VideoError, match=r"cannot be written|is a file"):
        streaming.encode(master, tmp_path / "file" / "s")


@pytest.mark.parametrize(
    "wish",
    [
        {"codec": "mpeg2"},
        {"codec": "av1", "two_pass": True},
        {"quality": 99},
        {"quality": -1},
        {"rungs": ()},
    ],
)
def test_options_that_no_encoder_understands(wish: dict[str, object]) -> None:
    with pytest.raises(streaming.EncodeError):
        streaming.Options(**wish)  # type: ignore[arg-type]
