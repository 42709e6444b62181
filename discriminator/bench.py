"""The command line's `bench`: the figures that the film is measured by, room by room."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

ROOMS = {
    "film": ("discriminator.server.bench",),
    "encode": ("discriminator.streaming.bench", "discriminator.server.playing"),
    "lipsync": ("discriminator.lipsync.bench", "discriminator.jobs.bench"),
    "detect": ("discriminator.detect.bench",),
}
"""What can be measured, and the modules whose `run` measures it."""
_JUDGED = ("goals", "met")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator bench` understands."""
    parser.add_argument("what", choices=ROOMS, help="what to measure")
    parser.add_argument(
        "--runs", type=_count, default=3, metavar="N", help="runs of each arm (%(default)s)"
    )
    parser.add_argument(
        "--seconds",
        type=_count,
        default=60,
        metavar="N",
        help="of film that `encode` encodes, and watches (%(default)s)",
    )


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure, and return the figures."""
    wishes = {"runs": arguments.runs}
    if arguments.what == "encode":
        wishes["seconds"] = arguments.seconds
    figures: dict[str, Any] = {}
    rooms = [import_module(room) for room in ROOMS[arguments.what]]
    for room in rooms:
        getattr(room, "check", lambda: None)()  # what is missing is said before minutes go by
    for room in rooms:
        told = room.run(**wishes)
        # Each room judges its own figures; a reader wants all verdicts in one place.
        judged = {name: figures.get(name, {}) | told[name] for name in _JUDGED if name in told}
        figures |= told | judged
    return figures


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        message = f"{number} is too few: 1 or more"
        raise argparse.ArgumentTypeError(message)
    return number
