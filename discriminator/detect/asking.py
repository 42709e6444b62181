"""One clip or many, one detector or several, each set up once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from discriminator.detect.clip import Clip
from discriminator.detect.registry import load
from discriminator.video.errors import VideoError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from discriminator.detect.calibration import Calibration
    from discriminator.detect.registry import Detector
    from discriminator.detect.verdict import Score

DEFAULT = "together"


@dataclass(frozen=True)
class Answer:
    """What is known of one file: a score of each detector, or why it could not be read."""

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
        clip = Clip(path)  # read once for all detectors
        try:
            yield Answer(path, tuple(one.score(clip) for one in asked), clip=clip)
        except VideoError as unreadable:
            yield Answer(path, failure=str(unreadable))


@cache
def _ready(name: str) -> Detector:
    return load(name)
