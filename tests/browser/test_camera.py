"""The camera: turned on, refused, absent, in use, lost; each with a sentence, none in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser
    from viewer import Viewer

NO_API = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined })"
IN_USE = (
    "navigator.mediaDevices.getUserMedia = "
    "() => Promise.reject(new DOMException('', 'NotReadableError'))"
)
KEEP_STREAM = (
    "const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
    "navigator.mediaDevices.getUserMedia = async (wish) => (window.stream = await real(wish))"
)


COVER = "chapter/2?type=cover"


def ask(viewer: Viewer) -> None:
    viewer.open("permissions")
    viewer.part("allow").click()


def sit(viewer: Viewer) -> None:
    """Allow the camera, and go where it is needed."""
    ask(viewer)
    viewer.is_at("chapter-1")
    viewer.page.keyboard.press("2")
    viewer.is_at("cover-2")


def camera_is(viewer: Viewer, state: str) -> None:
    expect(viewer.film).to_have_attribute("data-camera", state)


def test_a_camera_that_is_allowed_runs_and_can_be_stopped(seat: Callable[..., Viewer]) -> None:
    viewer = seat(permissions=["camera"])
    sit(viewer)
    camera_is(viewer, "on")
    viewer.button("Camera on. Turn the camera off").click()
    camera_is(viewer, "off")
    expect(viewer.button("Camera off. Turn the camera on")).to_be_visible()


def test_a_chapter_that_needs_no_camera_leaves_it_ready(seat: Callable[..., Viewer]) -> None:
    viewer = seat(permissions=["camera"])
    ask(viewer)
    viewer.is_at("chapter-1")
    camera_is(viewer, "off")
    expect(viewer.button("Camera ready. Turn the camera off")).to_be_visible()


def test_the_wish_for_a_camera_is_kept_where_a_chapter_needs_it(
    seat: Callable[..., Viewer],
) -> None:
    viewer = seat(permissions=["camera"])
    sit(viewer)
    camera_is(viewer, "on")
    viewer.open(COVER)
    camera_is(viewer, "on")
    viewer.open("chapter/3")
    camera_is(viewer, "off")


def test_who_goes_on_without_is_not_asked_again(seat: Callable[..., Viewer]) -> None:
    viewer = seat(permissions=["camera"]).open("permissions")
    viewer.button("Go on without").click()
    viewer.is_at("chapter-1")
    viewer.open("chapter/2?type=cover")
    camera_is(viewer, "off")


def test_a_refused_camera_is_told_and_the_film_goes_on(viewer: Viewer) -> None:
    ask(viewer)
    camera_is(viewer, "denied")
    expect(viewer.notice("The browser did not allow the camera.")).to_be_visible()
    viewer.is_at("chapter-1")


def test_a_camera_that_is_not_there_is_told(
    browser_without_camera: Browser, seat: Callable[..., Viewer]
) -> None:
    viewer = seat(browser=browser_without_camera, permissions=["camera"])
    ask(viewer)
    camera_is(viewer, "missing")
    expect(viewer.notice("No camera was found.")).to_be_visible()


def test_a_camera_that_is_in_use_is_told(viewer: Viewer) -> None:
    viewer.page.add_init_script(IN_USE)
    ask(viewer)
    camera_is(viewer, "busy")
    expect(viewer.notice("Another program is using the camera.")).to_be_visible()


def test_a_camera_that_is_pulled_out_is_told(seat: Callable[..., Viewer]) -> None:
    viewer = seat(permissions=["camera"])
    viewer.page.add_init_script(KEEP_STREAM)
    sit(viewer)
    camera_is(viewer, "on")
    viewer.page.evaluate("() => stream.getTracks()[0].dispatchEvent(new Event('ended'))")
    camera_is(viewer, "lost")
    expect(viewer.notice("The camera is gone.")).to_be_visible()
    viewer.part("camera").click()
    camera_is(viewer, "on")
    expect(viewer.notice("The camera is gone.")).to_be_hidden()


def test_a_page_without_https_says_why_there_is_no_camera(seat: Callable[..., Viewer]) -> None:
    viewer = seat(host="film.test")
    viewer.expected.append("Cross-Origin-Opener-Policy")
    ask(viewer)
    camera_is(viewer, "insecure")
    expect(viewer.notice("Browsers give the camera to secure pages only.")).to_be_visible()


def test_a_browser_without_cameras_is_told(viewer: Viewer) -> None:
    viewer.page.add_init_script(NO_API)
    ask(viewer)
    camera_is(viewer, "unsupported")
    expect(viewer.notice("This browser cannot give the film a camera.")).to_be_visible()


@pytest.mark.parametrize("path", ["chapter/2?type=cover", "chapter/2?type=chapter"])
def test_a_page_that_needs_a_camera_hints_at_it(viewer: Viewer, path: str) -> None:
    viewer.open(path)
    expect(viewer.notice("Turn the camera on and this part answers")).to_be_visible()


def test_home_shows_no_camera(viewer: Viewer) -> None:
    viewer.open()
    expect(viewer.part("camera")).to_be_hidden()
