"""The command line's `bench`: the figures that the film is measured by, room by room."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

ROOMS = {
    "film": "discriminator.server.bench",
    "encode": "discriminator.streaming.bench",
    "lipsync": "discriminator.lipsync.bench",
    "detect": "discriminator.detect.bench",
}
"""What can be measured, and the module whose `run` measures it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator bench` understands."""
    parser.add_argument("what", choices=ROOMS, help="what to measure")
    parser.add_argument(
        "--runs", type=int, default=3, metavar="N", help="runs of each arm (%(default)s)"
    )


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure, and return the figures."""
    figures: dict[str, Any] = import_module(ROOMS[arguments.what]).run(runs=arguments.runs)
    return figures
