from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from discriminator.video import ffmpeg
from discriminator.video.errors import UnreadableVideoError
from discriminator.video.probe import Picture, probe

if TYPE_CHECKING:
    from pathlib import Path


def made(folder: Path, name: str, *options: str, source: str = "testsrc=s=160x90:r=25:d=2") -> Path:
    path = folder / name
    ffmpeg.run(["-f", "lavfi", "-i", source, *options, f"file:{path}"])
    return path


def shown(path: Path) -> Picture:
    picture = probe(path).picture
    assert picture
    return picture


def test_a_plain_clip(tmp_path: Path) -> None:
    sound = ("-f", "lavfi", "-i", "sine=d=2", "-metadata:s:a:0", "language=eng")
    clip = probe(made(tmp_path, "plain.mp4", *sound))
    picture = clip.picture
    assert picture
    assert (picture.width, picture.height, picture.rate) == (160, 90, Fraction(25))
    assert picture.codec == "h264"
    assert clip.seconds == pytest.approx(2, abs=0.01)
    assert [(sound.language, sound.channels) for sound in clip.sounds] == [("eng", 1)]
    assert not picture.alpha
    assert not picture.interlaced


def test_any_name_will_do(tmp_path: Path) -> None:
    for name in ("-i.mp4", "50%d.mp4", "a:b.mp4", "naïve film.mp4"):
        assert shown(made(tmp_path, name)).width == 160


def test_a_clip_is_seen_upright_with_square_pixels(tmp_path: Path) -> None:
    lying = made(tmp_path, "lying.mp4", "-vf", "setsar=2")
    ffmpeg.run(["-display_rotation", "90", "-i", str(lying), "-c", "copy", str(tmp_path / "p.mp4")])
    picture = shown(tmp_path / "p.mp4")
    assert (picture.width, picture.height) == (90, 320)


@pytest.mark.parametrize(
    ("transfer", "primaries", "colour"),
    [
        ("smpte2084", "bt2020", "pq"),
        ("arib-std-b67", "bt2020", "hlg"),
        ("bt2020-10", "bt2020", "bt2020"),
        ("bt709", "bt709", "bt709"),
    ],
)
def test_colour(tmp_path: Path, transfer: str, primaries: str, colour: str) -> None:
    space = "bt709" if primaries == "bt709" else "bt2020nc"
    tags = f"setparams=color_trc={transfer}:color_primaries={primaries}:colorspace={space}"
    assert shown(made(tmp_path, "colour.mp4", "-vf", tags)).colour == colour


@pytest.mark.parametrize(("size", "colour"), [("160x90", "bt601"), ("1280x720", "bt709")])
def test_untagged_colour_is_guessed_as_players_do(tmp_path: Path, size: str, colour: str) -> None:
    source = f"testsrc=s={size}:d=0.2,format=yuv420p"
    assert shown(made(tmp_path, "untagged.mp4", source=source)).colour == colour


def test_interlaced(tmp_path: Path) -> None:
    fields = ("-vf", "tinterlace=interleave_top,setfield=tff", "-flags", "+ildct+ilme")
    assert shown(made(tmp_path, "tv.mpg", "-c:v", "mpeg2video", *fields)).interlaced


def test_transparency(tmp_path: Path) -> None:
    see_through = ("-vf", "format=rgba,colorchannelmixer=aa=0.5")
    assert shown(made(tmp_path, "a.mov", *see_through, "-c:v", "qtrle")).alpha
    vp9 = ("-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p")
    assert shown(made(tmp_path, "a.webm", *see_through, *vp9)).alpha


def test_the_cover_of_a_song_is_no_picture(tmp_path: Path) -> None:
    cover = made(tmp_path, "cover.png", "-frames:v", "1")
    song = tmp_path / "song.m4a"
    pinned = ("-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic")
    ffmpeg.run(["-f", "lavfi", "-i", "sine=d=1", "-i", str(cover), *pinned, str(song)])
    clip = probe(song)
    assert clip.picture is None
    assert len(clip.sounds) == 1
    assert clip.seconds == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize(
    "name", ["voice.wav", "voice.flac", "voice.opus", "voice.mp3", "voice.m4a"]
)
def test_a_recording_has_no_picture(tmp_path: Path, name: str) -> None:
    clip = probe(made(tmp_path, name, source="sine=d=2"))
    assert (clip.picture, [sound.channels for sound in clip.sounds]) == (None, [1])
    assert clip.seconds == pytest.approx(2, abs=0.1)


def test_a_still_is_neither_seen_moving_nor_heard(tmp_path: Path) -> None:
    with pytest.raises(UnreadableVideoError, match="no moving picture and no sound"):
        probe(made(tmp_path, "still.png", "-frames:v", "1"))
