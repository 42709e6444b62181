"""Detection as a trade: what a worker beside the server does with a file.

The job's folder holds `file`, a video or a picture. It gets `score.json`, a `Score`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec
import numpy as np

from discriminator import faces
from discriminator.detect.asking import score
from discriminator.detect.registry import checked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Task(Protocol):
    """A job, as `jobs.Task` has it."""

    @property
    def folder(self) -> Path:
        """Holds the file."""

    @property
    def order(self) -> Mapping[str, Any]:
        """Holds the name of a `detector`."""


class Judging:
    """Judges file after file; each detector is set up when it is first asked."""

    def __init__(self) -> None:
        faces.find(np.zeros((64, 64, 3), np.uint8))  # the finder takes seconds to wake up

    def work(self, task: Task) -> None:
        """Leave the score in the task's folder.

        Raises:
            UnknownDetectorError: no detector has the order's name.
            VideoError: the file is neither a video nor a picture.
        """
        said = score(task.folder / "file", checked(str(task.order["detector"])))
        (task.folder / "score.json").write_bytes(msgspec.json.encode(said))
