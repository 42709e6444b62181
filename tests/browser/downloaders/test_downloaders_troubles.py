"""Chapter 3 where something is missing: WebGL, its data, the script of its figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from launching import launch
from playwright.sync_api import expect
from told_chapter import DESK, EXPLORING, map_drawn

from discriminator import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from cinema import Server
    from playwright.sync_api import Playwright, Route
    from viewer import Viewer


def test_without_webgl_every_figure_is_drawn(
    playwright: Playwright, seat: Callable[..., Viewer], cinema: Server
) -> None:
    plain = launch(playwright, "--disable-gpu", "--disable-3d-apis")
    viewer = seat(server=cinema, browser=plain, viewport=DESK)
    page = viewer.open(f"chapter/3?type=chapter&t={EXPLORING}").page
    assert page.evaluate("() => document.createElement('canvas').getContext('webgl')") is None
    map_drawn(page)
    for name, mark in [("Years", ".fills"), ("Collections", ".point")]:
        viewer.button(name).click()
        expect(page.locator(f".figure-place:not([hidden]) {mark}").first).to_be_attached()
    viewer.leave()
    plain.close()


@pytest.mark.parametrize("file", ["downloads", "album", "call", "figures"])
def test_data_that_cannot_be_had_is_said_and_can_be_asked_for_again(
    seat: Callable[..., Viewer], cinema: Server, file: str
) -> None:
    viewer = seat(server=cinema)
    broken = [True]

    def answer(route: Route) -> None:
        if broken[0]:
            route.fulfill(status=404, body="")
        else:
            route.continue_()

    viewer.page.route(f"**/data/{file}.json", answer)
    viewer.expected.append("404")
    viewer.open("chapter/3?type=chapter&t=160")
    said = viewer.page.locator(".screens .failure")
    expect(said).to_contain_text("could not be loaded")
    broken[0] = False
    said.get_by_role("button", name="Try again").click()
    expect(viewer.page.locator(".scene[data-on]")).to_be_visible()


RECORD = json.loads((shipped.folder("media") / "data" / "downloads.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", json.dumps(RECORD | {"rows": [[1999, "X", None, "none", None, None]]})],
    ids=["empty", "torn", "something else", "unknown year"],
)
def test_data_that_are_malformed_are_not_drawn(
    seat: Callable[..., Viewer], cinema: Server, body: str
) -> None:
    viewer = seat(server=cinema)
    viewer.page.route("**/data/downloads.json", lambda route: route.fulfill(body=body))
    viewer.open("chapter/3?type=chapter&t=160")
    expect(viewer.page.locator(".screens .failure")).to_contain_text("could not be loaded")
    viewer.has_media()


def test_where_figures_cannot_be_drawn_their_data_stand_there(
    seat: Callable[..., Viewer], cinema: Server
) -> None:
    viewer = seat(server=cinema, viewport=DESK)
    viewer.expected.append("plotly")
    viewer.page.route("**/plotly-geo*", lambda route: route.abort())
    viewer.open(f"chapter/3?type=chapter&t={EXPLORING}")
    expect(viewer.page.locator(".figure-missing")).to_be_visible()
    expect(viewer.page.locator(".data-table tbody tr").first).to_have_text("China433")
    viewer.page.get_by_role("searchbox").fill("huawei")
    expect(viewer.page.locator(".data-table tbody tr")).to_have_text(["China1", "Shenzhen1Huawei"])
    viewer.page.unroute("**/plotly-geo*")
    viewer.button("Years").click()
    expect(viewer.page.locator(".figure-missing")).to_be_hidden()
    expect(viewer.page.locator(".figure-place:not([hidden]) .fills").first).to_be_visible()
