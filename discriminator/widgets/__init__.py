"""What a notebook can show: the Python half of every widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discriminator.widgets.plot import Plot
from discriminator.widgets.shell import Shell
from discriminator.widgets.stream_player import StreamPlayer

if TYPE_CHECKING:
    from discriminator.widgets.face_tracker import FaceTracker
    from discriminator.widgets.photo_booth import PhotoBooth

__all__ = ["FaceTracker", "PhotoBooth", "Plot", "Shell", "StreamPlayer"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Bring what only researchers use when they use it: every viewer's kernel imports this."""
    if name == "FaceTracker":
        from discriminator.widgets.face_tracker import FaceTracker  # noqa: PLC0415

        return FaceTracker
    if name == "PhotoBooth":
        from discriminator.widgets.photo_booth import PhotoBooth  # noqa: PLC0415

        return PhotoBooth
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
