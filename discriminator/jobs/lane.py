"""A lane: one worker, and the thread that minds it, job after job."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from discriminator.jobs.store import CANCELLED, DONE, FAILED
from discriminator.jobs.worker import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from discriminator.jobs.store import Job, Store
    from discriminator.jobs.trades import Trade
    from discriminator.jobs.vault import Vault

LOG = logging.getLogger(__name__)

_LOOK = 0.1
"""Seconds between two looks for work, and between two looks at a worker's limits."""
MANNERS = 2.0
"""Seconds that a worker has to leave a job that nobody wants, before it is ended."""
_HEARD = 5.0
_SET_UP = 120.0
"""Seconds that a worker may take to be ready."""
_REST = 1.0
_LONGEST_REST = 60.0
"""Seconds until a worker that could not be set up is tried again: each time twice as many."""


class Hand(Protocol):
    """A worker, wherever it is; see `WorkerProcess`."""

    @property
    def alive(self) -> bool:
        """Whether it is there."""

    @property
    def memory(self) -> int:
        """Bytes that it holds."""

    @property
    def seconds(self) -> float:
        """How long it has been at its job."""

    def order(self, folder: Path, wish: Mapping[str, Any]) -> None:
        """Hand a job over."""

    def hear(self, seconds: float) -> dict[str, Any] | None:
        """Wait so long for its next word."""

    def stop(self) -> None:
        """Ask it to leave the job."""

    def kill(self) -> None:
        """End it, now."""


class Lane(threading.Thread):
    """Does the jobs of one trade, one after the other, in a process that stays warm.

    Args:
        name: that the store knows the worker by; different for each in all engines.
        trade: what it is called, and what it may spend.
        kept: the store where jobs are claimed and closed, and the vault where their files are.
        hire: finds a new worker of a trade.
    """

    def __init__(
        self,
        name: str,
        trade: tuple[str, Trade],
        kept: tuple[Store, Vault],
        hire: Callable[[str], Hand],
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.trade, self._limits = trade
        self._store, self._vault = kept
        self._hire = hire
        self._closing = threading.Event()
        self._worker: Hand | None = None
        self._claimed: Job | None = None
        self._heard = 0.0
        self._rest = _REST

    def close(self) -> None:
        """End the worker, in the middle of a job too; the job is done elsewhere or later."""
        self._closing.set()

    def run(self) -> None:
        """Work until closed."""
        while not self._closing.is_set():
            with self._surviving():
                self._show()
                self._give_back_undone()
                self._worker = self._living() or self._start()
                if job := self._worker and self._claim():
                    self._carry(job)
                    self._claimed = None
                else:
                    self._closing.wait(_LOOK)
        self._end_worker()
        with self._surviving():
            self._give_back_undone()
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

    def _start(self) -> Hand | None:
        """Set a worker up, or rest a while: what is missing will not be there at once."""
        worker = self._hire(self.trade)
        reason = why_not_ready(worker, self._still_here)
        if reason is None:
            self._rest = _REST
            return worker
        worker.kill()
        if self._rest == _REST and not self._closing.is_set():  # once, and not at each try
            LOG.error("Nobody can work at %s: %s", self.trade, reason)
        self._refuse_for(self._rest, reason)
        self._rest = min(2 * self._rest, _LONGEST_REST)
        return None

    def _refuse_for(self, seconds: float, reason: str) -> None:
        """Tell whoever comes in this time why nobody does the job."""
        end = time.monotonic() + seconds
        while self._still_here() and time.monotonic() < end:
            if job := self._claim():
                self._store.end(job.id, self.name, FAILED, reason)
                self._vault.remove(job.id)
                self._claimed = None
            self._closing.wait(_LOOK)

    def _still_here(self) -> bool:
        self._show()
        return not self._closing.is_set()

    def _living(self) -> Hand | None:
        """The worker, unless it has died while it had nothing to do."""
        if self._worker and not self._worker.alive:
            self._end_worker()
        return self._worker

    def _end_worker(self) -> None:
        if self._worker:
            self._worker.kill()
            self._worker = None

    # --- a job ------------------------------------------------------------------------------------

    def _claim(self) -> Job | None:
        self._claimed = self._store.claim(self.trade, self.name)
        return self._claimed

    def _give_back_undone(self) -> None:
        """Let a job be tried again over which this lane stumbled: nobody else would look for it."""
        if self._claimed:
            self._store.give_back(self._claimed.id, self.name, "It was broken off, twice.")
            self._claimed = None

    def _carry(self, job: Job) -> None:
        assert self._worker  # noqa: S101 - the caller's business, said to the type checker
        try:
            self._worker.order(self._vault.folder(job.id), job.wish)
            self._mind(job, self._worker)
        except (EOFError, OSError):
            self._end_worker()
            if not self._closing.is_set():
                LOG.warning("A worker died over job %s", job.id)
            self._store.give_back(job.id, self.name, "It took its worker down, twice.")
        except _LimitError as limit:
            self._end_worker()
            self._settle(job, {"failed": str(limit)})

    def _mind(self, job: Job, worker: Hand) -> None:
        """Follow a job to its end."""
        progress, stopped_at = 0.0, 0.0
        while True:
            said = worker.hear(_LOOK)
            self._show()
            if said and self._settle(job, said):
                return
            progress = said["progress"] if said else progress
            self._check(worker)
            wanted = self._store.note(job.id, self.name, progress)
            if not wanted and not stopped_at:
                worker.stop()
                stopped_at = time.monotonic()
            if stopped_at and time.monotonic() - stopped_at > MANNERS:
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

    def _check(self, worker: Hand) -> None:
        limits = self._limits
        if self._closing.is_set():
            raise EOFError
        if worker.seconds > limits.seconds:
            message = f"It took longer than the {limits.seconds:.0f} seconds that it may take."
            raise _LimitError(message)
        if worker.memory > limits.memory:
            message = f"It needed more than the {limits.memory >> 20} MB of memory that it may."
            raise _LimitError(message)


def set_up(maker: str) -> tuple[WorkerProcess | None, str]:
    """Start a worker and wait until it is ready; else return why it is not."""
    worker = WorkerProcess(maker)
    reason = why_not_ready(worker, lambda: True)
    if reason is None:
        return worker, ""
    worker.kill()
    return None, reason


def why_not_ready(worker: Hand, still_here: Callable[[], bool]) -> str | None:
    """Wait for a new worker; return why it is not ready, or nothing if it is."""
    end = time.monotonic() + _SET_UP
    while still_here() and time.monotonic() < end:
        try:
            said = worker.hear(_LOOK) or {}
        except EOFError:
            return "The worker could not be started: the server's log says why."
        if "ready" in said:
            return None
        if "failed" in said:
            return str(said["failed"])
    return f"The worker was not ready within {_SET_UP:.0f} seconds."


class _LimitError(RuntimeError):
    """A job spends more than it may."""
