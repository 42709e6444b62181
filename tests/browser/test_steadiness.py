"""One viewer for long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from cinema import Server
    from playwright.sync_api import Browser
    from viewer import Viewer

pytestmark = pytest.mark.soak

ROUNDS = 60
SAMPLE = 10
GROWTH = 1.25
"""How much larger the heap of a page may be at the end than after its first rounds."""
LONG = 10 * 60
"""Seconds for which somebody is looked at."""
PLACES = ("cover-2", "chapter-2", "cover-3", "chapter-3", "cover-4", "chapter-4")
STAY = 6
"""Seconds on each of them."""
WANTED = "localStorage.setItem('discriminator', JSON.stringify({ camera: true }));"


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


def test_looking_at_a_face_for_ten_minutes_takes_no_more_memory(
    seat: Callable[..., Viewer],
    performing: Browser,
    face_cinema: Server,
    figure: Callable[[str], None],
) -> None:
    watched = seat(browser=performing, server=face_cinema, permissions=["camera"])
    watched.page.add_init_script(WANTED)
    watched.open("chapter/2?type=cover")
    devtools = watched.page.context.new_cdp_session(watched.page)
    whole = performing.new_browser_cdp_session()
    heaps, processes = [], []
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        for place in PLACES:
            watched.is_at(place)
            if place != "chapter-3":
                expect(watched.film).to_have_attribute("data-tracking", "hot")
            watched.page.wait_for_timeout(STAY * 1000)
            watched.page.keyboard.press("2" if place == PLACES[-1] else "n")
        devtools.send("HeapProfiler.collectGarbage")
        heaps.append(devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6)
        running = whole.send("SystemInfo.getProcessInfo")["processInfo"]
        renderers = [psutil.Process(one["id"]) for one in running if one["type"] == "renderer"]
        processes.append(sum(one.memory_info().rss for one in renderers) / 1e6)
    for name, sizes in {"heap": heaps, "processes": processes}.items():
        figure(f"{name} of a watched viewer: " + ", ".join(f"{one:.0f}" for one in sizes) + " MB")
        assert sizes[-1] < GROWTH * sizes[1]
