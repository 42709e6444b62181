"""How fast clips become crops and verdicts, beside the detector that others use for faces."""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
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
    from collections.abc import Callable

    from discriminator.detect.networks.mtcnn import MTCNN
    from discriminator.detect.sitting import Picture, Shot

SECONDS, WIDTH, HEIGHT = 10.0, 1920, 1080
_FACE = 900
"""Px of the square in which the person is seen."""
_FRAMES = 16
_CLIPS = 12
_KILOBYTES = 1024


def run(runs: int = 3) -> dict[str, Any]:
    """Measure a clip of 10 s in 1080p, every arm in turn; the first round is for warming up.

    Times are in seconds. `crops` cuts the faces of 16 frames; `mtcnn` looks at the same frames in
    full. `verdict` is the default detector on the clip, hot, in a process of its own, of which
    `memory` is the most that it held, in MB. `two_cores` is how many times as fast two cores cut
    the crops of many clips as one does.
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
    return {
        "runs": runs,
        **medians,
        "mtcnn_weights": weighed,
        "times_mtcnn": round(medians["mtcnn"] / medians["crops"], 2),
        "two_cores": faster,
        "memory": most,
    }


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


def _two_cores(folder: Path, clip: Path) -> float | None:
    """Return how many times as fast two cores are as one; None where none can be kept from use.

    One worker alone would be no measure: a decoder takes every core that it sees.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    for kind in ("real", "fake"):
        (folder / kind).mkdir()
        for number in range(_CLIPS // 2):
            (folder / kind / f"{number}.mp4").hardlink_to(clip)
    found, cores = read(folder), os.sched_getaffinity(0)

    def pace(count: int) -> float:
        """Return how many clips a second so many cores cut, once they have begun."""
        os.sched_setaffinity(0, sorted(cores)[:count])  # what is started now is held to them too
        try:
            done = cut_all(found, folder / f"on-{count}", Wish(frames=_FRAMES), workers=count)
            for _ in islice(done, count):
                pass  # with its first clip each worker loads the face finder
            began = time.perf_counter()
            return sum(1 for _ in done) / (time.perf_counter() - began)
        finally:
            os.sched_setaffinity(0, cores)

    say(f"The crops of {_CLIPS} clips on one core, then on two")
    return round(1 / pace(1) * pace(2), 2)


def _timed(arm: Callable[[], object]) -> float:
    began = time.perf_counter()
    arm()
    return time.perf_counter() - began
