from __future__ import annotations

import argparse
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from discriminator.streaming import command
from discriminator.video.errors import VideoError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def parsed(*words: object) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args([str(word) for word in words])


def test_it_encodes_then_skips_then_obeys_force(master: Path, tmp_path: Path) -> None:
    args = master, "-o", tmp_path / "s"
    first = command.run(parsed(*args))
    assert json.loads(json.dumps(first))["renditions"][0]["width"] == 320
    assert (first["skipped"], first["problems"]) == (False, [])
    assert command.run(parsed(*args))["skipped"] is True
    assert command.run(parsed(*args, "--force"))["skipped"] is False


def test_its_options_reach_the_encoder(master: Path, tmp_path: Path) -> None:
    captions = tmp_path / "words.fr.vtt"
    captions.write_text("WEBVTT\n", encoding="utf-8")
    wishes = "--two-pass", "--language", "en", "--captions", captions
    result = command.run(parsed(master, "-o", tmp_path / "s", *wishes))
    assert (result["sounds"], result["captions"]) == (("en",), ("fr",))


def test_what_viewers_would_miss_is_said(
    film: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    song = film("song.wav", "sine=d=1", options=("-c:a", "pcm_s16le"))
    args = song, "-o", tmp_path / "s"
    command.run(parsed(*args))
    said = capsys.readouterr().err
    assert "No captions were found: put song.LANGUAGE.vtt beside song.wav" in said
    assert "--language" in said
    song.with_suffix(".en.vtt").write_text("WEBVTT\n", encoding="utf-8")
    command.run(parsed(*args, "--language", "en"))
    assert capsys.readouterr().err == ""


def test_progress_is_drawn_on_a_terminal_only(
    master: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream, drawn in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        command.run(parsed(master, "-o", tmp_path / "s", "--force"))
        assert ("100%" in stream.getvalue()) is drawn
        assert stream.getvalue().endswith("\n") is drawn


def test_bad_input_is_a_value_error(tmp_path: Path) -> None:
    with pytest.raises(VideoError):
        command.run(parsed(tmp_path / "none.mp4", "-o", tmp_path / "s"))
