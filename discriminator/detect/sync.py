"""Mouth and voice: who speaks, opens the mouth for it, at the same moment.

The mouth's opening is held against the loudness of the voice at every shift of up to half a second.
People move their mouths loosely with their voice; a dubbed face hardly at all, or too late; and a
face that was moved by the sound's loudness follows it more closely than anyone does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discriminator.detect.clip import SOUND_RATE
from discriminator.detect.errors import Abstention
from discriminator.detect.registry import Card, Detector, SelfCheck, detector
from discriminator.detect.verdict import FaceScore, Opinion, Signal
from discriminator.faces import mouth_openness

if TYPE_CHECKING:
    from discriminator.detect.clip import Clip
    from discriminator.detect.watching import Watched

Floats = NDArray[np.float64]

RATE = 25.0
"""Hz at which mouth and voice are compared."""
FARTHEST = 0.5
"""Seconds of shift that are tried."""
CLOSE = 0.16
"""Seconds of shift that nobody minds: files, telephones and the speed of sound."""
SHORTEST = 4.0
"""Seconds of speech and face below which a likeness is chance."""
LOUD = 0.02
"""Of full scale: what is quieter is not taken for a voice."""
TOO_CLOSE = 0.93
"""Likeness beyond what people's mouths show."""
STRANGE = 0.40
"""Likeness below which the voice is rather another's."""
_STRANGE, _MACHINE = 18.0, 46.0
"""How fast doubt grows. These were fitted on made clips of six people, an accusation counting
five times as much as a miss."""
_SPOKEN = 0.15
"""The part of the clip that must be loud for someone to be speaking."""
_SMOOTH = 3
_TINY = 1e-9


@dataclass(frozen=True)
class Sync:
    """What was measured of one face and the sound."""

    likeness: float
    """The largest correlation of mouth and voice, -1 to 1."""
    shift: float
    """Seconds by which the voice comes after the mouth there."""


def loudness(sound: NDArray[np.float32], seconds: float) -> Floats:
    """Return the root mean square of the sound in each 25th of a second."""
    window = round(SOUND_RATE / RATE)
    count = min(int(seconds * RATE), len(sound) // window)
    parts = sound[: count * window].astype(np.float64).reshape(count, window)
    loud: Floats = np.sqrt((parts**2).mean(1))
    return loud


def measure(times: Floats, mouth: Floats, voice: Floats) -> Sync:
    """Return how the mouth's opening (n, at n seconds) goes with the voice (25 a second)."""
    moments = np.arange(len(voice)) / RATE
    inside = (moments >= times[0]) & (moments <= times[-1])
    opening = _smooth(np.interp(moments, times, mouth))
    heard = _smooth(np.log(voice + LOUD))
    most = round(FARTHEST * RATE)
    tried = [(_likeness(opening, heard, inside, shift), shift) for shift in range(-most, most + 1)]
    likeness, shift = max(tried)
    return Sync(likeness, shift / RATE)


def _likeness(opening: Floats, heard: Floats, inside: NDArray[np.bool_], shift: int) -> float:
    later = np.roll(heard, -shift)
    valid = inside.copy()
    if shift > 0:
        valid[-shift:] = False
    elif shift < 0:
        valid[:-shift] = False
    one, other = opening[valid] - opening[valid].mean(), later[valid] - later[valid].mean()
    return float(one @ other / max(np.linalg.norm(one) * np.linalg.norm(other), _TINY))


def _smooth(values: Floats) -> Floats:
    padded = np.pad(values, _SMOOTH // 2, mode="edge")
    return np.convolve(padded, np.ones(_SMOOTH) / _SMOOTH, mode="valid")


@detector(
    Card(
        name="sync",
        description="Holds the opening of the mouth against the loudness of the voice.",
        limits=(
            "Needs four seconds of speech and of a face. It cannot know whose voice it hears: a "
            "narrator over a silent face looks like a fake, and so does a song or a dubbed film. "
            "A good lip-sync passes."
        ),
        licence="Apache-2.0",
        version="2",
        self_check=SelfCheck(reals=48, accused=2, fakes=32, missed=2, abstained=0),
    )
)
class SyncDetector(Detector):
    """Says fake where the mouth does not go with the voice."""

    def judge(self, clip: Clip) -> Opinion:
        """Return the opinion on the person whose mouth goes best with the voice."""
        people = [person for person in clip.people() if np.ptp(person.point_times) >= SHORTEST]
        heard = voice(clip)
        if not people:
            message = f"Mouth and voice need {SHORTEST:.0f} seconds of a face to be compared."
            raise Abstention(message)
        # The others listen.
        measured = [(_measured(person, heard), person) for person in people]
        sync, speaker = max(measured, key=lambda pair: pair[0].likeness)
        face = FaceScore(speaker.number, fake(sync), speaker.box)
        return Opinion(
            fake=fake(sync),
            faces=(face,),
            frames=clip.scene.frames,
            signals=(_signal(speaker.number, sync),),
        )


def fake(sync: Sync) -> float:
    """Return P(fake), by lines fitted on made clips: the worst of three doubts."""
    strange = _STRANGE * (STRANGE - sync.likeness)
    late = 30.0 * (abs(sync.shift) - CLOSE - 0.06)
    machine = _MACHINE * (sync.likeness - TOO_CLOSE)
    return float(1 / (1 + np.exp(-max(strange, late, machine))))


def voice(clip: Clip) -> Floats:
    """Return the loudness of the clip, 25 times a second, or abstain where nobody speaks."""
    if not len(clip.sound):
        message = "There is no sound to compare the mouth with."
        raise Abstention(message)
    heard = loudness(clip.sound, clip.scene.seconds)
    if len(heard) < SHORTEST * RATE or (heard > LOUD).mean() < _SPOKEN:
        message = "Nobody speaks for long enough to compare the mouth with the voice."
        raise Abstention(message)
    return heard


def mouth(person: Watched) -> Floats:
    """Return how far a mouth is open at the times of the points, 0 to 1."""
    return np.array([mouth_openness(points) for points in person.points])


def _measured(person: Watched, heard: Floats) -> Sync:
    return measure(person.point_times, mouth(person), heard)


def _signal(face: int, sync: Sync) -> Signal:
    if fake(sync) < SyncDetector.card.threshold:
        words = "The mouth opens with the voice, loosely, as people's mouths do."
        return Signal("sync", sync.likeness, "real", words, face)
    if abs(sync.shift) > CLOSE:
        words = f"Mouth and voice are {abs(sync.shift):.1f} seconds apart."
        return Signal("sync", sync.shift, "fake", words, face)
    if sync.likeness > TOO_CLOSE:
        words = "The mouth follows the loudness more closely than a person's would."
        return Signal("sync", sync.likeness, "fake", words, face)
    words = "The mouth does not open with the voice."
    return Signal("sync", sync.likeness, "fake", words, face)
