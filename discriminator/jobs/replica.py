"""What Ray Serve runs, on whatever machine: a worker's process, and whoever minds it there."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from typing import TYPE_CHECKING, Any

from discriminator.jobs.lane import MANNERS, set_up
from discriminator.jobs.vault import Vault, private_folder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from discriminator.jobs.trades import Trade
    from discriminator.jobs.worker import WorkerProcess

_LOOK = 0.05
_TELL = 0.5
"""Seconds between two words of a replica that has nothing new to say."""


class Replica:
    """Keeps a worker of a trade warm, and passes on what it says."""

    def __init__(self, trade: Trade) -> None:
        self._trade = trade
        self._vault = Vault(private_folder())
        self._worker: WorkerProcess | None = None
        self._why_none = ""
        self._waking = threading.Lock()
        self._wake()

    def __del__(self) -> None:
        """Let nothing stay behind."""
        self._end()
        shutil.rmtree(self._vault.root, ignore_errors=True)

    async def work(
        self, job: str, wish: Mapping[str, Any], files: dict[str, bytes]
    ) -> AsyncIterator[dict[str, Any]]:
        """Do a job: yield how far it is, and at last what became of it."""
        worker = await asyncio.to_thread(self._wake)
        if worker is None:
            yield {"failed": self._why_none}
            return
        try:
            self._vault.put(job, files)
            worker.order(self._vault.folder(job), wish)
            async for said in _said_by(worker):
                yield self._with_result(job, said)
        except (EOFError, OSError):
            self._end()
            yield {"died": True}
        finally:
            self._leave(worker)
            self._vault.remove(job)

    def _wake(self) -> WorkerProcess | None:
        with self._waking:  # whoever is cancelled while it is set up leaves it to the next
            if self._worker and not self._worker.alive:
                self._end()
            if not self._worker:
                self._worker, self._why_none = set_up(self._trade.maker)
            return self._worker

    def _with_result(self, job: str, said: dict[str, Any]) -> dict[str, Any]:
        if "done" not in said:
            return said
        return {**said, "result": (self._vault.folder(job) / self._trade.result).read_bytes()}

    def _leave(self, worker: WorkerProcess) -> None:
        """Leave a job that nobody waits for any longer; a worker that will not is ended."""
        if not (self._worker and worker.busy):
            return
        if worker.memory > self._trade.memory:  # which the next job would be blamed for
            self._end()
            return
        worker.stop()
        end = time.monotonic() + MANNERS
        try:
            while worker.busy and time.monotonic() < end:
                worker.hear(_LOOK)
        except EOFError:
            self._end()
        else:
            if worker.busy:
                self._end()

    def _end(self) -> None:
        if self._worker:
            self._worker.kill()
            self._worker = None


async def _said_by(worker: WorkerProcess) -> AsyncIterator[dict[str, Any]]:
    """Yield what a worker says about its job, with what it spends."""
    progress, told = 0.0, 0.0
    while worker.busy:
        said = worker.hear(0)
        progress = said.get("progress", progress) if said else progress
        if said or time.monotonic() - told > _TELL:
            told = time.monotonic()
            spent = {"memory": worker.memory, "seconds": worker.seconds}
            yield {**(said or {"progress": progress}), **spent}
        if not said:
            await asyncio.sleep(_LOOK)
