"""The service described for people, on one page without a script; for programs, /openapi.json."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

_CODE = re.compile("`([^`]+)`")
_FORM = "multipart/form-data"
_JSON = "application/json"

routes = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Field:
    """One field of a form, or of an answer."""

    name: str
    words: str
    may_lack: bool


@dataclass(frozen=True)
class Entry:
    """One thing that can be asked for."""

    method: str
    path: str
    summary: str
    words: str
    sent: tuple[Field, ...]
    answered: tuple[Field, ...]


@routes.get("/")
def home() -> RedirectResponse:
    """Send whoever looks for a page to the one there is."""
    return RedirectResponse("/docs")


@routes.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Show the page."""
    schema = request.app.openapi()
    page = (
        _pages()
        .get_template("page.html.j2")
        .render(
            about=schema["info"]["description"],
            entries=entries(schema),
            origin=str(request.base_url).rstrip("/"),
        )
    )
    return HTMLResponse(page)


@cache
def _pages() -> Environment:
    loader = PackageLoader(__package__, ".")
    pages = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    pages.filters["marked"] = _marked
    return pages


def _marked(words: str) -> Markup:
    """Return words for the page, in which what stands between backticks is code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(words))))  # noqa: S704 - escaped


def entries(schema: dict[str, Any]) -> list[Entry]:
    """Return what an OpenAPI document describes."""
    return [
        _entry(schema, method, path, said)
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
    ]


def _entry(schema: dict[str, Any], method: str, path: str, said: dict[str, Any]) -> Entry:
    good = next(answer for code, answer in said["responses"].items() if code.startswith("2"))
    return Entry(
        method=method.upper(),
        path=path,
        summary=said["summary"],
        words=said.get("description", ""),
        sent=_fields(schema, said.get("requestBody", {}), _FORM),
        answered=_fields(schema, good, _JSON),
    )


def _fields(schema: dict[str, Any], body: dict[str, Any], kind: str) -> tuple[Field, ...]:
    name = body.get("content", {}).get(kind, {}).get("schema", {}).get("$ref", "").split("/")[-1]
    if not name:
        return ()
    model = schema["components"]["schemas"][name]
    needed = model.get("required", ())
    return tuple(
        # What is empty unless it is sent is refused when it is not sent.
        Field(field, said.get("description", ""), field not in needed and said.get("default") != "")
        for field, said in model["properties"].items()
    )
