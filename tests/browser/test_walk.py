"""The whole film, from its first page to its last: by mouse, by keyboard, and below a proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer import Viewer

SHEETS = ["About", "Privacy", "Support"]
CAMERA = "Camera off. Turn the camera on"
TITLES = ["The photograph", "The mask", "The downloaders"]
BAR = [
    "Position",
    "Play",
    "Back 10 seconds",
    "Forward 10 seconds",
    "Mute",
    "Volume",
    "Captions",
    "Quality",
    "Speed",
    "Chapters",
    "Keyboard shortcuts",
    "Picture in picture",
    "Full screen",
    "Next",
    *SHEETS,
]


def press(viewer: Viewer, name: str) -> None:
    """Go to a control by Tab and press it."""
    viewer.tab_to(name)
    viewer.page.keyboard.press("Enter")


@pytest.mark.parametrize("where", ["server", "server_below"])
def test_the_film_can_be_walked_by_mouse(
    seat: Callable[..., Viewer], request: pytest.FixtureRequest, where: str
) -> None:
    viewer = seat(server=request.getfixturevalue(where), kernel=True).open()
    viewer.link("Start").click()
    viewer.is_at("permissions")
    viewer.button("Go on without").click()
    viewer.is_at("chapter-1")
    viewer.play_to_the_end()
    viewer.button("Next chapter").click()
    viewer.is_at("cover-2")
    viewer.button("Start chapter").click()
    viewer.is_at("chapter-2")
    viewer.play_to_the_end()
    viewer.button("Next chapter").click()
    viewer.is_at("chapter-3")
    viewer.play_to_the_end()
    viewer.button("Do you want to help?").click()
    expect(viewer.sheet("Support")).to_be_visible()
    assert viewer.path == "/chapter/3?type=chapter&modal=support"


def test_the_film_can_be_walked_by_keyboard(viewer: Viewer) -> None:
    viewer.open()
    for name in SHEETS:
        press(viewer, name)
        expect(viewer.sheet(name)).to_be_visible()
        viewer.page.keyboard.press("Escape")
        expect(viewer.sheet(name)).to_be_hidden()
    viewer.open()
    press(viewer, "Start")
    viewer.is_at("permissions")
    press(viewer, "Go on without")
    viewer.is_at("chapter-1")
    for key, place in [("n", "cover-2"), ("n", "chapter-2"), ("n", "chapter-3")]:
        viewer.page.keyboard.press(key)
        viewer.is_at(place)
    viewer.page.keyboard.press("n")
    expect(viewer.sheet("Support")).to_be_visible()
    viewer.page.keyboard.press("Escape")
    expect(viewer.sheet("Support")).to_be_hidden()
    viewer.is_at("chapter-3")


def test_the_next_button_can_be_reached_by_keyboard(viewer: Viewer) -> None:
    viewer.turn_to(8).play_to_the_end()
    viewer.page.keyboard.press("Shift+Tab")
    while viewer.focused != "Next chapter":
        viewer.page.keyboard.press("Shift+Tab")
    viewer.page.keyboard.press("Enter")
    viewer.is_at("cover-2")


def test_home_is_tabbed_through_in_reading_order(viewer: Viewer) -> None:
    viewer.open()
    assert viewer.tab_to("Support") == ["Skip to the film", "Start", *SHEETS]


def test_a_chapter_is_tabbed_through_in_reading_order(viewer: Viewer) -> None:
    viewer.open("chapter/1").has_media()
    viewer.page.keyboard.press("ArrowLeft")
    names = viewer.tab_to("Support")
    assert names[:4] == ["Skip to the film", "Discriminator", CAMERA, "Show controls"]
    segments = [f"Chapter {n}: {t}" for n, t in enumerate(TITLES, 1)]
    assert [name for name in names if name.startswith("Chapter ")] == segments
    assert [name for name in names if name in BAR] == BAR


def test_the_skip_link_leads_to_the_stage(viewer: Viewer) -> None:
    viewer.open("permissions").is_at("permissions")
    viewer.page.keyboard.press("Tab")
    viewer.page.keyboard.press("Enter")
    expect(viewer.part("stage")).to_be_focused()


def test_each_page_tells_its_name(viewer: Viewer) -> None:
    viewer.open()
    expect(viewer.page).to_have_title("Discriminator")
    viewer.page.keyboard.press("2")
    viewer.is_at("cover-2")
    expect(viewer.page).to_have_title("The mask · Discriminator")
    expect(viewer.part("announcer")).to_have_text("Now showing: Chapter 2: The mask")
