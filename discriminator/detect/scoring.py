"""Many clips asked of several detectors, on all cores; what was answered is not asked again."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import msgspec

from discriminator.detect.asking import ask
from discriminator.detect.looks import look
from discriminator.detect.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from discriminator.detect.folders import Folder
    from discriminator.detect.looks import Looks
    from discriminator.detect.verdict import Score


class Line(msgspec.Struct, frozen=True):
    """One answer, as a line of the record."""

    file: str
    detector: str
    version: str
    fake: float | None
    """None for an abstention and for a clip that could not be read."""
    reason: str | None
    """Why there is no number."""
    faces: int = 0
    brightness: float | None = None
    """Of the clip, 0 to 255; None where it could not be read."""
    bits: float | None = None
    """Of the file, for each pixel of each frame."""


def score_all(
    folder: Folder, names: Sequence[str], detectors: Sequence[str], record: Path
) -> Iterator[Line]:
    """Yield an answer for each clip (a name inside `folder`) and each detector, in no order.

    Each is added to `record` at once; a run that was broken off goes on from there.
    """
    versions = {name: load(name).card.version for name in detectors}
    known = [line for line in recorded(record) if versions.get(line.detector) == line.version]
    wanted = {(name, detector) for name in names for detector in detectors}
    kept = {(line.file, line.detector): line for line in known}
    yield from (line for key, line in kept.items() if key in wanted)
    left = [name for name in names if any((name, one) not in kept for one in detectors)]
    if not left:
        return
    record.parent.mkdir(parents=True, exist_ok=True)
    # A fork would inherit the threads of the face finder, and wait for them without end.
    workers = min(os.cpu_count() or 1, len(left))
    with (
        record.open("ab") as file,
        ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool,
    ):
        jobs = ((folder, name, tuple(detectors)) for name in left)
        for lines in pool.map(_score, jobs):
            file.writelines(msgspec.json.encode(line) + b"\n" for line in lines)
            file.flush()
            yield from (line for line in lines if (line.file, line.detector) not in kept)


def _score(job: tuple[Folder, str, tuple[str, ...]]) -> list[Line]:
    folder, name, detectors = job
    with folder.local(name) as path:
        [answer] = ask([path], detectors)
        seen = None if answer.failure else look(path)
    if answer.failure or not seen:
        return [Line(name, one, load(one).card.version, None, answer.failure) for one in detectors]
    return [_line(name, score, seen) for score in answer.scores]


def _line(name: str, score: Score, seen: Looks) -> Line:
    version = score.versions[score.detector]
    return Line(
        name,
        score.detector,
        version,
        score.fake,
        score.abstained,
        faces=len(score.faces),
        brightness=seen.brightness,
        bits=seen.bits,
    )


def recorded(record: Path) -> list[Line]:
    """Return the answers of a record; one that is not there has none."""
    if not record.is_file():
        return []
    lines = []
    for content in record.read_bytes().splitlines():
        try:
            lines.append(msgspec.json.decode(content, type=Line))
        except msgspec.DecodeError:
            continue  # the run was broken off in the middle of this line
    return lines
