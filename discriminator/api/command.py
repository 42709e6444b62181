"""The command line's `api`."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from discriminator import ports
from discriminator.jobs.trades import ENGINES
from discriminator.weights import how_to_get

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

NEEDED = ("fastapi", "python_multipart", "uvicorn")


class NoServiceError(RuntimeError):
    """The service's libraries are not installed, or its weights not there."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add what `discriminator api` understands."""
    parser.add_argument("--port", type=ports.number, default=8867, help="default: %(default)s")
    parser.add_argument("--ip", default="127.0.0.1", help="0.0.0.0 lets other machines in")
    parser.add_argument(
        "--db", default="", metavar="URL", help="where jobs are noted; a service each (SQLite)"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default=ENGINES[0], help="who does them (%(default)s)"
    )
    parser.add_argument(
        "--weights", type=Path, metavar="FILE", help="Wav2Lip moves the mouths, not the puppet"
    )


def run(arguments: Namespace) -> None:
    """Serve until stopped.

    Raises:
        NoServiceError: its libraries are not installed, or the weights are not there.
        PortError: the port cannot be had.
        JobError: the database or the engine of the jobs cannot be opened.
    """
    if missing := [name for name in NEEDED if not find_spec(name)]:
        message = f"The service needs {missing[0]}: `pip install 'discriminator[api]'`."
        raise NoServiceError(message)
    if arguments.weights and not arguments.weights.is_file():
        message = f"{arguments.weights} is not there: {how_to_get('wav2lip')}"
        raise NoServiceError(message)
    from discriminator.api.serving import serve  # noqa: PLC0415 - an extra

    address = f"http://localhost:{arguments.port}/"
    said = json.dumps({"address": address}) if arguments.json else f"The service is at {address}"
    listening = ports.taken(arguments.ip, arguments.port)
    serve(
        listening,
        arguments.db,
        arguments.engine,
        arguments.weights,
        ready=lambda: print(said, flush=True),  # noqa: T201 - a terminal program
    )
