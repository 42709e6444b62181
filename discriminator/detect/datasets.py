"""A folder of clips becomes a list: what each is, what it was made from, and who is seen in it.

Known are the layouts of the Deepfake Detection Challenge, FaceForensics++, Celeb-DF, our own
practice sets, and plain folders called `real` and `fake`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discriminator.detect.errors import DetectError
from discriminator.detect.splits import FAKE, REAL, Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SUFFIXES = {".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".gif"}
PICTURES = {".jpg", ".jpeg", ".png", ".webp"}
_LABELS = {"REAL": REAL, "FAKE": FAKE}
_FEW = 3
_CELEB = re.compile(r"^(id\d+)(?:_(id\d+))?_(\d{4})$")
_PAIR = re.compile(r"^(\d+)_(\d+)$")


@dataclass(frozen=True)
class Dataset:
    """Clips and what is said of them."""

    root: Path
    layout: str
    items: tuple[Item, ...]
    """In the order of their names."""
    problems: tuple[str, ...] = ()
    """What is wrong with the folder, one sentence each; the rest of it can be used."""

    def path(self, item: Item) -> Path:
        """Where a clip is."""
        return self.root / item.name


def read(root: Path) -> Dataset:
    """Return what a folder holds, by the first layout that fits it."""
    if not root.is_dir():
        message = f"{root} is no folder: name the folder that holds the clips."
        raise DetectError(message)
    for name, layout in _LAYOUTS.items():
        items, problems = layout(root)
        if items:
            return Dataset(root, name, tuple(sorted(items, key=_name)), tuple(problems))
    message = (
        f"{root} holds no labelled clips: put them into folders called real and fake, or name the "
        "folder of a set as it was published (with metadata.json, or original_sequences)."
    )
    raise DetectError(message)


Read = tuple[list[Item], list[str]]


def _practice(root: Path) -> Read:
    """Clips with a sidecar of ours."""
    items = []
    for path in _clips(root):
        sidecar = path.with_suffix(".json")
        told = _json(sidecar) if sidecar.is_file() else {}
        if {"kind", "label", "person"} <= told.keys():
            about = (("kind", str(told["kind"])), ("quality", str(told.get("quality"))))
            items.append(
                Item(_inside(root, path), int(told["label"]), None, (told["person"],), about)
            )
    return items, []


def _dfdc(root: Path) -> Read:
    """Parts, each with a metadata.json that names its clips."""
    items: list[Item] = []
    problems: list[str] = []
    for listing in sorted([*root.glob("metadata.json"), *root.glob("*/metadata.json")]):
        told = _json(listing)
        missing = [name for name in told if not (listing.parent / name).is_file()]
        unlabelled = [n for n in told if n not in missing and told[n].get("label") not in _LABELS]
        problems += _listed(f"{_inside(root, listing)} names clips that are not there", missing)
        problems += _listed(f"{_inside(root, listing)} does not say what these are", unlabelled)
        unusable = {*missing, *unlabelled}
        for name, about in told.items():
            if name not in unusable:
                items.append(_of_dfdc(root, listing.parent, name, about))
    return items, problems


def _of_dfdc(root: Path, part: Path, name: str, about: dict[str, Any]) -> Item:
    # An original may lie in another part, so that its bare name is what binds it to its fakes.
    source = about.get("original") or name
    return Item(_inside(root, part / name), _LABELS[about["label"]], source)


def _faceforensics(root: Path) -> Read:
    """original_sequences and manipulated_sequences, with a fake's two people in its name."""
    items = []
    for path in _clips(root):
        parts, stem = path.relative_to(root).parts, path.stem
        pair = _PAIR.match(stem)
        about = tuple(zip(("method", "compression"), parts[1:3], strict=False))
        if parts[0] == "original_sequences":
            items.append(Item(_inside(root, path), REAL, people=(stem,), about=about))
        elif parts[0] == "manipulated_sequences" and pair:
            items.append(Item(_inside(root, path), FAKE, people=pair.groups(), about=about))
    return items, []


def _celeb(root: Path) -> Read:
    """Celeb-real, YouTube-real and Celeb-synthesis, with the people's numbers in the names."""
    items = []
    for path in _clips(root):
        folder, named = path.parent.name, _CELEB.match(path.stem)
        if folder == "YouTube-real":
            items.append(Item(_inside(root, path), REAL, about=(("folder", folder),)))
        elif folder in {"Celeb-real", "Celeb-synthesis"} and named:
            label = FAKE if folder == "Celeb-synthesis" else REAL
            people = tuple(one for one in named.groups()[:2] if one)
            about = (("folder", folder),)
            items.append(Item(_inside(root, path), label, people=people, about=about))
    return items, []


def _plain(root: Path) -> Read:
    """Folders called real and fake; who is seen is not said, so that every clip stands alone."""
    items = []
    for path in _clips(root, SUFFIXES | PICTURES):
        kinds = [part.upper() for part in path.relative_to(root).parts[:-1]]
        labels = {_LABELS[kind] for kind in kinds if kind in _LABELS}
        if len(labels) == 1:
            items.append(Item(_inside(root, path), labels.pop()))
    return items, []


_LAYOUTS: dict[str, Callable[[Path], Read]] = {
    "practice": _practice,
    "DFDC": _dfdc,
    "FaceForensics++": _faceforensics,
    "Celeb-DF": _celeb,
    "real and fake": _plain,
}


def _clips(root: Path, suffixes: set[str] = SUFFIXES) -> Iterator[Path]:
    return (path for path in sorted(root.rglob("*")) if path.suffix.lower() in suffixes)


def _inside(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _name(item: Item) -> str:
    return item.name


def _json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{path} is no JSON: copy it again."
        raise DetectError(message) from error
    if not isinstance(told, dict):
        message = f"{path} does not name clips: copy it again."
        raise DetectError(message)
    return told


def _listed(what: str, names: list[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return [f"{what}: {', '.join(sorted(names)[:_FEW])}{more}."]
