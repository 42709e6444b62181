"""What a detector says of a clip: how probably it is fake, or why it cannot tell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from collections.abc import Callable

Leaning = Literal["fake", "real", "unclear"]

SYNTHETIC = "synthetic"
"""What a Score is calibrated on until someone's own clips are there: made ones, which say little
about the world."""
EVEN = 0.5


@dataclass(frozen=True)
class Signal:
    """One thing that was measured, in numbers and in words."""

    name: str
    value: float | None
    """None where nothing could be measured."""
    leaning: Leaning
    words: str
    """One sentence for someone who knows no statistics."""
    face: int | None = None
    """Of whom it was measured; None where it is of the clip."""


@dataclass(frozen=True)
class Moment:
    """One frame's share in the verdict."""

    seconds: float
    fake: float


@dataclass(frozen=True)
class FaceScore:
    """One person's share in the verdict."""

    face: int
    """The same number for the same person through the whole clip."""
    fake: float
    box: tuple[float, float, float, float]
    """Left, top, right, bottom in px, where the person was seen first."""
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True)
class Opinion:
    """What a detector's own code has to say; `Score` adds what is true of every detector."""

    fake: float
    faces: tuple[FaceScore, ...] = ()
    frames: int = 0
    """How many frames were looked at."""
    signals: tuple[Signal, ...] = ()
    moments: tuple[Moment, ...] = ()

    def through(self, line: Callable[[float], float]) -> Opinion:
        """Return the same with every P(fake) changed by a line."""
        return replace(
            self,
            fake=line(self.fake),
            faces=tuple(
                replace(face, fake=line(face.fake), moments=_through(face.moments, line))
                for face in self.faces
            ),
            moments=_through(self.moments, line),
        )


def _through(moments: tuple[Moment, ...], line: Callable[[float], float]) -> tuple[Moment, ...]:
    return tuple(Moment(one.seconds, line(one.fake)) for one in moments)


@dataclass(frozen=True)
class Score:
    """A verdict. Either `fake` is a number or `abstained` is a reason, never both and never none.

    An abstention is not 0.5: who does not know is not of the opinion that both are as likely.
    """

    detector: str
    fake: float | None
    """P(fake): 0 is real, 1 is fake."""
    abstained: str | None = None
    """Why there is no verdict: one sentence."""
    threshold: float = EVEN
    """From which P(fake) on this detector calls a clip fake."""
    calibrated_on: str | None = None
    """The clips by which its numbers became probabilities; None: they are only an order."""
    faces: tuple[FaceScore, ...] = ()
    moments: tuple[Moment, ...] = ()
    frames: int = 0
    signals: tuple[Signal, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    """Of the detector and of what decides its numbers."""
    seconds: float = 0.0
    """How long the judging took."""
    polarity: Literal["1 is fake"] = "1 is fake"

    def __post_init__(self) -> None:
        """Refuse a verdict that is two things at once."""
        if (self.fake is None) == (self.abstained is None):
            message = "A score is a probability or a reason to abstain: give exactly one of both."
            raise DetectError(message)
        if self.fake is not None and not 0 <= self.fake <= 1:  # NaN is refused too
            message = f"{self.detector} says P(fake) = {self.fake}: it must lie between 0 and 1."
            raise DetectError(message)

    @property
    def leaning(self) -> Leaning:
        """On which side of its threshold the verdict is."""
        if self.fake is None:
            return "unclear"
        return "fake" if self.fake >= self.threshold else "real"

    @property
    def is_calibrated(self) -> bool:
        """Whether its number may be shown as a percentage: it was held against real clips."""
        return self.calibrated_on not in {None, SYNTHETIC}

    @property
    def words(self) -> str:
        """The verdict as a sentence; a percentage only where it means one."""
        if self.fake is None:
            return f"No verdict. {self.abstained}"
        if self.is_calibrated:
            return f"Fake with a probability of {self.fake:.0%}."
        return "Signs of a fake." if self.leaning == "fake" else "No signs of a fake."
