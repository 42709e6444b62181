"""The film itself, and viewers who sit before its chapter 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cinema import eventually, serving
from playwright.sync_api import expect
from told_chapter import DESK
from viewer import AXE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cinema import Server
    from viewer import Viewer


@pytest.fixture(scope="package")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The film itself: its own chapter 3."""
    with serving(tmp_path_factory.mktemp("downloaders") / "log") as running:
        yield running


@pytest.fixture
def take(seat: Callable[..., Viewer], cinema: Server) -> Callable[..., Viewer]:
    """Give a viewer a seat before chapter 3 at some second, resting."""

    def seated(second: float, **options: object) -> Viewer:
        viewer = seat(server=cinema, **{"viewport": DESK, **options})
        viewer.page.add_init_script(path=AXE)
        viewer.open(f"chapter/3?type=chapter&t={second}")
        expect(viewer.page.locator(".scene[data-on]")).to_be_visible()
        video = viewer.page.locator("video")
        eventually(lambda: video.evaluate("video => video.readyState >= 2"))
        video.evaluate("(video, second) => { video.pause(); video.currentTime = second; }", second)
        return viewer

    return seated
