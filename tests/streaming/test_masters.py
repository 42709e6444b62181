"""Masters of every kind come out right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from discriminator import streaming
from discriminator.streaming import manifest
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Left half red, right half blue; the top left corner white.
FLAG = (
    "color=red:s={size}:r={rate}:d={seconds},drawbox=x=iw/2:c=blue:t=fill,"
    "drawbox=w=iw/4:h=ih/4:c=white:t=fill"
)
TEN_BIT = ("-c:v", "libx265", "-x265-params", "lossless=1:log-level=error")
RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)


def flag(size: str = "320x180", rate: str = "24", seconds: float = 1) -> str:
    return FLAG.format(size=size, rate=rate, seconds=seconds)


def sizes(stream: streaming.Stream) -> list[tuple[int, int]]:
    return [(one.width, one.height) for one in stream.renditions]


def test_portrait(film: Callable[..., Path], small: streaming.Options, tmp_path: Path) -> None:
    stream = streaming.encode(film("tall.mp4", flag("180x320")), tmp_path / "s", small)
    assert sizes(stream) == [(180, 320), (108, 192), (54, 96)]
    assert _colours(tmp_path / "s") == [WHITE, BLUE]


def test_rotated_phone_video_stands_upright(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    lying, phone = film("lying.mp4", flag()), tmp_path / "phone.mp4"
    ffmpeg.run(["-display_rotation", "90", "-i", str(lying), "-c", "copy", str(phone)])
    stream = streaming.encode(phone, tmp_path / "s", small)
    assert sizes(stream)[0] == (180, 320)
    # Turned to the left: what was on the right is now on top.
    assert _colours(tmp_path / "s", (0.25, 0.25), (0.75, 0.6)) == [BLUE, RED]


def test_odd_sizes(film: Callable[..., Path], small: streaming.Options, tmp_path: Path) -> None:
    odd = film("odd.mkv", flag("201x113"), options=("-c:v", "ffv1", "-pix_fmt", "yuv444p"))
    stream = streaming.encode(odd, tmp_path / "s", small)
    assert sizes(stream) == [(200, 112), (192, 106), (96, 52)]


def test_wide_pixels_become_square(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    wide = film("wide.mp4", f"{flag('160x120')},setsar=4/3")
    assert sizes(streaming.encode(wide, tmp_path / "s", small))[0] == (212, 120)


def test_no_sound(film: Callable[..., Path], small: streaming.Options, tmp_path: Path) -> None:
    stream = streaming.encode(film("mute.mp4", flag()), tmp_path / "s", small)
    assert stream.sounds == ()
    assert {track.kind for track in manifest.read(tmp_path / "s").tracks} == {"video"}


def test_sound_that_outlasts_the_picture(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    stream = streaming.encode(film("long.mov", flag(), "sine=d=6"), tmp_path / "s", small)
    assert stream.seconds == pytest.approx(6, abs=0.05)
    assert stream.thumbnails
    track = (tmp_path / "s" / stream.thumbnails).read_text(encoding="utf-8")
    assert track.count("#xywh=") == 1


def test_a_file_that_states_no_times(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    bare = film("bare.h264", flag(), options=("-c:v", "libx264"))
    assert streaming.encode(bare, tmp_path / "s", small).seconds == pytest.approx(1, abs=0.1)


def test_a_single_frame(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    stream = streaming.encode(film("one.mp4", flag(seconds=0.04)), tmp_path / "s", small)
    assert stream.seconds == pytest.approx(1 / 24, abs=0.001)


@pytest.mark.parametrize(("layout", "channels"), [("mono", 1), ("stereo", 2), ("5.1", 2)])
def test_channels(
    film: Callable[..., Path],
    small: streaming.Options,
    tmp_path: Path,
    layout: str,
    channels: int,
) -> None:
    master = film("sound.mov", flag(), f"sine=d=1,aformat=channel_layouts={layout}")
    streaming.encode(master, tmp_path / "s", small)
    (sound,) = manifest.read(tmp_path / "s").sounds
    assert (sound.channels, sound.codecs) == (channels, "mp4a.40.2")


def test_several_languages(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    tags = ("-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=fra")
    copy = ("-c:v", "libx264", "-c:a", "pcm_s16le", *tags)
    master = film("two.mov", flag(), "sine=d=1", "sine=f=900:d=1", options=copy)
    stream = streaming.encode(master, tmp_path / "s", small)
    assert stream.sounds == ("de", "fr")
    listed = (tmp_path / "s" / "master.m3u8").read_text(encoding="utf-8")
    assert 'NAME="Deutsch",LANGUAGE="de",DEFAULT=YES' in listed
    assert 'NAME="Français",LANGUAGE="fr",DEFAULT=NO' in listed


def test_two_tracks_of_one_language_have_two_names(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    master = film("both.mov", flag(), "sine=d=1", "sine=f=900:d=1")
    options = streaming.Options(rungs=small.rungs, language="de")
    assert streaming.encode(master, tmp_path / "s", options).sounds == ("de", "de")
    listed = (tmp_path / "s" / "master.m3u8").read_text(encoding="utf-8")
    assert 'NAME="Deutsch",' in listed
    assert 'NAME="Deutsch 2",' in listed
    listed = (tmp_path / "s" / manifest.NAME).read_text(encoding="utf-8")
    assert "Label>Deutsch</" in listed
    assert "Label>Deutsch 2</" in listed


def test_a_varying_rate_becomes_steady(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    gaps = f"{flag(rate='30', seconds=4)},select='not(between(mod(n,30),5,9))'"
    options = ("-c:v", "libx264", "-fps_mode", "vfr")
    stream = streaming.encode(film("vfr.mp4", gaps, options=options), tmp_path / "s", small)
    assert stream.rate == "25"
    assert stream.seconds == pytest.approx(4, abs=0.04)
    with av.open(str(tmp_path / "s" / "master.m3u8")) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert np.diff(times) == pytest.approx(0.04, abs=0.001)


def test_american_rates_stay_exact(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    stream = streaming.encode(
        film("ntsc.mp4", flag(rate="30000/1001", seconds=5)), tmp_path / "s", small
    )
    assert stream.rate == "30000/1001"
    starts = [one.start for one in manifest.read(tmp_path / "s").tracks[0].segments]
    assert starts == pytest.approx([0, 2.002, 4.004])


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_high_range_is_mapped_to_what_screens_show(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path, transfer: str
) -> None:
    # Grey steps, from black through a white wall to a lamp.
    steps = "geq=lum='64+876*floor(X*4/W)/4':cb=512:cr=512"
    tags = f"setparams=color_trc={transfer}:color_primaries=bt2020:colorspace=bt2020nc:range=tv"
    source = f"color=gray:s=320x180:r=24:d=0.5,format=yuv420p10le,{steps},{tags}"
    streaming.encode(film("hdr.mp4", source, options=TEN_BIT), tmp_path / "s", small)
    frame = _first_frame(tmp_path / "s")
    assert (frame.format.name, frame.color_trc, frame.colorspace) == ("yuv420p", 1, 1)
    light = [_at(frame, (x, 0.5))[0] for x in (0.125, 0.375, 0.625, 0.875)]
    assert light[0] <= 2
    assert all(after - before > 5 for before, after in pairwise(light))
    # A wall at half the code is well lit on a common screen.
    assert 90 < light[2] < 240


def test_wide_colour_keeps_its_hue(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    tags = "setparams=color_trc=bt2020-10:color_primaries=bt2020:colorspace=bt2020nc:range=tv"
    source = f"{flag()},scale=out_color_matrix=bt2020,format=yuv420p10le,{tags}"
    streaming.encode(film("wide.mp4", source, options=TEN_BIT), tmp_path / "s", small)
    assert _colours(tmp_path / "s") == [WHITE, BLUE]


@pytest.mark.parametrize("pixels", ["yuv420p10le", "yuv422p", "rgb24", "yuvj420p"])
def test_depths_and_layouts(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path, pixels: str
) -> None:
    options = ("-c:v", "ffv1" if pixels != "yuvj420p" else "mjpeg", "-pix_fmt", pixels)
    streaming.encode(film("deep.mkv", flag(), options=options), tmp_path / "s", small)
    assert _first_frame(tmp_path / "s").format.name == "yuv420p"
    assert _colours(tmp_path / "s") == [WHITE, BLUE]


def test_interlaced(film: Callable[..., Path], small: streaming.Options, tmp_path: Path) -> None:
    options = ("-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-q:v", "2")
    lines = f"{flag(rate='50')},tinterlace=interleave_top,setfield=tff"
    stream = streaming.encode(film("tv.mpg", lines, options=options), tmp_path / "s", small)
    assert stream.rate == "25"


def test_eight_thousand_pixels_are_scaled_down(film: Callable[..., Path], tmp_path: Path) -> None:
    options = ("-c:v", "libx264", "-preset", "ultrafast")
    huge = film("8k.mp4", flag("7680x4320", seconds=0.2), options=options)
    stream = streaming.encode(huge, tmp_path / "s")
    assert sizes(stream) == [(1920, 1080), (1280, 720), (768, 432)]


@pytest.mark.parametrize("codec", ["prores_ks", "libvpx-vp9"])
def test_transparency_survives(
    film: Callable[..., Path], small: streaming.Options, tmp_path: Path, codec: str
) -> None:
    formats = {"prores_ks": ("yuva444p10le", "mov"), "libvpx-vp9": ("yuva420p", "webm")}
    pixels, ending = formats[codec]
    half = f"{flag()},format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*gt(X,W/2)'"
    master = film(f"half.{ending}", half, options=("-c:v", codec, "-pix_fmt", pixels))
    stream = streaming.encode(master, tmp_path / "s", small)
    assert stream.transparent == ("alpha.webm", "alpha.mp4")
    assert _alpha(tmp_path / "s" / "alpha.webm", "libvpx-vp9") == pytest.approx([0, 255], abs=4)
    assert _alpha(tmp_path / "s" / "alpha.mp4") == pytest.approx([0, 255], abs=4)
    with av.open(str(tmp_path / "s" / "alpha.mp4")) as container:
        assert container.streams.video[0].codec_context.codec_tag == "hvc1"
    # The ladder itself is opaque, and black where nothing was.
    assert _colours(tmp_path / "s") == [BLACK, BLUE]


def _alpha(path: Path, decoder: str | None = None) -> list[float]:
    """Return the alpha left and right, as a decoder that knows of it gives it back."""
    chosen = ["-c:v", decoder] if decoder else []
    grey = path.with_suffix(".gray")
    wanted = ["-vf", "alphaextract,scale=2:1:flags=area", "-frames:v", "1", "-pix_fmt", "gray"]
    ffmpeg.run([*chosen, "-i", str(path), *wanted, "-f", "rawvideo", str(grey)])
    return [float(byte) for byte in grey.read_bytes()]


def _first_frame(folder: Path) -> av.VideoFrame:
    with av.open(str(folder / "master.m3u8")) as container:
        return next(container.decode(video=0))


def _at(frame: av.VideoFrame, place: tuple[float, float]) -> tuple[int, ...]:
    """Return red, green and blue at a place given as parts of width and height."""
    pixels = frame.to_ndarray(format="rgb24", src_colorspace=frame.colorspace)
    row, column = int(place[1] * frame.height), int(place[0] * frame.width)
    return tuple(int(value) for value in pixels[row, column])


def _colours(folder: Path, *places: tuple[float, float]) -> list[tuple[int, ...]]:
    """Return what stands at the places, each channel rounded to none or full."""
    frame = _first_frame(folder)
    found = (_at(frame, place) for place in places or ((0.1, 0.1), (0.75, 0.5)))
    return [tuple(255 if value > 200 else 0 if value < 55 else value for value in c) for c in found]
