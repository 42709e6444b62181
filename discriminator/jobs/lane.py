"""A lane: one worker, and the thread that minds it, job after job."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from discriminator.jobs.store import CANCELLED, DONE, FAILED
from discriminator.jobs.worker import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discriminator.jobs.store import Job, Store
    from discriminator.jobs.trades import Trade
    from discriminator.jobs.vault import Vault

LOG = logging.getLogger(__name__)

_LOOK = 0.1
"""Seconds between two looks for work, and between two looks at a worker's limits."""
_MANNERS = 2.0
"""Seconds that a worker has to leave a job that nobody wants, before it is ended."""
_HEARD = 5.0
_SET_UP = 120.0
"""Seconds that a worker may take to be ready."""


class Lane(threading.Thread):
    """Does the jobs of one trade, one after the other, in a process that stays warm.

    Args:
        name: that the store knows the worker by; different for each in all engines.
        trade: what it is called, and what it may spend.
        store: where jobs are claimed and closed.
        vault: where their files are.
    """

    def __init__(self, name: str, trade: tuple[str, Trade], store: Store, vault: Vault) -> None:
        super().__init__(name=name, daemon=True)
        self.trade, self._limits = trade
        self._store = store
        self._vault = vault
        self._closing = threading.Event()
        self._worker: WorkerProcess | None = None
        self._heard = 0.0

    def close(self) -> None:
        """End the worker, in the middle of a job too; the job is done elsewhere or later."""
        self._closing.set()

    def run(self) -> None:
        """Work until closed."""
        while not self._closing.is_set():
            with self._surviving():
                self._show()
                self._worker = self._living() or self._start()
                if job := self._worker and self._store.claim(self.trade, self.name):
                    self._carry(job)
                else:
                    self._closing.wait(_LOOK)
        self._end_worker()
        with self._surviving():
            self._store.part(self.name)

    @contextmanager
    def _surviving(self) -> Iterator[None]:
        """A lane outlives whatever happens to its database: it says so, and goes on."""
        try:
            yield
        except Exception:
            LOG.exception("A worker's lane stumbled")
            self._end_worker()
            self._closing.wait(1)

    def _show(self) -> None:
        if time.monotonic() - self._heard > _HEARD:
            self._store.hear(self.name, self.trade)
            self._heard = time.monotonic()

    # --- the worker -------------------------------------------------------------------------------

    def _start(self) -> WorkerProcess | None:
        """Set a worker up. One that cannot be is a job's bad luck, so that somebody hears why."""
        worker = WorkerProcess(self._limits.maker)
        reason = self._wait_until_ready(worker)
        if reason is None:
            return worker
        worker.kill()
        if not self._closing.is_set() and (job := self._store.claim(self.trade, self.name)):
            self._store.end(job.id, self.name, FAILED, reason)
        self._closing.wait(1)
        return None

    def _wait_until_ready(self, worker: WorkerProcess) -> str | None:
        """Wait; return why it is not ready, or nothing if it is."""
        end = time.monotonic() + _SET_UP
        while not self._closing.is_set() and time.monotonic() < end:
            self._show()
            try:
                said = worker.hear(_LOOK) or {}
            except EOFError:
                return "The worker could not be started: the server's log says why."
            if "ready" in said:
                return None
            if "failed" in said:
                return str(said["failed"])
        return f"The worker was not ready within {_SET_UP:.0f} seconds."

    def _living(self) -> WorkerProcess | None:
        """The worker, unless it has died while it had nothing to do."""
        if self._worker and not self._worker.alive:
            self._end_worker()
        return self._worker

    def _end_worker(self) -> None:
        if self._worker:
            self._worker.kill()
            self._worker = None

    # --- a job ------------------------------------------------------------------------------------

    def _carry(self, job: Job) -> None:
        assert self._worker  # noqa: S101 - the caller's business, said to the type checker
        try:
            self._worker.order(self._vault.folder(job.id), job.wish)
            self._mind(job, self._worker)
        except (EOFError, OSError):
            self._end_worker()
            LOG.warning("A worker died over job %s", job.id)
            self._store.give_back(job.id, self.name, "It took its worker down, twice.")
        except _LimitError as limit:
            self._end_worker()
            self._settle(job, {"failed": str(limit)})

    def _mind(self, job: Job, worker: WorkerProcess) -> None:
        """Follow a job to its end."""
        began = time.monotonic()
        progress, stopped_at = 0.0, 0.0
        while True:
            said = worker.hear(_LOOK)
            self._show()
            if said and self._settle(job, said):
                return
            progress = said["progress"] if said else progress
            self._check(worker, began)
            wanted = self._store.note(job.id, self.name, progress)
            if not wanted and not stopped_at:
                worker.stop()
                stopped_at = time.monotonic()
            if stopped_at and time.monotonic() - stopped_at > _MANNERS:
                self._leave(job)
                return

    def _settle(self, job: Job, said: dict[str, Any]) -> bool:
        """Close the job if these were the worker's last words about it."""
        if "progress" in said:
            return False
        state = DONE if "done" in said else CANCELLED if "stopped" in said else FAILED
        kept = self._store.end(job.id, self.name, state, said.get("failed", ""))
        if state != DONE or not kept:  # forgotten while it was being done
            self._vault.remove(job.id)
        return True

    def _leave(self, job: Job) -> None:
        """Leave a job that the worker would not let go."""
        self._end_worker()
        self._settle(job, {"stopped": True})

    def _check(self, worker: WorkerProcess, began: float) -> None:
        limits = self._limits
        if self._closing.is_set():
            raise EOFError
        if time.monotonic() - began > limits.seconds:
            message = f"It took longer than the {limits.seconds:.0f} seconds that it may take."
            raise _LimitError(message)
        if worker.memory > limits.memory:
            message = f"It needed more than the {limits.memory >> 20} MB of memory that it may."
            raise _LimitError(message)


class _LimitError(RuntimeError):
    """A job spends more than it may."""
