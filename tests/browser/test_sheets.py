"""About, Privacy, Support and the list of keys: over every page, and out of the way again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from viewer import Viewer

SHEETS = ("About", "Privacy", "Support")


@pytest.mark.parametrize("path", ["", "chapter/1", "chapter/2?type=cover"])
def test_every_sheet_opens_by_its_link(viewer: Viewer, path: str) -> None:
    viewer.open(path)
    for name in SHEETS:
        if viewer.part("dots").is_visible():
            viewer.open_bar()
        viewer.page.locator(f"[data-sheet='{name.lower()}']:visible").first.click()
        expect(viewer.sheet(name)).to_be_visible()
        viewer.sheet(name).get_by_role("button", name="Close").click()
        expect(viewer.sheet(name)).to_be_hidden()


def test_focus_stays_in_the_sheet_and_returns_to_what_opened_it(viewer: Viewer) -> None:
    viewer.open()
    viewer.tab_to("Privacy")
    viewer.page.keyboard.press("Enter")
    expect(viewer.sheet("Privacy").get_by_role("heading", name="Privacy")).to_be_focused()
    inside = "() => document.activeElement.closest('dialog, body').tagName"
    for _ in range(8):
        viewer.page.keyboard.press("Tab")
        tag = viewer.page.evaluate(inside)
        assert tag == "DIALOG" or viewer.page.evaluate("() => !document.hasFocus()")
    viewer.page.keyboard.press("Escape")
    expect(viewer.link("Privacy")).to_be_focused()


def test_a_sheet_that_an_address_opened_leaves_the_focus_to_the_page(viewer: Viewer) -> None:
    viewer.open("permissions?modal=about")
    expect(viewer.sheet("About")).to_be_visible()
    viewer.page.keyboard.press("Escape")
    expect(viewer.part("stage")).to_be_focused()
    assert viewer.tab() == "Read the privacy page"


def test_a_click_beside_a_sheet_closes_it(viewer: Viewer) -> None:
    viewer.open("?modal=about")
    expect(viewer.sheet("About")).to_be_visible()
    viewer.page.mouse.click(5, 5)
    expect(viewer.sheet("About")).to_be_hidden()


def test_a_sheet_pauses_the_chapter(viewer: Viewer) -> None:
    viewer.turn_to(1).play()
    viewer.open_bar()
    viewer.link("About").click()
    expect(viewer.sheet("About")).to_be_visible()
    viewer.rests()


def test_a_line_appears_under_the_head_of_a_scrolled_sheet(viewer: Viewer) -> None:
    viewer.open("?modal=privacy")
    sheet = viewer.page.locator("[data-sheet-of='privacy']")
    expect(sheet).to_be_visible()
    sheet.locator(".sheet-body").press("End")
    expect(sheet).to_contain_class("scrolled")


def test_the_list_of_keys_opens_by_key_and_by_button(viewer: Viewer) -> None:
    viewer.open("chapter/1")
    viewer.page.keyboard.press("?")
    keys = viewer.sheet("Keyboard shortcuts")
    expect(keys.get_by_text("Play or pause")).to_be_visible()
    viewer.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    viewer.open_bar()
    viewer.button("Keyboard shortcuts").click()
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()


def test_the_support_sheet_leads_to_those_who_help(viewer: Viewer) -> None:
    viewer.open("?modal=support")
    links = viewer.sheet("Support").get_by_role("link")
    expect(links).to_have_count(8)
    expect(links.first).to_have_attribute("href", "https://www.stopspying.org")
