"""The office's counter: a socket in a private folder, where viewers' kernels hand jobs in.

A kernel could open the database itself, but that would make each of a hundred kernels 30 MB larger.
What goes over the socket is JSON and bytes, never pickles.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Client, Listener
from typing import TYPE_CHECKING, Any, Self

from discriminator.jobs import errors
from discriminator.jobs.lane import LOG

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from discriminator.jobs.office import Office

LARGEST = 32 * 2**20
"""Bytes of one frame."""


class Counter:
    """Answers at a socket for an office, while in its `with`.

    Args:
        office: what is asked.
        address: the socket's path, in a folder that only this user can enter.
    """

    def __init__(self, office: Office, address: Path) -> None:
        self._office = office
        self._address = str(address)
        self._listener = Listener(self._address, "AF_UNIX", backlog=64)
        self._closing = False
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        """Open."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Close, whoever stands there."""
        self._closing = True
        with suppress(OSError):
            Client(self._address, "AF_UNIX").close()  # wakes the thread that waits for the next
        self._thread.join()
        self._listener.close()

    def _listen(self) -> None:
        while True:
            with suppress(OSError):
                line = self._listener.accept()
                if self._closing:
                    line.close()
                    return
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: Connection[Any, Any]) -> None:
        with line, suppress(EOFError, OSError):
            try:
                answer, result = self._answer(line)
            except errors.JobError as error:
                answer, result = {"error": type(error).__name__, "message": str(error)}, None
            except Exception:  # noqa: BLE001 - one question must not close the counter
                LOG.exception("A question at the counter could not be answered")
                answer, result = (
                    {"error": "JobError", "message": "Something went wrong here."},
                    None,
                )
            line.send_bytes(json.dumps(answer).encode())
            if result is not None:
                line.send_bytes(result)

    def _answer(self, line: Connection[Any, Any]) -> tuple[dict[str, Any], bytes | None]:
        asked = json.loads(line.recv_bytes(LARGEST))
        office = self._office
        match asked:
            case {"do": "submit", "trade": trade, "session": session, "wish": wish, "files": names}:
                files = {name: line.recv_bytes(LARGEST) for name in names}
                return {"job": office.submit(trade, session, wish, files)}, None
            case {"do": "look", "job": job, "session": session}:
                return asdict(office.look(job, session)), None
            case {"do": "collect", "job": job, "session": session}:
                return {}, office.collect(job, session).read_bytes()
            case {"do": "cancel", "job": job, "session": session}:
                office.cancel(job, session)
                return {}, None
            case {"do": "forget", "session": session}:
                return {"jobs": office.forget(session)}, None
        message = "The counter does not understand what it was asked."
        raise errors.JobError(message)
