from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from PIL import Image

from discriminator.video import ffmpeg, reading
from discriminator.video.errors import UnreadableVideoError

if TYPE_CHECKING:
    from pathlib import Path

# Every frame is one grey, lighter by 8 than the one before: its place can be read off it.
STAIRS = "color=black:s=64x48:r=10:d=3,geq=lum='16+7*N':cb=128:cr=128"


def made(folder: Path, name: str, *options: str, source: str = STAIRS) -> Path:
    path = folder / name
    ffmpeg.run(["-f", "lavfi", "-i", source, *options, f"file:{path}"])
    return path


@pytest.fixture(scope="module")
def stairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Three key frames, and frames that are not stored in the order in which they are shown.
    coded = ("-c:v", "libx264", "-g", "10", "-bf", "3", "-qp", "4")
    return made(tmp_path_factory.mktemp("stairs"), "stairs.mp4", *coded)


def steps(frames: list[reading.Frame]) -> list[int]:
    """Which frame each is, by its grey."""
    return [round((float(frame.pixels.mean()) * 219 / 255) / 7) for frame in frames]


def test_every_frame_in_its_order(stairs: Path) -> None:
    frames = list(reading.frames(stairs))
    assert steps(frames) == list(range(30))
    assert [frame.seconds for frame in frames] == pytest.approx([n / 10 for n in range(30)])


def test_every_so_many_frames(stairs: Path) -> None:
    assert steps(list(reading.frames(stairs, reading.Every(7)))) == [0, 7, 14, 21, 28]


def test_so_many_frames_a_second(stairs: Path) -> None:
    assert steps(list(reading.frames(stairs, reading.PerSecond(2)))) == [0, 5, 10, 15, 20, 25]
    assert len(list(reading.frames(stairs, reading.PerSecond(30)))) == 30


@pytest.mark.parametrize("count", [1, 2, 3, 5, 10, 15, 30])
def test_even_frames_are_the_middles_of_equal_parts(stairs: Path, count: int) -> None:
    frames = list(reading.frames(stairs, reading.Evenly(count)))
    assert steps(frames) == [int((n + 0.5) * 30 / count) for n in range(count)]


def test_no_frame_comes_twice_however_many_are_asked_for(stairs: Path) -> None:
    assert steps(list(reading.frames(stairs, reading.Evenly(500)))) == list(range(30))


def test_even_frames_do_not_decode_what_lies_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = made(tmp_path, "long.mp4", "-c:v", "libx264", "-g", "10", source=STAIRS + ",loop=9:30")
    converted: list[float] = []
    upright = reading._upright  # noqa: SLF001 - counts what is converted

    def counting(*arguments: object) -> object:
        converted.append(1)
        return upright(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_upright", counting)
    assert len(list(reading.frames(clip, reading.Evenly(4)))) == 4
    assert len(converted) == 4


def test_of_what_lies_between_only_that_is_decoded_of_which_others_are_made(stairs: Path) -> None:
    with av.open(str(stairs)) as container:
        stream = container.streams.video[0]
        moments = [packet.pts for packet in container.demux(stream) if packet.pts is not None]
        container.seek(0)
        last = frozenset({max(moments)})
        decoded = [frame.pts for frame in reading._needed(container, stream, last)]  # noqa: SLF001 - what is decoded is not seen from outside
    assert decoded[-1] == max(moments)
    assert len(decoded) <= 0.7 * len(moments)


@pytest.mark.parametrize(
    ("name", "coded"),
    [
        ("stairs.ts", ("libx264", "-bf", "3")),
        ("stairs.mpg", ("mpeg2video", "-bf", "2", "-r", "25")),
        ("stairs.avi", ("libx264", "-bf", "3")),
        ("stairs.webm", ("libvpx-vp9", "-lag-in-frames", "16")),
    ],
)
def test_even_frames_are_those_that_all_frames_are(
    tmp_path: Path, name: str, coded: tuple[str, ...]
) -> None:
    clip = made(tmp_path, name, "-g", "12", "-c:v", *coded)
    known = {frame.seconds: frame.pixels for frame in reading.frames(clip)}
    evenly = list(reading.frames(clip, reading.Evenly(8)))
    assert len(evenly) == 8
    assert all((frame.pixels == known[frame.seconds]).all() for frame in evenly)
    assert min(known) < 0.15  # nothing of the beginning is lost
    assert len(known) >= 28


def test_a_variable_rate_is_sampled_by_time(tmp_path: Path) -> None:
    # Frames 0 to 14 take a tenth of a second each, 15 to 29 take half a second each.
    uneven = "setpts='if(lt(N,15),N*0.1,1.5+(N-15)*0.5)/TB'"
    clip = made(tmp_path, "uneven.mkv", "-vf", uneven, "-fps_mode", "vfr", "-qp", "4")
    frames = list(reading.frames(clip, reading.Evenly(9)))
    assert len([step for step in steps(frames) if step < 15]) == 2
    gaps = np.diff([frame.seconds for frame in frames])
    assert gaps == pytest.approx(1.0, abs=0.5)


def test_a_turned_clip_is_read_upright(tmp_path: Path) -> None:
    half = "color=black:s=64x48:r=5:d=1,drawbox=c=white:w=32:h=48:t=fill"
    lying = made(tmp_path, "lying.mp4", source=half)
    turned = tmp_path / "turned.mp4"
    # The player turns it a quarter counter-clockwise: what was left is now below.
    ffmpeg.run(["-display_rotation", "90", "-i", str(lying), "-c", "copy", str(turned)])
    frame = next(reading.frames(turned))
    assert frame.pixels.shape == (64, 48, 3)
    assert frame.pixels[:20].mean() < 20
    assert frame.pixels[-20:].mean() > 235


def test_pixels_come_out_square(tmp_path: Path) -> None:
    clip = made(tmp_path, "wide.mp4", "-vf", "setsar=2")
    assert next(reading.frames(clip)).pixels.shape == (48, 128, 3)


def test_a_large_picture_is_made_smaller_on_the_way(tmp_path: Path) -> None:
    clip = made(tmp_path, "8k.png", "-frames:v", "1", source="testsrc=s=7680x4320")
    assert next(reading.frames(clip, longest=960)).pixels.shape == (540, 960, 3)
    assert next(reading.frames(clip)).pixels.shape == (4320, 7680, 3)


@pytest.mark.parametrize("name", ["p.png", "p.jpg", "p.webp", "p.bmp", "50%d.jpg"])
@pytest.mark.parametrize("sampling", [reading.Evenly(5), reading.Every(2)])
def test_a_still_picture_is_one_frame(
    tmp_path: Path, name: str, sampling: reading.Sampling
) -> None:
    one = ("-frames:v", "1", "-update", "1")
    made(tmp_path, "p.png", *one)
    picture = made(tmp_path, "q.png", *one).rename(tmp_path / "still.png")
    path = tmp_path / name.replace("%d", "")
    ffmpeg.run(["-i", str(picture), *one, str(path)])
    path = path.rename(tmp_path / name)
    [frame] = reading.frames(path, sampling)
    assert (frame.seconds, frame.pixels.shape) == (0.0, (48, 64, 3))


def test_a_gif_moves(tmp_path: Path) -> None:
    clip = made(tmp_path, "stairs.gif")
    assert len(list(reading.frames(clip))) == 30
    assert len(list(reading.frames(clip, reading.Evenly(3)))) == 3


def test_a_single_frame_is_enough(tmp_path: Path) -> None:
    clip = made(tmp_path, "one.mp4", "-frames:v", "1")
    assert len(list(reading.frames(clip, reading.Evenly(8)))) == 1


def test_the_extension_says_nothing(stairs: Path, tmp_path: Path) -> None:
    disguised = tmp_path / "stairs.jpg"
    disguised.write_bytes(stairs.read_bytes())
    assert len(list(reading.frames(disguised))) == 30


def broken(folder: Path, what: str, whole: Path) -> Path:
    path = folder / f"{what}.mp4"
    if what == "cut":
        ffmpeg.run(["-i", str(whole), "-c", "copy", "-movflags", "faststart", str(path)])
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    elif what == "empty":
        path.touch()
    elif what == "text":
        path.write_text("a letter\n" * 99, encoding="utf-8")
    elif what == "sound":
        ffmpeg.run(["-f", "lavfi", "-i", "sine=d=1", str(path)])
    return path


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("missing", "is not there"),
        ("cut", "is cut short"),
        ("empty", "neither a video nor a picture"),
        ("text", "holds no picture|neither a video nor a picture"),
        ("sound", "holds no picture"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    stairs: Path, tmp_path: Path, what: str, said: str
) -> None:
    with pytest.raises(UnreadableVideoError, match=said) as refused:
        list(reading.frames(broken(tmp_path, what, stairs)))
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("sampling", [reading.Evenly, reading.Every, reading.PerSecond])
def test_nothing_cannot_be_asked_for(sampling: type[reading.Sampling]) -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        sampling(0)


def test_a_frame_that_is_far_too_large_is_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", (15_000, 15_000)).save(path)
    with pytest.raises(UnreadableVideoError, match="more than 64 million pixels"):
        next(reading.frames(path))
