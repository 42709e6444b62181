"""The old stream stays until the new one is whole."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from discriminator import streaming
from discriminator.streaming import swap
from discriminator.streaming.swap import replacing

if TYPE_CHECKING:
    from collections.abc import Callable

    from encoded import Encoded

SLOW = """
import sys
from discriminator import streaming
streaming.encode(sys.argv[1], sys.argv[2])
"""


def wait_for(event: Callable[[], object], seconds: float = 20) -> None:
    """Wait until the event is true."""
    end = time.monotonic() + seconds
    while not event():
        assert time.monotonic() < end
        time.sleep(0.02)


def working_in(folder: Path) -> list[int]:
    """Return the processes whose working directory the folder is."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.append(int(process.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="looks at processes in /proc")
def test_a_killed_encode_leaves_the_old_stream_and_the_next_run_clears(
    encoded: Encoded, film: Callable[..., Path], small: streaming.Options, tmp_path: Path
) -> None:
    folder, fresh = tmp_path / "film", tmp_path / ".film.encoding"
    shutil.copytree(encoded.folder, folder)
    slow = film(
        "slow.mkv",
        "testsrc2=s=1920x1080:r=60:d=8",
        options=("-c:v", "libx264", "-qp", "9", "-preset", "ultrafast"),
    )
    with subprocess.Popen([sys.executable, "-c", SLOW, slow, folder]) as process:
        wait_for(lambda: list(fresh.glob("*")))
        process.send_signal(signal.SIGKILL)
    assert streaming.check(folder) == ()
    if shutil.which("setpriv"):
        wait_for(lambda: not working_in(fresh))
    assert fresh.exists()
    streaming.encode(encoded.master, folder, small, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["film"]
    assert streaming.check(folder) == ()


def test_a_failed_encode_leaves_nothing(encoded: Encoded, tmp_path: Path) -> None:
    def fail(_: streaming.Progress) -> None:
        raise OSError

    with pytest.raises(streaming.VideoError):
        streaming.encode(encoded.master, tmp_path / "film", progress=fail)
    assert list(tmp_path.iterdir()) == []


def test_half_a_swap_is_undone(tmp_path: Path) -> None:
    former = tmp_path / ".film.former"
    former.mkdir()
    (former / "old").touch()
    with pytest.raises(KeyError), replacing(tmp_path / "film"):
        raise KeyError
    assert [path.name for path in tmp_path.rglob("*")] == ["film", "old"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_stream_is_there_at_every_moment_of_a_swap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    folder = tmp_path / "film"
    there: list[bool] = []
    rename = Path.rename

    def watched(self: Path, target: Path) -> Path:
        moved = rename(self, target)
        there.append(folder.exists())
        return moved

    monkeypatch.setattr(Path, "rename", watched)
    if not whole:  # as on systems and disks that cannot do it in one stroke
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    for name in ("old", "new"):
        with replacing(folder) as fresh:
            (fresh / name).touch()
    assert [path.name for path in tmp_path.rglob("*")] == ["film", "new"]
    assert all(there) is whole


def test_two_encodes_of_one_stream_do_not_meet(tmp_path: Path) -> None:
    with replacing(tmp_path / "film") as fresh:
        (fresh / "mine").touch()
        with (
            pytest.raises(streaming.EncodeError, match="Another encode"),
            replacing(tmp_path / "film"),
        ):
            pass
    assert (tmp_path / "film" / "mine").exists()


def test_an_unchanged_master_is_skipped(
    encoded: Encoded, small: streaming.Options, tmp_path: Path
) -> None:
    folder = tmp_path / "film"
    shutil.copytree(encoded.folder, folder)
    told: list[streaming.Progress] = []
    assert streaming.encode(encoded.master, folder, small, progress=told.append) == encoded.stream
    assert told == []
    assert streaming.current(encoded.master, folder) is None
    next(folder.glob("init-0-*.mp4")).unlink()
    assert streaming.current(encoded.master, folder, small) is None
    streaming.encode(encoded.master, folder, small)
    assert streaming.check(folder) == ()


def test_changed_captions_are_a_changed_master(
    encoded: Encoded, small: streaming.Options, tmp_path: Path
) -> None:
    master = tmp_path / "flash.mov"
    shutil.copy(encoded.master, master)
    assert streaming.current(master, encoded.folder, small) is None
    beside = tmp_path / "flash.en.vtt"
    shutil.copy(encoded.master.with_suffix(".en.vtt"), beside)
    assert streaming.current(master, encoded.folder, small) == encoded.stream
    beside.write_text("WEBVTT\n", encoding="utf-8")
    assert streaming.current(master, encoded.folder, small) is None


def test_progress_rises_and_tells_the_time_left(
    encoded: Encoded, small: streaming.Options, tmp_path: Path
) -> None:
    told: list[streaming.Progress] = []
    options = streaming.Options(rungs=small.rungs, two_pass=True)
    streaming.encode(encoded.master, tmp_path / "film", options, progress=told.append)
    parts = [one.fraction for one in told]
    assert parts == sorted(parts)
    assert parts[-1] == 1
    assert all(one.seconds_left >= 0 for one in told)
