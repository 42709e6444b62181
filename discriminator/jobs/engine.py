"""The engine: workers beside the server, and a broom that leaves nothing behind."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Self

from discriminator.jobs.lane import LOG, Lane
from discriminator.jobs.worker import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Mapping

    from discriminator.jobs.lane import Hand
    from discriminator.jobs.store import Store
    from discriminator.jobs.trades import Trade
    from discriminator.jobs.vault import Vault

_SWEEP = 2.0
_PATIENCE = 10.0


class Engine:
    """Has jobs done by processes of this machine; use it in a `with`.

    Args:
        store: where jobs wait.
        vault: where their files are.
        trades: what is worked at, by name.
    """

    def __init__(self, store: Store, vault: Vault, trades: Mapping[str, Trade]) -> None:
        self._store = store
        self._vault = vault
        self._trades = trades
        self._closing = threading.Event()
        self._broom = threading.Thread(target=self._sweep_until_closed, daemon=True)
        self._lanes: list[Lane] = []

    def __enter__(self) -> Self:
        """Open the lanes; their workers get warm while nobody waits for them."""
        place = uuid.uuid4().hex[:8]
        self._lanes = [
            Lane(f"{name}-{place}-{number}", (name, trade), (self._store, self._vault), self._hire)
            for name, trade in self._trades.items()
            for number in range(self._lanes_of(trade))
        ]
        for lane in self._lanes:
            self._store.hear(lane.name, lane.trade)
            lane.start()
        self._broom.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the lanes and end their workers."""
        self._closing.set()
        for lane in self._lanes:
            lane.close()
        for thread in (*self._lanes, self._broom):
            thread.join(_PATIENCE)

    def _lanes_of(self, trade: Trade) -> int:
        return trade.workers

    def _hire(self, name: str) -> Hand:
        return WorkerProcess(self._trades[name].maker)

    def _sweep_until_closed(self) -> None:
        while not self._closing.wait(_SWEEP):
            try:
                self.sweep()
            except Exception:  # noqa: BLE001 - a database that is away comes back
                LOG.exception("The jobs could not be swept")

    def sweep(self) -> None:
        """Delete what has outlived its time, and hand on what a lost machine left undone."""
        for job in self._store.forget_expired():
            self._vault.remove(job)
        for left in self._store.abandoned():
            self._store.give_back(left.id, left.worker, "The machine that did it went down, twice.")
