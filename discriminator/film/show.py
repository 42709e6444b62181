"""The one call of the film's notebooks."""

from __future__ import annotations

from pathlib import Path

from discriminator.film import operator, story
from discriminator.film.page import Page
from discriminator.widgets import Shell


def show(start: str = "/", media: Path | str | None = None) -> Shell:
    """Show the film in a notebook or a Voila page.

    Args:
        start: address in the film to begin at, such as `/chapter/1`; a browser's own address wins.
        media: another film's media folder; the film's own if not given.

    Raises:
        StoryError: the story in `media` cannot be told, and why.
    """
    told = story.load(Path(media) if media else None)
    page = Page(told, operator.load(told.media), root="")
    return Shell(markup=page.body, start=start)
