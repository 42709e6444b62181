"""How the tests start a browser."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--host-resolver-rules=MAP film.test 127.0.0.1",
)


def launch(playwright: Playwright, *options: str) -> Browser:
    """The machine's own Chromium, or else the one that Playwright brings."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    return playwright.chromium.launch(executable_path=path, args=[*QUIET, *options])
