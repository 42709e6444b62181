"""What a notebook can show: the Python half of every widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discriminator.widgets.plot import Plot
from discriminator.widgets.shell import Shell
from discriminator.widgets.stream_player import StreamPlayer

if TYPE_CHECKING:
    from discriminator.widgets.face_tracker import FaceTracker

__all__ = ["FaceTracker", "Plot", "Shell", "StreamPlayer"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Bring what only researchers use when they use it: every viewer's kernel imports this."""
    if name == "FaceTracker":
        from discriminator.widgets.face_tracker import FaceTracker  # noqa: PLC0415

        return FaceTracker
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
