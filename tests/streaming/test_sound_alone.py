"""A master without a picture: its stream, for pages that draw their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from second_player import beeps

from discriminator import streaming
from discriminator.streaming import hls, index, manifest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 5
# A beep at 1.0 s and at 3.0 s.
BEEPS = f"aevalsrc='sin(2000*PI*t)*between(mod(t,2),1,1.04)':s=48000:d={SECONDS}"
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\nWho asked?\n"


@pytest.fixture(scope="module")
def heard(film: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stream's folder."""
    master = film("voice.opus", BEEPS, options=("-c:a", "libopus", "-b:a", "96k"))
    master.with_suffix(".en.vtt").write_text(CAPTIONS, encoding="utf-8")
    folder = tmp_path_factory.mktemp("streams") / "voice"
    streaming.encode(master, folder, streaming.Options(language="en"))
    return folder


def test_the_index_says_that_there_is_nothing_to_see(heard: Path) -> None:
    stream = index.read(heard)
    assert stream
    assert (stream.renditions, stream.thumbnails, stream.rate) == ((), None, "0")
    assert (stream.sounds, stream.captions) == (("en",), ("en",))
    assert stream.seconds == pytest.approx(SECONDS, abs=0.05)


def test_both_manifests_list_sound_and_captions(heard: Path) -> None:
    listed = manifest.read(heard)
    [track] = listed.tracks
    assert (track.kind, track.codecs, track.language) == ("audio", "mp4a.40.2", "en")
    assert [round(segment.start) for segment in track.segments] == [0, 2, 4]
    assert listed.captions == ("captions-en.vtt",)
    *_, variant, playlist = (heard / hls.NAME).read_text(encoding="utf-8").splitlines()
    assert playlist == "media_0.m3u8"
    assert 'CODECS="mp4a.40.2",AUDIO="audio",SUBTITLES="captions"' in variant
    assert "RESOLUTION" not in variant


@pytest.mark.parametrize("entry", ["master.m3u8", "manifest.mpd"])
def test_another_player_hears_each_beep_at_its_moment(heard: Path, entry: str) -> None:
    assert beeps(heard / entry) == pytest.approx([1, 3], abs=0.040)


def test_two_languages_are_two_sounds_of_one_stream(
    film: Callable[..., Path], tmp_path: Path
) -> None:
    tagged = ("-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=fra")
    both = film("both.mka", "sine=d=1", "sine=f=880:d=1", options=("-c:a", "flac", *tagged))
    assert streaming.encode(both, tmp_path / "s").sounds == ("en", "fr")
    listed = (tmp_path / "s" / hls.NAME).read_text(encoding="utf-8")
    assert listed.count("TYPE=AUDIO") == 2
    assert listed.count("#EXT-X-STREAM-INF") == 1


def test_the_cover_of_a_song_is_left_out(film: Callable[..., Path], tmp_path: Path) -> None:
    covered = ("-frames:v", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic", "-c:a", "aac")
    song = film("song.m4a", "color=red:s=64x64:d=1", "sine=d=1", options=covered)
    stream = streaming.encode(song, tmp_path / "s")
    assert (stream.renditions, stream.sounds) == ((), ("und",))
