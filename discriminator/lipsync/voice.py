"""A voice: its sound, and where it says what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from discriminator.lipsync.errors import VoiceError
from discriminator.video import sound

RATE = 16_000
"""Samples a second that every engine hears."""
FRAMES = 25
"""Frames a second that every engine draws."""
LONGEST = 10 * 60
"""Seconds; nobody's photo has to speak for longer, and a mistake of the user's ends here."""
_QUIET = 1e-4
"""The loudest sample, of 1, of what is still silence."""


class Word(msgspec.Struct, frozen=True):
    """One word, and when it is heard, in seconds."""

    word: str
    start: float
    end: float


class Phone(msgspec.Struct, frozen=True):
    """One sound of a word, in ARPAbet's small letters, and when it is heard, in seconds."""

    phone: str
    start: float
    end: float


class _Line(msgspec.Struct):
    words: list[Word] = []


class _Script(msgspec.Struct):
    lines: list[_Line] = []
    phones: list[Phone] = []


@dataclass(frozen=True)
class Voice:
    """What is spoken."""

    path: Path
    samples: sound.Samples
    """(n,) at 16 kHz, -1 to 1, one channel."""
    words: tuple[Word, ...] = ()
    """Empty where nobody has written them down."""
    phones: tuple[Phone, ...] = ()
    """Empty where nobody knows them."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / RATE

    @property
    def frames(self) -> int:
        """How many pictures go with it."""
        return max(round(self.seconds * FRAMES), 1)


def listen(path: str | Path) -> Voice:
    """Read a voice, and the words beside it (`name.json`, as the story keeps them) if there are.

    Raises:
        VoiceError: it is silent, or its words cannot be read.
        UnreadableSoundError: it is no sound, or lasts too long.
    """
    path = Path(path)
    samples = sound.read(path, RATE, longest=LONGEST)
    if not np.isfinite(samples).all():
        message = f"{path.name} holds numbers that are no sound: export it again."
        raise VoiceError(message)
    if np.abs(samples).max() < _QUIET:
        message = f"{path.name} is silent: give a recording of a voice."
        raise VoiceError(message)
    script = _script(path.with_suffix(".json"))
    words = tuple(word for line in script.lines for word in line.words)
    return Voice(path, samples, words, tuple(script.phones))


def _script(path: Path) -> _Script:
    if not path.is_file():
        return _Script()
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Script)
    except (msgspec.DecodeError, OSError) as error:
        message = f"{path.name} beside the voice is no script of it ({error}): move it away."
        raise VoiceError(message) from error
