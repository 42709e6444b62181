"""Pictures of pages, compared loosely with how the pages looked before.

A picture is compared as a thumbnail in grey: a moved column or a lost colour is noticed, another
machine's rendering of a letter is not. What was seen lies in `seen/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageStat

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

EXPECTED = Path(__file__).parent / "expected"
SEEN = Path(__file__).parent / "seen"
THUMBNAIL = (64, 64)
LIKENESS = 6.0
"""Mean difference of the thumbnails' pixels, of 255."""
WIDTHS: dict[str, ViewportSize] = {
    "narrow": {"width": 360, "height": 740},
    "wide": {"width": 1440, "height": 900},
}


def looks_as_it_did(
    page: Page, name: str, *, renew: bool, part: int = 2, style: str | None = None
) -> bool:
    """Whether a page looks as in the picture of this name, which may be taken anew.

    Noise does not become small by being packed, so a page with noise is kept in a smaller `part`.
    `style` changes the page for the picture alone.
    """
    seen, expected = SEEN / f"{name}.png", EXPECTED / f"{name}.png"
    page.screenshot(path=seen, style=style)
    if renew:
        reduce(seen, expected, part)
    return difference(seen, expected) < LIKENESS


def reduce(picture: Path, to: Path, part: int = 2, colours: int = 32) -> None:
    """Keep a picture small: so many times smaller, in so many colours."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(picture) as whole:
        whole.convert("RGB").reduce(part).quantize(colours).save(to, optimize=True)


def difference(one: Path, other: Path) -> float:
    """How different two pictures are, from 0 to 255."""
    apart = ImageChops.difference(_thumbnail(one), _thumbnail(other))
    return ImageStat.Stat(apart).mean[0]


def _thumbnail(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("L").resize(THUMBNAIL, Image.Resampling.BOX)
