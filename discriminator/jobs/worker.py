"""A worker: a process that is set up once and then does job after job."""

from __future__ import annotations

import json
import os
import signal
import time
import traceback
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from discriminator.jobs.errors import StoppedError
from discriminator.jobs.trades import Task, Worker, make

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

# A fork would copy the server's threads and sockets; a fresh process has only what it imports.
_PROCESSES = get_context("spawn")
_STOP = b"stop"
_INSIDE = "Something went wrong inside; the server's log says what."
_AT_MOST = 0.1
"""Seconds between two reports: nobody looks more often, and each is written to the database."""


class WorkerProcess:
    """A worker as whoever minds it sees it: it hears orders and says how far it is."""

    def __init__(self, maker: str) -> None:
        """Start the process; it says `ready` when it is set up."""
        self._line, theirs = _PROCESSES.Pipe()
        self._process = _PROCESSES.Process(target=_serve, args=(theirs, maker), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """Id of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._process.is_alive()

    def order(self, folder: Path, wish: Mapping[str, Any]) -> None:
        """Hand a job over.

        Raises:
            OSError: the process is no longer there.
        """
        self._line.send_bytes(json.dumps({"folder": str(folder), "wish": dict(wish)}).encode())

    def stop(self) -> None:
        """Ask it to leave the job; it does so at its next report."""
        with suppress(OSError):
            self._line.send_bytes(_STOP)

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
        return said

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
            if self.pid:
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()  # in case it had no group of its own yet
        self._process.join()
        self._line.close()


def _memory(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def _serve(line: Connection, maker: str) -> None:
    """Run the process: what it says is one of ready, progress, done, stopped and failed."""
    os.setsid()  # so that what it starts can be ended with it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when it is time to go
    with suppress(EOFError, OSError):  # the server has gone, and so does this process
        worker = _set_up(line, maker)
        while worker:
            _do(line, worker, line.recv_bytes())


def _set_up(line: Connection, maker: str) -> Worker | None:
    try:
        worker = make(maker)
    except Exception as error:  # noqa: BLE001 - whatever it is, the job must hear of it
        _say(line, failed=_sentence(error))
        return None
    _say(line, ready=True)
    return worker


def _do(line: Connection, worker: Worker, said: bytes) -> None:
    if said == _STOP:
        return  # meant for a job that was done in the same moment
    order = json.loads(said)
    task = Task(Path(order["folder"]), order["wish"], _Reporter(line))
    try:
        worker.work(task)
    except StoppedError:
        _say(line, stopped=True)
    except Exception as error:  # noqa: BLE001 - a job's failure is not the worker's
        _say(line, failed=_sentence(error))
    else:
        _say(line, done=True)


class _Reporter:
    """What a trade calls to say how far it is."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._last = 0.0

    def __call__(self, progress: float) -> None:
        if self._line.poll() and self._line.recv_bytes() == _STOP:
            raise StoppedError
        now = time.monotonic()
        if now - self._last >= _AT_MOST:
            self._last = now
            _say(self._line, progress=min(1.0, max(0.0, progress)))


def _sentence(error: Exception) -> str:
    """Return what an error says for its reader, or that it was not made to be read."""
    readable = isinstance(error, ValueError | RuntimeError | OSError)
    if readable and type(error) not in {ValueError, RuntimeError}:
        return str(error)
    traceback.print_exception(error)
    return _INSIDE


def _say(line: Connection, **word: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    line.send_bytes(json.dumps(word).encode())
