"""Ids and states of jobs in a database: SQLite on one machine, PostgreSQL beyond. Never a pixel."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, delete, event, func, insert, select, true, update
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from discriminator.jobs.errors import JobError
from discriminator.jobs.schema import JOBS, WORKERS, bring_up_to_date

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Engine, Row

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
ENDED = frozenset({DONE, FAILED, CANCELLED})
MOST_TRIES = 2
"""A job that took its worker down is tried once more, and no more: it may be the job's fault."""
SILENT = 15.0
"""Seconds after which a worker that has not been heard of is taken for dead."""
_RECENT = 20

Clock = Callable[[], float]


class StoreError(JobError):
    """The database cannot be used; the message says why."""


@dataclass(frozen=True)
class Job:
    """A row of the store. Times are seconds since 1970."""

    id: str
    number: int
    trade: str
    session: str
    wish: Mapping[str, Any]
    state: str
    progress: float
    message: str
    tries: int
    worker: str
    unwanted: bool
    queued_at: float
    started_at: float | None
    ended_at: float | None
    expires_at: float


class Store:
    """The jobs that are known, and the workers that have been heard of lately.

    Args:
        url: SQLAlchemy's address of a database.
        clock: tells the time; tests bring their own.

    Raises:
        StoreError: the database cannot be opened.
        NewerDatabaseError: it was made by a newer version.
    """

    def __init__(self, url: str, clock: Clock = time.time) -> None:
        self._clock = clock
        try:
            self._engine = _open(url)
            with self._engine.begin() as connection:
                bring_up_to_date(connection)
        except (ArgumentError, ImportError, SQLAlchemyError) as error:
            reason = str(error).splitlines()[0]
            message = f"The database {url!r} cannot be used ({reason}): check its address in --db."
            raise StoreError(message) from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # --- a job's way ------------------------------------------------------------------------------

    def new_id(self) -> str:
        """An id that nobody can guess."""
        return uuid.uuid4().hex

    def add(  # noqa: PLR0913 - a row has these columns
        self, job: str, trade: str, session: str, wish: Mapping[str, Any], *, keep: float, most: int
    ) -> bool:
        """Put a job at the end of the queue, unless `most` of its trade wait already.

        On PostgreSQL two that come in the same instant may both take the last place; no harm.
        """
        now = self._clock()
        with self._engine.begin() as connection:
            waiting = _count(JOBS.c.trade == trade, JOBS.c.state == QUEUED)
            if (connection.scalar(waiting) or 0) >= most:
                return False
            number = (connection.scalar(select(func.max(JOBS.c.number))) or 0) + 1
            row = {"id": job, "number": number, "trade": trade, "session": session}
            row |= {"wish": json.dumps(dict(wish)), "state": QUEUED}
            row |= {"queued_at": now, "expires_at": now + keep}
            connection.execute(insert(JOBS).values(row))
            return True

    def claim(self, trade: str, worker: str) -> Job | None:
        """Give the oldest waiting job to a worker; no two workers get the same."""
        oldest = (
            select(JOBS.c.id)
            .where(JOBS.c.trade == trade, JOBS.c.state == QUEUED)
            .order_by(JOBS.c.number, JOBS.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        taken = {"state": RUNNING, "worker": worker, "started_at": self._clock()}
        taken |= {"progress": 0.0, "tries": JOBS.c.tries + 1}
        claiming = update(JOBS).where(JOBS.c.id == oldest).values(taken).returning(JOBS)
        with self._engine.begin() as connection:
            row = connection.execute(claiming).one_or_none()
        return _job(row) if row else None

    def note(self, job: str, worker: str, progress: float) -> bool:
        """Write down how far a worker is; tell whether the job is still wanted."""
        mine = _held_by(job, worker)
        noting = update(JOBS).where(*mine).values(progress=progress).returning(JOBS.c.unwanted)
        with self._engine.begin() as connection:
            return connection.scalar(noting) is False

    def end(self, job: str, worker: str, state: str, message: str = "") -> bool:
        """Close a worker's job; False if it is no longer the worker's, or no longer there."""
        values: dict[str, Any] = {"state": state, "message": message, "ended_at": self._clock()}
        values |= {"progress": 1.0} if state == DONE else {}
        ending = update(JOBS).where(*_held_by(job, worker)).values(values)
        with self._engine.begin() as connection:
            return connection.execute(ending).rowcount == 1

    def give_back(self, job: str, worker: str, message: str) -> None:
        """Let a job whose worker died be tried once more, in its old place, or fail."""
        with self._engine.begin() as connection:
            for state, may in ((QUEUED, JOBS.c.tries < MOST_TRIES), (FAILED, true())):
                values: dict[str, Any] = {"state": state, "progress": 0.0}
                values |= {"message": message, "ended_at": self._clock()} if state == FAILED else {}
                connection.execute(update(JOBS).where(*_held_by(job, worker), may).values(values))

    def cancel(self, job: str) -> bool:
        """Take a waiting job out of the queue (True), or ask for a running one to be stopped."""
        left = {"state": CANCELLED, "ended_at": self._clock()}
        with self._engine.begin() as connection:
            running = (JOBS.c.id == job, JOBS.c.state == RUNNING)
            connection.execute(update(JOBS).where(*running).values(unwanted=True))
            waiting = (JOBS.c.id == job, JOBS.c.state == QUEUED)
            return connection.execute(update(JOBS).where(*waiting).values(left)).rowcount == 1

    # --- looking ----------------------------------------------------------------------------------

    def get(self, job: str, session: str) -> Job | None:
        """A job of a session."""
        asking = select(JOBS).where(JOBS.c.id == job, JOBS.c.session == session)
        with self._engine.begin() as connection:
            row = connection.execute(asking).one_or_none()
        return _job(row) if row else None

    def ahead(self, job: Job) -> int:
        """How many jobs of the trade are done before this one's turn comes."""
        earlier = JOBS.c.number < job.number
        return self._number_of(
            JOBS.c.trade == job.trade,
            (JOBS.c.state == RUNNING) | ((JOBS.c.state == QUEUED) & earlier),
        )

    def unfinished(self, trade: str) -> int:
        """How many jobs of the trade wait or are being done."""
        return self._number_of(JOBS.c.trade == trade, JOBS.c.state.in_([QUEUED, RUNNING]))

    def usual_seconds(self, trade: str) -> float | None:
        """How long the latest jobs of the trade took, on average."""
        took = (JOBS.c.ended_at - JOBS.c.started_at).label("took")
        done = select(took).where(JOBS.c.trade == trade, JOBS.c.state == DONE)
        latest = done.order_by(JOBS.c.ended_at.desc()).limit(_RECENT).subquery()
        with self._engine.begin() as connection:
            return connection.scalar(select(func.avg(latest.c.took)))

    # --- workers ----------------------------------------------------------------------------------

    def hear(self, worker: str, trade: str) -> None:
        """Note that a worker is there."""
        row = {"id": worker, "trade": trade, "seen_at": self._clock()}
        with self._engine.begin() as connection:
            connection.execute(delete(WORKERS).where(WORKERS.c.id == worker))
            connection.execute(insert(WORKERS).values(row))

    def part(self, worker: str) -> None:
        """Forget a worker that goes home."""
        with self._engine.begin() as connection:
            connection.execute(delete(WORKERS).where(WORKERS.c.id == worker))

    def workers(self, trade: str) -> int:
        """How many workers of a trade have been heard of lately."""
        lately = WORKERS.c.seen_at > self._clock() - SILENT
        counting = select(func.count()).select_from(WORKERS).where(WORKERS.c.trade == trade, lately)
        with self._engine.begin() as connection:
            return connection.scalar(counting) or 0

    def abandoned(self) -> list[Job]:
        """Jobs whose workers have not been heard of for long: their machine went down."""
        lately = select(WORKERS.c.id).where(WORKERS.c.seen_at > self._clock() - SILENT)
        asking = select(JOBS).where(JOBS.c.state == RUNNING, JOBS.c.worker.not_in(lately))
        with self._engine.begin() as connection:
            return [_job(row) for row in connection.execute(asking)]

    # --- going ------------------------------------------------------------------------------------

    def forget(self, session: str) -> list[str]:
        """Delete all jobs of a session; return their ids."""
        return self._delete(JOBS.c.session == session)

    def forget_expired(self) -> list[str]:
        """Delete the jobs whose time to live is over; return their ids."""
        return self._delete(JOBS.c.expires_at <= self._clock())

    def forget_trades(self, trades: Iterable[str]) -> None:
        """Delete all jobs of these trades."""
        self._delete(JOBS.c.trade.in_(list(trades)))

    def _delete(self, which: ColumnElement[bool]) -> list[str]:
        with self._engine.begin() as connection:
            gone = list(connection.scalars(delete(JOBS).where(which).returning(JOBS.c.id)))
        if gone and self._engine.dialect.name == "sqlite":
            self._empty_the_log()
        return gone

    def _empty_the_log(self) -> None:
        """SQLite's write-ahead log still holds what was deleted; move it on and cut it."""
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def _number_of(self, *which: ColumnElement[bool]) -> int:
        with self._engine.begin() as connection:
            return connection.scalar(_count(*which)) or 0


def _open(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(_BEGIN))
    return engine


_BEGIN = "BEGIN IMMEDIATE"
"""Takes the right to write at once: a transaction that asks for it later can be refused."""


def _set_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's connection
    connection.isolation_level = None  # transactions are begun by us, see _BEGIN
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=10000",
        "secure_delete=ON",  # what is deleted is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}")


def _held_by(job: str, worker: str) -> tuple[ColumnElement[bool], ...]:
    return JOBS.c.id == job, JOBS.c.worker == worker, JOBS.c.state == RUNNING


def _count(*which: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a Select of one number
    return select(func.count()).select_from(JOBS).where(*which)


def _job(row: Row[Any]) -> Job:
    columns = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a row as a mapping
    return Job(**{**columns, "wish": json.loads(columns["wish"])})
