"""The streams that are shipped: whole, playable by a second player, and not too large."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import pytest
import streams

from discriminator import shipped, streaming
from discriminator.streaming import captions, command, index
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from pathlib import Path

MEDIA = shipped.folder("media")
CHAPTERS = sorted((MEDIA / "dist").glob("chapter-*"))
MOST_BYTES = 100_000_000


def test_there_is_a_stream_for_every_chapter() -> None:
    assert [folder.name for folder in CHAPTERS] == [f"chapter-{number}" for number in range(1, 5)]


@pytest.mark.parametrize("folder", CHAPTERS, ids=lambda folder: folder.name)
def test_a_stream_is_as_it_was_written(folder: Path) -> None:
    assert streaming.check(folder) == ()


@pytest.mark.parametrize("folder", CHAPTERS, ids=lambda folder: folder.name)
def test_a_stream_was_made_as_the_makers_say(folder: Path, tmp_path: Path) -> None:
    words = streams.command(int(folder.name.removeprefix("chapter-"))).split()
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    told = parser.parse_args(words[2:])
    assert folder == MEDIA.parent / told.output
    options = streaming.Options(quality=told.quality, language=told.language)
    shown = [captions.Captions(folder / "captions-en.vtt", "en")]
    (tmp_path / "master").touch()  # what it holds does not matter here
    made = index.read(folder)
    assert made
    assert made.origin.settings == index.origin(tmp_path / "master", options, shown).settings
    assert words[0] == "discriminator"
    if folder.name == "chapter-1":
        assert " ".join(words) in (MEDIA.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", CHAPTERS, ids=lambda folder: folder.name)
def test_another_player_reads_every_size_without_a_word(folder: Path) -> None:
    # Every size is taken: of a size that nobody takes, ffmpeg stops reading in the middle of a
    # frame, and then complains of its "invalid NAL unit size".
    taken = ["-map", "0:v?", "-map", "0:a", "-c", "copy", "-f", "null", "-"]
    assert not ffmpeg.run(["-loglevel", "warning", "-i", str(folder / "master.m3u8"), *taken])


def test_the_media_stay_small_enough_for_a_repository() -> None:
    kept = [path for path in MEDIA.rglob("*") if path.is_file() and "masters" not in path.parts]
    assert sum(path.stat().st_size for path in kept) <= MOST_BYTES
