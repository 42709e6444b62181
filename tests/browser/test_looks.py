"""How pages look, compared with how they looked; `--renew` takes new pictures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cinema import eventually, serving
from pictures import WIDTHS, looks_as_it_did, reduce
from playwright.sync_api import expect

from discriminator import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer import Viewer

PAGES = {
    "home": "",
    "permissions": "permissions",
    "cover": "chapter/2?type=cover",
    "chapter": "chapter/1?t=2",
    "about": "?modal=about",
    "support": "?modal=support",
    "unknown": "nowhere",
}
README = Path(__file__).parents[2] / "README.md"
IN_PICTURE = "video => video.readyState >= 2 && !video.seeking && video.currentTime > 80"
IN_README = {"home.png": "", "chapter-1.png": "chapter/1?t=88"}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_looks_as_it_did(
    seat: Callable[..., Viewer], pytestconfig: pytest.Config, page: str, width: str
) -> None:
    viewer = seat(viewport=WIDTHS[width], reduced_motion="reduce")
    viewer.expected.append("404")
    viewer.open(PAGES[page])
    if page in {"chapter", "cover"}:
        viewer.has_media()
    if page == "chapter":
        expect(viewer.part("captions")).to_contain_text("You posted a photograph.")
    viewer.page.evaluate("() => document.fonts.ready.then(() => true)")
    renew = pytestconfig.getoption("renew")
    assert looks_as_it_did(viewer.page, f"{page}-{width}", renew=renew)


def test_the_readme_has_its_pictures(
    seat: Callable[..., Viewer], pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    """They show the film's own first chapter, so they are taken where its stream is encoded."""
    if pytestconfig.getoption("renew"):
        with serving(tmp_path / "log") as own:
            for name, path in IN_README.items():
                still = {"viewport": WIDTHS["wide"], "reduced_motion": "reduce"}
                viewer = seat(server=own, **still).open(path)
                viewer.page.wait_for_load_state("networkidle")
                if path.startswith("chapter"):
                    video = viewer.page.locator("video")
                    eventually(lambda video=video: video.evaluate(IN_PICTURE))
                viewer.page.screenshot(path=tmp_path / name)
                reduce(tmp_path / name, shipped.folder("media") / "readme" / name, 1, 256)
                viewer.leave()
    shown = re.findall(r"media/readme/([\w-]+\.png)", README.read_text(encoding="utf-8"))
    assert set(shown) == set(IN_README)
    assert all((shipped.folder("media") / "readme" / name).exists() for name in shown)


OUTSIDE = (
    "() => [...document.querySelectorAll('button, a, input, h1, p')]"
    ".filter(one => one.checkVisibility({ visibilityProperty: true }))"
    ".filter(one => !one.closest('.skip, .spoken'))"
    ".filter(one => { const box = one.getBoundingClientRect();"
    " return box.left < -1 || box.right > innerWidth + 1 })"
    ".map(one => one.outerHTML.slice(0, 120))"
)


def test_long_names_of_chapters_do_not_push_controls_off_a_phone(
    seat: Callable[..., Viewer],
) -> None:
    viewer = seat(viewport=WIDTHS["narrow"]).open("chapter/1")
    viewer.open_bar()
    viewer.page.locator(".segment-title").evaluate_all(
        "titles => titles.forEach(title => { title.textContent = 'A name that goes on and on' })"
    )
    assert viewer.page.evaluate(OUTSIDE) == []
    bar = viewer.part("bar-body")
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")


FULL = """
() => {
  const words = "Your own face. Click to change it. Open your mouth.";
  document.querySelector(".interlude").insertAdjacentHTML("beforeend",
    `<p class="headline">${words}</p><div class="interlude-actions">` +
    "<button class='button small'>Change the mask</button>" +
    "<button class='button small'>Put it on the face</button>" +
    "<button class='button small'>Keep a picture</button></div>");
  document.querySelector(".stand-in").hidden = false;
}
"""
"""Everything that one cover or another shows at a time."""
FACE = """
() => document.querySelector(".interlude").insertAdjacentHTML("beforeend",
  '<div class="face" style="position: absolute; inset: 36% 30% 45%"></div>')
"""
"""Where a face hangs on a phone's cover, or nearly so; what an open bar lifts may lie upon it."""
ON_EACH_OTHER = """
() => {
  const parts = [".headline:last-of-type", ".stand-in", ".interlude-actions", ".next", ".face",
    ".timeline", ".notice"];
  const seen = [...document.querySelectorAll(parts)]
    .filter(one => one.checkVisibility({ visibilityProperty: true }))
    .map(one => [one.className, one.getBoundingClientRect()]);
  const meet = (a, b) =>
    a.right > b.left && b.right > a.left && a.bottom > b.top && b.bottom > a.top;
  return seen.flatMap(([name, box], at) => seen.slice(at + 1)
    .filter(([, other]) => meet(box, other)).map(([other]) => `${name} on ${other}`));
}
"""


@pytest.mark.parametrize("width", [360, 1024, 1440])
@pytest.mark.parametrize("bar", [True, False])
def test_nothing_on_a_cover_lies_on_something_else(
    seat: Callable[..., Viewer], width: int, *, bar: bool
) -> None:
    viewer = seat(viewport={"width": width, "height": 768}, reduced_motion="reduce")
    viewer.open("chapter/2?type=cover").is_at("cover-2")
    dots = viewer.part("dots")
    if (dots.get_attribute("aria-expanded") == "true") != bar:
        dots.press("Enter")
    viewer.page.evaluate(FULL)
    if width == 360 and not bar:
        viewer.page.evaluate(FACE)
    viewer.page.evaluate("() => document.fonts.ready.then(() => true)")
    assert viewer.page.evaluate(ON_EACH_OTHER) == []


@pytest.mark.parametrize("page", PAGES)
def test_everything_fits_a_phone_and_a_finger(seat: Callable[..., Viewer], page: str) -> None:
    viewer = seat(viewport=WIDTHS["narrow"])
    viewer.expected.append("404")
    viewer.open(PAGES[page])
    wide = "() => document.scrollingElement.scrollWidth"
    assert viewer.page.evaluate(wide) <= 360
    assert viewer.page.evaluate(OUTSIDE) == []
    small = (
        "() => [...document.querySelectorAll('button, [role=slider], a.button, a.tab')]"
        ".filter(one => one.checkVisibility({ visibilityProperty: true }))"
        ".map(one => [one, one.getBoundingClientRect(), getComputedStyle(one, '::before')])"
        ".filter(([one, box, before]) => Math.min(box.width, box.height)"
        " - 2 * Math.min(0, parseFloat(before.inset) || 0) < 24)"
        ".map(([one]) => one.outerHTML.slice(0, 120))"
    )
    assert viewer.page.evaluate(small) == []
