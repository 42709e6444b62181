"""A whole stream: what is in the folder, and what two players make of it."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import av
import pytest
from second_player import beeps, flashes

from discriminator import streaming
from discriminator.streaming import hls, manifest
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from encoded import Encoded

FRAME = 1 / 24


def test_the_checker_finds_nothing(encoded: Encoded) -> None:
    assert streaming.check(encoded.folder) == ()


def test_the_index_tells_what_came_out(encoded: Encoded) -> None:
    stream = encoded.stream
    assert [(one.width, one.height) for one in stream.renditions] == [
        (320, 180),
        (192, 108),
        (96, 54),
    ]
    assert stream.seconds == pytest.approx(5, abs=FRAME)
    assert (stream.sounds, stream.captions, stream.rate) == (("en",), ("en",), "24")


def test_every_segment_is_one_closed_group_of_two_seconds(encoded: Encoded) -> None:
    pictures = manifest.read(encoded.folder).pictures
    assert len(pictures) == 3
    for track in pictures:
        assert [segment.start for segment in track.segments] == [0, 2, 4]
        for segment in track.segments:
            kinds = _frame_kinds(encoded.folder, track, segment.name)
            assert kinds[0] == "I"
            assert len(kinds) == round(segment.seconds * 24)


def test_key_frames_stand_at_the_same_moments_in_every_rendition(encoded: Encoded) -> None:
    pictures = manifest.read(encoded.folder).pictures
    for one, other in pairwise(pictures):
        assert [s.start for s in one.segments] == [s.start for s in other.segments]


def test_the_picture_is_high_profile_of_eight_bits(encoded: Encoded) -> None:
    track = manifest.read(encoded.folder).tracks[0]
    with av.open(_whole(encoded.folder, track), "r") as container:
        context = container.streams.video[0].codec_context
        assert (context.profile, context.pix_fmt) == ("High", "yuv420p")
        assert track.codecs.startswith("avc1.64")


@pytest.mark.parametrize("two_pass", [False, True])
def test_noise_stays_under_the_ceilings(
    film: Callable[..., Path], tmp_path: Path, small: streaming.Options, *, two_pass: bool
) -> None:
    noisy = film("noise.mp4", "color=gray:s=320x180:r=24:d=5,noise=alls=80:allf=t")
    options = streaming.Options(rungs=small.rungs, two_pass=two_pass)
    stream = streaming.encode(noisy, tmp_path / "noise", options)
    for rendition in stream.renditions:
        assert rendition.average <= rendition.ceiling
        assert rendition.peak <= rendition.ceiling
        # A ceiling that is not nearly reached by noise would waste the line.
        assert rendition.average >= 0.6 * rendition.ceiling
    assert not list((tmp_path / "noise").glob("*.log*"))


@pytest.mark.parametrize("entry", ["master.m3u8", "manifest.mpd"])
def test_another_player_hears_the_beep_when_it_sees_the_flash(encoded: Encoded, entry: str) -> None:
    seen, heard = flashes(encoded.folder / entry), beeps(encoded.folder / entry)
    assert seen == pytest.approx([1, 3], abs=FRAME)
    assert heard == pytest.approx(seen, abs=0.040)


@pytest.mark.parametrize("offset", [0.5, -0.5])
def test_a_track_that_starts_late_keeps_its_place(
    master: Path, tmp_path: Path, small: streaming.Options, offset: float
) -> None:
    late = tmp_path / "late.mov"
    delays = {0: max(-offset, 0), 1: max(offset, 0)}
    inputs = [w for delay in delays.values() for w in ("-itsoffset", str(delay), "-i", str(master))]
    ffmpeg.run([*inputs, "-map", "0:v", "-map", "1:a", "-c", "copy", str(late)])
    streaming.encode(late, tmp_path / "late", small)
    entry = tmp_path / "late" / "master.m3u8"
    assert beeps(entry)[0] - flashes(entry)[0] == pytest.approx(offset, abs=0.040)


def test_the_other_player_plays_every_frame(encoded: Encoded) -> None:
    with av.open(str(encoded.folder / "master.m3u8")) as container:
        assert len(container.streams.video) == 3
        assert sum(1 for _ in container.decode(container.streams.video[0])) == 120


def test_captions_are_listed_in_both_manifests(encoded: Encoded) -> None:
    assert manifest.read(encoded.folder).captions == ("captions-en.vtt",)
    listed = (encoded.folder / hls.NAME).read_text(encoding="utf-8")
    assert 'TYPE=SUBTITLES,GROUP-ID="captions",NAME="English",LANGUAGE="en"' in listed
    assert hls.segments(encoded.folder, "captions-en.m3u8") == ("captions-en.vtt",)
    text = (encoded.folder / "captions-en.vtt").read_text(encoding="utf-8")
    assert "A photograph." in text


def test_thumbnails_show_the_start_of_each_segment(encoded: Encoded) -> None:
    assert encoded.stream.thumbnails
    track = (encoded.folder / encoded.stream.thumbnails).read_text(encoding="utf-8")
    assert "00:00:02.000 --> 00:00:04.000\nthumbnails-001.jpg#xywh=192,0,192,108" in track
    assert track.count("#xywh=") == 3
    with av.open(str(encoded.folder / "thumbnails-001.jpg")) as container:
        sheet = next(container.decode(video=0))
    assert (sheet.width, sheet.height) == (5 * 192, 5 * 108)


def test_the_same_master_makes_the_same_bytes(
    encoded: Encoded, small: streaming.Options, tmp_path: Path
) -> None:
    again = streaming.encode(encoded.master, tmp_path / "again", small)
    assert again == encoded.stream
    for name in again.files:
        assert (tmp_path / "again" / name).read_bytes() == (encoded.folder / name).read_bytes()


def test_nothing_about_the_makers_machine_is_told(encoded: Encoded) -> None:
    everything = b"".join((encoded.folder / name).read_bytes() for name in encoded.stream.files)
    assert str(encoded.master.parent).encode() not in everything
    assert b"Lavf" not in everything


def test_the_default_ladder_has_the_films_three_sizes(
    film: Callable[..., Path], tmp_path: Path
) -> None:
    plain = film("hd.mp4", "color=navy:s=1920x1080:r=25:d=3")
    stream = streaming.encode(plain, tmp_path / "hd")
    sizes = [(one.width, one.height, one.ceiling) for one in stream.renditions]
    assert sizes == [(1920, 1080, 8_000_000), (1280, 720, 5_000_000), (768, 432, 2_500_000)]


def test_av1_plays_too(encoded: Encoded, tmp_path: Path, small: streaming.Options) -> None:
    options = streaming.Options(codec="av1", rungs=small.rungs[:1])
    stream = streaming.encode(encoded.master, tmp_path / "av1", options)
    assert stream.renditions[0].codecs.startswith("av01")
    entry = tmp_path / "av1" / "master.m3u8"
    assert beeps(entry) == pytest.approx(flashes(entry), abs=0.040)


def _whole(folder: Path, track: manifest.Track) -> io.BytesIO:
    names = [track.opening, *(segment.name for segment in track.segments)]
    return io.BytesIO(b"".join((folder / name).read_bytes() for name in names))


def _frame_kinds(folder: Path, track: manifest.Track, name: str) -> list[str]:
    """Decode one segment alone: an open group would lose its first frames."""
    content = io.BytesIO((folder / track.opening).read_bytes() + (folder / name).read_bytes())
    with av.open(content, "r") as container:
        return [av.video.frame.PictureType(f.pict_type).name for f in container.decode(video=0)]
