"""The figures of the film: how soon it opens, what it weighs, what a viewer costs, how it looks.

Needs the extra `dev`: a real Chromium walks in, each time as a stranger with an empty cache, once
on the open line and once at 10 Mb/s, in turn.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from discriminator.film import story
from discriminator.server import bench_tracking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserType, CDPSession, Page, Request

TEN_MEGABITS = 10_000_000 / 8
"""Bytes a second of the slow line."""
LATENCY = 20
"""Milliseconds there and back on the slow line."""
LINES: dict[str, float | None] = {"open line": None, "10 Mb/s": TEN_MEGABITS}
PATIENCE = 60
"""Seconds that the server may take until its kernels stand ready."""
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")

GOALS = {
    "start_seconds": 5.0,
    "home_seconds": 1.0,
    "interactive_seconds": 2.5,
    "first_party_kilobytes": 150,
    "all_kilobytes": 4096,
    "kernel_megabytes": 80,
}
"""Medians on two cores; the rest of the report is there to explain them."""


class NoBrowserError(RuntimeError):
    """Nothing can walk in; the message says what to install."""


def run(runs: int = 3) -> dict[str, Any]:
    """Open the film `runs` times on each line, and return the figures beside their goals.

    Raises:
        NoBrowserError: Playwright or a Chromium are missing.
    """
    with chromium() as browser, served() as (address, server, started):
        _visit(browser, address, None)  # the browser itself has to warm up
        visits: dict[str, list[dict[str, float]]] = {name: [] for name in LINES}
        for _ in range(runs):
            for name, rate in LINES.items():
                visits[name].append(_visit(browser, address, rate))
                _wait_until_ready(address)
        figures = {name: _summary(measured) for name, measured in visits.items()}
        kernel = _kernel_megabytes(server.pid)
        tracking = bench_tracking.run(address, runs, partial(_launch, browser.browser_type))
    first = {name: value["median"] for name, value in figures["open line"].items()}
    whole = {"start_seconds": round(started, 3), "kernel_megabytes": kernel}
    reached = {**first, **whole}
    met = {goal: reached[goal] <= limit for goal, limit in GOALS.items()}
    return {**figures, **whole, "goals": GOALS, "met": met, "tracking": tracking}


def _visit(browser: Browser, address: str, rate: float | None) -> dict[str, float]:
    """One stranger's walk: Home, its button, Permissions, its answer, and the first cover."""
    with _stranger(browser, rate) as page:
        arrived: list[Request] = []
        page.on("requestfinished", lambda request: arrived.append(request))  # noqa: PLW0108 - Playwright marks what it calls
        began = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator('[data-part="start"]').wait_for()
        home = time.perf_counter() - began
        page.locator('[data-part="start"]').click()
        page.locator('[data-part="allow"]').wait_for()
        page.wait_for_load_state("networkidle")  # the kernel, and all that it brings
        before = _weighed(arrived)
        page.locator('[data-part="allow"]').click()
        page.locator('[data-page^="cover"] [data-part="next"]').wait_for()
        whole = _weighed(arrived)
    return {
        "home_seconds": home,
        "interactive_seconds": _interactive(browser, address, rate),
        "first_party_kilobytes": sum(size for url, size in before if _is_first_party(url)),
        "all_kilobytes": sum(size for _, size in whole),
    }


def _first_cover() -> int:
    """The chapter whose cover is the first in the film."""
    return next(chapter.number for chapter in story.load().film.chapters if chapter.cover)


def _interactive(browser: Browser, address: str, rate: float | None) -> float:
    """Seconds until a stranger who comes straight to the first cover has an answer to a click."""
    name = f"cover-{_first_cover()}"
    gone = f'.film:not([data-page="{name}"]), .film[data-change]'
    with _stranger(browser, rate) as page:
        began = time.perf_counter()
        page.goto(f"{address}chapter/{_first_cover()}?type=cover", wait_until="commit")
        page.locator(f'[data-page="{name}"] [data-part="next"]').wait_for()
        page.locator('[data-part="next"]').click(no_wait_after=True)
        page.locator(gone).wait_for()
        return time.perf_counter() - began


@contextmanager
def _stranger(browser: Browser, rate: float | None) -> Iterator[Page]:
    """A page of somebody whose browser has kept nothing, on a line of some bytes a second."""
    context = browser.new_context()
    page = context.new_page()
    if rate:
        slow_down(context.new_cdp_session(page), rate)
    yield page
    context.close()


def _weighed(arrived: list[Request]) -> list[tuple[str, float]]:
    """Kilobytes of each answer as it passed the line, compressed; a worker's answers too.

    An address may come twice: whoever is faster than the script walks on by the link itself, and
    the second page takes from the browser's store, for nothing, what the first had fetched.
    """
    sizes = [(request.url, request.sizes()) for request in list(arrived)]
    return [
        (url, (size["responseBodySize"] + size["responseHeadersSize"]) / 1024)
        for url, size in sizes
    ]


def slow_down(line: CDPSession, rate: float) -> None:
    """Let a page have so many bytes a second from now on."""
    line.send("Network.enable")
    conditions = {"downloadThroughput": rate, "uploadThroughput": rate, "latency": LATENCY}
    line.send("Network.emulateNetworkConditions", {"offline": False, **conditions})


def _is_first_party(url: str) -> bool:
    return "/assets/" in url and url.endswith((".js", ".css"))


def _summary(measured: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    columns = {name: [one[name] for one in measured] for name in measured[0]}
    return {
        name: {"best": round(min(values), 3), "median": round(median(values), 3)}
        for name, values in columns.items()
    }


def _kernel_megabytes(server: int) -> float:
    """Memory of one viewer's kernel: its share of all pages (PSS), the median of those that run."""
    import psutil  # noqa: PLC0415 - an extra

    kernels = [
        child.memory_full_info().pss
        for child in psutil.Process(server).children(recursive=True)
        if "ipykernel_launcher" in " ".join(child.cmdline())
    ]
    return round(float(median(kernels)) / 1e6, 1)


@contextmanager
def served() -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """A server of our own on a free port, and how many seconds it took to give a page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    verb = ["-c", "from discriminator.cli import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen([sys.executable, *verb], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    try:
        _eventually(partial(_page, address))
        started = time.perf_counter() - began
        _wait_until_ready(address)
        yield address, server, started
    finally:
        server.terminate()
        server.wait()


def _wait_until_ready(address: str) -> None:
    """Wait until a viewer would find a kernel that stands ready."""
    _eventually(lambda: json.loads(_page(f"{address}healthz"))["ready"] > 0)


def _page(address: str) -> bytes:
    with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
        body: bytes = answer.read()
        return body


def _eventually(holds: Callable[[], object]) -> None:
    """Ask until the answer is true; a server that does not answer yet is asked again."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError):
            if holds():
                return
        time.sleep(0.05)
    message = f"The server did not get ready within {PATIENCE} seconds."
    raise NoBrowserError(message)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser.

    Raises:
        NoBrowserError: there is none, or nothing that could drive it.
    """
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "This needs a browser: pip install 'discriminator[dev]', and a Chromium."
        raise NoBrowserError(message) from error
    with sync_playwright() as playwright:
        browser = _launch(playwright.chromium)
        yield browser
        browser.close()


def _launch(kind: BrowserType, *options: str) -> Browser:
    """The machine's own Chromium, or else the one that Playwright brings."""
    from playwright.sync_api import Error  # noqa: PLC0415 - an extra

    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    arguments = ["--no-sandbox", "--disable-background-networking", *options]
    try:
        return kind.launch(executable_path=found, args=arguments)
    except Error as error:
        message = "This needs a browser, and none starts: try `playwright install chromium`."
        raise NoBrowserError(message) from error
