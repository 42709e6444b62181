"""All that jobs need on one machine, from the moment it opens until nothing is left of it."""

from __future__ import annotations

import atexit
import os
import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from sqlalchemy.exc import SQLAlchemyError

from discriminator.jobs import client
from discriminator.jobs.counter import Counter
from discriminator.jobs.engine import Engine
from discriminator.jobs.lane import LOG
from discriminator.jobs.office import Office
from discriminator.jobs.store import SILENT, Store, StoreError
from discriminator.jobs.trades import ENGINES
from discriminator.jobs.vault import Vault, private_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from discriminator.jobs.trades import Trade


class Workshop:
    """An office with its counter, and workers that stay warm; use it in a `with`.

    Args:
        trades: what is worked at, by name.
        db: SQLAlchemy's address of a database; a file in the workshop's own folder if empty.
        engine: one of `trades.ENGINES`.

    Raises:
        JobError: the database or the engine cannot be opened; raised as the workshop opens.
    """

    def __init__(self, trades: Mapping[str, Trade], db: str = "", engine: str = "local") -> None:
        self._trades = trades
        self._db = db
        self._engine = engine
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        """Open; the workers get warm while nobody waits for them."""
        with ExitStack() as closing:
            self.folder = private_folder()
            closing.callback(shutil.rmtree, self.folder, ignore_errors=True)
            store = Store(self._db or f"sqlite:///{self.folder / 'jobs.sqlite'}")
            closing.callback(store.close)
            _check_alone(store, self._trades)
            store.forget_trades(self._trades)  # whoever was killed here could not
            closing.callback(_leave_nothing, store, self._trades)
            vault = Vault(self.folder)
            self.office = Office(store, vault, self._trades)
            engine = _engine_called(self._engine)
            closing.enter_context(engine(store, vault, self._trades))
            self.counter = self.folder / "counter"
            closing.enter_context(Counter(self.office, self.counter))
            self._closing = closing.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers, and delete every file and every job."""
        self._closing.close()


def _check_alone(store: Store, trades: Mapping[str, Trade]) -> None:
    """See that no other workshop uses the database: each would claim jobs whose files others have.

    Raises:
        StoreError: one does.
    """
    if any(store.workers(name) for name in trades):
        message = (
            "Another server uses this database: give each one of its own with --db. "
            f"If that one was killed just now, try again in {SILENT:.0f} seconds."
        )
        raise StoreError(message)


def _leave_nothing(store: Store, trades: Mapping[str, Trade]) -> None:
    """Delete the jobs, whose files go too; in a database that is away they stay until the next."""
    try:
        store.forget_trades(trades)
    except SQLAlchemyError as error:
        LOG.warning("The jobs stay in the database (%s).", str(error).splitlines()[0])


def _engine_called(name: str) -> type[Engine]:
    if name == ENGINES[0]:
        return Engine
    from discriminator.jobs.cluster import RayEngine  # noqa: PLC0415 - for those who asked for it

    return RayEngine


def open_here(trades: Mapping[str, Trade]) -> None:
    """Open a workshop for as long as this process lives.

    Raises:
        StoreError: it cannot be opened.
    """
    workshop = Workshop(trades).__enter__()
    atexit.register(workshop.__exit__)
    os.environ[client.AT] = str(workshop.counter)
