"""How fast clips become crops and verdicts, beside the detector that others use for faces."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from functools import partial
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
_CLIPS = 8
_KILOBYTES = 1024


def run(runs: int = 3) -> dict[str, Any]:
    """Measure a clip of 10 s in 1080p, every arm in turn; the first round is for warming up.

    Times are in seconds. `crops` cuts the faces of 16 frames; `mtcnn` looks at the same frames in
    full. `verdict` is the default detector on the clip, hot. `two_cores` is how many times as fast
    two processes cut the crops of eight clips. `memory` is the most that this process held, in MB.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        clip = folder / "clip.mp4"
        _film(clip)
        finder, weighed = _mtcnn()
        arms: dict[str, Callable[[], object]] = {
            "crops": lambda: cut(clip, Wish(frames=_FRAMES)),
            "mtcnn": lambda: [
                finder.find(frame.pixels) for frame in reading.frames(clip, reading.Evenly(_FRAMES))
            ],
            "verdict": lambda: asking.score(clip),
        }
        spent: dict[str, list[float]] = {name: [] for name in arms}
        for number in range(runs + 1):
            for which, arm in arms.items():
                took = _timed(arm)
                if number:
                    spent[which].append(took)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES
        faster = _two_cores(folder, clip)
    medians = {name: round(statistics.median(times), 3) for name, times in spent.items()}
    return {
        "runs": runs,
        **medians,
        "mtcnn_weights": weighed,
        "times_mtcnn": round(medians["mtcnn"] / medians["crops"], 2),
        "two_cores": round(faster, 2),
        "memory": round(most),
    }


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


def _two_cores(folder: Path, clip: Path) -> float:
    """Return how many times as fast two processes are as one."""
    for kind in ("real", "fake"):
        (folder / kind).mkdir()
        for number in range(_CLIPS // 2):
            (folder / kind / f"{number}.mp4").hardlink_to(clip)
    found = read(folder)

    def cut_by(workers: int) -> None:
        to = folder / f"by-{workers}"
        for _ in cut_all(found, to, Wish(frames=_FRAMES), workers=workers):
            pass

    return _timed(partial(cut_by, 1)) / _timed(partial(cut_by, 2))


def _timed(arm: Callable[[], object]) -> float:
    began = time.perf_counter()
    arm()
    return time.perf_counter() - began
