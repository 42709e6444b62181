"""What the film says, read from `narration.en.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MEDIA = Path(__file__).resolve().parent.parent
SCRIPT = MEDIA / "story" / "narration.en.yaml"
SOURCES = MEDIA / "story" / "sources.yaml"

# Long enough to hear that a thought has ended, short enough to keep walking.
BREATH = 0.45


@dataclass(frozen=True)
class Speaker:
    """A voice of the synthesiser and how it is heard."""

    name: str
    stretch: float = 1.0  # of the synthesiser's own pace; more is slower
    telephone: bool = False


@dataclass(frozen=True)
class Line:
    """One or a few sentences; without text, a silence in which the picture speaks alone."""

    text: str = ""
    pause: float = BREATH  # seconds of silence after the line
    cue: str = ""
    shot: str = ""
    source: tuple[str, ...] = ()
    speaker: str = "narrator"


@dataclass(frozen=True)
class Chapter:
    """Lines spoken in one go; the viewer's speech is number 0."""

    number: int
    title: str
    lines: tuple[Line, ...]

    @property
    def stem(self) -> str:
        """The name its files share, as in `chapter-1.en.opus`."""
        return f"chapter-{self.number}.en" if self.number else "speech.en"


@dataclass(frozen=True)
class Script:
    """The whole narration in one language."""

    language: str
    voices: Mapping[str, Speaker]
    spoken: Mapping[str, str] = field(repr=False)
    speech: Chapter
    chapters: tuple[Chapter, ...]


def read(path: Path = SCRIPT) -> Script:
    """Read a script; the speech is put where chapter 2 asks for it."""
    page = yaml.safe_load(path.read_text("utf-8"))
    speech = tuple(_line(entry) for entry in page["speech"])
    return Script(
        language=page["language"],
        voices={name: Speaker(**voice) for name, voice in page["voices"].items()},
        spoken=page["spoken"],
        speech=Chapter(0, "The speech", speech),
        chapters=tuple(
            Chapter(chapter["number"], chapter["title"], _lines(chapter["lines"], speech))
            for chapter in page["chapters"]
        ),
    )


def _lines(entries: list[dict[str, Any]], speech: tuple[Line, ...]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for entry in entries:
        lines += speech if entry == {"say": "speech"} else [_line(entry)]
    return tuple(lines)


def _line(entry: dict[str, Any]) -> Line:
    return Line(**{**entry, "source": tuple(entry.get("source", ()))})
