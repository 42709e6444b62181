"""The DASH manifest, read: tracks and their segments, as players see them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discriminator.streaming.languages import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "manifest.mpd"
LIVE_PROFILE = "urn:mpeg:dash:profile:isoff-live:2011"
SPACE = "urn:mpeg:dash:schema:mpd:2011"
"""The XML namespace."""
IN = {"": SPACE}
_NUMBER = re.compile(r"\$Number%0(\d+)d\$")
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")
_BITS = 8


@dataclass(frozen=True)
class Segment:
    """One file of a track."""

    name: str
    start: float
    seconds: float
    size: int
    """Bytes; 0 where the file is missing."""


@dataclass(frozen=True)
class Track:
    """One representation: a size of the picture, or a language of the sound."""

    number: int
    kind: str
    """`video` or `audio`."""
    codecs: str
    width: int
    height: int
    channels: int
    language: str
    stated: int
    """Bits a second, as the manifest has it."""
    opening: str
    """The file that comes before every segment."""
    segments: tuple[Segment, ...]

    @property
    def end(self) -> float:
        """The moment, in seconds, at which the last segment ends."""
        return self.segments[-1].start + self.segments[-1].seconds if self.segments else 0.0

    @property
    def peak(self) -> int:
        """Bits a second of the most costly segment."""
        # A last segment of one key frame is fetched as fast as any, however short it plays.
        usual = max(segment.seconds for segment in self.segments)
        return max(self.average, round(self.largest * _BITS / usual))

    @property
    def largest(self) -> int:
        """Bytes of the largest segment."""
        return max(segment.size for segment in self.segments)

    @property
    def average(self) -> int:
        """Bits a second over the whole track."""
        length = sum(segment.seconds for segment in self.segments)
        return round(sum(segment.size for segment in self.segments) * _BITS / length)


@dataclass(frozen=True)
class Manifest:
    """What the manifest in a folder lists."""

    kind: str
    """`static` for a film, which has an end."""
    profile: str
    seconds: float
    """The duration that it states."""
    tracks: tuple[Track, ...]
    captions: tuple[str, ...]
    """Names of files."""

    @property
    def pictures(self) -> tuple[Track, ...]:
        """The renditions."""
        return tuple(track for track in self.tracks if track.kind == "video")

    @property
    def sounds(self) -> tuple[Track, ...]:
        """The audio tracks."""
        return tuple(track for track in self.tracks if track.kind == "audio")

    @property
    def end(self) -> float:
        """The moment, in seconds, at which the longest track ends."""
        return max((track.end for track in self.tracks), default=0.0)


def read(folder: Path) -> Manifest:
    """Return what the manifest in the folder lists."""
    tree = root(folder)
    return Manifest(
        kind=tree.get("type", ""),
        profile=tree.get("profiles", ""),
        seconds=_seconds(tree.get("mediaPresentationDuration", "")),
        tracks=tuple(_track(folder, *pair) for pair in representations(tree)),
        captions=tuple(url.text or "" for url in tree.iterfind(".//BaseURL", IN)),
    )


def root(folder: Path) -> ET.Element:
    """Return the manifest's XML."""
    # Our own file; and the parser below Python refuses entities that grow without end.
    return ET.parse(folder / NAME).getroot()  # noqa: S314


def write(folder: Path, tree: ET.Element) -> None:
    """Write the manifest's XML."""
    ET.register_namespace("", SPACE)
    ET.indent(tree)
    ET.ElementTree(tree).write(folder / NAME, encoding="utf-8", xml_declaration=True)


def representations(tree: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Yield each representation of picture or sound after the set that it belongs to."""
    for adaptation in tree.iterfind("Period/AdaptationSet", IN):
        if adaptation.get("contentType") != "text":
            for representation in adaptation.iterfind("Representation", IN):
                yield adaptation, representation


def _seconds(duration: str) -> float:
    parts = _DURATION.fullmatch(duration)
    hours, minutes, rest = (float(part or 0) for part in parts.groups()) if parts else (0, 0, 0)
    return hours * 3600 + minutes * 60 + rest


def _track(folder: Path, adaptation: ET.Element, representation: ET.Element) -> Track:
    template = representation.find("SegmentTemplate", IN)
    channels = representation.find("AudioChannelConfiguration", IN)
    number = representation.get("id", "")
    opening = "" if template is None else template.get("initialization", "")
    return Track(
        number=int(number),
        kind=adaptation.get("contentType", ""),
        codecs=representation.get("codecs", ""),
        width=int(representation.get("width", 0)),
        height=int(representation.get("height", 0)),
        channels=0 if channels is None else int(channels.get("value", 0)),
        stated=int(representation.get("bandwidth", 0)),
        language=adaptation.get("lang", UNKNOWN),
        opening=opening.replace("$RepresentationID$", number),
        segments=() if template is None else tuple(_segments(folder, template, number)),
    )


def _segments(folder: Path, template: ET.Element, number: str) -> Iterator[Segment]:
    scale = int(template.get("timescale", 1))
    pattern = template.get("media", "").replace("$RepresentationID$", number)
    index, start = int(template.get("startNumber", 1)), 0
    for run in template.iterfind("SegmentTimeline/S", IN):
        start, length = int(run.get("t", start)), int(run.get("d", 0))
        for _ in range(int(run.get("r", 0)) + 1):
            name = _NUMBER.sub(lambda digits: f"{index:0{digits[1]}}", pattern)  # noqa: B023
            path = folder / name
            size = path.stat().st_size if path.is_file() else 0
            yield Segment(name, start / scale, length / scale, size)
            index, start = index + 1, start + length
