"""A folder of clips, wherever it lies: on this machine, partly in zips, or at an address.

Zips are read where they are: only the clip that is looked at is unpacked, for as long as someone
looks at it. Addresses (`s3://bucket/set`) are read the same way, through fsspec.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, starmap
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from discriminator.detect.errors import DetectError, NoLabError

if TYPE_CHECKING:
    from collections.abc import Iterator, KeysView
    from typing import IO

_ZIP = ".zip"
_ADDRESS = "://"


@dataclass(frozen=True)
class Folder:
    """Files by their names inside it, with slashes; a zip counts as a folder of its own name."""

    root: str

    @property
    def is_remote(self) -> bool:
        """Whether it is an address."""
        return _ADDRESS in self.root

    @property
    def names(self) -> KeysView[str]:
        """All files in it.

        Raises:
            DetectError: there is no such folder, or one of its zips is none.
        """
        return self.stamps.keys()

    @cached_property
    def stamps(self) -> dict[str, str]:
        """What each file is known by: with another content it has another one.

        What was found out of a clip is kept under its name, and folders hold clips of equal names.
        """
        files = self._remote_files() if self.is_remote else self._local_files()
        return dict(chain.from_iterable(starmap(self._unpacked, files)))

    def __reduce__(self) -> tuple[type[Folder], tuple[str]]:
        """Go to a worker without the names, which may be many thousands."""
        return type(self), (self.root,)

    def text(self, name: str) -> bytes:
        """Return what a file holds."""
        with self._opened(name) as file:
            content: bytes = file.read()
        return content

    @contextmanager
    def local(self, name: str) -> Iterator[Path]:
        """Give a file as one of this machine, for as long as it is looked at."""
        path = Path(self.root) / name
        if not self.is_remote and not _in_zip(name):
            yield path
            return
        with tempfile.TemporaryDirectory(prefix="discriminator-") as folder:
            copied = Path(folder) / PurePosixPath(name).name
            with self._opened(name) as file, copied.open("wb") as to:
                shutil.copyfileobj(file, to)
            yield copied

    def _local_files(self) -> Iterator[tuple[str, str]]:
        root = Path(self.root)
        if not root.is_dir():
            message = f"{root} is no folder: name the folder that holds the clips."
            raise DetectError(message)
        for path in root.rglob("*"):
            if path.is_file():
                told = path.stat()
                yield path.relative_to(root).as_posix(), f"{told.st_size} {told.st_mtime_ns}"

    def _remote_files(self) -> Iterator[tuple[str, str]]:
        system, root = _system(self.root)
        try:
            found = system.find(root, detail=True)
        except Exception as error:  # every kind of address has errors of its own
            message = f"{self.root} cannot be read ({error}): look at the address and at the keys."
            raise DetectError(message) from error
        if not found:
            message = f"{self.root} is empty or no folder: name the folder that holds the clips."
            raise DetectError(message)
        return ((name.removeprefix(root).lstrip("/"), _stamp(told)) for name, told in found.items())

    def _unpacked(self, name: str, stamp: str) -> list[tuple[str, str]]:
        """Return a file's name and stamp, or those of all that is in a zip."""
        if not name.lower().endswith(_ZIP):
            return [(name, stamp)]
        try:
            with self._stored(name) as file, zipfile.ZipFile(file) as zipped:
                inside = [one for one in zipped.infolist() if not one.is_dir()]
                return [(f"{name}/{one.filename}", f"{one.file_size} {one.CRC}") for one in inside]
        except (OSError, zipfile.BadZipFile) as error:
            message = f"{self.root}/{name} is no zip, or is cut short: fetch it again."
            raise DetectError(message) from error

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        archive = _in_zip(name)
        with self._stored(archive or name) as file:
            if not archive:
                yield file
                return
            inside = name.removeprefix(f"{archive}/")
            with zipfile.ZipFile(file) as zipped, zipped.open(inside) as packed:
                yield packed

    @contextmanager
    def _stored(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file as it lies there; of an address, only what is read is brought."""
        if self.is_remote:
            system, root = _system(self.root)
            with system.open(f"{root}/{name}", "rb") as file:
                yield file
        else:
            with (Path(self.root) / name).open("rb") as file:
                yield file


def _stamp(told: dict[str, Any]) -> str:
    """Return what an address says of a file: each kind has names of its own for when it came."""
    when = (told.get(name) for name in ("ETag", "LastModified", "mtime", "created"))
    return f"{told.get('size')} {next((one for one in when if one), '')}"


def _in_zip(name: str) -> str | None:
    """Return the zip in which a file lies."""
    parts = PurePosixPath(name).parts
    place = next((at for at, part in enumerate(parts[:-1]) if part.lower().endswith(_ZIP)), None)
    return None if place is None else "/".join(parts[: place + 1])


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

        system, root = url_to_fs(address)
    except ImportError as missing:
        message = (
            f"{address} needs another package ({missing}); S3 comes with "
            "`pip install 'discriminator[scale]'`."
        )
        raise NoLabError(message) from missing
    except ValueError as unknown:
        message = f"{address} is of a kind that nobody reads here ({unknown})."
        raise DetectError(message) from unknown
    return system, str(root).rstrip("/")
