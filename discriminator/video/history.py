"""What a file's own metadata tell of where it comes from: unsigned, so that anyone may write them.

That a file says a program made it up is worth knowing, because nobody gains by saying so wrongly.
That it names a camera proves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
import av.error
from PIL import Image

from discriminator.video.probe import source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Tags = dict[str, str]

_LONGEST = 20_000
"""Letters of a tag that are read."""
_SAYS = re.compile(
    r"(?:trained|composite|compositeWithTrained)AlgorithmicMedia|\bsynthetic: "
    r"|\bai[- ]generated\b|\bgenerated (?:by|with|using) (?:an )?ai\b",
    re.IGNORECASE,
)
"""Words by which files say that they were made up: IPTC's, our own, people's."""
_GENERATOR = re.compile(
    r"\b(?:stable diffusion|midjourney|dall-?e|comfyui|deepfacelab|faceswap|facefusion|wav2lip"
    r"|sadtalker|heygen|synthesia|runway gen|adobe firefly)\b|\bsteps: \d+, sampler: ",
    re.IGNORECASE,
)
"""Programs that make faces up; looked for only where a file names what wrote it."""
_SPEAKS = ("comment", "description", "xmp", "usercomment", "copyright")
_NAMES = ("software", "encoder", "encoding_tool", "creator_tool", "parameters", "prompt", "xmp")
_MAKES = ("com.apple.quicktime.make", "com.android.manufacturer", "make")
_MODELS = ("com.apple.quicktime.model", "com.android.model", "model")
_PROGRAMS = ("encoder", "software", "com.apple.quicktime.software", "encoding_tool")
_EXIF = {270: "description", 271: "make", 272: "model", 305: "software"}


@dataclass(frozen=True)
class History:
    """What was read."""

    declared: str | None
    """The words by which the file says that it was made up."""
    camera: str | None
    """Maker and model that it names."""
    programs: tuple[str, ...]
    """What it names as having written it."""

    @property
    def rewritten(self) -> bool:
        """Whether a converter wrote the file, as every upload and every cut does."""
        return any(name.startswith(("Lavf", "Lavc", "HandBrake")) for name in self.programs)


def read(path: Path) -> History:
    """Return what a video or a picture tells; a file that cannot be opened tells nothing."""
    tags = dict(_told(path))
    camera = " ".join(tags[name] for names in (_MAKES, _MODELS) for name in names if name in tags)
    programs = dict.fromkeys(tags[name] for name in _PROGRAMS if name in tags)
    return History(_declared(tags), camera or None, tuple(programs))


def _declared(tags: Tags) -> str | None:
    looked_for = [*((name, _SAYS) for name in _SPEAKS), *((name, _GENERATOR) for name in _NAMES)]
    for name, pattern in looked_for:
        if found := pattern.search(tags.get(name, "")):
            return found[0].strip(" :")
    return None


def _told(path: Path) -> Iterator[tuple[str, str]]:
    for name, value in (*_of_container(path), *_of_picture(path)):
        yield name.lower(), value[:_LONGEST].strip()


def _of_container(path: Path) -> list[tuple[str, str]]:
    try:
        with av.open(source(path), options={"protocol_whitelist": "file"}) as container:
            streams = [stream.metadata for stream in container.streams]
            return [item for tags in (*streams, container.metadata) for item in tags.items()]
    except (av.error.FFmpegError, OSError, UnicodeDecodeError):
        return []


def _of_picture(path: Path) -> list[tuple[str, str]]:
    try:
        with Image.open(path) as picture:
            exif = picture.getexif()
            texts = {str(name): _text(value) for name, value in picture.info.items()}
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return []
    named = {_EXIF[tag]: str(value) for tag, value in exif.items() if tag in _EXIF}
    return [*texts.items(), *named.items()]


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else ""
