"""The one call of the film's notebooks."""

from __future__ import annotations

import os

from discriminator.widgets import Shell

ON_PAGE = "DISCRIMINATOR_ON_PAGE"
"""Set in the kernels of `discriminator serve`, whose page holds the film before they start."""


def show(start: str = "/") -> Shell:
    """Show the film in a notebook or a Voila page.

    Args:
        start: address in the film to begin at, such as `/chapter/1`; a browser's own address wins.

    Raises:
        StoryError: the story cannot be told, and why.
    """
    return Shell() if ON_PAGE in os.environ else Shell(markup=_markup(), start=start)


def _markup() -> str:
    # Imported here because a viewer's kernel needs none of it, and there is one for each viewer.
    from discriminator.film import operator, story  # noqa: PLC0415
    from discriminator.film.page import Page  # noqa: PLC0415

    told = story.load()
    return Page(told, operator.load(told.media), root="").body
