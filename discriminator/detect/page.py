"""Pages that stand alone: each one file, in the look of the house, that needs no network."""

from __future__ import annotations

import base64
import math
import os
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from discriminator import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from plotly import graph_objects as go

_TYPEFACES = (
    ("serif", "Newsreader Variable", "200 800"),
    ("mono", "IBM Plex Mono", "400"),
    ("mono-medium", "IBM Plex Mono", "500"),
)
"""Of the film, by their files' names, families and weights."""
_COLOURS = ("#56b4e9", "#e8722c", "#f0e442", "#59e08a", "#8b97ff", "#ff6b5e")
"""Of what is compared: what is real, or was, comes first, and what is fake, or is now, second."""
_PLAIN = {"displayModeBar": False, "responsive": True}


def write(path: Path, template: str, *, figures: bool, **told: object) -> None:
    """Write a page from its template, with what draws its figures where it has some."""
    pages = Environment(
        loader=PackageLoader(__package__, "pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"part": part, "percent": percent}
    page = pages.get_template(template).render(
        typefaces=_typefaces(), plotly=_plotly() if figures else None, **told
    )
    replace(path, page.encode())


def drawn(figure: go.Figure) -> Markup:
    """Return a figure for a page, under its title; the figure itself stays as it is."""
    from plotly import graph_objects as go  # noqa: PLC0415 - an extra

    from discriminator import look  # noqa: PLC0415 - the same

    shown = go.Figure(figure)
    title = shown.layout.title.text or ""
    legend = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"}
    margin = {"l": 8, "r": 8, "t": 8, "b": 8}
    shown.update_layout(
        template=look.TEMPLATE, colorway=_COLOURS, title=None, legend=legend, margin=margin
    )
    plot = Markup(shown.to_html(full_html=False, include_plotlyjs=False, config=_PLAIN))  # noqa: S704 - plotly's own markup
    caption = Markup("<figcaption>{}</figcaption>").format(title) if title else ""
    return Markup('<figure class="plot">{}{}</figure>').format(caption, plot)


def part(number: float) -> str:
    """Return a number for a table; what cannot be told is a dash."""
    return "–" if math.isnan(number) else f"{number:.3f}"  # noqa: RUF001 - typography


def percent(number: float) -> str:
    """Return a share for a table; what cannot be told is a dash."""
    return "–" if math.isnan(number) else f"{100 * number:.0f} %"  # noqa: RUF001 - typography


def replace(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(content)
    os.replace(partial, path)  # noqa: PTH105 - says that it takes the place of an old one


def _plotly() -> Markup:
    from plotly.offline import get_plotlyjs  # noqa: PLC0415 - an extra

    return Markup(get_plotlyjs())  # noqa: S704 - the library itself


def _typefaces() -> Markup:
    """Return the typefaces as style; a checkout that is not built has the system's instead."""
    files = shipped.PACKAGE / "web" / "dist"
    rules = []
    for name, family, weight in _TYPEFACES:
        # Files carry eight digits of what is in them.
        for file in files.glob(f"{name}-????????.woff2"):
            content = base64.b64encode(file.read_bytes()).decode()
            source = f'url("data:font/woff2;base64,{content}") format("woff2")'
            rules.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: {source} }}'
            )
    return Markup("\n".join(rules))  # noqa: S704 - our own files
