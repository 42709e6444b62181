"""An office with its store and vault, and engines that work for it."""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cinema import eventually
from toys import PHOTO, TOY

from discriminator.jobs.engine import Engine
from discriminator.jobs.office import Office
from discriminator.jobs.store import ENDED, Store
from discriminator.jobs.vault import Vault, private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discriminator.jobs.office import Ticket
    from discriminator.jobs.trades import Trade

SECRET = "a viewer's secret"  # noqa: S105 - a test's


class House:
    """A store, a vault, and the office in front of them."""

    def __init__(self, url: str, engine: type[Engine] = Engine, **trades: Trade) -> None:
        self.engine = engine
        self.trades = trades or {"toy": TOY}
        self.late = 0.0
        self.folder = private_folder()
        self.store = Store(url or f"sqlite:///{self.folder / 'jobs.sqlite'}", self.clock)
        self.vault = Vault(self.folder)
        self.office = Office(self.store, self.vault, self.trades)

    def clock(self) -> float:
        """The time, which tests put forward."""
        return time.time() + self.late

    def empty(self) -> None:
        """Let the next house find the server's database as if it were new."""
        self.store.part("somebody")
        self.late += 10 * TOY.keep
        self.store.forget_expired()

    def close(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @contextmanager
    def at_work(self) -> Iterator[Engine]:
        with self.engine(self.store, self.vault, self.trades) as engine:
            yield engine

    def somebody_is_there(self, trade: str = "toy") -> None:
        """Let the store think that a worker is there."""
        self.store.hear("somebody", trade)

    def ask(self, do: str, secret: str = SECRET, **wish: Any) -> str:  # noqa: ANN401 - JSON
        return self.office.submit("toy", secret, {"do": do, **wish}, {PHOTO: b"a face"})

    def ended(self, job: str, secret: str = SECRET) -> Ticket:
        """Wait until a job is over, and say how it ended."""
        ticket: Ticket = eventually(
            lambda: (it := self.office.look(job, secret)).state in ENDED and it
        )
        return ticket

    def runs(self, job: str) -> None:
        eventually(lambda: self.office.look(job, SECRET).state == "running")
