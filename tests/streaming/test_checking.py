from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from discriminator import streaming
from discriminator.streaming import index

if TYPE_CHECKING:
    from pathlib import Path

    from encoded import Encoded


@pytest.fixture
def folder(encoded: Encoded, tmp_path: Path) -> Path:
    return shutil.copytree(encoded.folder, tmp_path / "film")


def replace(folder: Path, name: str, old: str, new: str) -> None:
    """Change a text, and the index with it, so that only the change itself can be noticed."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    stream = index.read(folder)
    assert stream
    stream.files.update(index.sizes(folder))
    index.write(folder, stream)


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("manifest.mpd", 'type="static"', 'type="dynamic"', "not static"),
        ("manifest.mpd", "isoff-live", "isoff-main", "profile"),
        ("manifest.mpd", "PT5.000S", "PT9.000S", "duration"),
        ("master.m3u8", "media_1.m3u8", "media_7.m3u8", "does not list media_1.m3u8"),
        ("master.m3u8", "TYPE=SUBTITLES", "TYPE=VIDEO", "different captions"),
        ("media_0.m3u8", "segment-0-00002-", "segment-0-00003-", "different segments"),
        ("media_0.m3u8", "#EXT-X-ENDLIST", "", "no end"),
        ("captions-en.vtt", "WEBVTT", "Captions", "not WebVTT"),
    ],
)
def test_damaged_texts_are_noticed(
    folder: Path, name: str, old: str, new: str, problem: str
) -> None:
    replace(folder, name, old, new)
    assert problem in " ".join(streaming.check(folder))


def test_a_rate_stated_too_low_is_noticed(folder: Path) -> None:
    text = (folder / "manifest.mpd").read_text(encoding="utf-8")
    replace(folder, "manifest.mpd", text, re.sub('bandwidth="[0-9]+"', 'bandwidth="1"', text))
    assert "track 0 states a lower rate than it has" in streaming.check(folder)


def test_an_uneven_cut_is_noticed(folder: Path) -> None:
    text = (folder / "manifest.mpd").read_text(encoding="utf-8")
    first = text.replace('d="24576" r="1"', 'd="24000" r="1"', 1)
    replace(folder, "manifest.mpd", text, first)
    problems = " ".join(streaming.check(folder))
    assert "different moments" in problems


def the_segment(folder: Path, beginning: str) -> Path:
    [segment] = folder.glob(f"{beginning}-*.m4s")
    return segment


def test_a_missing_segment_is_noticed(folder: Path) -> None:
    segment = the_segment(folder, "segment-1-00002")
    segment.unlink()
    assert streaming.check(folder) == (f"{segment.name} is missing or empty",)


def test_a_segment_of_another_size_is_noticed(folder: Path) -> None:
    with the_segment(folder, "segment-1-00002").open("ab") as segment:
        segment.write(b"more")
    assert "not the file that was written" in streaming.check(folder)[0]


def test_a_damaged_segment_is_noticed(folder: Path) -> None:
    segment = the_segment(folder, "segment-0-00002")
    segment.write_bytes(b"\0" * segment.stat().st_size)
    assert any(segment.name in problem for problem in streaming.check(folder))


def test_a_folder_without_a_stream(tmp_path: Path) -> None:
    assert "cannot be read" in streaming.check(tmp_path)[0]


def test_a_stream_without_an_index(folder: Path) -> None:
    (folder / index.NAME).write_text("{}", encoding="utf-8")
    assert "stream.json" in streaming.check(folder)[0]
