"""Many clips asked of several detectors, on all cores; what was answered is not asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from discriminator.detect import crew
from discriminator.detect.asking import ask
from discriminator.detect.failing import reason
from discriminator.detect.looks import look
from discriminator.detect.registry import load
from discriminator.video.errors import VideoError

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
    """People seen in the clip, whether or not the detector judged them all."""
    brightness: float | None = None
    """Of the clip, 0 to 255; None where it could not be read."""
    bits: float | None = None
    """Of the file, for each pixel of each frame."""
    failed: bool = False
    """Whether something broke: the next run tries again."""
    moments: tuple[float, ...] = ()
    """P(fake) of each frame that the detector judged by itself, that of its worst face."""
    stamp: str = ""
    """Of the file, as `Folder` has it."""


def score_all(
    folder: Folder, names: Sequence[str], detectors: Sequence[str], record: Path
) -> Iterator[Line]:
    """Yield an answer for each clip (a name inside `folder`) and each detector, in no order.

    Each is added to `record` at once; a run that was broken off goes on from there. A clip that
    was changed since, or is of another folder, is asked about anew.
    """
    versions = {name: load(name).card.version for name in detectors}
    wanted = {(name, detector) for name in names for detector in detectors}
    kept = {
        (line.file, line.detector): line
        for line in recorded(record)
        if versions.get(line.detector) == line.version
        and not line.failed
        and folder.stamps.get(line.file) == line.stamp
    }
    yield from (line for key, line in kept.items() if key in wanted)
    left = [name for name in names if any((name, one) not in kept for one in detectors)]
    record.parent.mkdir(parents=True, exist_ok=True)
    jobs = [(folder, name, folder.stamps[name], tuple(detectors)) for name in left]
    with record.open("ab") as file:
        for lines in crew.each(_score, jobs):
            file.writelines(msgspec.json.encode(line) + b"\n" for line in lines)
            file.flush()
            yield from (line for line in lines if (line.file, line.detector) not in kept)


def _score(job: tuple[Folder, str, str, tuple[str, ...]]) -> list[Line]:
    folder, name, stamp, detectors = job
    try:
        with folder.local(name) as path:
            [answer] = ask([path], detectors)
            seen = _seen(path)
    except Exception as error:  # noqa: BLE001 - a zip or an address has errors of its own
        return _failed(name, detectors, reason(error, name))
    judged = [_line(name, stamp, score, seen) for score in answer.scores]
    left = set(detectors).difference(line.detector for line in judged)
    return [*judged, *_failed(name, sorted(left), answer.failure)]


def _seen(path: Path) -> Looks | None:
    """Return the looks of a clip; one that breaks off far behind its beginning has none."""
    try:
        return look(path)
    except VideoError:
        return None


def _failed(name: str, detectors: Sequence[str], why: str | None) -> list[Line]:
    return [Line(name, one, load(one).card.version, None, why, failed=True) for one in detectors]


def _line(name: str, stamp: str, score: Score, seen: Looks | None) -> Line:
    version = score.versions[score.detector]
    return Line(
        name,
        score.detector,
        version,
        score.fake,
        score.abstained,
        faces=seen.faces if seen else len(score.faces),
        moments=_moments(score),
        stamp=stamp,
        brightness=seen.brightness if seen else None,
        bits=seen.bits if seen else None,
    )


def _moments(score: Score) -> tuple[float, ...]:
    worst: dict[float, float] = {}
    for one in (*score.moments, *(one for face in score.faces for one in face.moments)):
        worst[one.seconds] = max(one.fake, worst.get(one.seconds, 0.0))
    return tuple(worst[seconds] for seconds in sorted(worst))


def recorded(record: Path) -> list[Line]:
    """Return the answers of a record, the last of each; one that is not there has none."""
    if not record.is_file():
        return []
    lines: dict[tuple[str, str], Line] = {}
    for content in record.read_bytes().splitlines():
        try:
            line = msgspec.json.decode(content, type=Line)
        except msgspec.DecodeError:
            continue  # the run was broken off in the middle of this line
        lines[line.file, line.detector] = line
    return list(lines.values())
