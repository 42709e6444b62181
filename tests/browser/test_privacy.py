"""Everything that a page says to the world, recorded while the film looks at a face."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from messages import unpacked
from performer import BLINK, STILL, TALK
from playwright.sync_api import expect
from poser import Poser

if TYPE_CHECKING:
    from collections.abc import Callable

    from cinema import Server
    from playwright.sync_api import Page, Request, WebSocket
    from viewer import Viewer

QUERIES = {"type", "t", "modal", "session_id"}
"""What addresses may carry besides their path: a place in the film, Jupyter's name of a line."""
LONGEST = 40
"""Letters of any such value: no face fits in."""
VERSION = re.compile("[0-9a-f]{1,128}")
"""What Jupyter's own files are asked for by, as `v`: a hash of the file."""
AGE = re.compile("^age")
GUESS = re.compile(r"age.*\d+\.\d+ ±\d+")
SAID: tuple[dict[str, str], ...] = ({}, {"method": "request_states"})
"""All that a page tells its kernel: nothing, or that it wants to know which widgets there are."""
NAMES = {"comm_id", "target_name", "target_module", "data"}
"""What such a message is made of."""
SHORT = 1500
"""Bytes of a message, its names and dates included: no buffer hangs on it."""


class Wire:
    """What a page sends, request by request and message by message."""

    def __init__(self, page: Page) -> None:
        self.requests: list[Request] = []
        self.messages: list[str | bytes] = []
        page.on("request", self._ask)
        page.on("websocket", self._join)

    # Playwright takes no method of a list itself.
    def _ask(self, request: Request) -> None:
        self.requests.append(request)

    def _join(self, socket: WebSocket) -> None:
        socket.on("framesent", self._say)

    def _say(self, message: str | bytes) -> None:
        self.messages.append(message)

    @property
    def contents(self) -> list[dict[str, Any]]:
        """What the page told its kernel."""
        return [unpacked(message)["content"] for message in self.messages]

    @property
    def bodies(self) -> list[str]:
        """Requests that bring something along."""
        return [one.url for one in self.requests if one.method != "GET" or one.post_data_buffer]

    @property
    def queries(self) -> dict[str, list[str]]:
        """Every name in an address, with all that was said by it."""
        asked: dict[str, list[str]] = {}
        for one in self.requests:
            if urlsplit(one.url).scheme.startswith("http"):
                for name, values in parse_qs(urlsplit(one.url).query).items():
                    asked.setdefault(name, []).extend(values)
        return asked


@pytest.fixture
def viewer(seat: Callable[..., Viewer], face_cinema: Server) -> Viewer:
    """Somebody at a desk whose page has a kernel, to which it could tell everything."""
    return seat(server=face_cinema, kernel=True)


def test_no_frame_landmark_or_guess_leaves_the_page(viewer: Viewer) -> None:
    wire = Wire(viewer.page)
    poser = Poser(viewer)
    with viewer.page.expect_websocket():
        viewer.open("chapter/2?type=cover")
    viewer.page.wait_for_load_state("networkidle")
    video = viewer.page.locator("video")
    video.evaluate("video => { video.loop = true }")  # or a chapter that ends goes on by itself
    poser.hold(BLINK, STILL)
    expect(viewer.part("headline")).to_have_text("You blinked.")
    go_on(viewer, "chapter-2")
    expect(viewer.page.locator("canvas[data-mask]")).to_have_attribute("data-worn", "")
    go_on(viewer, "chapter-3", before="cover-3")
    go_on(viewer, "cover-4")
    poser.hold(TALK, STILL)
    go_on(viewer, "chapter-4")
    viewer.has_media()
    video.evaluate("video => { video.pause(); video.currentTime = 6 }")
    expect(viewer.page.locator(".answer", has_text=AGE)).to_have_text(GUESS)
    poser.hold(BLINK, STILL)
    assert wire.messages
    assert [one for one in wire.contents if one.get("data", {}) not in SAID] == []
    assert set().union(*wire.contents) <= NAMES
    assert max(map(len, wire.messages)) < SHORT
    assert wire.bodies == []
    queries = wire.queries
    assert [one for one in queries.pop("v", []) if not VERSION.fullmatch(one)] == []
    assert set(queries) <= QUERIES
    assert max(len(value) for values in queries.values() for value in values) <= LONGEST


def go_on(viewer: Viewer, place: str, before: str | None = None) -> None:
    """Go to the next place, perhaps by way of another."""
    for name in filter(None, (before, place)):
        viewer.page.keyboard.press("n")
        viewer.is_at(name)
