"""The command line's `serve`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from discriminator import ports
from discriminator.jobs.trades import ENGINES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

GRAMMAR = "rfc3987_syntax"
"""jsonschema builds this grammar of addresses when it is imported: 1.3 s for a check that no schema
here asks for."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add what `discriminator serve` understands."""
    parser.add_argument("--port", type=ports.number, default=8866, help="default: %(default)s")
    parser.add_argument("--ip", default="127.0.0.1", help="0.0.0.0 lets other machines in")
    parser.add_argument("--base-url", default="/", help="path below which a proxy shows the film")
    parser.add_argument("--media", type=Path, metavar="DIR", help="another film's media folder")
    parser.add_argument(
        "--ready", type=_count, default=2, metavar="N", help="kernels kept warm (%(default)s)"
    )
    parser.add_argument(
        "--seats", type=_seats, default=100, metavar="N", help="viewers at once (%(default)s)"
    )
    parser.add_argument(
        "--db", default="", metavar="URL", help="where jobs are noted; a server each (SQLite)"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default=ENGINES[0], help="who does them (%(default)s)"
    )
    parser.add_argument(
        "--weights", type=Path, metavar="FILE", help="Wav2Lip moves the mouths, not the puppet"
    )
    parser.add_argument("--open", action="store_true", help="open a browser")


def run(arguments: Namespace) -> None:
    """Serve until stopped."""
    with _without(GRAMMAR):
        from discriminator.server.app import Settings, serve  # noqa: PLC0415

    settings = Settings(
        port=arguments.port,
        ip=arguments.ip,
        base_url=arguments.base_url,
        media=arguments.media,
        ready=arguments.ready,
        seats=arguments.seats,
        open_browser=arguments.open,
        db=arguments.db,
        engine=arguments.engine,
        weights=arguments.weights,
    )
    address = f"http://localhost:{settings.port}/{settings.base_url.lstrip('/')}"
    said = json.dumps({"address": address}) if arguments.json else f"The film is at {address}"
    serve(settings, listening=lambda: print(said, flush=True))  # noqa: T201 - a terminal program


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Let a module that is not there yet be one that cannot be imported, for a while."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # Python's own sign for it
    try:
        yield
    finally:
        del sys.modules[module]


def _count(text: str) -> int:
    return _between(text, 0, 1000)


def _seats(text: str) -> int:
    return _between(text, 1, 10_000)


def _between(text: str, low: int, high: int) -> int:
    if text.isdecimal() and low <= int(text) <= high:
        return int(text)
    message = f"{text!r} is not a whole number from {low} to {high}"
    raise ArgumentTypeError(message)
