"""What a worker's process does: set its trade up once, and then job after job.

    python -m discriminator.jobs.craft LINE MODULE:CLASS

LINE is the number of an open socket to whoever gives the orders.
"""

from __future__ import annotations

import json
import signal
import sys
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from discriminator.jobs.errors import StoppedError
from discriminator.jobs.trades import Task, Worker, make

STOP = b"stop"
_INSIDE = "Something went wrong inside; the server's log says what."
_AT_MOST = 0.1
"""Seconds between two reports: nobody looks more often, and each is written to the database."""


def _serve(line: Connection, maker: str) -> None:
    """Run the process: what it says is one of ready, progress, done, stopped and failed."""
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
    if said == STOP:
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
        if self._line.poll() and self._line.recv_bytes() == STOP:
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


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])), sys.argv[2])
