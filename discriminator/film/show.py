"""The one call of the film's notebooks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from discriminator.widgets import Shell

if TYPE_CHECKING:
    from pathlib import Path

ON_PAGE = "DISCRIMINATOR_ON_PAGE"
"""Set in the kernels of `discriminator serve`, whose page holds the film before they start."""


def show(start: str = "/", media: Path | str | None = None) -> Shell:
    """Show the film in a notebook or a Voila page.

    Args:
        start: address in the film to begin at, such as `/chapter/1`; a browser's own address wins.
        media: another film's media folder; the film's own if not given.

    Raises:
        StoryError: the story in `media` cannot be told, and why.
    """
    return Shell() if ON_PAGE in os.environ else Shell(markup=_markup(media), start=start)


def _markup(media: Path | str | None) -> str:
    # Imported here because a viewer's kernel needs none of it, and there is one for each viewer.
    from pathlib import Path  # noqa: PLC0415

    from discriminator.film import operator, story  # noqa: PLC0415
    from discriminator.film.page import Page  # noqa: PLC0415

    told = story.load(Path(media) if media else None)
    return Page(told, operator.load(told.media), root="").body
