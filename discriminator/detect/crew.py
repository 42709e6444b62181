"""Many clips at once: a worker on each core, and each on one core alone."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

import cv2

from discriminator.video import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Job = TypeVar("Job")
Done = TypeVar("Done")


def each(
    do: Callable[[Job], Done], jobs: Sequence[Job], workers: int | None = None
) -> Iterator[Done]:
    """Yield what `do` makes of each job, in their order; without `workers`, on all cores."""
    if not jobs:
        return
    wanted = min(workers or os.cpu_count() or 1, len(jobs))
    # A fork would inherit the threads of the face finder, and wait for them without end.
    context = get_context("spawn")
    with ProcessPoolExecutor(wanted, mp_context=context, initializer=_alone) as pool:
        yield from pool.map(do, jobs)


def _alone() -> None:
    """Start no threads where the other cores are busy with other clips."""
    cv2.setNumThreads(1)
    reading.threads = 1
    os.environ["OMP_NUM_THREADS"] = "1"  # torch reads it when it is loaded, by a trained network
