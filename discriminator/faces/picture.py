"""Any picture becomes one kind: upright, three colours, eight bits."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from discriminator.faces.errors import UnreadablePictureError

if TYPE_CHECKING:
    from collections.abc import Callable

Picture = NDArray[np.uint8]
"""(height, width, 3), red, green and blue, 0 to 255, upright."""

Source = str | Path | bytes | Image.Image | NDArray[np.generic]
"""A file, its content, a Pillow picture, or an array: (h, w), (h, w, 1), (h, w, 3) or (h, w, 4)
of uint8, uint16, or floats from 0 to 1."""

LARGEST = 64_000_000
"""Pixels of a picture that is still opened: more than any telephone takes."""
_BEHIND = 110
"""The grey behind what is transparent; neither hair nor skin vanishes on it."""
_COLOURS, _WITH_ALPHA = 3, 4
_FULL = 255


def read(source: Source) -> Picture:
    """Return any picture upright, in colour, with eight bits, whatever it was.

    A turned photo (EXIF) is turned back, grey is spread over three colours, what is transparent
    lies on grey, of a moving picture the first frame counts.

    Raises:
        UnreadablePictureError: it is no picture, or cut short, or far too large.
    """
    if isinstance(source, np.ndarray):
        return _from_array(source)
    if isinstance(source, Image.Image):
        return _upright(source)
    name, content = ("The picture", source) if isinstance(source, bytes) else _file(Path(source))
    return _decoded(name, lambda: Image.open(io.BytesIO(content)))


def _file(path: Path) -> tuple[str, bytes]:
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be opened: give the path of a picture."
        raise UnreadablePictureError(message) from error


def _decoded(name: str, opened: Callable[[], Image.Image]) -> Picture:
    try:
        image = opened()
        if image.width * image.height > LARGEST:
            raise _too_large(name)
        return _upright(image)
    except Image.DecompressionBombError as error:  # Pillow's own limit, which is higher
        raise _too_large(name) from error
    except (OSError, SyntaxError) as error:
        message = f"{name} is no picture, or is cut short: export or copy it again."
        raise UnreadablePictureError(message) from error


def _too_large(name: str) -> UnreadablePictureError:
    return UnreadablePictureError(
        f"{name} has more than {LARGEST // 10**6} million pixels: make it smaller."
    )


def _upright(image: Image.Image) -> Picture:
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):
        return _from_array(np.asarray(image))
    if image.has_transparency_data:
        return _from_array(np.asarray(image.convert("RGBA")))
    return np.asarray(image.convert("RGB"))


def _from_array(values: NDArray[np.generic]) -> Picture:
    eight = _eight_bits(values)
    if eight.ndim == _COLOURS and eight.shape[2] in {1, _COLOURS, _WITH_ALPHA}:
        planes = eight
    elif eight.ndim == _COLOURS - 1:
        planes = eight[..., None]
    else:
        message = f"A picture has the shape (height, width, 3), not {values.shape}: reorder it."
        raise UnreadablePictureError(message)
    if not planes.size:
        message = "The picture has no pixels: give another."
        raise UnreadablePictureError(message)
    if planes.shape[2] == _WITH_ALPHA:
        planes = _on_grey(planes)
    return np.ascontiguousarray(np.broadcast_to(planes, (*planes.shape[:2], _COLOURS)))


def _eight_bits(values: NDArray[np.generic]) -> Picture:
    if values.dtype == np.uint8:
        return cast("Picture", values)
    if values.dtype == np.bool_:
        return np.where(values, np.uint8(_FULL), np.uint8(0))
    if np.issubdtype(values.dtype, np.integer):  # 16 bits, or 16 bits in Pillow's 32
        return (values.astype(np.int64).clip(0, 65535) // 257).astype(np.uint8)
    numbers = np.nan_to_num(values.astype(np.float64))
    return (numbers.clip(0, 1) * _FULL).round().astype(np.uint8)


def _on_grey(planes: Picture) -> Picture:
    cover = planes[..., 3:].astype(np.float32) / _FULL
    mixed: Picture = (planes[..., :3] * cover + _BEHIND * (1 - cover)).round().astype(np.uint8)
    return mixed
