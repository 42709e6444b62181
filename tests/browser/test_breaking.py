"""What breaks in the middle of the film, what the viewer is told, and how it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
from cinema import PATIENCE, eventually
from launching import launch
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from cinema import Server
    from playwright.sync_api import Playwright
    from viewer import Viewer

LOST = "The film lost its thread."
FAILED = "This chapter could not be loaded."


def kernel_of(viewer: Viewer) -> psutil.Process:
    """The process behind a page, once the page is connected to it."""
    eventually(lambda: viewer.kernel and any("/channels" in url for url in viewer.requests))
    viewer.page.wait_for_load_state("networkidle")
    children = psutil.Process(viewer.server.process.pid).children(recursive=True)
    return next(one for one in children if any(viewer.kernel in word for word in one.cmdline()))


def test_whoever_closes_the_page_leaves_no_kernel_behind(seat: Callable[..., Viewer]) -> None:
    viewer = seat(kernel=True).open()
    process = kernel_of(viewer)
    viewer.page.goto("about:blank")
    process.wait(PATIENCE)
    assert not process.is_running()


def test_a_killed_kernel_is_told_and_reload_keeps_the_place(seat: Callable[..., Viewer]) -> None:
    viewer = seat(kernel=True)
    viewer.turn_to(0)
    viewer.page.keyboard.press("l")
    viewer.stands_at(10)
    kernel_of(viewer).kill()
    expect(viewer.notice(LOST)).to_be_visible()
    viewer.expected += ["kernel", "404", "WebSocket"]
    viewer.button("Reload").click()
    viewer.is_at("chapter-1")
    viewer.stands_at(10)
    expect(viewer.notice(LOST)).to_be_hidden()


def test_without_its_kernel_the_film_plays_on(seat: Callable[..., Viewer]) -> None:
    viewer = seat(kernel=True).turn_to(1)
    kernel_of(viewer).kill()
    expect(viewer.notice(LOST)).to_be_visible()
    viewer.expected += ["kernel", "404", "WebSocket"]
    viewer.page.keyboard.press("2")
    viewer.is_at("cover-2")
    viewer.button("Start chapter").click()
    viewer.is_at("chapter-2")


def test_a_broken_line_is_told_until_it_is_back(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.expected += ["ERR_INTERNET_DISCONNECTED", "WebSocket"]
    viewer.page.context.set_offline(offline=True)
    expect(viewer.notice("The connection is gone.")).to_be_visible()
    viewer.page.context.set_offline(offline=False)
    expect(viewer.notice("The connection is back.")).to_be_visible()
    expect(viewer.notice("The connection is gone.")).to_be_hidden()


def test_media_that_cannot_be_had_can_be_tried_again(viewer: Viewer) -> None:
    viewer.expected.append("ERR_FAILED")
    viewer.page.route("**/manifest.mpd", lambda route: route.abort())
    viewer.open("chapter/1")
    expect(viewer.page.get_by_role("alert").filter(has_text=FAILED)).to_be_visible()
    viewer.page.unroute_all()
    viewer.button("Try again").click()
    viewer.has_media()
    expect(viewer.part("failure")).to_be_hidden()


def test_a_missing_stream_does_not_close_the_way(viewer: Viewer) -> None:
    viewer.expected.append("404")
    viewer.page.route("**/chapter-1/*", lambda route: route.fulfill(status=404))
    viewer.open("chapter/1")
    expect(viewer.part("failure")).to_be_visible()
    viewer.page.keyboard.press("3")
    viewer.is_at("chapter-3")
    viewer.has_media()
    expect(viewer.part("failure")).to_be_hidden()


def test_without_javascript_the_viewer_is_told_and_can_read(seat: Callable[..., Viewer]) -> None:
    viewer = seat(java_script_enabled=False)
    viewer.page.goto(viewer.address)
    notice = viewer.page.locator(".noscript")
    expect(notice).to_contain_text("This film needs JavaScript")
    notice.get_by_role("link").click()
    expect(viewer.page.get_by_role("heading", level=1)).to_have_text("What the film says")


def test_without_webassembly_the_viewer_is_told(viewer: Viewer) -> None:
    viewer.page.add_init_script("delete window.WebAssembly")
    viewer.open()
    expect(viewer.notice("This browser lacks WebAssembly")).to_be_visible()


def test_a_forbidden_memory_costs_nothing_else(viewer: Viewer) -> None:
    viewer.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    viewer.turn_to(0)
    viewer.page.keyboard.press("l")
    viewer.stands_at(10)


def test_a_notice_can_be_dismissed(viewer: Viewer) -> None:
    viewer.open("chapter/9")
    notice = viewer.notice("There is no chapter 9")
    notice.get_by_role("button", name="Dismiss").click()
    expect(notice).to_be_hidden()


def test_a_browser_that_draws_no_masks_goes_on_without(
    playwright: Playwright, seat: Callable[..., Viewer], face_cinema: Server
) -> None:
    plain = launch(playwright, "--disable-gpu", "--disable-3d-apis")
    viewer = seat(server=face_cinema, browser=plain)
    viewer.expected.append("WebGL")
    for number in (3, 4):
        viewer.open(f"chapter/{number}?type=cover")
        expect(viewer.part("headline")).to_have_text(
            "This part cannot be shown here. The film goes on without it."
        )
        expect(viewer.film).to_have_attribute("data-sitter", "nobody")
        expect(viewer.part("stand-in")).to_be_hidden()
    viewer.part("next").click()
    viewer.is_at("chapter-4")
    expect(viewer.part("stand-in")).to_be_visible()
    viewer.open("chapter/2?type=chapter&t=1").play()
    eventually(lambda: viewer.second > 2)
    expect(viewer.page.locator("canvas[data-mask]")).to_have_count(0)
    assert sum("WebGL" in error for error in viewer.errors) < 20  # it is not asked again and again
    viewer.leave()
    plain.close()
