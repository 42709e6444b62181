"""How a stream plays: how soon it begins, and what it does when the line gets slow.

Needs the extra `dev`: a real Chromium watches the film's first chapter at full size, as a stranger
with an empty cache.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

from discriminator.server.bench import chromium, served, slow_down
from discriminator.telling import counting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

MEGABIT = 1_000_000 / 8
"""Bytes."""
NARROW, FAIR = 1 * MEGABIT, 3 * MEGABIT
"""Lines, in bytes a second."""
SCREEN: ViewportSize = {"width": 1920, "height": 1080}
PATIENCE = 60
"""Seconds that anything may take."""
GOALS = {
    "start_up_seconds": 1.0,
    "seek_seconds": 1.0,
    "segments_until_switched_down": 2,
    "stalls_at_3_megabits": 0,
}
SMALLEST = 2
"""The number of the size that a narrow line is for."""
SOUGHT = (150, 20, 90)
"""Seconds of the film that a viewer goes to, none of them loaded before."""

_TRACK = re.compile(r"/segment-(\d)-\d+")
# The page notes its own moments: a script that asks from outside would be late.
_NOTES = """
window.noted = { stalls: 0 };
addEventListener("loadeddata", () => { noted.first ??= performance.now(); }, true);
addEventListener("playing", () => { noted.began ??= true; }, true);
addEventListener("waiting", () => { if (noted.began) noted.stalls += 1; }, true);
"""


_ASKED = """
[noted.first, performance.getEntriesByType("resource")
  .find(({ name }) => name.includes("shaka")).startTime]
"""
_SEEK = """
async (second) => {
  const video = document.querySelector("video");
  const began = performance.now();
  const sought = new Promise((there) => video.addEventListener("seeked", there, { once: true }));
  video.currentTime = second;
  await sought;
  return performance.now() - began;
}
"""


def check() -> None:
    """Find out in a second what would otherwise end a long measurement.

    Raises:
        NoBrowserError: nothing can watch.
    """
    with chromium():
        pass


def run(runs: int = 3, seconds: int = 60) -> dict[str, Any]:
    """Watch `seconds` of the film `runs` times, and return the medians beside their goals."""
    measured: dict[str, list[float]] = {name: [] for name in GOALS}
    with chromium() as browser, served() as (address, *_):
        _beginning(browser, address)  # browser and server have to warm up
        for number in range(1, runs + 1):
            told = counting(f"Run {number} of {runs}: watching the film")
            start_up, seek = _beginning(browser, address)
            measured["start_up_seconds"].append(start_up)
            measured["seek_seconds"].append(seek)
            told(1 / 3)
            measured["segments_until_switched_down"].append(switch_down(browser, address))
            told(2 / 3)
            measured["stalls_at_3_megabits"].append(stalls(browser, address, seconds))
            told(1)
    reached = {name: round(median(values), 3) for name, values in measured.items()}
    met = {name: reached[name] <= goal for name, goal in GOALS.items()}
    return {**reached, "goals": GOALS, "met": met}


def switch_down(browser: Browser, address: str) -> int:
    """Count the segments that are still fetched as large as before once the line is narrow."""
    with _chapter(browser, address) as (page, line):
        fetched: list[int] = []
        page.on("request", lambda request: fetched.extend(_sizes(request.url)))
        # A machine that is too slow for the largest size gets the next.
        _wait(page, lambda: fetched and fetched[-1] < SMALLEST and _video(page, "currentTime") > 1)
        slow_down(line, NARROW)
        before, large = len(fetched), fetched[-1]
        _wait(page, lambda: max(fetched[before:], default=large) > large)
        return next(n for n, size in enumerate(fetched[before:]) if size > large)


def _sizes(url: str) -> list[int]:
    """Return the number of the size that a segment of the picture has, 0 for the largest."""
    return [size for size in map(int, _TRACK.findall(url)) if size <= SMALLEST]


def _beginning(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds until the first frame is there, from the moment that the page asks for its player.

    And the seconds until another frame is there that a viewer goes to, the longest of some.
    """
    with _chapter(browser, address) as (page, _):
        _wait(page, lambda: page.evaluate("noted.first"))
        first, asked = page.evaluate(_ASKED)
        sought = [page.evaluate(_SEEK, second) for second in SOUGHT]
        return (float(first) - float(asked)) / 1000, max(sought) / 1000


def stalls(browser: Browser, address: str, seconds: int) -> int:
    """Count how often the film stops to wait for a fair line."""
    with _chapter(browser, address, FAIR) as (page, _):
        _wait(page, lambda: _video(page, "currentTime") >= seconds, PATIENCE + seconds)
        count: int = page.evaluate("noted.stalls")
        return count


@contextmanager
def _chapter(
    browser: Browser, address: str, rate: float | None = None
) -> Iterator[tuple[Page, CDPSession]]:
    """Go to the film's first chapter as a viewer does, from the page before it."""
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    line = context.new_cdp_session(page)
    page.add_init_script(_NOTES)
    page.goto(f"{address}permissions", wait_until="networkidle")
    if rate:
        slow_down(line, rate)
    page.locator('[data-part="decline"]').click()
    yield page, line
    context.close()


def _video(page: Page, name: str) -> float:
    value: float = page.locator("video").evaluate(f"video => video.{name}")
    return value


def _wait(page: Page, happened: Callable[[], object], seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            message = f"The film did not play within {seconds:.0f} seconds."
            raise TimeoutError(message)
        page.wait_for_timeout(50)  # in which requests are noted, as they are not in a plain sleep
