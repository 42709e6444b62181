"""Chapter 3 as figures: each function takes rows and returns a `plotly.graph_objects.Figure`.

The film shows the same figures: `media/make/tables.py` writes them as JSON, and the browser only
changes sizes and heights when its viewer filters.
"""

from __future__ import annotations

from collections import Counter
from math import log10
from typing import TYPE_CHECKING

from plotly import graph_objects as go

from discriminator.film.downloads import look
from discriminator.film.downloads.tables import KINDS, YEARS, countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from discriminator.film.downloads.tables import Dataset, Request

WIDEST = 64.0
"""Diameter in px of the largest bubble; the others are smaller in area."""
SMALLEST = 6.0
SCALE = 3.0
"""Diameter in px of a bubble that stands for one request."""


def world(asked: Sequence[Request]) -> go.Figure:
    """Requests on a map: a bubble for each country, and a point for the seat of a notable name.

    Countries and seats are inferred from names, and hover labels say so.
    """
    figure = go.Figure(layout={"template": look.TEMPLATE, "showlegend": True})
    figure.add_trace(_bubbles(asked))
    figure.add_trace(_seats(asked))
    figure.update_geos(projection_type="natural earth", lataxis_range=[-58, 82])
    return figure.update_layout(legend={"y": 0})


def diameter(count: int) -> float:
    """Px of a bubble whose area grows with `count`."""
    return min(max(SMALLEST, SCALE * count**0.5), WIDEST) if count else 0.0


def _bubbles(asked: Sequence[Request]) -> go.Scattergeo:
    known = countries()
    counts = Counter(one.country for one in asked if one.country)
    shown = [(known[code], count) for code, count in counts.most_common()]
    return go.Scattergeo(
        name="Country (inferred)",
        lat=[country.latitude for country, _ in shown],
        lon=[country.longitude for country, _ in shown],
        customdata=[country.code for country, _ in shown],
        text=[country.name for country, _ in shown],
        meta=[count for _, count in shown],
        marker={
            "size": [diameter(count) for _, count in shown],
            "color": look.KIND_COLOURS["academic"],
            "opacity": 0.72,
            "line": {"color": look.INK, "width": 1},
        },
        hovertext=[f"{country.name} (inferred)<br>{_requests(n)}" for country, n in shown],
        hoverinfo="text",
    )


def _seats(asked: Sequence[Request]) -> go.Scattergeo:
    seated = [one for one in asked if one.seat]
    counts = Counter(one.notable for one in seated)
    first = {one.notable: one for one in reversed(seated)}
    shown = [(first[slug], count) for slug, count in counts.most_common()]
    return go.Scattergeo(
        name="Seat of a well-known name (inferred)",
        lat=[one.latitude for one, _ in shown],
        lon=[one.longitude for one, _ in shown],
        customdata=[one.notable for one, _ in shown],
        text=[one.organisation for one, _ in shown],
        meta=[count for _, count in shown],
        marker={
            "size": [8.0] * len(shown),
            "symbol": "diamond",
            "color": look.YELLOW,
            "line": {"color": look.INK, "width": 1},
        },
        hovertext=[
            f"{one.organisation}<br>{one.seat} (inferred)<br>{_requests(n)}" for one, n in shown
        ],
        hoverinfo="text",
    )


def years(asked: Sequence[Request]) -> go.Figure:
    """Requests a year, stacked by what the applicant is inferred to be."""
    figure = go.Figure(layout={"template": look.TEMPLATE, "hovermode": "closest"})
    counts = Counter((one.year, one.kind) for one in asked)
    for kind in KINDS:
        figure.add_trace(
            go.Scatter(
                name=look.KIND_NAMES[kind],
                x=list(YEARS),
                y=[counts[year, kind] for year in YEARS],
                customdata=[kind] * len(YEARS),
                stackgroup="kinds",
                line={"shape": "hvh", "width": 1, "color": look.KIND_COLOURS[kind]},
                mode="lines+markers",
                marker={"size": 5, "color": look.KIND_COLOURS[kind]},
                hovertemplate=f"%{{x}}: %{{y:,}}<br>{look.KIND_NAMES[kind]}<extra></extra>",
            )
        )
    figure.update_xaxes(tickvals=list(YEARS), range=[YEARS[0] - 0.5, YEARS[-1] + 0.5])
    return figure.update_yaxes(title_text="requests", rangemode="tozero", tickformat=",")


def timeline(collections: Sequence[Dataset]) -> go.Figure:
    """The large collections of faces: when, how many pictures (log), how many people (area)."""
    figure = go.Figure(layout={"template": look.TEMPLATE, "hovermode": "closest"})
    gone = [one for one in collections if one.fate.startswith("Withdrawn")]
    kept = [one for one in collections if one not in gone]
    figure.add_trace(_collections(kept, "Not withdrawn, as far as recorded here", "circle"))
    figure.add_trace(_collections(gone, "Withdrawn", "x"))
    first, last = (f([one.year for one in collections]) for f in (min, max))
    figure.update_xaxes(range=[first - 1.5, last + 2.5], dtick=4)
    return figure.update_yaxes(
        type="log", title_text="pictures", tickvals=[10**n for n in range(4, 12, 2)],
        ticktext=["10 thousand", "1 million", "100 million", "10 billion"],
    )  # fmt: skip


def _collections(shown: Sequence[Dataset], name: str, symbol: str) -> go.Scatter:
    colour = look.RED if symbol == "x" else look.KIND_COLOURS["academic"]
    return go.Scatter(
        name=name,
        x=[one.year for one in shown],
        y=[one.images for one in shown],
        mode="markers+text",
        text=[one.name for one in shown],
        textposition=list(_sides(shown)),
        textfont={"size": 12, "color": look.PAPER},
        customdata=[[one.people, one.pictures_from, one.fate, one.source] for one in shown],
        marker={
            "symbol": symbol,
            "color": colour,
            "opacity": 0.9,
            "size": [8 + 4 * log10(one.people) if one.people else 9 for one in shown],
            "line": {"color": look.INK, "width": 1},
        },
        hovertext=[_described(one) for one in shown],
        hoverinfo="text",
        cliponaxis=False,
    )


def _sides(shown: Iterable[Dataset]) -> Iterable[str]:
    """Alternate, so that the names of neighbours keep apart."""
    for number, one in enumerate(shown):
        yield "middle left" if one.year > 2019 else ("top center", "bottom center")[number % 2]  # noqa: PLR2004 - the newest stand at the edge


def _described(one: Dataset) -> str:
    people = f"{one.people:,} people" if one.people else "people not counted"
    fate = f"{one.fate} ({one.fate_year})" if one.fate_year else f"Withdrawal: {one.fate}"
    return "<br>".join(
        [f"{one.name}, {one.year}", f"{one.images:,} pictures, {people}", one.pictures_from, fate]
    )


def _requests(count: int) -> str:
    return f"{count:,} request{'s' if count > 1 else ''}"
