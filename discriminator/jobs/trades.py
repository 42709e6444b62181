"""The trades that workers know: what each is called, where it is written, what it may spend."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


ENGINES = ("local", "ray")
"""Who works at trades: processes of this machine, or of a cluster."""


@dataclass(frozen=True)
class Trade:
    """One kind of work.

    Args:
        maker: `module:Class` of what does it; only a worker imports that module. What follows a
            second colon is told to the class as it is made.
        result: name of the file that it leaves in the job's folder.
        workers: how many stand ready on one machine.
        replicas: how many there may be on a cluster, when so many are wanted; `workers` or more.
        seconds: that one job may take.
        memory: bytes that a worker may hold, together with the processes that it starts.
        waiting: jobs that may wait; who comes later is told how long to wait.
        usual: seconds that a job takes, until some have been measured.
        keep: seconds after which nothing of a job is left, whatever became of it.
    """

    maker: str
    result: str
    workers: int = 1
    replicas: int = 8
    seconds: float = 120
    memory: int = 1_200 * 2**20
    waiting: int = 20
    usual: float = 10
    keep: float = 30 * 60


_LEARNING = 2_000 * 2**20
"""Bytes that a network holds while it learns, once, to count in eight bits."""


def speaking(voice: Path, weights: Path | None = None) -> dict[str, Trade]:
    """Return the film's own trade: viewers' photos say what a sound file says.

    The puppet moves their mouths, or Wav2Lip where there are weights for it.
    """
    maker = f"discriminator.lipsync.trade:Speaking:{voice}"
    if weights is None:
        return {"speaking": Trade(maker, "clip.mp4", usual=6)}
    maker = f"{maker}{os.pathsep}{weights.absolute()}"
    return {"speaking": Trade(maker, "clip.mp4", usual=8, memory=_LEARNING)}


def judging() -> dict[str, Trade]:
    """Return the lab's trade: what detectors say of a video or a picture."""
    return {"judging": Trade("discriminator.detect.trade:Judging", "score.json")}


@dataclass(frozen=True)
class Task:
    """A job as the worker sees it.

    Args:
        folder: holds the files that came with the job, and takes the result.
        order: what is wanted, in numbers and short words.
        report: hears how much is done, 0 to 1.

    `report` raises `StoppedError` when the job is no longer wanted, so call it often.
    """

    folder: Path
    order: Mapping[str, Any]
    report: Callable[[float], None]


class Worker(Protocol):
    """Made once, which may take seconds, and then does job after job."""

    def work(self, task: Task) -> None:
        """Leave the result in the task's folder.

        Raises:
            ValueError, RuntimeError, OSError: of a class of their own, with a sentence to show.
        """


def make(maker: str) -> Worker:
    """Set up the worker of a trade from its `module:Class`, or `module:Class:what it is told`."""
    module, name, *told = maker.split(":", 2)
    return cast("Worker", getattr(import_module(module), name)(*told))
