"""Where jobs are handed in and results handed out; whoever asks proves whose job it is."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discriminator.jobs.errors import (
    JobError,
    NobodyWorksError,
    NotReadyError,
    QueueFullError,
    UnknownJobError,
)
from discriminator.jobs.store import DONE, ENDED, QUEUED, Job, Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from discriminator.jobs.trades import Trade
    from discriminator.jobs.vault import Vault


@dataclass(frozen=True)
class Ticket:
    """What can be said of a job.

    Args:
        state: queued, running, done, failed or cancelled.
        progress: 0 to 1.
        position: jobs that come before it; 0 when it is being done.
        wait: seconds until it is probably done.
        message: why it failed.
    """

    state: str
    progress: float = 0.0
    position: int = 0
    wait: float = 0.0
    message: str = ""


class Office:
    """Takes jobs in for the engine and hands their results out.

    Args:
        store: what is known of each job.
        vault: where their files are.
        trades: what can be asked for, by name.
    """

    def __init__(self, store: Store, vault: Vault, trades: Mapping[str, Trade]) -> None:
        self._store = store
        self._vault = vault
        self._trades = trades

    def submit(
        self, trade: str, session: str, wish: Mapping[str, Any], files: dict[str, bytes]
    ) -> str:
        """Hand a job in and return its id.

        Args:
            trade: name of the trade.
            session: a secret that proves later whose job it is.
            wish: what is wanted, in numbers and short words.
            files: what goes with it, by name; the names are ours, never a viewer's.

        Raises:
            JobError: there is no such trade, nobody works, the queue or the disk is full.
        """
        known = self._known(trade)
        if not self._store.workers(trade):
            message = "Nobody is at work here just now: try again in a minute."
            raise NobodyWorksError(message)
        job = self._store.new_id()
        self._keep(job, files)
        owner = _owner(session)
        if not self._store.add(job, trade, owner, wish, keep=known.keep, most=known.waiting):
            self._vault.remove(job)
            raise self._full(trade)
        return job

    def look(self, job: str, session: str) -> Ticket:
        """Say how a job stands.

        Raises:
            UnknownJobError: this session has no such job.
        """
        found = self._find(job, session)
        if found.state in ENDED:
            return Ticket(found.state, found.progress, message=found.message)
        ahead = self._store.ahead(found) if found.state == QUEUED else 0
        return Ticket(found.state, found.progress, ahead, self._wait(found, ahead))

    def collect(self, job: str, session: str) -> Path:
        """Return the path of a job's result.

        Raises:
            UnknownJobError: this session has no such job.
            NotReadyError: it is not done.
        """
        found = self._find(job, session)
        path = self._vault.folder(job) / self._known(found.trade).result
        if found.state != DONE or not path.is_file():
            message = found.message or "It is not done yet: look again in a moment."
            raise NotReadyError(message)
        return path

    def cancel(self, job: str, session: str) -> None:
        """Stop a job that is no longer wanted, and let its files go.

        Raises:
            UnknownJobError: this session has no such job.
        """
        if self._store.cancel(self._find(job, session).id):
            self._vault.remove(job)

    def forget(self, session: str) -> int:
        """Delete all that a session has here, now; return how many jobs that were."""
        gone = self._store.forget(_owner(session))
        for job in gone:
            self._vault.remove(job)
        return len(gone)

    def at_work(self) -> dict[str, int]:
        """Return how many workers of each trade have been heard of lately."""
        return {trade: self._store.workers(trade) for trade in self._trades}

    def _known(self, trade: str) -> Trade:
        if trade in self._trades:
            return self._trades[trade]
        message = f"Nobody here knows the trade {trade!r}: there are {', '.join(self._trades)}."
        raise JobError(message)

    def _keep(self, job: str, files: dict[str, bytes]) -> None:
        try:
            self._vault.put(job, files)
        except OSError as error:
            message = f"There is no room for it here ({error.strerror}): try again later."
            raise JobError(message) from error

    def _find(self, job: str, session: str) -> Job:
        if found := self._store.get(job, _owner(session)):
            return found
        message = "There is no such job here: it was never yours, or its time is over."
        raise UnknownJobError(message)

    def _full(self, trade: str) -> QueueFullError:
        rounds = self._rounds(trade, self._store.unfinished(trade))
        seconds = math.ceil(self._usual(trade) * rounds)
        message = f"The queue is full: try again in about {seconds} seconds."
        return QueueFullError(message, seconds)

    def _wait(self, job: Job, ahead: int) -> float:
        usual = self._usual(job.trade)
        if job.state != QUEUED:
            return usual * (1 - job.progress)
        return usual * self._rounds(job.trade, ahead + 1)

    def _usual(self, trade: str) -> float:
        return self._store.usual_seconds(trade) or self._trades[trade].usual

    def _rounds(self, trade: str, jobs: int) -> int:
        """How often all workers have to be through until so many jobs are done."""
        return math.ceil(jobs / max(1, self._store.workers(trade)))


def _owner(session: str) -> str:
    """What the store knows of a session: enough to recognise its secret, not to tell it."""
    return hashlib.sha256(session.encode()).hexdigest()
