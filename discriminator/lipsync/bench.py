"""How long a photo takes to speak, engine by engine, and how fast the network draws."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from discriminator import faces, shipped
from discriminator.lipsync.engine import Options
from discriminator.lipsync.errors import NoEngineError
from discriminator.lipsync.narrator import Narrator, growing

if TYPE_CHECKING:
    from discriminator.lipsync.sitting import Sitter

ENGINES = ("puppet", "wav2lip")
"""Those whose clips are measured, in turn."""
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
    `generator` compares the network alone with itself as published, in frames a second. `memory` is
    the most that the process ever held, in MB.
    """
    from discriminator.lipsync import generator_bench  # noqa: PLC0415 - torch, from the extra `lab`

    sitter = _sitter()
    with tempfile.TemporaryDirectory() as folder:
        weights = generator_bench.stand_in(Path(folder) / "wav2lip.pth")
        arms = {name: _set_up(name, weights) for name in ENGINES}
        for number in range(runs + 1):
            for arm in arms.values():
                _speak(arm, sitter, Path(folder) / "clip.mp4", counts=number > 0)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES
        generator = generator_bench.run(weights, sitter, runs)
    return {
        "runs": runs,
        "engines": {name: _summed_up(arm) for name, arm in arms.items()},
        "generator": generator,
        "memory": round(most),
        "viewers_an_hour_2021": _ORIGINAL,
        "viewers_an_hour_hoped_for": _DREAM,
    }


def _sitter() -> Sitter:
    from discriminator.lipsync.sitting import sit  # noqa: PLC0415 - beside what may be missing

    try:
        from skimage.data import astronaut  # noqa: PLC0415 - brought by the extra `dev` alone
    except ImportError as error:
        message = "The benchmark's photo is in another package: `pip install scikit-image`."
        raise NoEngineError(message) from error
    portrait = Image.fromarray(astronaut()[:256, 96:352])  # type: ignore[no-untyped-call]
    photo = np.asarray(portrait.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS))
    return sit(photo, faces.find(photo)[0].points, 0)


def _set_up(name: str, weights: Path) -> _Arm:
    began = time.perf_counter()
    voice = shipped.folder("media") / "voice" / "speech.en.opus"
    narrator = Narrator(voice, name, Options(weights))
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
