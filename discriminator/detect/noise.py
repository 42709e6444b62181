"""The grain of a camera: it is all over a picture, in the mouth as on the cheek, and never rests.

A mouth that was drawn has the grain of the machine that drew it, mostly less; a face made from one
photo has a grain that moves with the face instead of being new in every frame. The grain is what a
high-pass of the steganalysts leaves of a frame (SRM, the 5 x 5 kernel).
`web/src/noise.ts` measures the same; both are held to `tests/detect/vectors.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discriminator.detect.aggregation import over_faces
from discriminator.detect.errors import Abstention
from discriminator.detect.registry import Card, Detector, SelfCheck, detector
from discriminator.detect.verdict import FaceScore, Opinion, Signal
from discriminator.detect.watching import BESIDE, SKIN

if TYPE_CHECKING:
    from discriminator.detect.clip import Clip
    from discriminator.detect.watching import Grain, Watched

Floats = NDArray[np.float64]

KERNEL = np.array(
    [
        [-1, 2, -2, 2, -1],
        [2, -6, 8, -6, 2],
        [-2, 8, -12, 8, -2],
        [2, -6, 8, -6, 2],
        [-1, 2, -2, 2, -1],
    ],
    np.float64,
)
"""Of the Spatial Rich Model; it leaves nothing of a surface whose shades change evenly."""
_SCALE = 12.0
_TO_SIGMA = 1.4826
"""From the median of the absolute values to the standard deviation, for noise."""
_TINY = 0.01

FEWEST = 4
"""Moments below which chance decides."""
SMALLEST = 15
"""Px of a square's side below which little is left inside the kernel's border."""
FAINTEST = 1.5
"""Grey levels of grain below which compression has taken it, or put its own in its place."""
FROZEN = 0.70
"""Likeness of the skin's grain to that of the next frame from which it is not the camera's."""
_FACE, _MOUTH = -0.75, -0.47
"""Natural logarithms of grain, over that behind the face and over that of the skin, from which on
it is too little."""
_FACE_SLOPE, _MOUTH_SLOPE, _STEEP = 11.0, 9.0, 22.0
"""How fast doubt grows. All of these were fitted on made clips of six people, an accusation
counting five times as much as a miss."""


@dataclass(frozen=True)
class Noise:
    """What was measured of one face."""

    behind: float
    """The grain beside the face, in grey levels; NaN where the picture ends at the face."""
    skin: float
    """The grain of the skin, in grey levels."""
    mouth: float
    """The grain at the mouth, in grey levels."""
    likeness: float
    """Of the skin's grain in two successive frames: 0 a camera's, 1 the same grain again."""


def residual(picture: NDArray[np.generic]) -> Floats:
    """Return what the kernel leaves of (h, w) grey levels: (h - 4, w - 4), in grey levels."""
    grey = picture.astype(np.float64)
    height, width = grey.shape[0] - 4, grey.shape[1] - 4
    left = np.zeros((height, width))
    for row in range(5):
        for column in range(5):
            left += KERNEL[row, column] * grey[row : row + height, column : column + width]
    return left / _SCALE


def strength(rest: Floats) -> float:
    """Return the spread of a residual, in grey levels; a few edges do not move it."""
    return float(np.median(np.abs(rest))) * _TO_SIGMA


def likeness(grain: Grain) -> float:
    """Return the correlation of the grain of two frames, at the best shift of up to a pixel."""
    before, after = residual(grain.before), residual(grain.after)
    middle = before[1:-1, 1:-1]
    height, width = middle.shape
    shifted = [
        after[down : down + height, across : across + width]
        for down in range(3)
        for across in range(3)
    ]
    return max(_alike(middle, other) for other in shifted)


def measure(moments: list[dict[str, Grain]]) -> Noise:
    """Return the noise of a face from squares of it at some moments."""
    behind = [_median(moments, place) for place in BESIDE]
    return Noise(
        behind=max(behind, key=lambda grain: -1.0 if np.isnan(grain) else grain),
        skin=float(np.mean([_median(moments, place) for place in SKIN])),
        mouth=_median(moments, "mouth"),
        likeness=float(np.median([likeness(one[place]) for one in moments for place in SKIN])),
    )


def _median(moments: list[dict[str, Grain]], place: str) -> float:
    found = [strength(residual(one[place].before)) for one in moments if place in one]
    return float(np.median(found)) if found else float("nan")


def _alike(one: Floats, other: Floats) -> float:
    return float((one * other).sum() / max(np.sqrt((one**2).sum() * (other**2).sum()), _TINY))


@detector(
    Card(
        name="noise",
        description="Compares the camera's grain at mouth, skin and background, and over time.",
        limits=(
            "Needs a face about 110 px wide in a file that has its grain: strong compression and "
            "shrunken copies take it away, and telephones that smooth the skin look like fakes. A "
            "fake that was filmed from a screen has the camera's grain all over."
        ),
        licence="Apache-2.0",
        version="3",
        self_check=SelfCheck(reals=20, accused=0, fakes=29, missed=1, abstained=31),
    )
)
class NoiseDetector(Detector):
    """Says fake where the grain of a face does not hang together."""

    def judge(self, clip: Clip) -> Opinion:
        """Return the opinion on the person whose grain is least like a camera's."""
        judged = [(person, measure(_whole(person))) for person in _fit(clip.people())]
        seen = [(person, noise) for person, noise in judged if has_grain(noise)]
        if not seen:
            message = "Compression has taken the camera's grain from this face."
            raise Abstention(message)
        faces = tuple(FaceScore(person.number, fake(noise), person.box) for person, noise in seen)
        who, worst = max(seen, key=lambda pair: fake(pair[1]))
        return Opinion(
            fake=over_faces([face.fake for face in faces]),
            faces=faces,
            frames=clip.scene.frames,
            signals=(_signal(who.number, worst),),
        )


def fake(noise: Noise) -> float:
    """Return P(fake) for a noise, by lines fitted on made clips: the worst of three doubts."""
    return float(1 / (1 + np.exp(-max(_doubts(noise).values()))))


def _doubts(noise: Noise) -> dict[str, float]:
    """Return the log odds of each way in which a face may be no camera's."""
    skin = max(noise.skin, _TINY)
    doubts = {"mouth": _MOUTH_SLOPE * (_MOUTH - float(np.log(max(noise.mouth, _TINY) / skin)))}
    if noise.skin >= FAINTEST:
        doubts["frozen"] = _STEEP * (noise.likeness - FROZEN)
    if np.isfinite(noise.behind):
        doubts["face"] = _FACE_SLOPE * (_FACE - float(np.log(skin / max(noise.behind, _TINY))))
    return doubts


def has_grain(noise: Noise) -> bool:
    """Whether there is enough grain for a verdict.

    Skin without grain accuses where there is some behind it, but says nothing for a face: whether
    it rests cannot be seen.
    """
    if noise.skin >= FAINTEST:
        return True
    return noise.behind >= FAINTEST and fake(noise) >= NoiseDetector.card.threshold


def is_grainy(person: Watched) -> bool:
    """Whether some of the camera's grain is left, on the skin or behind it.

    Where none is, compression may have taken whatever is as faint.
    """
    moments = _whole(person)
    if len(moments) < FEWEST:
        return False
    seen = measure(moments)
    return seen.skin >= FAINTEST or seen.behind >= FAINTEST


def _fit(people: tuple[Watched, ...]) -> list[Watched]:
    fit = [person for person in people if len(_whole(person)) >= FEWEST]
    if not fit:
        message = "The face is too small, or seen too briefly, for its grain to be compared."
        raise Abstention(message)
    return fit


def _whole(person: Watched) -> list[dict[str, Grain]]:
    """Return the moments at which all squares of the face are in the picture, and large enough."""
    return [
        one
        for one in person.grain
        if {"mouth", *SKIN} <= one.keys() and len(one["mouth"].before) >= SMALLEST
    ]


_WORDS = {
    "mouth": "The mouth is smoother than the skin around it, as if it came from elsewhere.",
    "frozen": "The grain of the skin stands still from frame to frame, as in a photo.",
    "face": "The face is smoother than what is behind it, as if it came from elsewhere.",
}


def _signal(face: int, noise: Noise) -> Signal:
    doubts = _doubts(noise)
    strongest = max(doubts, key=lambda doubt: doubts[doubt])
    if fake(noise) < NoiseDetector.card.threshold:
        words = (
            "The grain of the camera is the same on mouth, skin and background, and never rests."
        )
        return Signal("noise", doubts[strongest], "real", words, face)
    return Signal("noise", doubts[strongest], "fake", _WORDS[strongest], face)
