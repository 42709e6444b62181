"""Covers 3 and 4, and what lies over chapters 2 and 4, with a camera and with none."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from cinema import CHAPTERS, serving
from playwright.sync_api import expect

from discriminator import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cinema import Server
    from playwright.sync_api import Browser
    from viewer import Viewer

MASKS = {"mask_points": 0.0, "mask_nobody": 3.0, "mask_still": 5.0, "mask_own": 7.0, "voice": 9.0}
AREA = {"top": 0.1, "width": 0.3, "height": 0.5}
STAGE = {
    "face": AREA | {"left": 0.05},
    "table": AREA | {"left": 0.36, "width": 0.28},
    "second": AREA | {"left": 0.65},
    "steps": [
        {"at": "lines", "shows": ["frame", "wireframe"]},
        {"at": "twice", "shows": ["frame", "picture", "age", "emotions", "second reading"]},
        {"at": "end", "shows": []},
    ],
}
LATE = 60_000
"""Milliseconds until a busy machine has looked for the first time."""


@pytest.fixture(scope="module")
def cinema(film_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small film, with covers before two more chapters and something to do in two of them."""
    folder = tmp_path_factory.mktemp("faces") / "film"
    shutil.copytree(film_folder, folder)
    shutil.copytree(folder / "dist" / "chapter-2", folder / "dist" / "chapter-4")
    shutil.copytree(shipped.folder("media") / "dist" / "nobody", folder / "dist" / "nobody")
    script = folder / "story" / "film.yaml"
    film = yaml.safe_load(script.read_text(encoding="utf-8"))
    first, second, third = CHAPTERS
    cues = {"lines": 1.0, "twice": 4.0, "end": 11.0}
    reading = {"number": 4, "stream": "chapter-4", "cues": cues, "stage": STAGE}
    film["chapters"] = [
        first,
        second | {"cues": MASKS},
        third | {"cover": True},
        reading | {"cover": True, "camera": True},
    ]
    script.write_text(yaml.safe_dump(film), encoding="utf-8")
    with serving(folder / "log", "--media", str(folder)) as running:
        yield running


@pytest.fixture
def come(performing: Browser, cinema: Server, seat: Callable[..., Viewer]) -> Callable[..., Viewer]:
    """Bring somebody to an address, by default with a camera that is wanted."""

    def bring(path: str, *, camera: bool = True, **options: Any) -> Viewer:  # noqa: ANN401 - Playwright's options
        allowed = ["camera"] if camera else []
        viewer = seat(browser=performing, server=cinema, permissions=allowed, **options)
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
    expect(mask).to_have_attribute("data-worn", "", timeout=LATE)
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
