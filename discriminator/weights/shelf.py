"""The folder that model files are kept in, and what is known of each."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Literal

from discriminator.weights.errors import WeightsError
from discriminator.weights.known import KNOWN, Published

_SETTING = "DISCRIMINATOR_WEIGHTS"
"""The environment's name for another folder."""
_NOTES = "sha256.json"

State = Literal["missing", "as published", "as first fetched", "changed", "not looked at yet"]


def folder() -> Path:
    """Where model files are kept."""
    if given := os.environ.get(_SETTING):
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "discriminator" / "weights"


def known(name: str) -> Published:
    """What is known of a model file.

    Raises:
        WeightsError: there is none of that name.
    """
    if name in KNOWN:
        return KNOWN[name]
    message = f"No model file is called {name!r}: choose among {', '.join(KNOWN)}."
    raise WeightsError(message)


def path(name: str) -> Path:
    """Where a model file is.

    Raises:
        WeightsError: it has not been fetched.
    """
    found = folder() / known(name).file
    if found.is_file():
        return found
    message = f"The weights {name!r} are not here: `discriminator weights fetch {name}` gets them."
    raise WeightsError(message)


def verify(name: str) -> State:
    """Tell whether a model file is what its authors published, or at least what was first fetched.

    Raises:
        WeightsError: there is none of that name.
    """
    published = known(name)
    found = folder() / published.file
    if not found.is_file():
        return "missing"
    digest = digest_of(found)
    if published.sha256:
        return "as published" if digest == published.sha256 else "changed"
    noted = _notes().get(published.file)
    if noted is None:
        return "not looked at yet"
    return "as first fetched" if digest == noted else "changed"


def note(file: str, digest: str) -> None:
    """Remember what a file was when it was first fetched."""
    notes = _notes() | {file: digest}
    written = folder() / f"{_NOTES}.new"
    written.write_text(json.dumps(notes, indent=2) + "\n", encoding="utf-8")
    written.replace(folder() / _NOTES)


def digest_of(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _notes() -> dict[str, str]:
    try:
        read: dict[str, str] = json.loads((folder() / _NOTES).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return read
