"""What is looked at before and while a folder is written."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from discriminator.streaming import index, sound
from discriminator.streaming.errors import EncodeError
from discriminator.video.errors import NoSpaceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from discriminator.streaming.job import Job

_BITS = 8
_MEGABYTE = 1_000_000


def refuse_strangers(folder: Path) -> None:
    """Refuse a folder whose files we did not write, because they would be lost."""
    if folder.exists() and not folder.is_dir():
        message = f"{folder} is a file: name a folder."
        raise EncodeError(message)
    stream = index.read(folder)
    ours = {index.NAME, *(stream.files if stream else ())}
    strangers = sorted(path.name for path in folder.glob("*") if path.name not in ours)
    if strangers:
        message = f"{folder} holds other files ({strangers[0]}): name an empty or a new folder."
        raise EncodeError(message)


def need_space(job: Job, folder: Path) -> None:
    """Refuse a disk that cannot hold what the ceilings allow."""
    rate = sum(one.rung.ceiling for one in job.renditions) + sum(sound.rates(job.clip))
    needed = rate * job.clip.seconds / _BITS
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(standing).free
    if free < needed:
        message = (
            f"The stream may need {needed / _MEGABYTE:.0f} MB and the disk has "
            f"{free / _MEGABYTE:.0f} MB: make room, or name a folder on another disk."
        )
        raise NoSpaceError(message)


@contextmanager
def unchanging(master: Path) -> Iterator[None]:
    """Refuse a master that changes while the block runs."""
    before = _look(master)
    try:
        yield
    finally:
        if _look(master) != before:
            message = f"{master.name} is still being written: wait until it is whole."
            raise EncodeError(message)


def _look(master: Path) -> tuple[int, int]:
    if not master.is_file():
        return (0, 0)
    state = master.stat()
    return state.st_size, state.st_mtime_ns
