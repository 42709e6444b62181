"""What Nobody does over time: how it looks into a camera, and how it speaks.

Seconds go in; an `Expression` and a `Pose` come out. Mouths follow the phones that were written
when the voice was made.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from math import erf, pi, sin
from typing import TYPE_CHECKING, Any, NamedTuple

from look import glide
from nobody import VISEMES, Expression, Pose

if TYPE_CHECKING:
    from pathlib import Path

LOOP = 15.0  # seconds after which looking begins anew
OPEN = 0.88  # lids
BLUR = 0.030  # seconds by which mouth shapes run into each other
SHUT = "p b m"  # lips that do not quite meet look wrong at once, so these outweigh their neighbours
INSISTENCE = 2.2
BLINK = 0.36  # seconds

# The phones of the synthesiser, by the mouth shape that they share.
SHAPES = {
    "silence": "pau", "p b m": "p b m", "f v": "f v", "t d n l": "t d n l th dh", "s z": "s z",
    "k g": "k g ng hh r er ax", "ch sh": "ch jh sh zh", "a": "aa ae ah aw ay ao",
    "e": "eh ey", "i": "ih iy y", "o": "ow oy", "u w": "uh uw w",
}  # fmt: skip
LETTERS = "abcdefgijklmnopqrstuvwxyz"
SOUNDS = "ae b k d eh f g ih jh k l m n ow p k r s t uh v w k iy z"
SOUND_OF = dict(zip(LETTERS, SOUNDS.split(), strict=True))
VISEME_OF = {phone: shape for shape, phones in SHAPES.items() for phone in phones.split()}


class Look(NamedTuple):
    """A face at one instant."""

    does: Expression
    turned: Pose


@dataclass(frozen=True)
class Phone:
    """A speech sound and when it is heard, in seconds."""

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Speech:
    """What is said, sound by sound."""

    phones: tuple[Phone, ...]
    phrases: tuple[tuple[float, float], ...]
    duration: float

    @property
    def starts(self) -> float:
        """When the first sound is heard."""
        return next(phone.start for phone in self.phones if VISEME_OF[phone.name] != "silence")

    @classmethod
    def read(cls, path: Path) -> Speech:
        """Read the timings that were written when the voice was made."""
        told = json.loads(path.read_text(encoding="utf-8"))
        phones = (Phone(phone["phone"], phone["start"], phone["end"]) for phone in told["phones"])
        phrases = tuple((line["start"], line["end"]) for line in told["lines"])
        return cls(tuple(phones), phrases, told["duration"])

    @classmethod
    def spelled(cls, path: Path) -> Speech:
        """Guess the sounds from the letters, where a voice left the times of its words only."""
        told = json.loads(path.read_text(encoding="utf-8"))
        words = [word for line in told["lines"] for word in line["words"]]
        phones = (phone for word in words for phone in _spelled(word))
        phrases = tuple((line["start"], line["end"]) for line in told["lines"])
        return cls(tuple(phones), phrases, told["duration"])

    def look(self, t: float) -> Look:
        """Return the speaking face: mouth by the sounds, eyes and head by the phrases."""
        lids = OPEN * (1 - max(blink(t, end + 0.05) for _, end in self.phrases))
        stress = max(swell(t, start + 0.1, 0.35, 0.5) for start, _ in self.phrases)
        does = replace(self.mouth(t), lids=(lids, lids), brows=0.35 * stress)
        nod = 0.045 * stress + 0.012 * sin(2.9 * t)
        return Look(does, Pose(0.05 * sin(0.83 * t + 0.4), nod, 0.025 * sin(0.61 * t)))

    def mouth(self, t: float) -> Expression:
        """Return the mouth at a time: a mean of the shapes around it."""
        shares = [(VISEMES["silence"], 1e-6)]
        for phone in self.phones:
            if abs(phone.start - t) > 1:
                continue
            share = 0.5 * (_before(phone.end - t) - _before(phone.start - t))
            shape = VISEME_OF[phone.name]
            shares.append((VISEMES[shape], share * (INSISTENCE if shape == SHUT else 1)))
        total = sum(share for _, share in shares)
        mean = {
            part: sum(getattr(shape, part) * share for shape, share in shares) / total
            for part in ("jaw", "wide", "pucker", "smile")
        }
        return Expression(**mean)


def looking(t: float) -> Look:
    """Return a face in front of a camera: it turns, blinks, opens its mouth and smiles, in a loop.

    Everything is over before the loop is, so its last picture is followed by its first.
    """
    around = 2 * pi * t / LOOP
    lids = OPEN * (1 - max(blink(t, at) for at in (0.7, 4.1, 7.7, 10.2, 13.4, 14.1)))
    left, right = swell(t, 1.3, 1.0, 0.8), swell(t, 7.0, 1.0, 0.9)
    smiling = swell(t, 10.6, 0.5, 1.0)
    speaking = max(swell(t, 4.8, 0.45, 0.7), swell(t, 12.3, 0.4, 0.5))
    does = Expression(
        jaw=0.9 * speaking + 0.12 * smiling,
        wide=0.45 * smiling,
        smile=0.1 + 0.9 * smiling,
        lids=(lids, lids),
        brows=0.25 * smiling + 0.3 * speaking,
        gaze=(0.10 * left - 0.10 * right, 0.0),
    )
    yaw = 0.42 * right - 0.42 * left + 0.03 * sin(2 * around)
    pitch = 0.03 * sin(3 * around) + 0.10 * swell(t, 6.1, 0.35, 0.1)
    return Look(does, Pose(yaw, pitch, 0.03 * sin(around) + 0.05 * smiling))


def blink(t: float, at: float) -> float:
    """Close the eyes (1) and open them again (0)."""
    return swell(t, at, BLINK / 3, BLINK / 3)


def swell(t: float, at: float, over: float, hold: float) -> float:
    """Rise from 0 to 1 `over` seconds, hold, and fall as slowly."""
    return glide((t - at) / over) * (1 - glide((t - at - over - hold) / over))


def _spelled(word: dict[str, Any]) -> list[Phone]:
    letters = [letter for letter in word["word"].lower() if letter in SOUND_OF]
    each = (word["end"] - word["start"]) / max(len(letters), 1)
    return [
        Phone(SOUND_OF[letter], word["start"] + each * place, word["start"] + each * (place + 1))
        for place, letter in enumerate(letters)
    ]


def _before(x: float) -> float:
    return erf(x / (BLUR * 2**0.5))
