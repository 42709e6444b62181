"""Chapter 3 looked at: every screen in every width, and nothing on top of what is to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cinema import eventually
from pictures import looks_as_it_did
from playwright.sync_api import expect
from told_chapter import CUES, DESK, PHONE, SECONDS, TABLET, go

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from viewer import Viewer


@pytest.mark.parametrize(
    ("viewport", "motion"),
    [(PHONE, "reduce"), (TABLET, "reduce"), (DESK, "reduce"), (PHONE, "no-preference")],
    ids=["phone", "tablet", "desk", "phone, moving"],
)
def test_every_screen_fits_and_keeps_the_rules(
    take: Callable[..., Viewer],
    pytestconfig: pytest.Config,
    viewport: dict[str, int],
    motion: str,
) -> None:
    renew = pytestconfig.getoption("renew")
    viewer = take(1, viewport=viewport, reduced_motion=motion)
    viewer.open_bar()
    viewer.part("dots").click()
    viewer.page.mouse.move(5, 5)
    expect(viewer.film).not_to_have_attribute("data-bar", "")
    for name, second in SECONDS.items():
        go(viewer, second, name)
        eventually(lambda: not viewer.moving)
        eventually(lambda: not _outside(viewer.page))
        if viewport != TABLET:
            assert viewer.violations == []
        if motion == "reduce":
            eventually(lambda: viewer.page.evaluate(PRINTED))
            seen = f"chapter-3-{name}-{viewport['width']}"
            assert looks_as_it_did(viewer.page, seen, renew=renew, part=4, style=SHELL), seen


PRINTED = """() => [...document.querySelectorAll(".scene[data-on] img")]
  .filter(one => one.checkVisibility())
  .filter(one => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  })
  .every(one => one.complete && one.naturalWidth > 0)"""
"""Whether all pictures within the window have come; those beyond it are fetched later."""


SHELL = ".film > :not(.stage), .screens ~ *, .notices { visibility: hidden !important }"
"""Hides what the shell lays over every chapter: it comes and goes with the viewer's hands."""


def _outside(page: Page) -> list[str]:
    """What of the screen that is seen can be pressed or read and is not within the window."""
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('.scene[data-on] :is(button, input, select, p, h2)')]"
        ".filter(one => one.checkVisibility({ visibilityProperty: true }))"
        ".filter(one => !one.closest('.spoken, .print, .list, .figure-table, [hidden]'))"
        ".filter(one => { const box = one.getBoundingClientRect();"
        " return box.left < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1 })"
        ".map(one => one.outerHTML.slice(0, 120))"
    )
    return found


def test_on_a_phone_the_list_is_seen_until_the_narration_names_the_map(
    take: Callable[..., Viewer],
) -> None:
    viewer = take(CUES["list"] + 1, viewport=PHONE)
    the_list, the_map = viewer.page.locator(".list-side"), viewer.page.locator(".figure-side")
    expect(the_list).to_be_visible()
    expect(the_map).to_be_hidden()
    go(viewer, CUES["map"] + 1, "list")
    expect(the_map).to_be_visible()
    expect(the_list).to_be_hidden()
    go(viewer, CUES["list"] + 1, "list")
    expect(the_list).to_be_visible()
    viewer.button("Years").click()  # who has chosen is led no more
    expect(the_map).to_be_visible()
    go(viewer, CUES["map"] + 1, "list")
    expect(viewer.button("Years")).to_have_attribute("aria-pressed", "true")


def test_captions_lie_on_no_line_of_the_list(take: Callable[..., Viewer]) -> None:
    viewer = take(CUES["list"] + 1)
    video = viewer.page.locator("video")
    video.evaluate("video => { video.muted = true; return video.play(); }")
    caption = viewer.page.locator(".captions .shaka-text-container span").first
    expect(caption).to_be_visible()
    foot = viewer.page.locator(".list-foot").bounding_box()
    said = caption.bounding_box()
    assert foot is not None
    assert said is not None
    assert foot["y"] + foot["height"] <= said["y"]


@pytest.mark.parametrize("width", [240, 320])
def test_a_very_narrow_screen_loses_nothing(take: Callable[..., Viewer], width: int) -> None:
    viewer = take(1, viewport={"width": width, "height": 640})
    for name, second in SECONDS.items():
        go(viewer, second, name)
        eventually(lambda: not viewer.moving)
        eventually(lambda: not _outside(viewer.page))
