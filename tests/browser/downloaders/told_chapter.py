"""Chapter 3 as its tests know it: when each screen is seen, and what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from discriminator.film import story

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from viewer import Viewer

CUES = next(one.cues for one in story.load().film.chapters if one.number == 3)
PHONE = {"width": 360, "height": 740}
TABLET = {"width": 1024, "height": 768}
DESK = {"width": 1440, "height": 900}
EXPLORING = CUES["explore_list"]
WORLD = ".figure-place[data-figure='world']"

SECONDS = {
    "call": CUES["call_answer"] + 1,
    "album": CUES["photo_4"] + 4,
    "rain": CUES["rain_count"] + 9,
    "years": CUES["year_2017"] + 5.2,
    "list": EXPLORING,
    "piles": CUES["end"] + 2,
}
"""A second of each screen, on which all of it is to be seen."""


def scene(page: Page) -> str:
    name: str = page.locator(".scene[data-on]").get_attribute("data-scene") or ""
    return name


def go(viewer: Viewer, second: float, expected: str) -> None:
    viewer.page.locator("video").evaluate("(video, at) => { video.currentTime = at; }", second)
    expect(viewer.page.locator(f".scene[data-scene='{expected}'][data-on]")).to_be_visible()


def shown(page: Page) -> int:
    return page.locator(".list li:not([hidden])").count()


def found(page: Page, count: str) -> None:
    expect(page.locator(".list-found")).to_have_text(f"{count} of 1,453 requests")


def map_drawn(page: Page) -> None:
    expect(page.locator(f"{WORLD} .scattergeo .point").first).to_be_attached()
