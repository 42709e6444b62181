"""The service as a process: its workers, its private folder, its end."""

from __future__ import annotations

import signal
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from discriminator import shipped
from discriminator.api.service import make
from discriminator.jobs.trades import judging, speaking
from discriminator.jobs.workshop import Workshop

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

_FAREWELL = 5
"""Seconds that answers which are on their way have when the service is stopped."""


def serve(
    listening: socket.socket,
    db: str,
    engine: str,
    weights: Path | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve until stopped.

    Args:
        listening: holds the service's port.
        db: SQLAlchemy's address of the jobs' database; a file that goes with the service if empty.
        engine: one of `jobs.trades.ENGINES`.
        weights: Wav2Lip's, if it and not the puppet moves the mouths.
        ready: called once, when requests are taken.

    Raises:
        JobError: the database or the engine of the jobs cannot be opened.
    """
    # Whoever ends the service politely lets it delete what is left in it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    trades = speaking(shipped.speech(), weights) | judging()
    with listening, Workshop(trades, db, engine) as workshop:
        # A form's larger files are set down before they are read: there, and on no disk.
        tempfile.tempdir = str(workshop.folder)
        settings = uvicorn.Config(
            make(workshop.office),
            access_log=False,  # a line for each request would say who came when
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=_FAREWELL,
        )
        listening.listen(settings.backlog)
        ready()
        with suppress(KeyboardInterrupt):  # uvicorn passes the signal on that has ended it
            uvicorn.Server(settings).run(sockets=[listening])
