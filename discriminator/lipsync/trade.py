"""Lip-sync as a trade: what a worker beside the server does with a viewer's photo.

The job's folder holds `photo`; `points` where the browser has found them, (478, 3) float32, px of
the photo, little-endian; and `voice` where it is not the film's. It gets `clip.mp4`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from discriminator.lipsync.engine import Options
from discriminator.lipsync.errors import PhotoError
from discriminator.lipsync.narrator import Narrator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from discriminator.faces import Points


class Task(Protocol):
    """A job, as `jobs.Task` has it."""

    @property
    def folder(self) -> Path:
        """Holds the files."""

    @property
    def order(self) -> Mapping[str, Any]:
        """Holds `consent`, and `face` where another than the largest is to speak."""

    @property
    def report(self) -> Callable[[float], None]:
        """Hears how much is done, 0 to 1."""


class Speaking:
    """Hears a voice once, and then lets photo after photo say it, or what came with the photo.

    Args:
        told: the path of a sound file; `os.pathsep` and Wav2Lip's weights may follow it.

    Raises:
        VoiceError, VideoError: the sound will not do.
        NoEngineError, CheckpointError: the weights will not do.
    """

    def __init__(self, told: str) -> None:
        voice, _, weights = told.partition(os.pathsep)
        self._voice = Path(voice)
        if weights:
            self._narrator = Narrator(voice, "wav2lip", Options(Path(weights)))
        else:
            self._narrator = Narrator(voice)

    def work(self, task: Task) -> None:
        """Leave the signed clip in the task's folder.

        Raises:
            ConsentError: the order does not say that the person agrees.
            VoiceError: the voice that came with the photo will not do.
            PhotoError, FaceError, VideoError: as `Narrator.speak`.
        """
        own = task.folder / "voice"
        if not own.exists():
            self._speak(task)
            return
        try:
            self._narrator.hear(own)
            self._speak(task)
        finally:  # at once, so that nothing of a viewer's voice stays here
            self._narrator.hear(self._voice)

    def _speak(self, task: Task) -> None:
        self._narrator.speak(
            task.folder / "photo",
            task.folder / "clip.mp4",
            consent=task.order.get("consent") is True,
            points=_points(task.folder / "points"),
            face=int(task.order.get("face", 0)),
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
