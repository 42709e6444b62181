"""`stream.json`: what a stream is, and of which master and settings it was made."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from discriminator.streaming.captions import Captions
    from discriminator.streaming.options import Options

NAME = "stream.json"
# Raised when the same settings begin to make other streams.
_RECIPE = 1


@dataclass(frozen=True)
class Picture:
    """One rendition as it came out; rates in bits a second, of the picture alone."""

    width: int
    height: int
    codecs: str
    ceiling: int
    peak: int
    average: int


@dataclass(frozen=True)
class Origin:
    """What a stream was made of: checksums, in SHA-256."""

    master: str
    settings: str

    @property
    def mark(self) -> str:
        """Return what every segment's name carries, so that a browser may keep it for ever."""
        return self.master[:4] + self.settings[:4]


@dataclass(frozen=True)
class Stream:
    """A stream in a folder."""

    seconds: float
    rate: str
    """Frames a second, as a fraction; 0 for a stream of sound alone."""
    renditions: tuple[Picture, ...]
    sounds: tuple[str, ...]
    """The language of each audio track."""
    captions: tuple[str, ...]
    """The languages that have captions."""
    thumbnails: str | None
    """A WebVTT track of small pictures, one a segment, where there is a picture."""
    transparent: tuple[str, ...]
    """Single files with an alpha channel, where the master has one."""
    origin: Origin
    files: dict[str, int]
    """Every other file of the folder, with its bytes."""


def origin(master: Path, options: Options, captions: Iterable[Captions]) -> Origin:
    """Return the checksums by which a later run knows that nothing has changed."""
    plain = asdict(replace(options, captions=()))
    texts = {one.language: one.path.read_text(encoding="utf-8-sig") for one in captions}
    settings = msgspec.json.encode([_RECIPE, plain, texts], order="sorted")
    with master.open("rb") as file:
        content = hashlib.file_digest(file, "sha256")
    return Origin(content.hexdigest(), hashlib.sha256(settings).hexdigest())


def read(folder: Path) -> Stream | None:
    """Return the stream in the folder, or None where there is none."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Stream)
    except (OSError, msgspec.MsgspecError):
        return None


def write(folder: Path, stream: Stream) -> None:
    """Write the index, last of all files."""
    text = msgspec.json.format(msgspec.json.encode(stream), indent=2)
    (folder / NAME).write_bytes(text + b"\n")


def sizes(folder: Path) -> dict[str, int]:
    """Return the bytes of every file in the folder but the index."""
    files = sorted(path for path in folder.iterdir() if path.name != NAME)
    return {path.name: path.stat().st_size for path in files}
