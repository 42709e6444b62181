"""A set looked at before anyone learns from it: a table of its clips, and a page of pictures.

Each clip's looks are noted as soon as they are known; a run that was broken off goes on from there.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from PIL import Image, ImageOps

from discriminator.detect import page
from discriminator.detect.compared import compared
from discriminator.detect.looks import Looks, look
from discriminator.detect.splits import FAKE, REAL, split
from discriminator.video import reading
from discriminator.video.errors import VideoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plotly import graph_objects as go

    from discriminator.detect.datasets import Dataset
    from discriminator.detect.folders import Folder
    from discriminator.detect.splits import Item

RECORD = "looks.jsonl"
_ACROSS, _WIDE, _HIGH = 8, 160, 120
_COAL = (23, 24, 28)
_SHOWN = {
    "People seen in a clip": "faces",
    "Brightness, 0 to 255": "brightness",
    "Seconds": "seconds",
    "Compression: bits of a pixel": "bits",
    "Px of the longer side": "longer",
}
"""What is drawn of the looks of clips, by its title."""
_NAMES = {REAL: "real", FAKE: "fake"}


class Seen(msgspec.Struct, frozen=True):
    """One clip of the set."""

    name: str
    label: int
    looks: Looks | None
    failure: str | None = None
    """Why it could not be read."""


def inspect(found: Dataset, folder: Path) -> Iterator[Seen]:
    """Look at every clip, on all cores, and yield each when it is known."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {item.name for item in found.items}
    known = {seen.name: seen for seen in _recorded(folder / RECORD) if seen.name in names}
    yield from known.values()
    jobs = [(found.folder, item) for item in found.items if item.name not in known]
    if not jobs:
        return
    workers = min(os.cpu_count() or 1, len(jobs))
    # A fork would inherit the threads of the face finder, and wait for them without end.
    with (
        (folder / RECORD).open("ab") as file,
        ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool,
    ):
        for seen in pool.map(_one, jobs):
            file.write(msgspec.json.encode(seen) + b"\n")
            file.flush()
            yield seen


def write(folder: Path, found: Dataset, seen: Sequence[Seen]) -> None:
    """Write report.html, which needs no network, and sheet.jpg."""
    _sheet(folder / "sheet.jpg", found, seen)
    page.write(
        folder / "report.html",
        "inspecting.html.j2",
        figures=True,
        dataset=found,
        counts=Counter(_NAMES[item.label] for item in found.items),
        parts=parts(found.items),
        failures=[one for one in seen if one.failure],
        faceless=[one for one in seen if one.looks and not one.looks.faces],
        drawn=[page.drawn(figure) for figure in figures(seen)],
    )


def parts(items: Sequence[Item]) -> dict[str, dict[str, int]]:
    """Return how many reals and fakes each part of the split has."""
    told = split(items)
    counts: dict[str, dict[str, int]] = {}
    for item in items:
        part = counts.setdefault(told[item.name], {"real": 0, "fake": 0})
        part[_NAMES[item.label]] += 1
    return dict(sorted(counts.items(), key=lambda pair: -sum(pair[1].values())))


def figures(seen: Sequence[Seen]) -> list[go.Figure]:
    """Return what the clips are like, the reals beside the fakes; of none, nothing."""
    if not any(one.looks for one in seen):
        return []
    return [
        compared(title, {name: _values(seen, label, field) for label, name in _NAMES.items()})
        for title, field in _SHOWN.items()
    ]


def _values(seen: Sequence[Seen], label: int, field: str) -> list[float]:
    looks = [one.looks for one in seen if one.looks and one.label == label]
    if field == "longer":
        return [max(one.width, one.height) for one in looks]
    return [getattr(one, field) for one in looks]


def _one(job: tuple[Folder, Item]) -> Seen:
    folder, item = job
    try:
        with folder.local(item.name) as path:
            return Seen(item.name, item.label, look(path))
    except VideoError as unreadable:
        return Seen(item.name, item.label, None, str(unreadable))


def _recorded(record: Path) -> list[Seen]:
    if not record.is_file():
        return []
    lines = []
    for content in record.read_bytes().splitlines():
        try:
            lines.append(msgspec.json.decode(content, type=Seen))
        except msgspec.DecodeError:
            continue  # the run was broken off in the middle of this line
    return lines


def _sheet(path: Path, found: Dataset, seen: Sequence[Seen]) -> None:
    """Draw the middle frame of some clips, the reals above the fakes."""
    rows = []
    for label in _NAMES:
        kind = [one.name for one in seen if one.looks and one.label == label]
        places = np.unique(np.linspace(0, max(len(kind) - 1, 0), 2 * _ACROSS).astype(int))
        tiles = [_thumb(found, kind[place]) for place in places if kind]
        blank = np.broadcast_to(np.array(_COAL, np.uint8), (_HIGH, _WIDE, 3))
        tiles += [blank] * (-len(tiles) % _ACROSS)
        rows += [np.hstack(tiles[at : at + _ACROSS]) for at in range(0, len(tiles), _ACROSS)]
    if rows:
        Image.fromarray(np.vstack(rows)).save(path, quality=90)


def _thumb(found: Dataset, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with found.folder.local(name) as path:
        frame = next(reading.frames(path, reading.Evenly(1), longest=2 * _WIDE))
    # Heads are rather above the middle.
    fitted = ImageOps.fit(Image.fromarray(frame.pixels), (_WIDE, _HIGH), centering=(0.5, 0.4))
    return np.asarray(fitted)
