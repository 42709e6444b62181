"""An encode that was killed goes on where it was: its whole segments are kept, the rest is made."""

from __future__ import annotations

import re
import shutil
import struct
import xml.etree.ElementTree as ET
from itertools import count
from typing import TYPE_CHECKING

from discriminator.streaming import hls, manifest
from discriminator.streaming.manifest import IN, SPACE

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.streaming.job import Job

_BEGUN = "begun"
_NUMBER = re.compile(r"(segment-\d+-)(\d{5})(-)")
# Where a segment says its own number and its first moment, behind the names of these boxes and
# four bytes of version and flags.
_COUNTED, _BEGINS = b"mfhd", b"tfdt"
_FLAGS = 4


def begin(job: Job, folder: Path) -> int:
    """Keep what a killed encode of the same master finished here; return how many segments.

    Everything else in the folder is cleared. Two passes begin anew, because the second depends on
    the first; so does sound alone, which takes no time.
    """
    begun = folder / _BEGUN
    kept = 0 if job.options.two_pass or not job.renditions else _keep(job, folder, begun)
    for path in folder.iterdir():
        if path.is_dir() and not (path == begun and kept):
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    return kept


def join(job: Job, folder: Path, kept: int) -> None:
    """Put the kept segments before those that were made after them."""
    if not kept:
        return
    begun, tree = folder / _BEGUN, manifest.root(folder)
    timelines = tree.findall("Period/AdaptationSet/Representation/*/SegmentTimeline", IN)
    for track in _tracks(job):
        ticks = int(job.segment_seconds * _timescale(begun / _opening(job, track)))
        for path in sorted(folder.glob(f"segment-{track}-*"), reverse=True):
            _move(path, folder, kept, ticks)
        for path in begun.glob(f"*-{track}-*"):
            path.replace(folder / path.name)
        first = {"t": "0", "d": str(ticks), "r": str(kept - 1)}
        timelines[track].insert(0, ET.Element(f"{{{SPACE}}}S", first))
        _list_in_hls(job, folder, track, kept)
    manifest.write(folder, tree)
    begun.rmdir()


def _tracks(job: Job) -> range:
    return range(len(job.renditions))


def _opening(job: Job, track: int) -> str:
    return f"init-{track}-{job.origin.mark}.mp4"


def _name(job: Job, track: int, number: int) -> str:
    return f"segment-{track}-{number:05}-{job.origin.mark}.m4s"


def _keep(job: Job, folder: Path, begun: Path) -> int:
    """Gather whole segments in a folder of their own, after those of an earlier interruption."""
    openings = [_opening(job, track) for track in _tracks(job)]
    begun.mkdir(exist_ok=True)
    for name in openings:
        if (folder / name).exists() and not (begun / name).exists():
            (folder / name).replace(begun / name)
    if not all((begun / name).exists() for name in openings):
        return 0
    before, after = _whole(job, begun), _whole(job, folder)
    for track in _tracks(job):
        ticks = int(job.segment_seconds * _timescale(begun / openings[track]))
        for number in range(1, after + 1):
            _move(folder / _name(job, track, number), begun, before, ticks)
    # The last is made again: it may have been the film's, and then nothing would be left to encode.
    kept = max(before + after - 1, 0)
    _forget(begun, kept)
    return kept


def _whole(job: Job, folder: Path) -> int:
    """Return how many segments, from the first on, are there in every size.

    ffmpeg gives a segment its name when it is whole.
    """
    numbers = (
        next(n for n in count(1) if not (folder / _name(job, track, n)).exists())
        for track in _tracks(job)
    )
    return min(numbers) - 1


def _forget(begun: Path, kept: int) -> None:
    for path in begun.glob("segment-*"):
        found = _NUMBER.match(path.name)
        if found and int(found[2]) > kept:
            path.unlink()


def _move(path: Path, folder: Path, later: int, ticks: int) -> None:
    """Move a segment so many places further back in its track, each of so many ticks."""
    content = bytearray(path.read_bytes())
    _add(content, _COUNTED, ">I", later)
    _add(content, _BEGINS, ">Q", later * ticks)
    name = _renamed(path.name, later)
    fresh = folder / f"{name}.tmp"
    fresh.write_bytes(content)
    fresh.replace(folder / name)
    if folder / name != path:
        path.unlink()


def _renamed(text: str, later: int) -> str:
    return _NUMBER.sub(lambda found: f"{found[1]}{int(found[2]) + later:05}{found[3]}", text)


def _add(content: bytearray, box: bytes, kind: str, amount: int) -> None:
    # The boxes that describe a segment come before its media, so the first match is the right one.
    place = content.index(box) + len(box) + _FLAGS
    (value,) = struct.unpack_from(kind, content, place)
    struct.pack_into(kind, content, place, value + amount)


def _timescale(opening: Path) -> int:
    """Return the ticks a second that a track's opening states in its `mdhd` box."""
    content = opening.read_bytes()
    place = content.index(b"mdhd") + len(b"mdhd")
    # Two moments of 4 bytes, or of 8 in version 1, stand before it.
    moments = 16 if content[place] else 8
    (ticks,) = struct.unpack_from(">I", content, place + _FLAGS + moments)
    return int(ticks)


def _list_in_hls(job: Job, folder: Path, track: int, kept: int) -> None:
    path = folder / hls.media_name(track)
    opening, *later = path.read_text(encoding="utf-8").split("#EXTINF:")
    first = [
        f"{float(job.segment_seconds):.6f},\n{_name(job, track, number)}\n"
        for number in range(1, kept + 1)
    ]
    later = [_renamed(one, kept) for one in later]
    path.write_text("#EXTINF:".join([opening, *first, *later]), encoding="utf-8")
