"""When things happen: the voice's words are the film's only clock.

A shot never counts seconds from the start of the film. It asks how long ago a word was said, so a
voice that is recorded anew times the pictures anew.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import skia
import yaml
from look import clamp, glide

if TYPE_CHECKING:
    from pathlib import Path

Shot = Callable[[skia.Canvas, "Moment"], None]

_ENTERED: defaultdict[str, dict[str, Shot]] = defaultdict(dict)  # by package


def shot(draw: Shot) -> Shot:
    """Enter a shot under its function's name; its chapter's storyboard calls it by that name."""
    _ENTERED[draw.__module__.rpartition(".")[0]][draw.__name__] = draw
    return draw


def shots_of(chapter: int) -> dict[str, Shot]:
    """Return the shots of a chapter by name; each module enters its own when it is imported."""
    package = import_module(f"shots.chapter_{chapter}")
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return _ENTERED[package.__name__]


class NotSaidError(LookupError):
    """The voice never says what a shot waits for."""


@dataclass(frozen=True)
class Voice:
    """The words of a chapter and when each is said, in seconds."""

    words: tuple[str, ...]
    starts: tuple[float, ...]
    duration: float

    @classmethod
    def read(cls, path: Path) -> Voice:
        """Read the timings that were written when the voice was made."""
        told = json.loads(path.read_text(encoding="utf-8"))
        said = [word for line in told["lines"] for word in line["words"]]
        words = tuple(_plain(word["word"]) for word in said)
        return cls(words, tuple(word["start"] for word in said), told["duration"])

    def when(self, phrase: str, after: float = 0.0) -> float:
        """Return when a phrase is first said, at or after a time."""
        wanted = tuple(_plain(word) for word in phrase.split())
        for index, start in enumerate(self.starts):
            if start >= after and self.words[index : index + len(wanted)] == wanted:
                return start
        message = f"the voice never says {phrase!r} after {after:.1f} s"
        raise NotSaidError(message)


@dataclass(frozen=True)
class Scene:
    """One line of the storyboard, with its times in seconds."""

    name: str
    sees: str
    start: float
    end: float


@dataclass(frozen=True)
class Moment:
    """One instant of one shot."""

    t: float
    start: float
    end: float
    voice: Voice

    @cached_property
    def length(self) -> float:
        """Seconds from cut to cut."""
        return self.end - self.start

    @property
    def share(self) -> float:
        """How much of the shot is over, 0 .. 1."""
        return clamp((self.t - self.start) / self.length)

    @property
    def age(self) -> float:
        """Seconds since the cut."""
        return self.t - self.start

    def since(self, phrase: str) -> float:
        """Return the seconds since a phrase of this shot was said; negative before."""
        return self.t - self.voice.when(phrase, self.start - 0.5)

    def ramp(self, phrase: str = "", over: float = 1.0, *, delay: float = 0.0) -> float:
        """Go smoothly from 0 to 1 once a phrase is said, or from the cut without one."""
        past = self.since(phrase) if phrase else self.age
        return glide((past - delay) / over)

    def spoken(self, line: str) -> list[float]:
        """Return for each word of a line the seconds since it was said."""
        first = self.voice.when(line, self.start - 0.5)
        index = self.voice.starts.index(first)
        return [self.t - start for start in self.voice.starts[index:][: len(line.split())]]


def read_storyboard(path: Path, voice: Voice, chapter: int) -> list[Scene]:
    """Read what is seen, and let the voice say when: each shot lasts until the next one."""
    board = yaml.safe_load(path.read_text(encoding="utf-8"))
    told = next(part["shots"] for part in board["chapters"] if part["number"] == chapter)
    starts, after = [], 0.0
    for shot in told:
        after = voice.when(shot["at"], after) - shot.get("before", 0.0) if shot["at"] else 0.0
        starts.append(after)
    ends = [*starts[1:], voice.duration]
    for (a, b), shot in zip(pairwise([*starts, voice.duration]), told, strict=True):
        if b <= a:
            message = f"shot {shot['name']} ends before it starts"
            raise ValueError(message)
    return [
        Scene(shot["name"], shot["sees"], start, end)
        for shot, start, end in zip(told, starts, ends, strict=True)
    ]


def _plain(word: str) -> str:
    return re.sub(r"[^0-9a-z]", "", word.lower())
