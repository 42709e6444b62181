"""The kernels behind the viewers: how many, for how long, and what happens when one dies."""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import PeriodicCallback
from traitlets import Float, Integer

from discriminator.jobs.client import SESSION

if TYPE_CHECKING:
    from collections.abc import Callable

NEVER_CULLED = 0


class Kernels(AsyncMappingKernelManager):
    """Keeps a kernel for each viewer and lets it go when the viewer has left.

    Voila wraps this class to add the pool of preheated kernels (`_pools`). Jupyter's own culling
    is off: it counts idle time from the moment a kernel was preheated, and so ends kernels that
    have just been handed to a viewer. Here the clock starts when nobody is connected any more.
    """

    seats = Integer(100, help="Viewers at once; who comes later gets the waiting page.").tag(
        config=True
    )
    coming = Float(
        90,  # a busy machine makes the page in half of it, a slow phone needs the rest
        help="Seconds that a kernel waits for its viewer to come; a crawler never does.",
    ).tag(config=True)
    grace = Float(300, help="Seconds that a kernel waits for its viewer to come back.").tag(
        config=True
    )
    look_every = Float(2, help="Seconds between two looks at the kernels.").tag(config=True)
    cull_idle_timeout = Integer(NEVER_CULLED)

    if TYPE_CHECKING:  # Voila's wrapper brings these
        notebook_path: str | None

        def fill_if_needed(self, *, notebook_name: str) -> None:
            """Start kernels until the pool is full."""

    farewell: Callable[[str], object] | None = None
    """Hears the secret of each viewer whose kernel has ended, to forget what is theirs."""

    def __init__(self, **kwargs: object) -> None:
        """Begin to look after the kernels."""
        self._sessions: dict[str, str] = {}
        self._alone_since: dict[str, float] = {}
        self._leaving: set[str] = set()
        self._met: set[str] = set()
        super().__init__(**kwargs)
        PeriodicCallback(self.look_after, 1000 * self.look_every).start()

    @property
    def pooled(self) -> set[str]:
        """Ids of the kernels that stand ready, with nobody in front of them yet."""
        ready = [item for pool in self._pool_lists() for item in pool if item.done()]
        return {item.result()["kernel_id"] for item in ready if not item.exception()}

    @property
    def full(self) -> bool:
        """Whether the next viewer has to wait."""
        return len(self.list_kernel_ids()) - len(self.pooled) >= self.seats

    def report(self) -> dict[str, int]:
        """What `/healthz` tells: viewers' kernels, kernels that stand ready, seats."""
        kernels = len(self.list_kernel_ids())
        viewers = kernels - len(self.pooled)
        return {"viewers": viewers, "ready": len(self._rendered()), "seats": self.seats}

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # noqa: ANN401 - Jupyter's
        """Start a kernel that has a secret of its own."""
        secret = secrets.token_urlsafe(32)
        env = {**kwargs.pop("env", os.environ), SESSION: secret}
        kernel_id: str = await super().start_kernel(**kwargs, env=env)
        self._sessions[kernel_id] = secret
        return kernel_id

    def notify_connect(self, kernel_id: str) -> None:
        """Note that its viewer has come."""
        super().notify_connect(kernel_id)
        self._met.add(kernel_id)

    async def shutdown_kernel(  # type: ignore[override]
        self,
        kernel_id: str,
        now: bool = False,  # noqa: ARG002, FBT001, FBT002 - Jupyter's signature
        restart: bool = False,  # noqa: FBT001, FBT002 - Jupyter's signature
    ) -> None:
        """End a kernel at once: it has nothing to save, and asked politely it would complain."""
        self._leaving.add(kernel_id)
        try:
            await super().shutdown_kernel(kernel_id, now=True, restart=restart)
        finally:
            self._leaving.discard(kernel_id)
            await self._take_leave(kernel_id)

    async def _take_leave(self, kernel_id: str) -> None:
        secret = self._sessions.pop(kernel_id, None)
        if secret and self.farewell:
            await asyncio.to_thread(self.farewell, secret)

    async def shutdown_all(self, now: bool = False) -> None:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002
        """End every kernel at once, those that are still starting too."""
        await super().shutdown_all(now=True)

    async def look_after(self) -> None:
        """Bury the dead, refill the pool, and end kernels whose viewers are long gone."""
        for kernel_id in set(self.list_kernel_ids()) - self._leaving:
            if not await ensure_async(self.get_kernel(kernel_id).is_alive()):
                await self._bury(kernel_id)
            elif self._seconds_alone(kernel_id) > self._patience(kernel_id):
                self.log.info("Ending kernel %s: its viewer left", kernel_id)
                await self.shutdown_kernel(kernel_id)
        self._drop_failures()
        living = set(self.list_kernel_ids())
        self._alone_since = {k: v for k, v in self._alone_since.items() if k in living}
        self._met &= living

    def _patience(self, kernel_id: str) -> float:
        return self.grace if kernel_id in self._met else self.coming

    def _seconds_alone(self, kernel_id: str) -> float:
        connected = self._kernel_connections.get(kernel_id, 0) > 0
        if connected or kernel_id in self.pooled:
            self._alone_since.pop(kernel_id, None)
            return 0
        return time.monotonic() - self._alone_since.setdefault(kernel_id, time.monotonic())

    async def _bury(self, kernel_id: str) -> None:
        """Tell the page that its kernel is gone. A restarted one would know nothing of it."""
        self.log.warning("Kernel %s died", kernel_id)
        open_sockets = ZMQChannelsWebsocketConnection._open_sockets  # noqa: SLF001 - no public list
        for connection in list(open_sockets):
            if connection.kernel_id == kernel_id:
                connection.on_restart_failed()
        was_ready = kernel_id in self.pooled
        await self.shutdown_kernel(kernel_id)
        if was_ready:
            self._refill()

    def _drop_failures(self) -> None:
        """Kernels that could not be preheated leave the pool, so that others take their place."""
        for pool in self._pool_lists():
            failed = [item for item in pool if item.done() and item.exception()]
            for item in failed:
                self.log.error("A kernel could not be preheated: %s", item.exception())
                pool.remove(item)
            if failed:
                self._refill()

    def _rendered(self) -> list[Any]:
        """Return the pool's kernels that have run the notebook: a page can have them at once."""
        begun = [item for pool in self._pool_lists() for item in pool if item.done()]
        tasks = [item.result()["task"] for item in begun if not item.exception()]
        return [task for task in tasks if task.done() and not task.exception()]

    def _pool_lists(self) -> list[list[Any]]:
        return list(getattr(self, "_pools", {}).values())

    def _refill(self) -> None:
        if self.notebook_path:
            self.fill_if_needed(notebook_name=self.notebook_path)
