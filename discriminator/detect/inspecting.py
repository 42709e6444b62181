"""A set looked at before anyone learns from it: a table of its clips, and a page of pictures.

Each clip's looks are noted as soon as they are known; a run that was broken off goes on from there.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from PIL import Image, ImageOps

from discriminator.detect import crew, page, sheet
from discriminator.detect.compared import compared
from discriminator.detect.errors import DetectError
from discriminator.detect.failing import reason
from discriminator.detect.looks import Looks, look
from discriminator.detect.splits import FAKE, REAL, split
from discriminator.video import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plotly import graph_objects as go

    from discriminator.detect.cropping import Picture
    from discriminator.detect.datasets import Dataset
    from discriminator.detect.folders import Folder
    from discriminator.detect.splits import Item

RECORD = "looks.jsonl"
_ACROSS, _WIDE, _HIGH = 8, 160, 120
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
    stamp: str = ""
    """Of the file, as `Folder` has it."""


def inspect(found: Dataset, folder: Path) -> Iterator[Seen]:
    """Look at every clip, on all cores, and yield each when it is known."""
    folder.mkdir(parents=True, exist_ok=True)
    stamps = {item.name: found.folder.stamps[item.name] for item in found.items}
    known = {
        seen.name: seen
        for seen in _recorded(folder / RECORD)
        if seen.looks and stamps.get(seen.name) == seen.stamp
    }
    # What a set says of a clip may have changed since.
    labels = {item.name: item.label for item in found.items}
    yield from (msgspec.structs.replace(one, label=labels[one.name]) for one in known.values())
    left = [item for item in found.items if item.name not in known]
    jobs = [(found.folder, item, stamps[item.name]) for item in left]
    with (folder / RECORD).open("ab") as file:
        for seen in crew.each(_one, jobs):
            file.write(msgspec.json.encode(seen) + b"\n")
            file.flush()
            yield seen


def write(folder: Path, found: Dataset, seen: Sequence[Seen]) -> None:
    """Write report.html, which needs no network, and sheet.jpg."""
    kinds = {n: [one.name for one in seen if one.looks and one.label == n] for n in _NAMES}
    sheet.write(folder / "sheet.jpg", kinds, partial(_thumb, found), _ACROSS)
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
        same=same(seen),
    )


def parts(items: Sequence[Item]) -> dict[str, dict[str, int]]:
    """Return how many reals and fakes each part of the split has; a set may be too small for it."""
    try:
        told = split(items)
    except DetectError:
        return {}
    counts: dict[str, dict[str, int]] = {}
    for item in (one for one in items if one.name in told):
        part = counts.setdefault(told[item.name], {"real": 0, "fake": 0})
        part[_NAMES[item.label]] += 1
    return dict(sorted(counts.items(), key=lambda pair: -sum(pair[1].values())))


def figures(seen: Sequence[Seen]) -> list[go.Figure]:
    """Return in what the clips differ, the reals beside the fakes."""
    return [
        compared(title, {name: _values(seen, label, field) for label, name in _NAMES.items()})
        for title, field in _SHOWN.items()
        if len(_met(seen, field)) > 1
    ]


def same(seen: Sequence[Seen]) -> dict[str, float]:
    """Return what is the same in all clips, by its title."""
    met = {title: _met(seen, field) for title, field in _SHOWN.items()}
    return {title: values.pop() for title, values in met.items() if len(values) == 1}


def _met(seen: Sequence[Seen], field: str) -> set[float]:
    return {value for label in _NAMES for value in _values(seen, label, field)}


def _values(seen: Sequence[Seen], label: int, field: str) -> list[float]:
    looks = [one.looks for one in seen if one.looks and one.label == label]
    if field == "longer":
        return [max(one.width, one.height) for one in looks]
    return [getattr(one, field) for one in looks]


def _one(job: tuple[Folder, Item, str]) -> Seen:
    folder, item, stamp = job
    try:
        with folder.local(item.name) as path:
            return Seen(item.name, item.label, look(path), None, stamp)
    except Exception as error:  # noqa: BLE001 - a zip or an address has errors of its own
        return Seen(item.name, item.label, None, reason(error, item.name))


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


def _thumb(found: Dataset, name: str) -> Picture:
    with found.folder.local(name) as path:
        frame = next(reading.frames(path, reading.Evenly(1), longest=2 * _WIDE))
    # Heads are rather above the middle.
    fitted = ImageOps.fit(Image.fromarray(frame.pixels), (_WIDE, _HIGH), centering=(0.5, 0.4))
    return np.asarray(fitted)
