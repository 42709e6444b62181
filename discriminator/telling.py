"""Tells a person at a terminal what slow work is doing, and how far it is."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

One = TypeVar("One")

_SOON = 5.0
"""Seconds within which nobody asks how long it will take."""
_MINUTE = 60

_BAR = 30
"""Letters of a bar."""


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


def bar(part: float, more: str = "") -> None:
    """Show, in one line of the terminal, which part (0 to 1) is done, and `more` behind it."""
    if sys.stderr.isatty():
        line = f"{'#' * round(part * _BAR):-<{_BAR}} {part:4.0%}{more} "
        sys.stderr.write(f"\r{line}" + ("\n" if part >= 1 else ""))
        sys.stderr.flush()


def counted(done: Iterable[One], total: int, what: str) -> Iterator[One]:
    """Pass things on, and show in one line of the terminal how many of all have come."""
    _show(f"0 of {total} {what}")
    first = 0.0
    try:
        for number, one in enumerate(done, 1):
            # Until the first has come, whoever makes them had to get ready.
            first = first or time.monotonic()
            left = _left(time.monotonic() - first, number - 1, total - number)
            _show(f"\r{number} of {total} {what}{left}")
            yield one
    finally:
        _show("\n")


def _show(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(text)
        sys.stderr.flush()


def _left(spent: float, done: int, left: int) -> str:
    """Return how long it still takes, or blanks that wipe out what was said of it before."""
    if spent < _SOON or left <= 0:
        return " " * len(", 00:00 left")
    seconds = round(spent / done * left)
    return f", {seconds // _MINUTE:2}:{seconds % _MINUTE:02} left"
