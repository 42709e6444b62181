"""How every mask, the smile and the readings look on a known face; `--renew` takes new pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from cinema import eventually
from performer import STILL
from pictures import WIDTHS, looks_as_it_did
from playwright.sync_api import expect
from poser import Poser

if TYPE_CHECKING:
    from collections.abc import Callable

    from cinema import Server
    from viewer import Viewer

    Sitting = tuple[Viewer, Callable[[str], None]]
    """Who looks, and what compares the page with the pictures of a name."""

AGE = re.compile("^age")
SETTLED = "() => document.getAnimations().every(one => one.playState !== 'running')"
PART = 4
"""By how much pictures are made smaller for keeping: noise is hard to pack."""


@pytest.fixture
def look(
    request: pytest.FixtureRequest, seat: Callable[..., Viewer], face_cinema: Server
) -> Callable[[str], Sitting]:
    """Sit down at an address with a face that holds still, and compare what is seen there."""

    def come(path: str) -> Sitting:
        viewer = seat(server=face_cinema, reduced_motion="reduce")
        poser = Poser(viewer)
        viewer.open(path)
        expect(viewer.film).to_have_attribute("data-tracking", "hot")
        if viewer.part("dots").get_attribute("aria-expanded") == "true":
            viewer.part("dots").press("Enter")
        viewer.page.evaluate("() => document.fonts.ready.then(() => true)")

        def compare(name: str) -> None:
            for width, size in WIDTHS.items():
                viewer.page.set_viewport_size(size)
                poser.hold(STILL)
                eventually(lambda: viewer.page.evaluate(SETTLED))
                renew = request.config.getoption("renew")
                assert looks_as_it_did(viewer.page, f"{name}-{width}", renew=renew, part=PART)

        return viewer, compare

    return come


def test_masks(look: Callable[[str], Sitting]) -> None:
    viewer, compare = look("chapter/3?type=cover")
    change = viewer.button("Change the mask")
    for name in ("own", "points", "nobody", "still"):
        expect(viewer.page.locator(f"canvas[data-mask='{name}']")).to_be_visible()
        compare(f"mask-{name}")
        change.click()
    change.click()
    viewer.button("Put it on the face").click()
    compare("mask-on-face")


def test_the_smile(look: Callable[[str], Sitting]) -> None:
    viewer, compare = look("chapter/4?type=cover")
    expect(viewer.part("headline")).to_have_text("There. Much better.")
    compare("smile")


def test_readings(look: Callable[[str], Sitting]) -> None:
    viewer, compare = look("chapter/4?type=chapter&t=3")
    viewer.has_media()
    expect(viewer.page.locator("canvas[data-shows]")).to_have_attribute(
        "data-shows", "frame wireframe"
    )
    compare("reading-lines")
    viewer.page.locator("video").evaluate("video => { video.currentTime = 6 }")
    expect(viewer.page.locator(".answer", has_text=AGE)).to_contain_text("±")
    compare("reading-twice")
