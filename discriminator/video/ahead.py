"""What comes next is made while the caller is busy with what it has.

    for frame in ahead(reading.frames("clip.mp4")):
        ...

A second core is of use then, where the making lets go of Python's lock, as decoding does.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

One = TypeVar("One")

_MOST = 2


def ahead(made: Iterator[One]) -> Iterator[One]:
    """Yield the same things in the same order, two of which wait ready in memory.

    What goes wrong in the making is raised where the thing that failed would have been.
    """
    with ThreadPoolExecutor(1) as maker:
        coming = deque(maker.submit(next, made, None) for _ in range(_MOST))
        try:
            while (one := coming.popleft().result()) is not None:
                coming.append(maker.submit(next, made, None))
                yield one
        finally:
            for unwanted in coming:
                unwanted.cancel()
