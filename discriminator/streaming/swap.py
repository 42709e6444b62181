"""A folder that is replaced as a whole or not at all."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from discriminator.streaming.errors import EncodeError
from discriminator.video.errors import NoSpaceError, VideoError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield a folder beside `folder`, which takes its place when the block ends well.

    When the block fails, or the process is killed, `folder` stays as it was. What a killed or
    interrupted process wrote is there for the next one; what a failed one wrote is cleared.
    """
    fresh, former = _sibling(folder, "encoding"), _sibling(folder, "former")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _mend(folder, former)
        with _claimed(fresh):
            yield fresh
            _swap(fresh, folder, former)
    except OSError as refused:
        raise _explained(folder, refused) from refused
    finally:
        _mend(folder, former)


def _swap(fresh: Path, folder: Path, former: Path) -> None:
    """Put the fresh folder in place; what lay there before, if anything, is the former one now."""
    if folder.exists() and _exchange(fresh, folder):
        fresh.rename(former)
        return
    # Here a moment passes without a folder: whoever is killed in it leaves the next one to mend it.
    if folder.exists():
        folder.rename(former)
    fresh.rename(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one stroke, where system and disk can."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _sibling(folder: Path, state: str) -> Path:
    return folder.with_name(f".{folder.name}.{state}")


def _mend(folder: Path, former: Path) -> None:
    """Undo half a swap, or clear what a whole one left."""
    if former.exists() and not folder.exists():
        former.rename(folder)
    shutil.rmtree(former, ignore_errors=True)


@contextmanager
def _claimed(fresh: Path) -> Iterator[None]:
    """Hold a lock on the folder, which the system frees if we are killed."""
    fresh.mkdir(exist_ok=True)
    lock = _locked(fresh)
    try:
        yield
    except Exception:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    finally:
        os.close(lock)


def _locked(folder: Path) -> int:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        message = "Another encode is writing this stream: wait for it, or name another folder."
        raise EncodeError(message) from None
    return handle


def _explained(folder: Path, refused: OSError) -> VideoError:
    if refused.errno in {errno.ENOSPC, errno.EDQUOT}:
        message = "The disk is full: make room, or name a folder on another disk."
        return NoSpaceError(message)
    message = f"{folder} cannot be written ({refused.strerror}): name another folder."
    return EncodeError(message)
