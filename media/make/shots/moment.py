"""When things happen: the voice's words are the film's only clock.

A shot never counts seconds from the start of the film. It asks how long ago a word was said, so a
voice that is recorded anew times the pictures anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import skia
from look import clamp, glide

if TYPE_CHECKING:
    from storyboard import Voice

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
