"""Covers 3 and 4, and what lies over chapters 2 and 4, with a camera and with none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from cinema import Server
    from playwright.sync_api import Browser
    from viewer import Viewer


@pytest.fixture
def come(
    performing: Browser, face_cinema: Server, seat: Callable[..., Viewer]
) -> Callable[..., Viewer]:
    """Bring somebody to an address, by default with a camera that is wanted."""

    def bring(path: str, *, camera: bool = True, **options: Any) -> Viewer:  # noqa: ANN401 - Playwright's options
        allowed = ["camera"] if camera else []
        viewer = seat(browser=performing, server=face_cinema, permissions=allowed, **options)
        wish = str(camera).lower()
        viewer.page.add_init_script(
            f"localStorage.setItem('discriminator', JSON.stringify({{ camera: {wish} }}))"
        )
        return viewer.open(path)

    return bring


@pytest.mark.parametrize("camera", [True, False], ids=["viewer", "nobody"])
def test_masks_are_worn_and_changed(come: Callable[..., Viewer], camera: bool) -> None:  # noqa: FBT001 - a parameter
    viewer = come("chapter/3?type=cover", camera=camera)
    mask = viewer.page.locator("canvas[data-mask]")
    expect(mask).to_have_attribute("data-worn", "")
    expect(viewer.film).to_have_attribute("data-sitter", "viewer" if camera else "nobody")
    expect(mask).to_have_attribute("data-mask", "own")
    viewer.button("Change the mask").press("Enter")
    expect(mask).to_have_attribute("data-mask", "points")
    mask.click(position={"x": 200, "y": 400})
    expect(mask).to_have_attribute("data-mask", "nobody")
    expect(viewer.part("headline")).to_contain_text(re.compile("Nobody.s face"))


@pytest.mark.parametrize(
    ("second", "mask"), [(1, "points"), (4, "nobody"), (6, "still"), (8, "own")]
)
def test_chapter_2_wears_its_masks(come: Callable[..., Viewer], second: int, mask: str) -> None:
    viewer = come(f"chapter/2?type=chapter&t={second}")
    expect(viewer.page.locator("canvas[data-mask]")).to_have_attribute("data-mask", mask)
