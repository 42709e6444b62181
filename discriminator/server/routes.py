"""Every address of the film, for a server of its own and for a Jupyter server alike."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, cast

from jupyter_server.utils import url_path_join
from tornado.web import RequestHandler

from discriminator.server.files import ASK_EACH_TIME, Assets, Media
from discriminator.widgets import assets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from discriminator.film.page import Page

Route = tuple[str, type[RequestHandler], dict[str, Any]]

PAGES = r"(?:|home|permissions|chapter/[^/.]+|lab)/?"
"""Addresses of the film's pages below its root. The script decides what each one shows."""


class Apart(RequestHandler):
    """Answers with a page that needs no kernel, such as "there is no such page"."""

    def initialize(self, page: Page) -> None:
        """Keep the words."""
        self.page = page

    def show(self, name: str, status: int) -> None:
        """Finish with one of the pages that stand apart from the film."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(self.page.apart(name))

    def write_error(self, status_code: int, **_: object) -> None:
        """Say it in the film's own words; what went wrong inside stays in the log."""
        names = {403: "forbidden", 404: "unknown"}
        Apart.show(self, names.get(status_code, "broken"), status_code)


class Elsewhere(Apart):
    """Every other address: a file is refused (403), a page is not there (404)."""

    def prepare(self) -> None:
        """Whatever the method, the answer is no."""
        is_file = "." in self.request.path.rpartition("/")[2]
        self.show(*(("forbidden", 403) if is_file else ("unknown", 404)))


class Transcript(Apart):
    """What the film says, to read."""

    def get(self) -> None:
        """Answer with a page that needs no kernel."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", ASK_EACH_TIME)
        self.finish(self.page.transcript())

    head = get


class Robots(RequestHandler):
    """Asks crawlers to read the front page alone: every page takes a kernel, and so a seat."""

    def initialize(self, root: str) -> None:
        """Keep where the film begins."""
        self.root = root

    def get(self) -> None:
        """Answer in the words that crawlers know."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", ASK_EACH_TIME)
        self.finish(f"User-agent: *\nAllow: {self.root}$\nDisallow: {self.root}\n")

    head = get


class FilmMedia(Media):
    """The film's media; what is refused is refused in the film's words."""

    def initialize(self, path: Path, page: Page) -> None:  # type: ignore[override]
        """Keep the folder, and the words."""
        super().initialize(str(path))
        self.page = page

    def write_error(self, status_code: int, **_: object) -> None:
        """Answer as everywhere else."""
        Apart.write_error(cast("Apart", self), status_code)


class Health(RequestHandler):
    """Says that the server answers, for whatever watches over it."""

    def initialize(self, report: Callable[[], dict[str, int]]) -> None:
        """Keep the function that counts what is worth knowing."""
        self.report = report

    def get(self) -> None:
        """Answer with one line of JSON."""
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps({"status": "ok", **self.report()}))

    head = get


def files(page: Page) -> list[Route]:
    """Addresses of files: the front end and the media."""
    return [
        (below(page.root, "assets/([^/]+)"), Assets, {"path": str(assets.FOLDER)}),
        (below(page.root, "media/(.*)"), FilmMedia, {"path": page.story.media, "page": page}),
    ]


def pages(page: Page, handler: type[RequestHandler], settings: dict[str, Any]) -> list[Route]:
    """Addresses of pages: those of the film, whose `handler` hands out a kernel, and texts."""
    return [
        (below(page.root, PAGES), handler, settings),
        (below(page.root, "transcript/?"), Transcript, {"page": page}),
        (below(page.root, r"robots\.txt"), Robots, {"root": page.root}),
    ]


def elsewhere(page: Page) -> list[Route]:
    """Everything below the root that is nothing else."""
    return [(below(page.root, ".*"), Elsewhere, {"page": page})]


def below(root: str, pattern: str) -> str:
    """Return the pattern of addresses below a root, which may hold signs that patterns know."""
    return url_path_join(re.escape(root.rstrip("/")) or "/", pattern)
