"""From the story to markup: the film's one page, and the few pages around it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import mistune
import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from discriminator.widgets import assets

if TYPE_CHECKING:
    from collections.abc import Callable

    from discriminator.film.operator import Operator
    from discriminator.film.story import Story

NOBODY = "dist/nobody/looks.mp4"
"""The clip of Nobody, below the media, who sits in for viewers without a camera."""


class Page:
    """The film as markup, made once for a server or a notebook.

    Args:
        story: what the film says.
        operator: what this copy of it adds.
        root: path that every address of the film starts with, such as `/` or `/user/x/`.
    """

    def __init__(self, story: Story, operator: Operator, root: str) -> None:
        self.story = story
        self.operator = operator
        self.root = root

    @cached_property
    def body(self) -> str:
        """The `.film` element: every page, sheet and control, before any script runs."""
        return self._render("film.html.j2")

    @cached_property
    def head(self) -> str:
        """Title, style and script of the page, for the template's head."""
        return self._render("head.html.j2")

    @property
    def parts(self) -> dict[str, str]:
        """What the Voila template puts together, as plain strings."""
        return {
            "root": self.root,
            "language": self.story.film.language,
            "head": self.head,
            "body": self.body,
            "script": assets.built("shell.ts"),
            "noscript": self.story.words.lost.noscript,
            "transcript": self.story.words.transcript.link,
        }

    def apart(self, name: str) -> str:
        """A whole document without kernel or script, for when the film cannot be shown.

        Args:
            name: `unknown`, `forbidden`, `waiting` or `broken`.
        """
        lost = self.story.words.lost
        heading, body = getattr(lost, name), getattr(lost, f"{name}_body")
        return self._render("apart.html.j2", name=name, heading=heading, body=body)

    def transcript(self) -> str:
        """A whole document that holds all the film says, read anew each time it is asked for."""
        words = self.story.words.transcript
        language = self.story.film.language
        path = self.story.media / "captions" / f"transcript.{language}.html"
        spoken = path.read_text(encoding="utf-8") if path.exists() else words.missing
        return self._render(
            "transcript.html.j2", name="transcript", heading=words.title, spoken=spoken
        )

    @property
    def data(self) -> dict[str, Any]:
        """What the script needs of the story, as plain JSON values."""
        words = self.story.words
        shell, notices, interludes = map(
            msgspec.structs.asdict, (words.shell, words.notices, words.interludes)
        )
        screens = msgspec.to_builtins(words.screens)
        return {
            "chapters": [self._chapter(chapter) for chapter in self.story.film.chapters],
            "words": {**shell, **notices, **interludes},
            "titles": {"film": words.title, **msgspec.structs.asdict(words.sheets)},
            "lost": {"route": words.lost.route, "chapter": words.lost.chapter},
            "said": self.story.said,
            "nobody": (self.story.media / NOBODY).exists(),
            "screens": {
                chapter.screens: screens[chapter.screens]
                for chapter in self.story.film.chapters
                if chapter.screens
            },
            "operator": {"analytics": self.operator.analytics, "errors": self.operator.errors},
        }

    def _chapter(self, chapter: Any) -> dict[str, Any]:  # noqa: ANN401 - a story.Chapter; imported for types only
        title = self.story.words.chapters[chapter.number]
        file = f"captions/{chapter.stream}.{self.story.film.language}.descriptions.vtt"
        described = file if (self.story.media / file).exists() else None
        return {**msgspec.to_builtins(chapter), "title": title, "described": described}

    def _render(self, template: str, **more: object) -> str:
        return (
            _environment(self.story.words.sheets.outside)
            .get_template(template)
            .render(
                story=self.story,
                words=self.story.words,
                operator=self.operator,
                root=self.root,
                data=self.data,
                asset=lambda source: self.root + "assets/" + assets.built(source),
                **more,
            )
        )


def _environment(outside: str) -> Environment:
    """The templates' own; `outside` tells who only hears a link that it leads out of the film."""
    environment = Environment(
        loader=PackageLoader("discriminator.film", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = _markdown(outside)
    environment.filters["fill"] = _fill
    environment.filters["host"] = lambda address: urlsplit(address).hostname
    return environment


def _fill(text: str, **values: object) -> str:
    """Fill the braces of a text, as the script does. A name without value stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda name: str(values.get(name[1], name[0])), text)


def _markdown(outside: str) -> Callable[[str], Markup]:
    """Markdown as HTML; markup written into the text is shown, never obeyed."""
    to_html = mistune.create_markdown(renderer=_Links(outside))
    return lambda text: Markup(to_html(text))  # noqa: S704 - mistune has escaped it


class _Links(mistune.HTMLRenderer):
    """A link out of the film opens beside it: to leave the page ends the viewer's clip."""

    def __init__(self, outside: str) -> None:
        super().__init__(escape=True)
        self._hint = f'<span class="spoken"> ({escape(outside)})</span>'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not url.startswith(("https://", "http://")):
            return super().link(text, url, title)
        opened = '<a target="_blank" rel="noopener noreferrer" '
        return super().link(text + self._hint, url, title).replace("<a ", opened, 1)
