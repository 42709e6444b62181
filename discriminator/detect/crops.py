"""A set's crops in a folder, with a table of what they are; broken off, it goes on where it was.

Each clip's crops lie in a folder of their own and are written whole or not at all. The table,
`index.parquet`, has a row for each crop; `sheet.jpg` shows some of them, to be looked at.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from discriminator.detect import crew, sheet
from discriminator.detect.cropping import Wish, cut
from discriminator.detect.errors import DetectError
from discriminator.detect.failing import reason
from discriminator.detect.splits import FAKE, REAL, split

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    jobs = [(found.folder, item.name, _home(folder, found, item), wish) for item in found.items]
    yield from crew.each(_one, jobs, workers)


def index(found: Dataset, folder: Path, seed: int = 0) -> int:
    """Write the table and the sheet of what was cut, and return how many crops there are."""
    import pandas as pd  # noqa: PLC0415 - an extra

    parts = split(found.items, seed=seed)
    placed = [item for item in found.items if item.name in parts]
    rows = [row for item in placed for row in _rows(folder, found, item, parts[item.name])]
    if not rows:
        message = "No face was found in any clip: look at one of them, or choose another finder."
        raise DetectError(message)
    pd.DataFrame(rows).to_parquet(folder / INDEX, index=False)
    kinds = {label: [row for row in rows if row["label"] == label] for label in (REAL, FAKE)}
    sheet.write(folder / SHEET, kinds, partial(_thumb, folder), _ACROSS)
    return len(rows)


def _same_wish(folder: Path, wish: Wish) -> None:
    """Refuse to mix crops of two kinds in one folder."""
    path, told = folder / WISH, asdict(wish)
    if path.is_file() and json.loads(path.read_text(encoding="utf-8")) != told:
        message = f"{folder} holds crops of another size or kind: name another folder."
        raise DetectError(message)
    path.write_text(json.dumps(told, indent=2), encoding="utf-8")


def _home(folder: Path, found: Dataset, item: Item) -> Path:
    """Return a clip's own folder: two clips of one name, in two parts or sets, must not meet."""
    told = f"{item.name} {found.folder.stamps[item.name]}"
    digest = hashlib.sha256(told.encode()).hexdigest()[:8]
    return folder / "clips" / f"{Path(item.name).stem}-{digest}"


def _one(job: tuple[Folder, str, Path, Wish]) -> Outcome:
    folder, name, home, wish = job
    if (home / _DONE).is_file():
        return Outcome(name, len(json.loads((home / _DONE).read_text(encoding="utf-8"))))
    try:
        with folder.local(name) as clip:
            crops = cut(clip, wish)
    except Exception as error:  # noqa: BLE001 - a zip or an address has errors of its own
        return Outcome(name, 0, reason(error, name))
    begun = home.with_name(f"{home.name}.part")
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir(parents=True)
    rows = [_saved(place, crop, begun, wish.store) for place, crop in enumerate(crops)]
    if wish.store == "array":
        np.save(begun / ARRAY, np.array([crop.pixels for crop in crops], np.uint8))
    np.save(begun / POINTS, np.array([crop.points for crop in crops], np.float32))
    (begun / _DONE).write_text(json.dumps(rows), encoding="utf-8")
    begun.rename(home)
    return Outcome(name, len(crops))


def _saved(place: int, crop: Crop, home: Path, store: Store) -> dict[str, Any]:
    name = ARRAY
    if store != "array":
        name = f"{crop.face}-{round(crop.seconds * 1000):07}.{_SUFFIXES[store]}"
        Image.fromarray(crop.pixels).save(home / name, **_HOW[store])
    return {
        "file": name,
        "place": place,
        "meshed": crop.is_meshed,
        "face": crop.face,
        "seconds": crop.seconds,
        "confidence": crop.confidence,
        "width": crop.box.width,
        "brightness": float(crop.pixels.mean()),
    }


def _rows(folder: Path, found: Dataset, item: Item, part: str) -> list[dict[str, Any]]:
    home = _home(folder, found, item)
    if not (home / _DONE).is_file():
        return []
    told = json.loads((home / _DONE).read_text(encoding="utf-8"))
    about = {"clip": item.name, "label": item.label, "part": part}
    faces = len({row["face"] for row in told})
    return [
        about | row | {"faces": faces, "file": str((home / row["file"]).relative_to(folder))}
        for row in told
    ]


def _thumb(folder: Path, row: dict[str, Any]) -> Picture:
    picture = Image.fromarray(load(folder / row["file"], row["place"]))
    return np.asarray(picture.resize((_THUMB, _THUMB), Image.Resampling.LANCZOS))


def load(file: Path, place: int) -> Picture:
    """Return a crop (size, size, RGB): the picture of a file, or one of an array."""
    if file.name == ARRAY:
        return np.array(np.load(file, mmap_mode="r")[place])
    with Image.open(file) as picture:
        return np.array(picture.convert("RGB"))
