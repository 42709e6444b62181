"""What is seen in a chapter, and when: the storyboard, timed by the words of the voice."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

MEDIA = Path(__file__).parents[1]
STORYBOARD = MEDIA / "story" / "storyboard.yaml"


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
    source: tuple[str, ...] = ()
    """Keys of sources.yaml, for what is written in the picture."""


def drawn() -> dict[int, list[dict[str, Any]]]:
    """Return the shots of each chapter that has a storyboard, as they are written there."""
    board = yaml.safe_load(STORYBOARD.read_text(encoding="utf-8"))
    return {part["number"]: part["shots"] for part in board["chapters"]}


def scenes(chapter: int, voice: Voice) -> list[Scene]:
    """Read what is seen, and let the voice say when: each shot lasts until the next one."""
    told = drawn()[chapter]
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
        Scene(shot["name"], shot["sees"], start, end, tuple(shot.get("source", ())))
        for shot, start, end in zip(told, starts, ends, strict=True)
    ]


def _plain(word: str) -> str:
    return re.sub(r"[^0-9a-z]", "", word.lower())
