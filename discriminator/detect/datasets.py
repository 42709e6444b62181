"""A folder of clips becomes a list: what each is, what it was made from, and who is seen in it.

Known are the layouts of the Deepfake Detection Challenge, FaceForensics++, Celeb-DF, our own
practice sets, and plain folders called `real` and `fake`.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from discriminator.detect.errors import DetectError
from discriminator.detect.folders import Folder
from discriminator.detect.splits import FAKE, REAL, Item

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SUFFIXES = {
    *(".mp4", ".mov", ".m4v", ".3gp", ".mkv", ".webm", ".gif"),
    *(".avi", ".wmv", ".flv", ".mpg", ".mpeg", ".ts", ".mts", ".m2ts", ".ogv"),
}
PICTURES = {".jpg", ".jpeg", ".png", ".webp"}
_LABELS = {"REAL": REAL, "FAKE": FAKE}
_SEQUENCES = {"original_sequences": REAL, "manipulated_sequences": FAKE}
_FEW = 3
_CELEB = re.compile(r"^(id\d+)(?:_(id\d+))?_(\d{4})$")
"""Whose clip it was; whose face it has; a number."""
_PAIR = re.compile(r"^(\d+)_(\d+)$")
_ACTORS = re.compile(r"^(\d+)(?:_(\d+))?__")
"""Whose clip it was, whose face it has; the scene follows."""


@dataclass(frozen=True)
class Dataset:
    """Clips and what is said of them."""

    folder: Folder
    layout: str
    items: tuple[Item, ...]
    """In the order of their names."""
    problems: tuple[str, ...] = ()
    """What is wrong with the folder, one sentence each; the rest of it can be used."""

    @property
    def knows_people(self) -> bool:
        """Whether it is said of every clip who is seen in it."""
        return all(item.people for item in self.items)


def read(root: str | Path) -> Dataset:
    """Return what a folder or an address holds, by the first layout that fits it."""
    folder = Folder(str(root))
    for name, layout in _LAYOUTS.items():
        items, problems = layout(folder)
        if items:
            problems |= _unsaid(folder, items, problems)
            told = [_listed(what, names) for what, names in problems.items() if names]
            return Dataset(folder, name, tuple(sorted(items, key=_name)), (*told, *_unseen(items)))
    message = (
        f"{root} holds no labelled clips: put them into folders called real and fake, or name the "
        "folder of a set as it was published (with metadata.json, or original_sequences)."
    )
    raise DetectError(message)


def described(found: Dataset, table: Path) -> Dataset:
    """Return a set with what a table says of its clips: light, age, affinity, or whatever else.

    The table is a CSV file; its first column names the clips as the set does, the first line the
    other columns. Clips that it does not name, or of which a cell is empty, are in no slice of it.
    """
    columns, told = _columns(table)
    items = tuple(
        replace(item, about=(*item.about, *_cells(columns, told.pop(item.name, []))))
        for item in found.items
    )
    problems = [_listed(f"{table} names clips that are not in the set", list(told))] if told else []
    return replace(found, items=items, problems=(*found.problems, *problems))


def _columns(table: Path) -> tuple[list[str], dict[str, list[str]]]:
    """Return the names of a table's columns, and the cells of each clip."""
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            (_, *columns), *lines = [line for line in csv.reader(file) if line]
    except (OSError, ValueError) as error:
        message = f"{table} cannot be read: give a CSV file whose first column names the clips."
        raise DetectError(message) from error
    told = {name: cells for name, *cells in lines if len(cells) == len(columns)}
    if not columns or len(told) < len(lines):
        message = f"{table} must name each clip once, and give it a cell of every column."
        raise DetectError(message)
    return columns, told


def _cells(columns: list[str], cells: list[str]) -> list[tuple[str, str]]:
    return [(name, cell) for name, cell in zip(columns, cells, strict=False) if cell]


Problems = dict[str, list[str]]
"""What is wrong, and the names of the files with which it is."""
Read = tuple[list[Item], Problems]


def _practice(folder: Folder) -> Read:
    """Clips with a sidecar of ours."""
    items, unlabelled = [], []
    for clip in _clips(folder):
        sidecar = str(clip.with_suffix(".json"))
        told = _json(folder, sidecar) if sidecar in folder.names else {}
        if not {"kind", "label", "person"} <= told.keys():
            continue
        if told["label"] not in (REAL, FAKE):
            unlabelled.append(str(clip))
            continue
        about = (("kind", str(told["kind"])), ("quality", str(told.get("quality"))))
        items.append(Item(str(clip), int(told["label"]), None, (str(told["person"]),), about))
    return items, {f"Labels that are neither {REAL} nor {FAKE}": unlabelled}


def _dfdc(folder: Folder) -> Read:
    """Parts, each with a metadata.json that names its clips."""
    items: list[Item] = []
    problems: Problems = {}
    listings = sorted(name for name in folder.names if _last(name) == "metadata.json")
    for listing in listings:
        part = PurePosixPath(listing).parent
        told = {str(part / name): about for name, about in _json(folder, listing).items()}
        missing = [name for name in told if name not in folder.names]
        unlabelled = [n for n in told if n not in missing and _label(told[n]) is None]
        problems[f"{listing} names clips that are not there"] = missing
        problems[f"{listing} does not say what these are, or says two things"] = unlabelled
        unusable = {*missing, *unlabelled}
        items += [
            _of_dfdc(PurePosixPath(n), about) for n, about in told.items() if n not in unusable
        ]
    listed = {PurePosixPath(listing).parent for listing in listings}
    problems["Clips that lie beside no metadata.json"] = [
        str(clip) for clip in _clips(folder) if clip.parent not in listed
    ]
    return items, problems


def _of_dfdc(clip: PurePosixPath, told: dict[str, Any]) -> Item:
    # An original may lie in another part, so that its bare name is what binds it to its fakes.
    source = told.get("original") or clip.name
    # What else is known of a clip or its people (light, skin, age) becomes slices of a table.
    known = {"label", "original", "split"}
    about = tuple((name, str(value)) for name, value in sorted(told.items()) if name not in known)
    return Item(str(clip), _LABELS[told["label"]], source, about=about)


def _label(told: Any) -> int | None:  # noqa: ANN401 - whatever the file says
    return _LABELS.get(str(told.get("label"))) if isinstance(told, dict) else None


def _faceforensics(folder: Folder) -> Read:
    """original_sequences and manipulated_sequences, with a fake's two people in its name."""
    items = []
    for clip in _clips(folder):
        label = _SEQUENCES.get(clip.parts[0])
        pair, actors = _PAIR.match(clip.stem), _ACTORS.match(clip.stem)
        about = tuple(zip(("method", "compression"), clip.parts[1:3], strict=False))
        if label is None or "masks" in clip.parts:
            continue
        if actors and bool(actors[2]) == (label == FAKE):
            # A few actors have lent their faces to each other; pairs of the other clips are apart.
            people, *lenders = (f"actor {one}" for one in actors.groups() if one)
            items.append(Item(str(clip), label, None, (people,), about, tuple(lenders)))
        elif label == REAL and not actors:
            items.append(Item(str(clip), REAL, people=(clip.stem,), about=about))
        elif label == FAKE and pair:
            items.append(Item(str(clip), FAKE, people=pair.groups(), about=about))
    return items, {}


def _celeb(folder: Folder) -> Read:
    """Celeb-real, YouTube-real and Celeb-synthesis, with the people's numbers in the names."""
    items = []
    for clip in _clips(folder):
        kind, named = clip.parent.name, _CELEB.match(clip.stem)
        about = (("folder", kind),)
        if kind == "YouTube-real":
            items.append(Item(str(clip), REAL, about=about))
        elif kind in {"Celeb-real", "Celeb-synthesis"} and named:
            label = FAKE if kind == "Celeb-synthesis" else REAL
            lenders = (named[2],) if named[2] else ()
            items.append(Item(str(clip), label, None, (named[1],), about, lenders))
    return items, {}


def _plain(folder: Folder) -> Read:
    """Folders called real and fake; who is seen is not said, so that every clip stands alone."""
    items = []
    for clip in _clips(folder, SUFFIXES | PICTURES):
        kinds = [part.upper() for part in clip.parts[:-1]]
        labels = {_LABELS[kind] for kind in kinds if kind in _LABELS}
        if len(labels) == 1:
            items.append(Item(str(clip), labels.pop()))
    return items, {}


_LAYOUTS: dict[str, Callable[[Folder], Read]] = {
    "practice": _practice,
    "DFDC": _dfdc,
    "FaceForensics++": _faceforensics,
    "Celeb-DF": _celeb,
    "real and fake": _plain,
}


def _clips(folder: Folder, suffixes: set[str] = SUFFIXES) -> list[PurePosixPath]:
    paths = [PurePosixPath(name) for name in sorted(folder.names)]
    return [path for path in paths if path.suffix.lower() in suffixes]


def _last(name: str) -> str:
    return PurePosixPath(name).name


def _name(item: Item) -> str:
    return item.name


def _json(folder: Folder, name: str) -> dict[str, Any]:
    try:
        told = json.loads(folder.text(name), object_pairs_hook=_once)
    except (OSError, ValueError) as error:
        message = f"{folder.root}/{name} is no JSON: copy it again."
        raise DetectError(message) from error
    if not isinstance(told, dict):
        message = f"{folder.root}/{name} does not name clips: copy it again."
        raise DetectError(message)
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return what is said by name; a name of which two different things are said has None."""
    told: dict[str, Any] = {}
    for name, value in pairs:
        told[name] = value if told.setdefault(name, value) == value else None
    return told


def _unsaid(folder: Folder, items: list[Item], problems: Problems) -> Problems:
    """Return the clips of which nothing at all is said."""
    told = {item.name for item in items}.union(*problems.values())
    return {
        "Left out, because nothing says what they are": [
            str(clip) for clip in _clips(folder) if str(clip) not in told
        ]
    }


def _unseen(items: list[Item]) -> list[str]:
    """Return that a split cannot keep people apart, where they are not known."""
    nameless = sum(not item.people for item in items)
    if not nameless:
        return []
    some = "the clips" if nameless == len(items) else f"{nameless} of the clips"
    return [f"Who is seen in {some} is not known: of these, only sources are kept apart."]


def _listed(what: str, names: list[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{what}: {', '.join(sorted(names)[:_FEW])}{more}."
