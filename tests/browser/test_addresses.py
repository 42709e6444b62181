"""What an address shows, and what Back, Forward and a reload do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from viewer import Viewer


@pytest.mark.parametrize(
    ("asked", "page", "shown"),
    [
        ("", "home", "/"),
        ("home", "home", "/"),
        ("permissions/", "permissions", "/permissions"),
        ("chapter/1", "chapter-1", "/chapter/1?type=chapter"),
        ("chapter/1?type=cover", "chapter-1", "/chapter/1?type=chapter"),
        ("chapter/2", "cover-2", "/chapter/2?type=cover"),
        ("chapter/2?type=chapter", "chapter-2", "/chapter/2?type=chapter"),
        ("chapter/2?type=nonsense", "cover-2", "/chapter/2?type=cover"),
        ("chapter/3?type=chapter&t=3", "chapter-3", "/chapter/3?type=chapter"),
        ("chapter/3?modal=nonsense&t=-4", "chapter-3", "/chapter/3?type=chapter"),
    ],
)
def test_an_address_shows_its_page(viewer: Viewer, asked: str, page: str, shown: str) -> None:
    viewer.open(asked).is_at(page)
    assert viewer.path == shown


@pytest.mark.parametrize("asked", ["chapter/9", "chapter/two"])
def test_a_chapter_that_is_not_there_becomes_the_first(viewer: Viewer, asked: str) -> None:
    viewer.open(asked).is_at("chapter-1")
    number = asked.partition("/")[2]
    expect(viewer.notice(f"There is no chapter {number} in this film.")).to_be_visible()
    assert viewer.path == "/chapter/1?type=chapter"


def test_an_unknown_address_is_a_page_that_leads_home(viewer: Viewer) -> None:
    viewer.expected.append("404")
    viewer.open("nowhere")
    expect(viewer.page.get_by_role("heading", name="This page does not exist")).to_be_visible()
    viewer.link("Go to the film").click()
    viewer.is_at("home")


@pytest.mark.parametrize("name", ["about", "privacy", "support"])
def test_a_sheet_can_be_linked_to(viewer: Viewer, name: str) -> None:
    viewer.open(f"permissions?modal={name}").is_at("permissions")
    sheet = viewer.sheet(name.capitalize())
    expect(sheet).to_be_visible()
    viewer.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(viewer.page).to_have_url(viewer.address + "permissions")


def test_a_second_can_be_linked_to(viewer: Viewer) -> None:
    viewer.open("chapter/1?t=7").has_media()
    viewer.stands_at(7)


def test_back_and_forward_walk_through_pages_and_sheets(viewer: Viewer) -> None:
    viewer.open()
    viewer.link("Start").click()
    viewer.is_at("permissions")
    viewer.link("Read the privacy page").click()
    expect(viewer.sheet("Privacy")).to_be_visible()
    viewer.page.go_back()
    expect(viewer.sheet("Privacy")).to_be_hidden()
    viewer.page.go_back()
    viewer.is_at("home")
    viewer.page.go_forward()
    viewer.is_at("permissions")
    viewer.page.go_forward()
    expect(viewer.sheet("Privacy")).to_be_visible()


def test_closing_a_sheet_is_a_step_back(viewer: Viewer) -> None:
    viewer.open()
    viewer.link("About").click()
    viewer.button("Close").click()
    expect(viewer.sheet("About")).to_be_hidden()
    expect(viewer.page).to_have_url(viewer.address)
    viewer.page.go_forward()
    expect(viewer.sheet("About")).to_be_visible()


def test_a_reload_goes_on_where_the_viewer_stopped(viewer: Viewer) -> None:
    viewer.turn_to(0)
    viewer.page.keyboard.press("l")
    viewer.stands_at(10)
    viewer.page.reload()
    viewer.is_at("chapter-1")
    expect(viewer.notice("Continued where you stopped.")).to_be_visible()
    viewer.stands_at(10)


def test_home_offers_to_continue(viewer: Viewer) -> None:
    viewer.turn_to(0)
    viewer.page.keyboard.press("l")
    viewer.stands_at(10)
    viewer.link("Discriminator").click()
    viewer.is_at("home")
    viewer.link("Continue where you stopped").click()
    viewer.is_at("chapter-1")
    viewer.stands_at(10, 11)


def test_who_only_looked_in_is_offered_nothing(viewer: Viewer) -> None:
    viewer.turn_to(2)
    viewer.link("Discriminator").click()
    viewer.is_at("home")
    expect(viewer.link("Continue where you stopped")).to_be_hidden()
