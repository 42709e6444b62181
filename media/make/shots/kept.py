"""Expensive pictures are made once and kept beside the masters until their recipe changes."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import nobody
import numpy as np
import skia

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SHELF = Path(__file__).parents[2] / "masters" / "kept"


@cache
def recipe() -> str:
    """Return a short name for the present state of the face's code."""
    sources = (*nobody.SCULPTURE, Path(nobody.__file__))
    return hashlib.sha256(b"".join(file.read_bytes() for file in sources)).hexdigest()[:12]


def picture(name: str, make: Callable[[], NDArray[np.uint8]]) -> skia.Image:
    """Return a kept picture; the first call makes it, RGBA (height, width, 4)."""
    file = SHELF / f"{name}-{recipe()}.png"
    if not file.exists():
        fresh = skia.Image.fromarray(
            np.ascontiguousarray(make()), colorType=skia.kRGBA_8888_ColorType
        )
        with _Written(file) as unfinished:
            fresh.save(str(unfinished))
    return skia.Image.open(str(file)).withDefaultMipmaps()


def numbers(name: str, make: Callable[[], NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return kept numbers; the first call makes them."""
    file = SHELF / f"{name}-{recipe()}.npy"
    if not file.exists():
        fresh = make()
        with _Written(file) as unfinished:
            np.save(unfinished, fresh)
    kept: NDArray[np.float32] = np.load(file)
    return kept


class _Written:
    """A file that appears only when it is whole, also while another process makes the same."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.unfinished = file.with_name(f".{os.getpid()}-{file.name}")

    def __enter__(self) -> Path:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        return self.unfinished

    def __exit__(self, failed: object, *_: object) -> None:
        if failed is None:
            self.unfinished.replace(self.file)
        else:
            self.unfinished.unlink(missing_ok=True)
