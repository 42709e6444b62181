"""One viewer for long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer import Viewer

pytestmark = pytest.mark.soak

ROUNDS = 60
SAMPLE = 10
GROWTH = 1.25
"""How much larger the heap of a page may be at the end than after its first rounds."""


def test_a_page_stays_as_large_as_it_was(viewer: Viewer, figure: Callable[[str], None]) -> None:
    viewer.open("chapter/1")
    devtools = viewer.page.context.new_cdp_session(viewer.page)
    heaps = []
    for number in range(ROUNDS):
        for key, place in [("2", "cover-2"), ("3", "chapter-3"), ("1", "chapter-1")]:
            viewer.page.keyboard.press(key)
            viewer.is_at(place)
        if number % SAMPLE == SAMPLE - 1:
            devtools.send("HeapProfiler.collectGarbage")
            heaps.append(devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6)
    figure("heap of a page over its rounds: " + ", ".join(f"{heap:.1f}" for heap in heaps) + " MB")
    assert heaps[-1] < GROWTH * heaps[0]
