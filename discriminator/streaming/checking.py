"""Whether a folder holds a stream that every player can play."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

import av
import av.error

from discriminator.streaming import hls, index, manifest
from discriminator.streaming.ladder import SEGMENT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discriminator.streaming.index import Stream
    from discriminator.streaming.manifest import Manifest, Segment, Track

# Longer than a frame of sound, shorter than one of a slow film.
_TOGETHER = 0.03
_BITS = 8


def check(folder: str | Path) -> tuple[str, ...]:
    """Return what is wrong with the stream in the folder, a sentence each, or nothing."""
    folder = Path(folder)
    try:
        film = manifest.read(folder)
    except (OSError, ParseError, ValueError) as unreadable:
        return (f"{manifest.NAME} cannot be read: {unreadable}",)
    stream = index.read(folder)
    if stream is None:
        return (f"{index.NAME} is missing or damaged",)
    missing = tuple(_missing(folder, stream, film))
    # The rest would only repeat, less clearly, that files are missing.
    return missing or (
        *_stated(stream, film),
        *_cuts(film),
        *_playlists(folder, film),
        *_captions(folder, stream, film),
        *_rates(stream, film),
        *_groups(folder, film),
    )


def _missing(folder: Path, stream: Stream, film: Manifest) -> Iterator[str]:
    listed = {hls.NAME, *film.captions, *stream.files}
    if stream.thumbnails:
        listed.add(stream.thumbnails)
    for track in film.tracks:
        listed |= {track.opening, hls.media_name(track.number), *(s.name for s in track.segments)}
    found = index.sizes(folder)
    for name in sorted(listed):
        if not found.get(name):
            yield f"{name} is missing or empty"
        elif found[name] != stream.files.get(name):
            yield f"{name} is not the file that was written"


def _stated(stream: Stream, film: Manifest) -> Iterator[str]:
    if film.kind != "static":
        yield f"{manifest.NAME} is not static"
    if film.profile != manifest.LIVE_PROFILE:
        yield f"{manifest.NAME} does not state the profile {manifest.LIVE_PROFILE}"
    if not film.tracks:
        yield f"{manifest.NAME} lists neither picture nor sound"
    if len(film.pictures) != len(stream.renditions):
        yield f"{manifest.NAME} lists other pictures than {index.NAME}"
    if abs(film.seconds - film.end) > _TOGETHER:
        yield f"{manifest.NAME} states another duration than its segments have"


def _cuts(film: Manifest) -> Iterator[str]:
    for one, other in pairwise(film.pictures):
        if _times(one) != _times(other):
            yield f"renditions {one.number} and {other.number} are cut at different moments"
    for track in film.tracks:
        for before, after in pairwise(track.segments):
            if abs(before.start + before.seconds - after.start) > _TOGETHER:
                yield f"there is a hole before {after.name}"


def _times(track: Track) -> list[tuple[float, float]]:
    return [(round(s.start, 3), round(s.seconds, 3)) for s in track.segments]


def _playlists(folder: Path, film: Manifest) -> Iterator[str]:
    listed = (folder / hls.NAME).read_text(encoding="utf-8")
    for track in film.tracks:
        name = hls.media_name(track.number)
        if name not in listed:
            yield f"{hls.NAME} does not list {name}"
        if hls.segments(folder, name) != tuple(s.name for s in track.segments):
            yield f"{name} and {manifest.NAME} list different segments"
        if "#EXT-X-ENDLIST" not in (folder / name).read_text(encoding="utf-8"):
            yield f"{name} has no end"


def _captions(folder: Path, stream: Stream, film: Manifest) -> Iterator[str]:
    for name in film.captions:
        if not (folder / name).read_text(encoding="utf-8").startswith("WEBVTT"):
            yield f"{name} is not WebVTT"
    listed = (folder / hls.NAME).read_text(encoding="utf-8").count("TYPE=SUBTITLES")
    if not len(stream.captions) == len(film.captions) == listed:
        yield "the manifests list different captions"


def _rates(stream: Stream, film: Manifest) -> Iterator[str]:
    for track in film.tracks:
        if track.stated < track.peak:
            yield f"track {track.number} states a lower rate than it has"
    for track, rendition in zip(film.pictures, stream.renditions, strict=False):
        # SVT-AV1 aims at its limit and may pass it in a segment; x264 never does.
        held = track.codecs.startswith("avc1")
        if held and track.largest * _BITS > rendition.ceiling * SEGMENT_SECONDS:
            yield f"a segment of {track.width}x{track.height} is above the ceiling of its rung"


def _groups(folder: Path, film: Manifest) -> Iterator[str]:
    for track in film.pictures:
        opening = (folder / track.opening).read_bytes()
        for segment in track.segments:
            yield from _group(folder, opening, segment)


def _group(folder: Path, opening: bytes, segment: Segment) -> Iterator[str]:
    """Complain where the segment is not one group of pictures that stands alone."""
    content = io.BytesIO(opening + (folder / segment.name).read_bytes())
    try:
        with av.open(content, "r") as container:
            keys = [packet.is_keyframe for packet in container.demux(video=0) if packet.size]
    except av.error.FFmpegError as unreadable:
        yield f"{segment.name} cannot be read: {unreadable}"
        return
    if not keys or not keys[0]:
        yield f"{segment.name} does not begin with a key frame"
    if sum(keys) > 1:
        yield f"{segment.name} holds more than one key frame"
