"""A set's crops in a folder, with a table of what they are; broken off, it goes on where it was.

Each clip's crops lie in a folder of their own and are written whole or not at all. The table,
`index.parquet`, has a row for each crop; `sheet.jpg` shows some of them, to be looked at.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image

from discriminator.detect.cropping import Wish, cut
from discriminator.detect.errors import DetectError
from discriminator.detect.splits import split
from discriminator.video.errors import VideoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from discriminator.detect.cropping import Crop, Picture, Store
    from discriminator.detect.datasets import Dataset
    from discriminator.detect.folders import Folder
    from discriminator.detect.splits import Item

INDEX, SHEET, WISH = "index.parquet", "sheet.jpg", "crops.json"
POINTS = "points.npy"
"""(n, 478, 3) in px of each crop of a clip, in the order of its rows; NaN without a mesh."""
ARRAY = "crops.npy"
"""(n, size, size, 3) bytes, where crops are kept as an array."""
_DONE = "clip.json"
_QUALITY = 95
_SUFFIXES: dict[Store, str] = {"jpeg": "jpg", "png": "png"}
_HOW: dict[Store, dict[str, Any]] = {"jpeg": {"quality": _QUALITY, "subsampling": 0}, "png": {}}
_ACROSS, _THUMB = 12, 96


@dataclass(frozen=True)
class Outcome:
    """What became of one clip."""

    name: str
    crops: int
    failure: str | None = None


def cut_all(
    found: Dataset, folder: Path, wish: Wish, *, workers: int | None = None
) -> Iterator[Outcome]:
    """Cut the crops of every clip, on all cores, and yield what became of each."""
    folder.mkdir(parents=True, exist_ok=True)
    _same_wish(folder, wish)
    jobs = [(found.folder, item.name, _home(folder, item.name), wish) for item in found.items]
    # A fork would inherit the threads of the face finder, and wait for them without end.
    with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_one, jobs)


def index(found: Dataset, folder: Path, seed: int = 0) -> int:
    """Write the table and the sheet of what was cut, and return how many crops there are."""
    import pandas as pd  # noqa: PLC0415 - an extra

    parts = split(found.items, seed=seed)
    rows = [row for item in found.items for row in _rows(folder, item, parts[item.name])]
    if not rows:
        message = "No face was found in any clip: look at one of them, or choose another finder."
        raise DetectError(message)
    pd.DataFrame(rows).to_parquet(folder / INDEX, index=False)
    _sheet(folder, rows)
    return len(rows)


def _same_wish(folder: Path, wish: Wish) -> None:
    """Refuse to mix crops of two kinds in one folder."""
    path, told = folder / WISH, asdict(wish)
    if path.is_file() and json.loads(path.read_text(encoding="utf-8")) != told:
        message = f"{folder} holds crops of another size or kind: name another folder."
        raise DetectError(message)
    path.write_text(json.dumps(told, indent=2), encoding="utf-8")


def _home(folder: Path, name: str) -> Path:
    """Return a clip's own folder: two clips of one name in two parts must not meet."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return folder / "clips" / f"{Path(name).stem}-{digest}"


def _one(job: tuple[Folder, str, Path, Wish]) -> Outcome:
    folder, name, home, wish = job
    cv2.setNumThreads(1)  # the other cores are busy with other clips
    if (home / _DONE).is_file():
        return Outcome(name, len(json.loads((home / _DONE).read_text(encoding="utf-8"))))
    try:
        with folder.local(name) as clip:
            crops = cut(clip, wish)
    except VideoError as unreadable:
        return Outcome(name, 0, str(unreadable))
    partial = home.with_name(f"{home.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    rows = [_saved(place, crop, partial, wish.store) for place, crop in enumerate(crops)]
    if wish.store == "array":
        np.save(partial / ARRAY, np.array([crop.pixels for crop in crops], np.uint8))
    np.save(partial / POINTS, np.array([crop.points for crop in crops], np.float32))
    (partial / _DONE).write_text(json.dumps(rows), encoding="utf-8")
    partial.rename(home)
    return Outcome(name, len(crops))


def _saved(place: int, crop: Crop, home: Path, store: Store) -> dict[str, Any]:
    name = ARRAY
    if store != "array":
        name = f"{crop.face}-{round(crop.seconds * 1000):07}.{_SUFFIXES[store]}"
        Image.fromarray(crop.pixels).save(home / name, **_HOW[store])
    return {
        "file": name,
        "place": place,
        "meshed": bool(np.isfinite(crop.points).all()),
        "face": crop.face,
        "seconds": crop.seconds,
        "confidence": crop.confidence,
        "width": crop.box.width,
        "brightness": float(crop.pixels.mean()),
    }


def _rows(folder: Path, item: Item, part: str) -> list[dict[str, Any]]:
    home = _home(folder, item.name)
    if not (home / _DONE).is_file():
        return []
    told = json.loads((home / _DONE).read_text(encoding="utf-8"))
    about = {"clip": item.name, "label": item.label, "part": part}
    faces = len({row["face"] for row in told})
    return [
        about | row | {"faces": faces, "file": str((home / row["file"]).relative_to(folder))}
        for row in told
    ]


def _sheet(folder: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Draw some crops of all clips beside each other, the reals above the fakes."""
    lines = []
    for label in (0, 1):
        kind = [row for row in rows if row["label"] == label]
        places = np.linspace(0, max(len(kind) - 1, 0), 2 * _ACROSS).astype(int)
        chosen = [kind[place] for place in places if kind]
        for start in range(0, len(chosen), _ACROSS):
            row = chosen[start : start + _ACROSS]
            lines.append(np.hstack([_thumb(folder / one["file"], one["place"]) for one in row]))
    Image.fromarray(np.vstack(lines)).save(folder / SHEET, quality=_QUALITY)


def _thumb(file: Path, place: int) -> Picture:
    picture = Image.fromarray(load(file, place))
    return np.asarray(picture.resize((_THUMB, _THUMB)))


def load(file: Path, place: int) -> Picture:
    """Return a crop (size, size, RGB): the picture of a file, or one of an array."""
    if file.name == ARRAY:
        return np.array(np.load(file, mmap_mode="r")[place])
    with Image.open(file) as picture:
        return np.array(picture.convert("RGB"))
