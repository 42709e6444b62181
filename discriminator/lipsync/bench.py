"""How long a photo takes to speak, engine by engine, and how fast the network draws."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from discriminator import faces, shipped
from discriminator.lipsync.engine import Options, needs_lab
from discriminator.lipsync.errors import NoEngineError
from discriminator.lipsync.narrator import Narrator, growing
from discriminator.telling import say

if TYPE_CHECKING:
    from discriminator.faces import Picture
    from discriminator.lipsync.sitting import Sitter

ENGINES = ("puppet", "wav2lip")
"""Those whose clips are measured, in turn."""
MOST = {"puppet": 2.0, "wav2lip": 4.0, "first_second": 1.0, "memory": 1200}
LEAST = {"int8": 150, "bf16": 90, "times_plain": 7}
_SIDE = 512
"""Pixels of a photo as the film's booth sends it."""
_HOUR = 3600
_ORIGINAL, _DREAM = 45, 360
"""Viewers an hour that the film of 2021 could serve, and hoped to."""
_KILOBYTES = 1024


@dataclass
class _Arm:
    narrator: Narrator
    ready: float
    whole: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)


def run(runs: int = 3) -> dict[str, Any]:
    """Let a photo speak the film's narration with every engine in turn, the engines hot.

    Times are in seconds: `ready` is setting up once, `whole` from photo to signed clip,
    `processor` the time of all cores together, and `first_second` until that much can be played.
    `memory` is the most, in MB, that a process of the engine's own holds, hot. `generator` compares
    the network alone with itself as published, in frames a second.

    Raises:
        NoEngineError: what an engine needs is not installed.
    """
    with needs_lab("The benchmark"):
        import openvino  # noqa: F401, PLC0415 - before minutes are spent

        from discriminator.lipsync import generator_bench  # noqa: PLC0415 - torch, as above

    sitter = _sitter()
    with tempfile.TemporaryDirectory() as folder:
        weights = generator_bench.stand_in(Path(folder) / "wav2lip.pth")
        arms = {name: _set_up(name, weights) for name in ENGINES}
        for number in range(runs + 1):
            for name, arm in arms.items():
                say(f"{name}, {number} of {runs}" if number else f"{name} gets warm")
                _speak(arm, sitter, Path(folder) / "clip.mp4", counts=number > 0)
        engines = {name: _summed_up(arm) for name, arm in arms.items()}
        for name, told in engines.items():
            say(f"{name}'s memory")
            told["memory"] = _alone(name, weights, sitter.photo)
        say("The network alone, as published and in three precisions")
        generator = generator_bench.run(weights, sitter, runs)
    return {
        "runs": runs,
        "engines": engines,
        "generator": generator,
        "viewers_an_hour_2021": _ORIGINAL,
        "viewers_an_hour_hoped_for": _DREAM,
        "goals": MOST | LEAST,
        "met": _met(engines, generator),
    }


def _met(
    engines: dict[str, dict[str, float]], generator: dict[str, dict[str, float]]
) -> dict[str, bool]:
    most = {name: told["whole_median"] for name, told in engines.items()}
    for figure in ("first_second", "memory"):
        most[figure] = max(told[figure] for told in engines.values())
    least = {name: told["median"] for name, told in generator.items()}
    least["times_plain"] = max(told["times_plain"] for told in generator.values())
    within = {name: most[name] <= limit for name, limit in MOST.items() if name in most}
    return within | {name: least[name] >= floor for name, floor in LEAST.items() if name in least}


def _alone(name: str, weights: Path, photo: Picture) -> int:
    """Return the most memory, in MB, of a process that makes one clip and does nothing else."""
    # Another way of starting it would count what this process holds as the other's too.
    with ProcessPoolExecutor(1, get_context("forkserver")) as process:
        return process.submit(_held, name, weights, photo).result()


def _held(name: str, weights: Path, photo: Picture) -> int:
    with tempfile.TemporaryDirectory() as folder:
        narrator = Narrator(shipped.speech(), name, Options(weights))
        narrator.speak(photo, Path(folder) / "clip.mp4", consent=True)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES)


def _sitter() -> Sitter:
    from discriminator.lipsync.sitting import sit  # noqa: PLC0415 - beside what may be missing

    try:
        from skimage.data import astronaut  # noqa: PLC0415 - brought by the extra `dev` alone
    except ImportError as error:
        message = "The benchmark's photo is in another package: `pip install scikit-image`."
        raise NoEngineError(message) from error
    portrait = Image.fromarray(astronaut()[:256, 96:352])
    photo = np.asarray(portrait.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS))
    return sit(photo, faces.find(photo)[0].points, 0)


def _set_up(name: str, weights: Path) -> _Arm:
    began = time.perf_counter()
    narrator = Narrator(shipped.speech(), name, Options(weights))
    return _Arm(narrator, time.perf_counter() - began)


def _speak(arm: _Arm, sitter: Sitter, path: Path, *, counts: bool) -> None:
    """Make one clip; the first of an arm only warms up."""
    began, worked = time.perf_counter(), time.process_time()
    first: list[float] = []

    def look(_: float) -> None:
        # Of a growing file, the first fragment is the first second.
        grown = growing(path)
        if not first and grown.exists() and b"moof" in grown.read_bytes():
            first.append(time.perf_counter() - began)

    arm.narrator.speak(sitter.photo, path, consent=True, points=sitter.points, progress=look)
    if counts:
        arm.whole.append(time.perf_counter() - began)
        arm.worked.append(time.process_time() - worked)
        arm.first += first


def _summed_up(arm: _Arm) -> dict[str, float]:
    whole = statistics.median(arm.whole)
    return {
        "ready": round(arm.ready, 2),
        "whole_best": round(min(arm.whole), 2),
        "whole_median": round(whole, 2),
        "processor": round(statistics.median(arm.worked), 2),
        "first_second": round(statistics.median(arm.first), 2),
        "pictures_a_second": round(arm.narrator.voice.frames / whole),
        "viewers_an_hour": round(_HOUR / whole),
    }
