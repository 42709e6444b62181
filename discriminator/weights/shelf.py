"""The folder that model files are kept in, and what is known of each."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal

from discriminator.weights.errors import WeightsError
from discriminator.weights.known import KNOWN, Published

_SETTING = "DISCRIMINATOR_WEIGHTS"
"""The environment's name for another folder."""
_NOTES = "sha256.json"
_LOG = logging.getLogger(__name__)

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


def how_to_get(name: str) -> str:
    """What to do where a model file is not here.

    Raises:
        WeightsError: there is none of that name.
    """
    command = f"`discriminator weights fetch {name}"
    if known(name).address:
        return f"{command}` gets it."
    return f"save it from {known(name).page}, and say {command} --from FILE`."


def path(name: str) -> Path:
    """Where a model file is; what it was when it was first asked for is noted.

    Raises:
        WeightsError: it is not here, or has changed.
    """
    state = verify(name)
    if state == "missing":
        message = f"The weights {name!r} are not here: {how_to_get(name)}"
        raise WeightsError(message)
    found = folder() / known(name).file
    if state == "changed":
        message = f"{found} has changed since it was published or first used: fetch it again."
        raise WeightsError(message)
    if state == "not looked at yet":
        note(found, digest_of(found))
    return found


def given(file: Path) -> Path:
    """Return a file of somebody's own; say in the log if it is another than when it was last used.

    A file that is not there is left to whoever reads it.
    """
    if file.is_file():
        digest = digest_of(file)
        noted = _notes(file.parent).get(file.name, digest)
        if noted != digest:
            _LOG.warning("%s has changed since it was last used.", file)
        with suppress(OSError):  # in a folder that nobody may write to
            note(file, digest)
    return file


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
    noted = _notes(folder()).get(published.file)
    if noted is None:
        return "not looked at yet"
    return "as first fetched" if digest == noted else "changed"


def note(file: Path, digest: str) -> None:
    """Remember, beside a file, what it was when it was first fetched or used."""
    notes = _notes(file.parent)
    if notes.get(file.name) == digest:
        return
    written = file.with_name(f"{_NOTES}.new")
    written.write_text(json.dumps(notes | {file.name: digest}, indent=2) + "\n", encoding="utf-8")
    written.replace(file.with_name(_NOTES))


def digest_of(file: Path) -> str:
    """SHA-256 of a file, computed once as long as it does not change."""
    told = file.stat()
    return _digest(file.absolute(), told.st_size, told.st_mtime_ns)


@cache
def _digest(file: Path, _size: int, _changed: int) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _notes(place: Path) -> dict[str, str]:
    try:
        read: dict[str, str] = json.loads((place / _NOTES).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return read
