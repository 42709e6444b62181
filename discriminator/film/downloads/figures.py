"""Chapter 3 as figures: each function takes rows and returns a `plotly.graph_objects.Figure`.

The film shows the same figures: `media/make/tables.py` writes them as JSON, and the browser only
changes sizes and heights when its viewer filters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log10
from typing import TYPE_CHECKING

from plotly import graph_objects as go

from discriminator.film.downloads import look, tables
from discriminator.film.downloads.tables import KINDS, YEARS, countries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discriminator.film.downloads.tables import Dataset, Request

WIDEST = 64.0
"""Diameter in px of the largest bubble; the others are smaller in area."""
SMALLEST = 6.0
SCALE = 3.0
"""Diameter in px of a bubble that stands for one request."""

LABELS = {
    "Labeled Faces in the Wild": "top center",
    "CelebA": "middle right",
    "Brainwash": "bottom center",
    "MegaFace (MF2)": "top right",
    "MS-Celeb-1M": "top center",
    "Duke MTMC": "bottom center",
    "VGGFace2": "bottom right",
}
"""On which side of its mark a collection's name stands, so that neighbours keep apart."""


def world(asked: Sequence[Request]) -> go.Figure:
    """Requests on a map: a bubble for each country, and a point for each city of notable names.

    Countries and seats are inferred from names, and hover labels say so.

    Raises:
        TableError: a request's country is not in `countries.tsv`.
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
    if unknown := counts.keys() - known.keys():
        message = f"No place is known for {', '.join(sorted(unknown))}; add it to countries.tsv."
        raise tables.TableError(message)
    shown = [(known[code], count) for code, count in counts.most_common()]
    return go.Scattergeo(
        name="Country (inferred)",
        lat=[country.latitude for country, _ in shown],
        lon=[country.longitude for country, _ in shown],
        customdata=[[country.code, count] for country, count in shown],
        text=[country.name for country, _ in shown],
        marker={
            "size": [diameter(count) for _, count in shown],
            "color": look.KIND_COLOURS["academic"],
            "opacity": 0.72,
            "line": {"color": look.INK, "width": 1},
        },
        hovertemplate="%{text} (inferred)<br>requests: %{customdata[1]:,}<extra></extra>",
    )


def _seats(asked: Sequence[Request]) -> go.Scattergeo:
    """A point for each city: where several names sit in one, points would hide one another."""
    cities: dict[str, dict[str, Request]] = defaultdict(dict)
    for one in asked:
        if one.seat and one.notable:
            cities[one.seat][one.notable] = one
    names = {city: [mine[slug] for slug in sorted(mine)] for city, mine in cities.items()}
    counts = Counter(one.notable for one in asked)
    return go.Scattergeo(
        name="Seat of a well-known name (inferred)",
        lat=[mine[0].latitude for mine in names.values()],
        lon=[mine[0].longitude for mine in names.values()],
        customdata=[
            [",".join(str(one.notable) for one in mine), sum(counts[one.notable] for one in mine)]
            for mine in names.values()
        ],
        text=[
            f"{', '.join(str(one.organisation) for one in mine)}, {city}"
            for city, mine in names.items()
        ],
        marker={
            "size": 8.0,
            "symbol": "diamond",
            "color": look.YELLOW,
            "line": {"color": look.INK, "width": 1},
        },
        hovertemplate="%{text} (inferred)<br>requests: %{customdata[1]:,}<extra></extra>",
    )


def years(asked: Sequence[Request]) -> go.Figure:
    """Requests a year, stacked by what the applicant is inferred to be."""
    figure = go.Figure(layout={"template": look.TEMPLATE, "hovermode": "closest"})
    counts = Counter((one.year, one.kind) for one in asked)
    for kind in KINDS:
        colour = look.KIND_COLOURS[kind]
        figure.add_trace(
            go.Scatter(
                name=look.KIND_NAMES[kind],
                x=padded(YEARS, 0.5),
                y=padded([counts[year, kind] for year in YEARS]),
                stackgroup="kinds",
                line={"shape": "hvh", "width": 0, "color": colour},
                fillcolor=colour,
                mode="lines+markers",
                marker={"size": [0, *[9] * len(YEARS), 0], "color": look.PAPER, "opacity": 0.8},
                hovertemplate=f"%{{x}}: %{{y:,}}<br>{look.KIND_NAMES[kind]}<extra></extra>",
            )
        )
    figure.update_xaxes(tickvals=list(YEARS), range=[YEARS[0] - 0.5, YEARS[-1] + 0.5])
    return figure.update_yaxes(title_text="requests", rangemode="tozero", tickformat=",")


def padded(values: Sequence[int], by: float = 0) -> list[float]:
    """The values with one more at each end, `by` lower and `by` higher: whole steps at the ends."""
    return [values[0] - by, *values, values[-1] + by]


def timeline(collections: Sequence[Dataset]) -> go.Figure:
    """The large collections of faces: when, how many pictures (log), how many people (area)."""
    figure = go.Figure(layout={"template": look.TEMPLATE, "hovermode": "closest"})
    gone = [one for one in collections if one.fate.startswith("Withdrawn")]
    kept = [one for one in collections if one not in gone]
    figure.add_trace(_collections(kept, "No withdrawal recorded", "circle"))
    figure.add_trace(_collections(gone, "Withdrawn", "x"))
    published = [one.year for one in collections] or YEARS
    first, last = min(published), max(published)
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
        text=[one.name.removesuffix(" (MF2)") for one in shown],
        textposition=[LABELS.get(one.name, "middle left") for one in shown],
        textfont={"size": 12, "color": look.PAPER},
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


def _described(one: Dataset) -> str:
    people = f"{one.people:,} people" if one.people else "people not counted"
    fate = f"{one.fate} ({one.fate_year})" if one.fate_year else f"Withdrawal: {one.fate}"
    return "<br>".join(
        [f"{one.name}, {one.year}", f"{one.images:,} pictures, {people}", one.pictures_from, fate]
    )
