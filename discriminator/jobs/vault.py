"""Where the files of jobs lie while they live: a folder that nobody else can read."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the vault's own folder in it is made by mkdtemp, 0700
_PRIVATE_FILE = 0o600
_PREFIX = "discriminator-jobs-"
_LOCK = "in-use"
"""A file in each private folder that is locked for as long as the process that made it lives."""


def private_folder() -> Path:
    """Make a new folder for this user alone, in memory where the system offers that.

    What processes that were killed have left behind is deleted on the way.
    """
    in_memory = _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK)
    place = _IN_MEMORY if in_memory else Path(tempfile.gettempdir())
    for left in place.glob(f"{_PREFIX}*"):
        _sweep(left)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    fcntl.flock(os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE), fcntl.LOCK_EX)
    return folder


def _sweep(folder: Path) -> None:
    """Delete a private folder unless somebody uses it, or it is somebody else's."""
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDWR)
    except OSError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass
    finally:
        os.close(descriptor)


class Vault:
    """Keeps each job's files in a folder of its own.

    Args:
        root: a private folder (0700); see `private_folder`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, job: str) -> Path:
        """Where a job's files lie; the id is one that the store has given."""
        return self.root / job

    def put(self, job: str, files: dict[str, bytes]) -> None:
        """Keep the files of a new job, or none of them.

        Raises:
            OSError: the disk is full.
        """
        folder = self.folder(job)
        folder.mkdir(mode=0o700)
        try:
            for name, content in files.items():
                self.write(folder / name, content)
        except OSError:
            self.remove(job)
            raise

    def remove(self, job: str) -> None:
        """Let nothing of a job remain; asked twice, it is still gone."""
        shutil.rmtree(self.folder(job), ignore_errors=True)

    @staticmethod
    def write(path: Path, content: bytes) -> None:
        """Write a new file that this user alone can read."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
