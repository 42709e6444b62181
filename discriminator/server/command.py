"""The command line's `serve`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from discriminator.server.app import Settings, serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator serve` understands."""
    parser.add_argument("--port", type=_port, default=8866, help="default: %(default)s")
    parser.add_argument("--ip", default="127.0.0.1", help="0.0.0.0 lets other machines in")
    parser.add_argument("--base-url", default="/", help="path below which a proxy shows the film")
    parser.add_argument("--media", type=Path, metavar="DIR", help="another film's media folder")
    parser.add_argument(
        "--ready", type=_count, default=2, metavar="N", help="kernels kept warm (%(default)s)"
    )
    parser.add_argument(
        "--seats", type=_seats, default=100, metavar="N", help="viewers at once (%(default)s)"
    )
    parser.add_argument("--open", action="store_true", help="open a browser")


def run(arguments: argparse.Namespace) -> None:
    """Serve until stopped."""
    settings = Settings(
        port=arguments.port,
        ip=arguments.ip,
        base_url=arguments.base_url,
        media=arguments.media,
        ready=arguments.ready,
        seats=arguments.seats,
        open_browser=arguments.open,
    )
    address = f"http://localhost:{settings.port}/{settings.base_url.lstrip('/')}"
    said = json.dumps({"address": address}) if arguments.json else f"The film is at {address}"
    serve(settings, listening=lambda: print(said, flush=True))  # noqa: T201 - a terminal program


def _port(text: str) -> int:
    return _between(text, 1, 65535)


def _count(text: str) -> int:
    return _between(text, 0, 1000)


def _seats(text: str) -> int:
    return _between(text, 1, 10_000)


def _between(text: str, low: int, high: int) -> int:
    if text.isdecimal() and low <= int(text) <= high:
        return int(text)
    message = f"{text!r} is not a whole number from {low} to {high}"
    raise argparse.ArgumentTypeError(message)
