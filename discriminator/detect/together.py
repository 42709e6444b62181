"""All that needs no weights, asked together: the detector that is asked by default.

Each physical detector can see only its own kind of trace, so none overrules the others: those that
abstain are left out, and the most alarmed of the rest weighs most. What the file says of itself is
heard too; a file that calls itself made up is taken at its word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from discriminator.detect.errors import Abstention
from discriminator.detect.registry import Card, Detector, detector, load
from discriminator.detect.verdict import FaceScore, Opinion, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discriminator.detect.clip import Clip
    from discriminator.detect.verdict import Score

PHYSICAL = ("pulse", "noise", "sync")
MEMBERS = (*PHYSICAL, "provenance")
_SURE = 0.01
_SHARPNESS = 1.0
"""How much more the alarmed weigh: at 0 all weigh the same, without end only the most alarmed."""


@detector(
    Card(
        name="together",
        description="Asks pulse, noise, sync and provenance; leaves out those that abstain.",
        limits="What none of its members can see; look at each one's limits.",
        licence="Apache-2.0",
        version="4",
    )
)
class Together(Detector):
    """Joins the detectors that need no weights."""

    def setup(self) -> None:
        """Get the members ready."""
        self.members = [load(name) for name in MEMBERS]

    def judge(self, clip: Clip) -> Opinion:
        """Return the joined opinion of all members that have one."""
        scores = [member.score(clip) for member in self.members]
        heard = [score for score in scores if score.fake is not None]
        if not heard:
            raise Abstention(_reasons(scores))
        return Opinion(
            fake=join([score.fake for score in heard if score.fake is not None]),
            faces=_faces(heard),
            frames=max(score.frames for score in scores),
            signals=tuple(signal for score in scores for signal in _signals(score)),
        )


def join(fakes: Sequence[float]) -> float:
    """Return one P(fake) from several: a mean of their log odds in which high ones weigh more."""
    kept = np.clip(fakes, _SURE, 1 - _SURE)
    odds = np.log(kept / (1 - kept))
    weights = np.exp(_SHARPNESS * (odds - odds.max()))
    return float(1 / (1 + np.exp(-(odds @ weights) / weights.sum())))


def _signals(score: Score) -> tuple[Signal, ...]:
    if score.abstained:
        return (Signal(score.detector, None, "unclear", score.abstained),)
    return score.signals


def _faces(scores: Sequence[Score]) -> tuple[FaceScore, ...]:
    """Return each face once, with the highest P(fake) that any member gave it."""
    worst: dict[int, FaceScore] = {}
    for face in (face for score in scores for face in score.faces):
        if face.face not in worst or face.fake > worst[face.face].fake:
            worst[face.face] = face
    return tuple(worst[number] for number in sorted(worst))


def _reasons(scores: Sequence[Score]) -> str:
    """Return why all abstain, each reason once."""
    return " ".join(dict.fromkeys(score.abstained or "" for score in scores))
