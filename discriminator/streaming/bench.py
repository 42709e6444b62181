"""What one decode for all renditions saves, against three separate two-pass runs."""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discriminator.streaming import vmaf
from discriminator.streaming.encoding import encode
from discriminator.streaming.ladder import RUNGS, SEGMENT_SECONDS
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discriminator.streaming.ladder import Rung

_RATE = 24
_BITS = 8
_MEGABIT = 1_000_000
# Every so many frames are compared: VMAF is slower than the encoders it judges.
_EVERY = 24
# A camera that wanders over a picture of fine detail and smooth shades, with the grain of film. All
# that can be done to the picture once is done before it is repeated.
_SCENE = (
    "mandelbrot=s=3840x2160:rate={rate}:start_scale=0.004:end_scale=0.001,"
    "trim=end_frame=1,eq=saturation=0.5,format=yuv420p,loop=-1:1,"
    "crop=1920:1080:x='960+500*sin(t/4)':y='540+300*cos(t/5)',noise=alls=3:allf=t"
)


def run(runs: int = 3, seconds: int = 60) -> dict[str, Any]:
    """Encode a master of 1080 lines both ways in turn, and compare time and quality.

    Both ways spend the same bits, so that their VMAF can be compared. Times are in seconds,
    `processor` the time of all cores together; `speed` is how many times as fast one decode is, by
    the medians, and `work` how many times less a processor has to do.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _say(f"A master of {seconds} s")
        master = _master(folder, seconds)
        spent: dict[str, list[_Spent]] = {"one_decode": [], "separate_two_pass": []}
        for number in range(1, runs + 1):
            _say(f"Run {number} of {runs}: all sizes in one decode")
            with _timed(spent["one_decode"]):
                stream = encode(master, folder / "stream", force=True)
            rates = [one.average for one in stream.renditions]
            _say(f"Run {number} of {runs}: each size on its own, in two passes")
            with _timed(spent["separate_two_pass"]):
                _separately(master, folder, rates)
        _say("Quality")
        _join(folder)
        times = {way: _summed_up(each) for way, each in spent.items()}
        one, separate = times.values()
        return {
            "seconds": seconds,
            "runs": runs,
            "times": times,
            "speed": round(separate["median"] / one["median"], 2),
            "work": round(separate["processor"] / one["processor"], 2),
            "quality": {way: _judged(folder, way, master, seconds) for way in spent},
        }


@dataclass(frozen=True)
class _Spent:
    wall: float
    processor: float


def _say(what: str) -> None:
    """Tell a person at a terminal what is going on: it takes minutes."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{what} ...\n")


def _master(folder: Path, seconds: int) -> Path:
    path = folder / "master.mp4"
    scene = _SCENE.format(rate=_RATE)
    picture = ["-f", "lavfi", "-i", scene, "-t", str(seconds)]
    ffmpeg.run([*picture, "-c:v", "libx264", "-preset", "veryfast", "-crf", "12", str(path)])
    return path


@contextmanager
def _timed(spent: list[_Spent]) -> Iterator[None]:
    began, worked = time.perf_counter(), _processor()
    yield
    spent.append(_Spent(time.perf_counter() - began, _processor() - worked))


def _processor() -> float:
    """Return the seconds that ffmpeg's processes have worked so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _separately(master: Path, folder: Path, rates: list[int]) -> None:
    """Encode each size on its own, twice, as films of 2021 were."""
    for rung, rate in zip(RUNGS, rates, strict=True):
        wanted = ["-vf", f"scale={rung.long}:{rung.short}", "-c:v", "libx264", "-profile:v", "high"]
        wanted += ["-b:v", str(rate), "-maxrate", str(rung.ceiling), "-bufsize", str(rung.ceiling)]
        wanted += ["-sc_threshold", "0", "-g", str(SEGMENT_SECONDS * _RATE)]
        for number, output in (("1", "null"), ("2", "mp4")):
            path = _output(folder, "separate_two_pass", rung)
            passing = ["-pass", number, "-passlogfile", "log", "-f", output, str(path)]
            ffmpeg.run(["-i", str(master), *wanted, *passing], cwd=folder)


def _join(folder: Path) -> None:
    """Join each rendition's segments into one file, as the judge wants them."""
    for number, rung in enumerate(RUNGS):
        [opening] = (folder / "stream").glob(f"init-{number}-*.mp4")
        segments = sorted((folder / "stream").glob(f"segment-{number}-*.m4s"))
        whole = b"".join(part.read_bytes() for part in (opening, *segments))
        _output(folder, "one_decode", rung).write_bytes(whole)


def _output(folder: Path, way: str, rung: Rung) -> Path:
    return folder / f"{way}-{rung.short}.mp4"


def _judged(folder: Path, way: str, master: Path, seconds: int) -> dict[str, dict[str, float]]:
    return {
        f"{rung.short}p": _quality(_output(folder, way, rung), master, seconds) for rung in RUNGS
    }


def _quality(path: Path, master: Path, seconds: int) -> dict[str, float]:
    score = vmaf.of_video(path, master, _EVERY)
    megabits = path.stat().st_size * _BITS / _MEGABIT / seconds
    return {
        "vmaf": round(score, 2),
        "megabits": round(megabits, 3),
        "vmaf_per_megabit": round(score / megabits, 1),
    }


def _summed_up(spent: list[_Spent]) -> dict[str, float]:
    walls = [one.wall for one in spent]
    return {
        "best": round(min(walls), 2),
        "median": round(statistics.median(walls), 2),
        "processor": round(statistics.median(one.processor for one in spent), 2),
    }
