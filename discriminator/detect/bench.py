"""How fast clips become crops and verdicts, beside the detector that others use for faces."""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice, product
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from discriminator import weights
from discriminator.detect import asking, encoding, practice
from discriminator.detect.cropping import Wish, cut
from discriminator.detect.crops import cut_all
from discriminator.detect.datasets import read
from discriminator.detect.errors import NoLabError
from discriminator.detect.living import portrait
from discriminator.detect.sitting import RATE, SOUND_RATE
from discriminator.telling import say
from discriminator.video import reading
from discriminator.weights.errors import WeightsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from discriminator.detect.datasets import Dataset
    from discriminator.detect.networks.mtcnn import MTCNN
    from discriminator.detect.sitting import Picture, Shot

GOALS = {"times_mtcnn": 3.0, "two_cores": 1.7}
"""How many times as fast crops are as MTCNN, and two cores as one, at least."""
LIMITS = {"verdict": 3.0, "memory": 1000}
"""Seconds and MB of a verdict, at most."""
SECONDS, WIDTH, HEIGHT = 10.0, 1920, 1080
_FACE = 900
"""Px of the square in which the person is seen."""
_FRAMES = 16
_CLIPS = 24
_ROUNDS = 2
_WHILE = 3.0
"""Seconds for which loops turn."""
_KILOBYTES = 1024


def run(runs: int = 3) -> dict[str, Any]:
    """Measure a clip of 10 s in 1080p, every arm in turn; the first round is for warming up.

    Times are in seconds. `crops` cuts the faces of 16 frames; `mtcnn` looks at the same frames in
    full. `verdict` is the default detector on the clip, hot, in a process of its own, of which
    `memory` is the most that it held, in MB. `two_cores` is how many times as fast two cores cut
    the crops of many clips as one does, `two_cores_at_most` the same of loops that share nothing,
    and `two_cores_busy` the share of their time in which the two have something to do.
    """
    with (
        tempfile.TemporaryDirectory() as place,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as judge,
    ):
        folder = Path(place)
        clip = folder / "clip.mp4"
        say("A clip of 10 s is made")
        _film(clip)
        # Before MTCNN is loaded: a new process begins with the most that this one has held.
        judge.submit(asking.score, clip).result()
        finder, weighed = _mtcnn()
        arms: dict[str, Callable[[], object]] = {
            "crops": lambda: cut(clip, Wish(frames=_FRAMES)),
            "mtcnn": lambda: [
                finder.find(frame.pixels) for frame in reading.frames(clip, reading.Evenly(_FRAMES))
            ],
            "verdict": lambda: judge.submit(asking.score, clip).result(),
        }
        spent: dict[str, list[float]] = {name: [] for name in arms}
        for number in range(runs + 1):
            for which, arm in arms.items():
                say(f"Run {number} of {runs}: {which}")
                took = _timed(arm)
                if number:
                    spent[which].append(took)
        most = judge.submit(_most).result()
        faster = _two_cores(folder, clip)
    medians = {name: round(statistics.median(times), 3) for name, times in spent.items()}
    times = round(medians["mtcnn"] / medians["crops"], 2)
    reached = {**medians, "memory": most, "times_mtcnn": times, **faster}
    return {
        "runs": runs,
        "mtcnn_weights": weighed,
        **reached,
        "goals": GOALS | LIMITS,
        "met": met(reached),
    }


def met(reached: Mapping[str, float]) -> dict[str, bool]:
    """Return which goals are met, of those that this machine can be measured by."""
    enough = {name: reached[name] >= goal for name, goal in GOALS.items() if name in reached}
    return enough | {name: reached[name] <= goal for name, goal in LIMITS.items()}


def _most() -> int:
    """Return the most that this process held, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES)


def _film(path: Path) -> None:
    """Write a person before a wall, as cameras deliver it."""
    who = portrait("nobody", practice.NOBODIES / "nobody-01.jpg")
    take = who.take(SECONDS, np.random.default_rng(0))
    frames = (_placed(shot, who.picture) for shot in take.shots)
    encoding.write(path, frames, RATE, quality=20, sound=(take.voice, SOUND_RATE))


def _placed(shot: Shot, behind: Picture) -> Picture:
    wall = cv2.GaussianBlur(cv2.resize(behind, (WIDTH // 8, HEIGHT // 8)), (0, 0), 6)
    picture = cv2.resize(wall, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    large = cv2.resize(shot.picture, (_FACE, _FACE), interpolation=cv2.INTER_CUBIC)
    top, left = (HEIGHT - _FACE) // 2, (WIDTH - _FACE) // 2
    picture[top : top + _FACE, left : left + _FACE] = large
    return np.asarray(picture, np.uint8)


def _mtcnn() -> tuple[MTCNN, str]:
    """Return the published detector; without its weights, what it spends at least.

    Untrained, it lets nothing pass its first network, so that the other two have nothing to do.
    """
    try:
        from discriminator.detect.networks.mtcnn import MTCNN, Options  # noqa: PLC0415 - the lab's
    except ImportError as missing:
        message = f"MTCNN needs {missing.name}: `pip install 'discriminator[lab]'`."
        raise NoLabError(message) from missing
    try:
        return MTCNN(weights.path("mtcnn")), "published"
    except WeightsError:
        return MTCNN(None, Options(thresholds=(1.1, 1.1, 1.1))), "none: its first network alone"


def _two_cores(folder: Path, clip: Path) -> dict[str, float]:
    """Return how many times as fast two cores cut crops as one, and how many times they could.

    The second is what two loops reach that share nothing: cores that are two threads of one, or
    that a host lends, are not twice as fast as one. Nothing where no core can be kept from use.
    """
    if not hasattr(os, "sched_setaffinity"):
        return {}
    for kind in ("real", "fake"):
        (folder / kind).mkdir()
        for number in range(_CLIPS // 2):
            (folder / kind / f"{number}.mp4").hardlink_to(clip)
    found, cut, turned, busy = read(folder), [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]
    for which, count in product(range(_ROUNDS), (1, 2)):
        say(f"Round {which + 1} of {_ROUNDS}: {_CLIPS} clips on {count} of the cores")
        with _held_to(count):
            rate, share = _cutting(found, folder / f"crops-{which}-{count}", count)
            cut[count - 1] += rate
            busy[count - 1] += share / _ROUNDS
            turned[count - 1] += _turning(count)
    return {
        "two_cores": round(cut[1] / cut[0], 2),
        "two_cores_at_most": round(turned[1] / turned[0], 2),
        "two_cores_busy": round(busy[1], 3),
    }


@contextmanager
def _held_to(count: int) -> Iterator[None]:
    """Hold what is started now to so many cores.

    One worker alone would be no measure: what it calls may take every core that it sees.
    """
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(cores)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def _cutting(found: Dataset, to: Path, workers: int) -> tuple[float, float]:
    """Return how many clips a second are cut once all workers have begun, and how busy they are."""
    done = cut_all(found, to, Wish(frames=_FRAMES), workers=workers)
    for _ in islice(done, workers):
        pass  # with its first clip each worker loads the face finder
    began, idle = time.perf_counter(), _idle(workers)
    for _ in islice(done, _CLIPS - workers):
        pass
    lasted = time.perf_counter() - began
    busy = 1 - (_idle(workers) - idle) / (lasted * workers)
    return (_CLIPS - workers) / lasted, busy


def _idle(count: int) -> float:
    """Return how many seconds the first cores have had nothing to do, added up."""
    lines = Path("/proc/stat").read_text(encoding="utf-8").splitlines()
    # The first line is of all cores; of each, the fourth number is idle, the fifth waits for disks.
    of_cores = [line.split()[4:6] for line in lines[1 : 1 + count]]
    return sum(int(ticks) for core in of_cores for ticks in core) / os.sysconf("SC_CLK_TCK")


def _turning(workers: int) -> float:
    """Return how often loops turn that share nothing, once all workers have begun."""
    context = get_context("spawn")
    together = context.Barrier(workers).wait
    with ProcessPoolExecutor(workers, mp_context=context, initializer=together) as pool:
        return sum(pool.map(_turn, [_WHILE] * workers))


def _turn(seconds: float) -> int:
    turns, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        turns += 1
    return turns


def _timed(arm: Callable[[], object]) -> float:
    began = time.perf_counter()
    arm()
    return time.perf_counter() - began
