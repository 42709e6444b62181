"""The front end's unit tests wire real markup: this keeps their copy of it as the templates are.

After a change of templates or words, write the copy anew:

    python tests/film/test_markup_fixture.py
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from discriminator.film import story
from discriminator.film.operator import Operator
from discriminator.film.page import Page

COPY = Path(__file__).resolve().parents[1] / "web" / "film.html"
NOTE = "<!-- Written by tests/film/test_markup_fixture.py from the templates. Do not edit. -->\n"

CORNERS = ((0.4, 0.4), (0.6, 0.4), (0.6, 0.7), (0.4, 0.7))
BESIDE = ((0.1, 0.4), (0.2, 0.4), (0.2, 0.5), (0.1, 0.5))
MONITOR = story.Monitor(
    "monitor",
    clip=5.0,
    start=5.0,
    end=9.0,
    path=[story.Standing(5.0, CORNERS)],
    still=story.Standing(7.0, BESIDE),
)
CHAPTERS = [
    story.Chapter(number=1, stream="chapter-1"),
    story.Chapter(
        number=2,
        stream="chapter-2",
        cover=True,
        camera=True,
        cues={"mask": 25.0},
        monitors=[MONITOR],
    ),
    story.Chapter(number=3, stream="chapter-3"),
]


def markup() -> str:
    """A film of three chapters, of which the second has a cover and wants the camera."""
    real = story.load()
    replace = msgspec.structs.replace
    film = replace(real.film, chapters=CHAPTERS, allies={"eff": real.film.allies["eff"]})
    words = replace(
        real.words,
        about="What the film is.",
        privacy="What the film keeps.",
        support="Who helps.",
        chapters={chapter.number: f"Title {chapter.number}" for chapter in CHAPTERS},
    )
    told = replace(real, film=film, words=words, sources={})
    return NOTE + Page(told, Operator(), root="/").body + "\n"


def test_the_copy_for_the_front_end_is_what_the_templates_make() -> None:
    assert COPY.read_text(encoding="utf-8") == markup(), "run this file with python"


if __name__ == "__main__":
    COPY.write_text(markup(), encoding="utf-8")
