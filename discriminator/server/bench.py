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
from contextlib import contextmanager
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from discriminator.server import bench_tracking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserType, CDPSession, Page

TEN_MEGABITS = 10_000_000 / 8
"""Bytes a second of the slow line."""
LATENCY = 20
"""Milliseconds there and back on the slow line."""
LINES: dict[str, float | None] = {"open line": None, "10 Mb/s": TEN_MEGABITS}
PATIENCE = 60
"""Seconds that the server may take until its kernels stand ready."""
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")

GOALS = {
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
        NoBrowserError: Playwright or psutil are missing.
    """
    with _served() as (address, server), _chromium() as browser:
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
    reached = {**first, "kernel_megabytes": kernel}
    met = {goal: reached[goal] <= limit for goal, limit in GOALS.items()}
    rest = {"kernel_megabytes": kernel, "goals": GOALS, "met": met, "tracking": tracking}
    return figures | rest


def _visit(browser: Browser, address: str, rate: float | None) -> dict[str, float]:
    """One stranger's walk: Home, its button, Permissions and its answer."""
    context = browser.new_context()
    page = context.new_page()
    weights: dict[str, float] = {}
    line = context.new_cdp_session(page)
    _weigh(line, weights)
    if rate:
        _slow_down(line, rate)
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator('[data-part="start"]').wait_for()
    home = time.perf_counter() - began
    page.locator('[data-part="start"]').click()
    page.locator('[data-part="decline"]').wait_for()
    interactive = _interactive(browser, address, rate)
    _wait_for_kernel(page)
    context.close()
    own = sum(size for url, size in weights.items() if _is_first_party(url))
    return {
        "home_seconds": home,
        "interactive_seconds": interactive,
        "first_party_kilobytes": own / 1024,
        "all_kilobytes": sum(weights.values()) / 1024,
    }


def _interactive(browser: Browser, address: str, rate: float | None) -> float:
    """Seconds until a stranger who comes straight to Permissions has an answer to a click."""
    context = browser.new_context()
    page = context.new_page()
    if rate:
        _slow_down(context.new_cdp_session(page), rate)
    began = time.perf_counter()
    page.goto(f"{address}permissions", wait_until="commit")
    page.locator('[data-part="allow"]').wait_for()
    while "/permissions" in page.url:
        page.locator('[data-part="decline"]').click(no_wait_after=True)
        if page.locator('.film:not([data-page="permissions"]), .film[data-change]').count():
            break
    seconds = time.perf_counter() - began
    context.close()
    return seconds


def _weigh(line: CDPSession, weights: dict[str, float]) -> None:
    """Note the bytes of every answer as they pass the line, compressed."""
    addresses: dict[str, str] = {}
    line.on(
        "Network.requestWillBeSent",
        lambda e: addresses.update({e["requestId"]: e["request"]["url"]}),
    )

    def finished(event: dict[str, Any]) -> None:
        url = addresses.get(event["requestId"], "")
        weights[url] = weights.get(url, 0) + event["encodedDataLength"]

    line.on("Network.loadingFinished", finished)
    line.send("Network.enable")


def _slow_down(line: CDPSession, rate: float) -> None:
    line.send("Network.enable")
    conditions = {"downloadThroughput": rate, "uploadThroughput": rate, "latency": LATENCY}
    line.send("Network.emulateNetworkConditions", {"offline": False, **conditions})


def _wait_for_kernel(page: Page) -> None:
    """Let everything arrive that a page with a kernel loads."""
    page.wait_for_load_state("networkidle")


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
def _served() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server of our own on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    verb = ["-c", "from discriminator.cli import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen([sys.executable, *verb], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait_until_ready(address)
        yield address, server
    finally:
        server.terminate()
        server.wait()


def _wait_until_ready(address: str) -> None:
    """Wait until a viewer would find a kernel that stands ready."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(f"{address}healthz", timeout=5) as answer:  # noqa: S310 - our own server
                if json.load(answer)["ready"] > 0:
                    return
        except OSError:
            pass
        time.sleep(0.2)
    message = f"The server at {address} did not get ready within {PATIENCE} seconds."
    raise NoBrowserError(message)


@contextmanager
def _chromium() -> Iterator[Browser]:
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
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    arguments = ["--no-sandbox", "--disable-background-networking", *options]
    return kind.launch(executable_path=found, args=arguments)
