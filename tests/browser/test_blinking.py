"""Cover 2: eyes open all over the screen for every blink, and for nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from cinema import eventually
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Locator
    from viewer import Viewer

COVER = "chapter/2?type=cover"


def sit(viewer: Viewer) -> Viewer:
    """Come to the cover with a camera that is wanted."""
    wish = "localStorage.setItem('discriminator', JSON.stringify({ camera: true }))"
    viewer.page.add_init_script(wish)
    return viewer.open(COVER)


def tracking_is(viewer: Viewer, state: str) -> None:
    expect(viewer.film).to_have_attribute("data-tracking", state)


def collage(viewer: Viewer) -> Locator:
    return viewer.page.locator(".collage")


@pytest.fixture
def watched(performing: Browser, seat: Callable[..., Viewer]) -> Viewer:
    """Somebody whose blinks are known, before a camera that is on."""
    return sit(seat(browser=performing, permissions=["camera"]))


@pytest.mark.soak  # counts at the camera's own pace, so the machine must have nothing else to do
def test_three_blinks_are_three_whoever_turns_or_leaves(watched: Viewer) -> None:
    expect(watched.part("headline")).to_have_text("Do not blink.")
    tracking_is(watched, "hot")
    expect(watched.part("headline")).to_have_text("You blinked.")
    expect(collage(watched)).to_have_attribute("data-eyes", "1")
    expect(watched.part("headline")).to_have_text("You blinked 3 times.")
    assert collage(watched).get_attribute("data-eyes") == str(1 + 2 + 5)
    expect(watched.part("headline")).to_have_text(re.compile("No face to be seen"))
    expect(watched.part("headline")).to_have_text("You blinked 3 times.")
    assert collage(watched).get_attribute("data-eyes") == str(1 + 2 + 5)


def test_another_size_of_the_window_keeps_every_eye(watched: Viewer) -> None:
    expect(watched.part("headline")).to_have_text("You blinked 3 times.")
    watched.page.set_viewport_size({"width": 500, "height": 800})
    expect(watched.part("headline")).to_have_text("You blinked 3 times.")
    painted = (
        "canvas => { const { data } = canvas.getContext('2d')"
        ".getImageData(0, 0, canvas.width, canvas.height);"
        " return canvas.width === 500 && data.some((value, i) => i % 4 === 3 && value > 0) }"
    )
    eventually(lambda: collage(watched).evaluate(painted))


def test_the_camera_goes_off_and_on_again(watched: Viewer) -> None:
    tracking_is(watched, "hot")
    watched.part("camera").click()
    tracking_is(watched, "paused")
    watched.part("camera").click()
    tracking_is(watched, "hot")


def test_a_hidden_tab_is_not_looked_at(watched: Viewer) -> None:
    tracking_is(watched, "hot")
    hide = (
        "hidden => { Object.defineProperty(document, 'hidden',"
        " { configurable: true, value: hidden });"
        " document.dispatchEvent(new Event('visibilitychange')) }"
    )
    watched.page.evaluate(hide, arg=True)
    expect(watched.film).to_have_attribute("data-camera", "off")
    tracking_is(watched, "paused")
    watched.page.evaluate(hide, arg=False)
    expect(watched.film).to_have_attribute("data-camera", "on")
    tracking_is(watched, "hot")


def test_a_page_that_looks_at_nobody_stops_the_camera(watched: Viewer) -> None:
    tracking_is(watched, "hot")
    watched.page.keyboard.press("3")
    watched.is_at("chapter-3")
    expect(watched.film).to_have_attribute("data-camera", "off")
    tracking_is(watched, "paused")
    expect(watched.button("Camera ready. Turn the camera off")).to_be_visible()


def test_what_is_seen_is_told(viewer: Viewer) -> None:
    viewer.open(COVER)
    expect(viewer.part("seen")).to_have_text(re.compile("Each time you blink, drawn eyes open"))


def test_the_camera_shows_what_it_sees_mirrored(watched: Viewer) -> None:
    more = watched.button("Camera settings")
    more.click()
    preview = watched.page.get_by_label("What the camera sees, mirrored")
    expect(preview).to_be_visible()
    eventually(lambda: preview.evaluate("video => video.videoWidth > 0"))
    assert preview.evaluate("video => getComputedStyle(video).scale") == "-1 1"
    expect(watched.page.get_by_role("combobox", name="Camera")).to_have_value(re.compile("."))
    watched.page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
