"""Lip-sync as a trade: what a worker beside the server does with a viewer's photo.

The job's folder holds `photo` and, where the browser has found them, `points`: (478, 3) float32,
px of the photo, little-endian. It gets `clip.mp4`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from discriminator.lipsync.errors import PhotoError
from discriminator.lipsync.narrator import Narrator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from discriminator.faces import Points


class Task(Protocol):
    """A job, as `jobs.Task` has it."""

    @property
    def folder(self) -> Path:
        """Holds the files."""

    @property
    def order(self) -> Mapping[str, Any]:
        """Holds `consent`."""

    @property
    def report(self) -> Callable[[float], None]:
        """Hears how much is done, 0 to 1."""


class Speaking:
    """Hears a voice once, and then lets photo after photo say it.

    Args:
        voice: the path of a sound file.

    Raises:
        VoiceError, VideoError: the sound will not do.
    """

    def __init__(self, voice: str) -> None:
        self._narrator = Narrator(voice)

    def work(self, task: Task) -> None:
        """Leave the signed clip in the task's folder.

        Raises:
            ConsentError: the order does not say that the person agrees.
            PhotoError, FaceError, VideoError: as `Narrator.speak`.
        """
        self._narrator.speak(
            task.folder / "photo",
            task.folder / "clip.mp4",
            consent=task.order.get("consent") is True,
            points=_points(task.folder / "points"),
            progress=task.report,
        )


def _points(path: Path) -> Points | None:
    if not path.exists():
        return None
    numbers = np.frombuffer(path.read_bytes(), "<f4")
    if numbers.size % 3:
        message = "The points of the face are not three numbers each: find them again."
        raise PhotoError(message)
    return numbers.reshape(-1, 3)
