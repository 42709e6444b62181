"""One clip or many, one detector or several, each set up once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from discriminator.detect.clip import Clip
from discriminator.detect.failing import reason
from discriminator.detect.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from discriminator.detect.calibration import Calibration
    from discriminator.detect.registry import Detector
    from discriminator.detect.verdict import Score

DEFAULT = "together"


@dataclass(frozen=True)
class Answer:
    """What is known of one file: the scores of the detectors, and why any of them is missing."""

    path: Path
    scores: tuple[Score, ...] = ()
    failure: str | None = None
    clip: Clip | None = field(default=None, repr=False)
    """What was read of it, for those who want to draw it; it is large."""

    def without_clip(self) -> Answer:
        """Return the answer alone, which can be kept."""
        return replace(self, clip=None)


def score(video: str | Path | Clip, detector: str = DEFAULT) -> Score:
    """Return the verdict of a detector on a video or a picture.

    Raises `UnreadableVideoError` where the file is none; a clip that cannot be judged is no error
    but a score that abstains.
    """
    return _ready(detector).score(video)


def ask(
    paths: Iterable[Path],
    detectors: Sequence[str] = (DEFAULT,),
    calibrations: Mapping[str, Calibration] | None = None,
) -> Iterator[Answer]:
    """Yield the answer for each file in turn; one that cannot be read does not stop the rest."""
    asked = [load(name, calibrations) if calibrations else _ready(name) for name in detectors]
    for path in paths:
        yield _answer(path, asked)


def _answer(path: Path, asked: Sequence[Detector]) -> Answer:
    clip = Clip(path)  # read once for all detectors
    scores, failures = [], []
    for detector in asked:
        try:
            scores.append(detector.score(clip))
        except Exception as error:  # noqa: BLE001 - whatever a detector of others may raise
            failures.append(reason(error, path.name))
    return Answer(path, tuple(scores), next(iter(failures), None), clip if scores else None)


@cache
def _ready(name: str) -> Detector:
    return load(name)
