"""A set looked at before anyone learns from it: a table of its clips, and a page of pictures.

Each clip's looks are noted as soon as they are known; a run that was broken off goes on from there.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from PIL import Image

from discriminator.detect.looks import Looks, look
from discriminator.detect.report import replace
from discriminator.detect.splits import FAKE, REAL, split
from discriminator.video import reading
from discriminator.video.errors import VideoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from discriminator.detect.datasets import Dataset
    from discriminator.detect.folders import Folder
    from discriminator.detect.splits import Item

RECORD = "looks.jsonl"
_PAGE = "inspecting.html.j2"
_ACROSS, _WIDE, _HIGH = 8, 160, 90
_PAPER = 245
_LAYOUT: dict[str, Any] = {
    "height": 280,
    "margin": {"t": 50, "b": 40, "l": 50, "r": 10},
    "legend": {"orientation": "h", "y": 1.12, "x": 1, "xanchor": "right"},
}
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
    drawn = [_drawn(figure, first=not place) for place, figure in enumerate(figures(seen))]
    pages = Environment(loader=PackageLoader(__package__, "pages"), autoescape=True)
    page = pages.get_template(_PAGE).render(
        dataset=found,
        counts=Counter(_NAMES[item.label] for item in found.items),
        parts=parts(found.items),
        failures=[one for one in seen if one.failure],
        faceless=[one for one in seen if one.looks and not one.looks.faces],
        figures=[Markup(one) for one in drawn],  # noqa: S704 - plotly's own markup
    )
    replace(folder / "report.html", page.encode())


def parts(items: Sequence[Item]) -> dict[str, dict[str, int]]:
    """Return how many reals and fakes each part of the split has."""
    told = split(items)
    counts: dict[str, dict[str, int]] = {}
    for item in items:
        part = counts.setdefault(told[item.name], {"real": 0, "fake": 0})
        part[_NAMES[item.label]] += 1
    return dict(sorted(counts.items(), key=lambda pair: -sum(pair[1].values())))


def figures(seen: Sequence[Seen]) -> list[go.Figure]:
    """Return what the clips are like, the reals beside the fakes."""
    return [
        _bars("People seen in a clip", seen, "faces"),
        _spread("Brightness, 0 to 255", seen, "brightness"),
        _spread("Seconds", seen, "seconds"),
        _spread("Compression: bits of a pixel", seen, "bits"),
        _spread("Px of the longer side", seen, "longer"),
    ]


def _bars(title: str, seen: Sequence[Seen], field: str) -> go.Figure:
    figure = go.Figure(layout=_LAYOUT | {"title": title, "barmode": "group"})
    for label, name in _NAMES.items():
        counts = Counter(_values(seen, label, field))
        figure.add_bar(x=sorted(counts), y=[counts[value] for value in sorted(counts)], name=name)
    figure.update_yaxes(title="clips")
    return figure


def _spread(title: str, seen: Sequence[Seen], field: str) -> go.Figure:
    figure = go.Figure(layout=_LAYOUT | {"title": title, "barmode": "overlay"})
    for label, name in _NAMES.items():
        figure.add_histogram(
            x=_values(seen, label, field), name=name, opacity=0.6, nbinsx=30, histnorm="percent"
        )
    figure.update_yaxes(title="% of the kind")
    return figure


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
        tiles += [np.full((_HIGH, _WIDE, 3), _PAPER, np.uint8)] * (-len(tiles) % _ACROSS)
        rows += [np.hstack(tiles[at : at + _ACROSS]) for at in range(0, len(tiles), _ACROSS)]
    if rows:
        Image.fromarray(np.vstack(rows)).save(path, quality=90)


def _thumb(found: Dataset, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with found.folder.local(name) as path:
        frame = next(reading.frames(path, reading.Evenly(1), longest=2 * _WIDE))
    picture = Image.fromarray(frame.pixels)
    picture.thumbnail((_WIDE, _HIGH))
    tile = Image.new("RGB", (_WIDE, _HIGH), (_PAPER,) * 3)
    tile.paste(picture, ((_WIDE - picture.width) // 2, (_HIGH - picture.height) // 2))
    return np.asarray(tile)


def _drawn(figure: go.Figure, *, first: bool) -> str:
    drawn: str = figure.to_html(full_html=False, include_plotlyjs="inline" if first else False)
    return drawn
