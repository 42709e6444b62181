"""Which detectors there are: ours, and those that other packages bring.

    @detector(Card(name="mine", description="...", limits="...", licence="MIT"))
    class Mine(Detector):
        def judge(self, clip): ...

Another package names its module in an entry point of the group `discriminator.detectors`.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from discriminator.detect.clip import Clip
from discriminator.detect.errors import (
    Abstention,
    DetectError,
    NoLabError,
    UnknownDetectorError,
)
from discriminator.detect.verdict import EVEN, SYNTHETIC, Score

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from discriminator.detect.aggregation import Frames
    from discriminator.detect.calibration import Calibration
    from discriminator.detect.verdict import Opinion

RUN = "run.json"
"""What makes a folder that of a trained network."""
GROUP = "discriminator.detectors"
_OWN = ("together", "pulse", "noise", "sync", "provenance")
"""Ours, each in the module of its name, in the order in which they are told."""


@dataclass(frozen=True)
class SelfCheck:
    """What a detector said of made clips of people by whom nothing was chosen.

    It shows whether the detector does what it is for, and claims nothing about the world.
    """

    reals: int
    """Clips that it judged in which there was nothing of what it looks for."""
    accused: int
    """Of these, called fake."""
    fakes: int
    """Clips that it judged in which there was."""
    missed: int
    """Of these, called real."""
    abstained: int
    """Clips that it did not judge."""


@dataclass(frozen=True)
class Card:
    """What one should know of a detector before believing it."""

    name: str
    description: str
    limits: str
    """What it cannot judge, and where it is wrong."""
    licence: str
    weights: str | None = None
    """The name of its model file; None where it needs none."""
    version: str = "1"
    """Rises whenever the same clip would get another number."""
    threshold: float = EVEN
    calibrated_on: str | None = SYNTHETIC
    self_check: SelfCheck | None = None


class Detector(ABC):
    """Set up once, then asked about many clips."""

    card: Card
    taught: frozenset[str] = frozenset()
    """The clips of a set that it has learned from, by their names; no table may count them."""
    joins: Frames | None = None
    """How it joins the frames of a face, where it judges each by itself."""
    calibration: Calibration | None = None
    """What makes probabilities of its numbers; None leaves them as they are."""
    _is_ready = False

    def setup(self) -> None:  # noqa: B027 - most have nothing to set up
        """Load what every clip needs; called once, before the first clip."""

    @abstractmethod
    def judge(self, clip: Clip) -> Opinion:
        """Return an opinion of the clip, or raise `Abstention` with the reason."""

    def score(self, video: str | Path | Clip) -> Score:
        """Return the verdict on a video or a picture.

        A `Clip` that several detectors share is read only once.
        """
        began = time.perf_counter()
        if not self._is_ready:
            self.setup()
            self._is_ready = True
        clip = video if isinstance(video, Clip) else Clip(video)
        try:
            opinion = self.judge(clip)
        except Abstention as reason:
            return self._score(began, None, str(reason))
        return self._score(began, opinion, None)

    def _score(self, began: float, opinion: Opinion | None, reason: str | None) -> Score:
        card, line = self.card, self.calibration
        if opinion and line:
            opinion = opinion.through(line)
        told = vars(opinion) if opinion else {"fake": None}
        return Score(
            detector=card.name,
            abstained=reason,
            threshold=line.threshold if line else card.threshold,
            calibrated_on=line.on if line else card.calibrated_on,
            versions={"discriminator": version_of("discriminator"), card.name: card.version},
            seconds=time.perf_counter() - began,
            **told,
        )


D = TypeVar("D", bound=type[Detector])
_known: dict[str, type[Detector]] = {}
broken: dict[str, str] = {}
"""Entry points of other packages that could not be loaded, and why."""


def detector(card: Card) -> Callable[[D], D]:
    """Register a class under its card's name."""

    def register(kind: D) -> D:
        kind.card = card
        _known[card.name] = kind
        return kind

    return register


def names() -> list[str]:
    """Return the names of all detectors, ours first."""
    return list(_all())


def cards() -> list[Card]:
    """Return the cards of all detectors."""
    return [kind.card for kind in _all().values()]


def load(name: str, calibrations: Mapping[str, Calibration] | None = None) -> Detector:
    """Return a new detector; it sets itself up when it is asked about its first clip.

    A network that was trained here goes by the folder of its run. Of `calibrations`, those for this
    detector make probabilities of its numbers.

    Raises:
        UnknownDetectorError: there is none of this name.
        DetectError: the calibration is of another version of the detector.
    """
    made = _made(name)
    line = (calibrations or {}).get(made.card.name)
    if line and line.version != made.card.version:
        message = (
            f"The calibration is of version {line.version} of {name}, which is {made.card.version} "
            "now: evaluate it again."
        )
        raise DetectError(message)
    made.calibration = line
    return made


def _made(name: str) -> Detector:
    if is_run(name):
        return _trained(_folder(name))
    return _all()[checked(name)]()


def checked(name: str) -> str:
    """Return the name of an installed detector, which is no folder of the machine.

    Raises:
        UnknownDetectorError: there is none of this name.
    """
    if name not in (kinds := _all()):
        message = f"There is no detector {name!r}: choose one of {', '.join(kinds)}."
        raise UnknownDetectorError(message)
    return name


def is_run(name: str) -> bool:
    """Whether a detector's name is the folder of a network that was trained here."""
    return (Path(name) / RUN).is_file()


def _folder(name: str) -> Path:
    """Return a run's folder by its one name: `run` is `./run`, `run/` and the whole path too."""
    here, folder = Path.cwd(), Path(name)
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _trained(folder: Path) -> Detector:
    try:
        home = import_module("discriminator.detect.networks.trained")
    except ImportError as missing:
        message = f"A trained network needs {missing.name}: `pip install 'discriminator[lab]'`."
        raise NoLabError(message) from missing
    detector: Detector = home.Trained(folder)
    return detector


def version_of(package: str) -> str:
    """Return the version of an installed package; a bare checkout has none."""
    try:
        return version(package)
    except ModuleNotFoundError:
        return "unreleased"


def _all() -> dict[str, type[Detector]]:
    for name in _OWN:
        import_module(f"{__package__}.{name}")
    for entry in entry_points(group=GROUP):
        try:
            import_module(entry.module)
        except Exception as error:  # noqa: BLE001 - others wrote it, and ours go on without it
            broken[entry.name] = f"cannot be loaded ({type(error).__name__}: {error})"
    return {name: _known[name] for name in dict.fromkeys((*_OWN, *_known))}
