"""What one decode for all renditions saves, against three separate two-pass runs."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discriminator.streaming import vmaf
from discriminator.streaming.encoding import encode
from discriminator.streaming.ladder import RUNGS, SEGMENT_SECONDS
from discriminator.telling import counting
from discriminator.video import ffmpeg
from discriminator.video.probe import probe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discriminator.streaming.ladder import Rung

GOALS = {"speed": 2.0, "vmaf_per_megabit": 1.0}
"""How many times as fast one decode is, and how many times as good a megabit of it, at least."""
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
    the medians, and `work` how many times less a processor has to do; `vmaf_per_megabit` is how
    many times as good a megabit of it looks, in the size in which that is least.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        master = _master(folder, seconds)
        spent: dict[str, list[_Spent]] = {"one_decode": [], "separate_two_pass": []}
        for number in range(1, runs + 1):
            turn = f"Run {number} of {runs}"
            with _timed(spent["one_decode"]):
                rates = _together(master, folder, turn)
            with _timed(spent["separate_two_pass"]):
                _separately(master, folder, rates, turn)
        _join(folder)
        times = {way: _summed_up(each) for way, each in spent.items()}
        quality = {way: _judged(folder, way, master, seconds) for way in spent}
    one, separate = times.values()
    reached = {
        "speed": round(separate["median"] / one["median"], 2),
        "vmaf_per_megabit": _worst(*quality.values()),
    }
    return {
        "seconds": seconds,
        "runs": runs,
        "times": times,
        "work": round(separate["processor"] / one["processor"], 2),
        "quality": quality,
        **reached,
        "goals": GOALS,
        "met": {name: reached[name] >= goal for name, goal in GOALS.items()},
    }


@dataclass(frozen=True)
class _Spent:
    wall: float
    processor: float


def _master(folder: Path, seconds: int) -> Path:
    path = folder / "master.mp4"
    scene = _SCENE.format(rate=_RATE)
    picture = ["-f", "lavfi", "-i", scene, "-t", str(seconds)]
    coded = [*picture, "-c:v", "libx264", "-preset", "veryfast", "-crf", "12", str(path)]
    ffmpeg.run(coded, seconds=seconds, progress=counting(f"A master of {seconds} s"))
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


def _together(master: Path, folder: Path, turn: str) -> list[int]:
    """Encode all sizes at once, and return the bits a second that each of them took."""
    told = counting(f"{turn}: all sizes in one decode")
    stream = encode(
        master, folder / "stream", progress=lambda progress: told(progress.fraction), force=True
    )
    return [one.average for one in stream.renditions]


def _separately(master: Path, folder: Path, rates: list[int], turn: str) -> None:
    """Encode each size on its own, twice, as films of 2021 were."""
    seconds = probe(master).seconds
    for rung, rate in zip(RUNGS, rates, strict=True):
        wanted = ["-vf", f"scale={rung.long}:{rung.short}", "-c:v", "libx264", "-profile:v", "high"]
        wanted += ["-b:v", str(rate), "-maxrate", str(rung.ceiling), "-bufsize", str(rung.ceiling)]
        wanted += ["-sc_threshold", "0", "-g", str(SEGMENT_SECONDS * _RATE)]
        for number, output in (("1", "null"), ("2", "mp4")):
            path = _output(folder, "separate_two_pass", rung)
            passing = ["-pass", number, "-passlogfile", "log", "-f", output, str(path)]
            told = counting(f"{turn}: {rung.short}p on its own, pass {number}")
            command = ["-i", str(master), *wanted, *passing]
            ffmpeg.run(command, cwd=folder, seconds=seconds, progress=told)


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
    told = counting(f"Quality: {way.replace('_', ' ')}")
    judged = {}
    for number, rung in enumerate(RUNGS, 1):
        judged[f"{rung.short}p"] = _quality(_output(folder, way, rung), master, seconds)
        told(number / len(RUNGS))
    return judged


def _worst(one: dict[str, dict[str, float]], other: dict[str, dict[str, float]]) -> float:
    """Return how many times as much VMAF a megabit of one way brings, where that is least."""
    name = "vmaf_per_megabit"
    return round(min(one[size][name] / other[size][name] for size in one), 3)


def _quality(path: Path, master: Path, seconds: int) -> dict[str, float]:
    score = vmaf.of_video(path, master, _EVERY)
    megabits = path.stat().st_size * _BITS / _MEGABIT / seconds
    return {
        "vmaf": round(score, 2),
        "megabits": round(megabits, 3),
        "vmaf_per_megabit": round(score / megabits, 2),
    }


def _summed_up(spent: list[_Spent]) -> dict[str, float]:
    walls = [one.wall for one in spent]
    return {
        "best": round(min(walls), 2),
        "median": round(statistics.median(walls), 2),
        "processor": round(statistics.median(one.processor for one in spent), 2),
    }
