"""A worker as whoever minds it sees it: a process that hears orders and says how far it is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any

import psutil

from discriminator.jobs.craft import STOP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_POLITE = 5
"""How much a worker steps back: the pages of viewers come first."""


class WorkerProcess:
    """A process of its own, which has only what its trade imports; a fork would copy the server."""

    def __init__(self, maker: str) -> None:
        """Start the process; it says `ready` when it is set up."""
        self._line, theirs = Pipe()
        line = theirs.fileno()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "discriminator.jobs.craft", str(line), maker],
            pass_fds=[line],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            start_new_session=True,  # so that what it starts can be ended with it
        )
        theirs.close()
        self._began: float | None = None
        os.setpriority(os.PRIO_PGRP, self.pid, _POLITE)

    @property
    def pid(self) -> int:
        """Id of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def order(self, folder: Path, wish: Mapping[str, Any]) -> None:
        """Hand a job over.

        Raises:
            OSError: the process is no longer there.
        """
        self._line.send_bytes(json.dumps({"folder": str(folder), "wish": dict(wish)}).encode())
        self._began = time.monotonic()

    def stop(self) -> None:
        """Ask it to leave the job; it does so at its next report."""
        with suppress(OSError):
            self._line.send_bytes(STOP)

    def hear(self, seconds: float) -> dict[str, Any] | None:
        """Wait so long for its next word.

        Raises:
            EOFError: the process has died.
        """
        try:
            if not self._line.poll(seconds):
                return None
            said: dict[str, Any] = json.loads(self._line.recv_bytes())
        except OSError as error:
            raise EOFError from error
        if "progress" not in said:  # its last word about a job
            self._began = None
        return said

    @property
    def busy(self) -> bool:
        """Whether it has a job, about which it has not yet said its last word."""
        return self._began is not None

    @property
    def seconds(self) -> float:
        """How long it has been at its job."""
        return 0.0 if self._began is None else time.monotonic() - self._began

    @property
    def memory(self) -> int:
        """Bytes that it holds, with the processes that it has started."""
        with suppress(psutil.Error):
            own = psutil.Process(self.pid)
            return sum(_memory(one) for one in (own, *own.children(recursive=True)))
        return 0

    def kill(self) -> None:
        """End it, and whatever it has started, now."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self._line.close()


def _memory(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0
