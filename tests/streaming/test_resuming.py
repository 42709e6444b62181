"""An encode that was stopped goes on after its last whole segment."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import av
import pytest
from encoded import LOSSLESS, Encoded
from second_player import beeps, flashes

from discriminator import streaming
from discriminator.streaming import manifest, resuming

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS, RATE = 13, 24
FLASH = (
    f"testsrc2=s=320x180:r={RATE}:d={SECONDS},eq=brightness=-0.8,"
    "drawbox=c=white:t=fill:enable='between(mod(t,2),0.99,1.01)'"
)
BEEP = f"aevalsrc='sin(2000*PI*t)*between(mod(t,2),1,1.04)':s=48000:d={SECONDS}"
MOMENTS = [1, 3, 5, 7, 9, 11, 13 - 1 / RATE]
SIZES = 3


@pytest.fixture(scope="module")
def whole(
    film: Callable[..., Path], small: streaming.Options, tmp_path_factory: pytest.TempPathFactory
) -> Encoded:
    """What comes out where nobody interrupts."""
    master = film("long.mov", FLASH, BEEP, options=LOSSLESS)
    folder = tmp_path_factory.mktemp("whole") / "film"
    return Encoded(master, folder, streaming.encode(master, folder, small))


@pytest.fixture
def stopped(whole: Encoded, tmp_path: Path) -> Path:
    """The folder of a stream whose encode was killed in its fifth segment."""
    left = tmp_path / ".film.encoding"
    left.mkdir()
    for path in whole.folder.glob("init-*"):
        shutil.copy(path, left)
    for number in range(1, 5):
        for path in whole.folder.glob(f"segment-*-0000{number}-*"):
            shutil.copy(path, left)
    # One size was ahead of the others, and one segment was half written.
    shutil.copy(next(whole.folder.glob("segment-2-00005-*")), left)
    (left / "segment-0-00005-x.m4s.tmp").write_bytes(b"half")
    return tmp_path / "film"


def is_right(folder: Path) -> None:
    """Hold every frame to its place, in both manifests and every size."""
    assert streaming.check(folder) == ()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    for entry in ("master.m3u8", "manifest.mpd"):
        seen = flashes(folder / entry)
        assert seen == pytest.approx(MOMENTS[: len(seen)], abs=0.001)
        assert len(seen) >= 6
        assert beeps(folder / entry)[: len(seen)] == pytest.approx(seen, abs=0.040)
    for number in range(SIZES):
        with av.open(str(folder / f"media_{number}.m3u8")) as container:
            times = [frame.time for frame in container.decode(video=0)]
        assert times == pytest.approx([n / RATE for n in range(SECONDS * RATE)], abs=0.001)


def same_segments(one: Path, other: Path) -> int:
    """How many segments of the largest size are the same in both, from the first on."""
    pairs = zip(*(sorted(each.glob("segment-0-*")) for each in (one, other)), strict=True)
    return [a.read_bytes() == b.read_bytes() for a, b in pairs].index(False)


def test_whole_segments_are_kept_and_the_rest_is_made(
    whole: Encoded, stopped: Path, small: streaming.Options
) -> None:
    told: list[streaming.Progress] = []
    streaming.encode(whole.master, stopped, small, progress=told.append)
    is_right(stopped)
    assert same_segments(whole.folder, stopped) >= 3
    assert min(one.fraction for one in told) > 3 * 2 / SECONDS
    assert all(one.seconds_left >= 0 for one in told)
    streams = [manifest.read(folder).seconds for folder in (whole.folder, stopped)]
    assert streams[0] == streams[1]


def test_it_can_be_stopped_again(
    whole: Encoded, stopped: Path, small: streaming.Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(resuming, "join", interrupt)
        with pytest.raises(KeyboardInterrupt):
            streaming.encode(whole.master, stopped, small)
    assert not stopped.exists()
    streaming.encode(whole.master, stopped, small)
    is_right(stopped)


@pytest.mark.parametrize("change", [{"quality": 30}, {"two_pass": True}])
def test_other_wishes_begin_anew(
    whole: Encoded, stopped: Path, small: streaming.Options, change: dict[str, int]
) -> None:
    options = streaming.Options(rungs=small.rungs, **change)  # type: ignore[arg-type]
    streaming.encode(whole.master, stopped, options)
    is_right(stopped)


def test_a_segment_that_is_missing_ends_what_is_kept(
    whole: Encoded, stopped: Path, small: streaming.Options
) -> None:
    next(stopped.with_name(".film.encoding").glob("segment-1-00002-*")).unlink()
    streaming.encode(whole.master, stopped, small)
    is_right(stopped)
