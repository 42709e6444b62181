"""The office as a viewer's kernel sees it: light, and with nothing in it but what was answered."""

from __future__ import annotations

import json
import os
from multiprocessing.connection import Client
from typing import TYPE_CHECKING, Any

from discriminator.jobs import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

AT = "DISCRIMINATOR_COUNTER"
"""The environment's name for the path of the counter's socket, set by the server."""
SESSION = "DISCRIMINATOR_SESSION"
"""The same for the secret of a viewer's kernel, by which the server forgets it when it ends."""


def submit(trade: str, session: str, wish: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    """Hand a job in; see `Office.submit`."""
    asked = {"do": "submit", "trade": trade, "session": session, "wish": dict(wish)}
    answer, _ = _ask({**asked, "files": list(files)}, *files.values())
    return str(answer["job"])


def look(job: str, session: str) -> dict[str, Any]:
    """Say how a job stands: state, progress, position, wait, message; see `Office.look`."""
    return _ask({"do": "look", "job": job, "session": session})[0]


def collect(job: str, session: str) -> bytes:
    """Fetch a job's result; see `Office.collect`."""
    return _ask({"do": "collect", "job": job, "session": session})[1]


def cancel(job: str, session: str) -> None:
    """Stop a job; see `Office.cancel`."""
    _ask({"do": "cancel", "job": job, "session": session})


def forget(session: str) -> int:
    """Delete all that a session has, now; return how many jobs that were."""
    return int(_ask({"do": "forget", "session": session})[0]["jobs"])


def _ask(question: dict[str, Any], *frames: bytes) -> tuple[dict[str, Any], bytes]:
    """Ask at the counter.

    Raises:
        JobError: the kind that the office raised, or `NobodyWorksError` where there is no office.
    """
    try:
        with Client(os.environ.get(AT, ""), "AF_UNIX") as line:
            for frame in (json.dumps(question).encode(), *frames):
                line.send_bytes(frame)
            answer = json.loads(line.recv_bytes())
            result = line.recv_bytes() if question["do"] == "collect" and not answer else b""
    except (EOFError, OSError) as error:
        message = "There is no server here that could do it: start one with `discriminator serve`."
        raise errors.NobodyWorksError(message) from error
    if "error" in answer:
        raise getattr(errors, answer["error"])(answer["message"])
    return answer, result
