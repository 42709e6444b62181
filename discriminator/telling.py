"""Tells a person at a terminal what a measurement is doing: it takes minutes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def say(what: str) -> None:
    """Tell what is going on now."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{what} ...\n")


def counting(what: str) -> Callable[[float], None]:
    """Return what shows, in one line of the terminal, which part (0 to 1) of it is done."""

    def told(part: float) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{what} ... {part:4.0%}" + ("\n" if part >= 1 else ""))
            sys.stderr.flush()

    told(0.0)
    return told
