"""The heart in a face: with every beat, skin everywhere turns a little darker at the same time.

The colours of three squares of skin become three waves (POS: Wang, den Brinker, Stuijk, de Haan,
2017). In a filmed face they share one beat; in a face that was drawn, frame by frame or from a
single photo, they do not. `web/src/pulse.ts` measures the same; both are held to
`tests/detect/vectors.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discriminator.detect import noise
from discriminator.detect.aggregation import over_faces
from discriminator.detect.errors import Abstention
from discriminator.detect.registry import Card, Detector, SelfCheck, detector
from discriminator.detect.verdict import FaceScore, Opinion, Signal

if TYPE_CHECKING:
    from discriminator.detect.clip import Clip
    from discriminator.detect.watching import Watched

Floats = NDArray[np.float64]

RATE = 30.0
"""Hz to which the colours are brought."""
SLOWEST, FASTEST = 0.7, 3.0
"""Hz between which a heart beats: 42 to 180 a minute."""
STEP = 0.025
"""Hz between two frequencies that are looked at."""
NEAR = 0.15
"""Hz around the beat and its first overtone that are counted to them."""
_WINDOW = 48
"""Samples (1.6 s) over which the light is taken to be steady: two beats."""
_TINY = 1e-9

SHORTEST = 6.0
"""Seconds of a face below which a beat is not told from chance."""
NARROWEST = 90.0
"""Px of a face's width below which its squares hold too few pixels."""
_RESTLESS = 0.08
"""How much the brightness of the skin may change; beyond, light and motion drown the beat."""


_CLEAR, _TOGETHER = 1.0, 27.0
_UNCLEAR, _APART = -2.5, 0.68
"""Clarity and agreement below which there is rather no heart. These and their slopes were fitted
on made clips of six people, an accusation counting five times as much as a miss."""


@dataclass(frozen=True)
class Pulse:
    """What was measured of one face."""

    beat: float
    """Beats a minute, of the strongest wave."""
    clarity: float
    """Power of the beat and its overtone over all other power, in dB."""
    agreement: float
    """How far the squares beat together, 0 to 1; a third to two thirds by chance."""


def measure(times: Floats, colours: Floats) -> Pulse:
    """Return the pulse of colours (n, 3 squares, RGB) at n seconds."""
    even = evenly(times, colours)
    waves = np.stack([wave(even[:, place]) for place in range(even.shape[1])])
    frequencies = np.arange(round((FASTEST - SLOWEST) / STEP) + 1) * STEP + SLOWEST
    spectra = np.stack([_spectrum(one, frequencies) for one in waves])
    together = np.abs(spectra.sum(0)) ** 2
    apart = (np.abs(spectra) ** 2).sum(0) * len(spectra)
    peak = int(np.argmax(together))
    beat = frequencies[peak]
    close = np.minimum(np.abs(frequencies - beat), np.abs(frequencies - 2 * beat)) <= NEAR
    clarity = together[close].sum() / max(together[~close].sum(), _TINY)
    return Pulse(
        beat=float(60 * beat),
        clarity=float(10 * np.log10(max(clarity, _TINY))),
        agreement=float(together[peak] / max(apart[peak], _TINY)),
    )


def wave(colours: Floats) -> Floats:
    """Return the wave (n) in the colours (n, RGB) of one square."""
    summed = np.zeros(len(colours))
    for start in range(len(colours) - _WINDOW + 1):
        part = colours[start : start + _WINDOW]
        red, green, blue = (part / np.maximum(part.mean(0), _TINY)).T
        first, second = green - blue, green + blue - 2 * red
        mixed = first + first.std() / max(second.std(), _TINY) * second
        summed[start : start + _WINDOW] += mixed - mixed.mean()
    return summed


def evenly(times: Floats, colours: Floats) -> Floats:
    """Return the colours at `RATE`, whatever rate the clip has, and across short gaps."""
    seen = np.isfinite(colours).all((1, 2))
    times, colours = times[seen], colours[seen]
    moments = times[0] + np.arange(int((times[-1] - times[0]) * RATE) + 1) / RATE
    flat = colours.reshape(len(colours), -1)
    even = np.stack([np.interp(moments, times, column) for column in flat.T], 1)
    return even.reshape(len(even), *colours.shape[1:])


def _spectrum(values: Floats, frequencies: Floats) -> NDArray[np.complex128]:
    count = np.arange(len(values))
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * count / max(len(values) - 1, 1))
    turns = np.exp(-2j * np.pi * frequencies[:, None] * count / RATE)
    spectrum: NDArray[np.complex128] = turns @ (values * hann)
    return spectrum


@detector(
    Card(
        name="pulse",
        description="Looks for a heartbeat in the colour of the skin, the same all over the face.",
        limits=(
            "Needs six seconds of a face at least 90 px wide, steady light and mild compression. "
            "It looks at the first half minute. A fake that repaints only part of a filmed face "
            "keeps the beat, and a swapped face takes it over where its colours follow those of "
            "the filmed skin. Strong compression takes it from a real one: where the grain is "
            "gone too, it accuses nobody."
        ),
        licence="Apache-2.0",
        version="3",
        self_check=SelfCheck(reals=40, accused=1, fakes=27, missed=13, abstained=13),
    )
)
class PulseDetector(Detector):
    """Says fake where no beat is found though it could be seen."""

    def judge(self, clip: Clip) -> Opinion:
        """Return the opinion on the person with the least pulse."""
        people = clip.people()
        found = [(person, measure(person.times, person.colours)) for person in _fit(people)]
        # A beat that is seen is seen; that none is seen says nothing where none could be.
        judged = [pair for pair in found if not _accuses(pair[1]) or noise.is_grainy(pair[0])]
        if not judged:
            message = "No heartbeat is seen, but compression may have taken it with the grain."
            raise Abstention(message)
        faces = tuple(FaceScore(person.number, fake(pulse), person.box) for person, pulse in judged)
        who, least = max(judged, key=lambda pair: fake(pair[1]))
        return Opinion(
            fake=over_faces([face.fake for face in faces]),
            faces=faces,
            frames=clip.scene.frames,
            signals=(_signal(who.number, least),),
        )


def fake(pulse: Pulse) -> float:
    """Return P(fake) for a pulse, by lines fitted on made clips: the worse of two doubts."""
    doubt = max(_CLEAR * (_UNCLEAR - pulse.clarity), _TOGETHER * (_APART - pulse.agreement))
    return float(1 / (1 + np.exp(-doubt)))


def _fit(people: tuple[Watched, ...]) -> list[Watched]:
    """Return the faces that can be judged, or abstain with what is wrong with the first."""
    reasons = [_unfit(person) for person in people]
    fit = [person for person, reason in zip(people, reasons, strict=True) if reason is None]
    if not fit:
        raise Abstention(reasons[0] or "")
    return fit


def _unfit(person: Watched) -> str | None:
    seen = np.isfinite(person.colours).all((1, 2))
    lasting = float(np.ptp(person.times[seen])) if seen.any() else 0.0
    if lasting < SHORTEST:
        return f"A pulse needs {SHORTEST:.0f} seconds of a face; here are {lasting:.1f}."
    if person.width < NARROWEST:
        return f"A pulse needs a face {NARROWEST:.0f} px wide; this one has {person.width:.0f}."
    brightness = person.colours[seen].mean((1, 2))
    if brightness.std() / max(brightness.mean(), 1.0) > _RESTLESS:
        return "The light on the face changes too much for a pulse to be seen."
    return None


def _accuses(pulse: Pulse) -> bool:
    return fake(pulse) >= PulseDetector.card.threshold


def _signal(face: int, pulse: Pulse) -> Signal:
    if _accuses(pulse):
        words = "No heartbeat is seen in the skin, or not the same one all over the face."
        return Signal("pulse", pulse.clarity, "fake", words, face)
    words = f"The skin beats {pulse.beat:.0f} times a minute, all over the face together."
    return Signal("pulse", pulse.clarity, "real", words, face)
