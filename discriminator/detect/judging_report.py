"""A table of detectors as a page for people and a file for programs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import msgspec
import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from discriminator.detect.report import replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from discriminator.detect.datasets import Dataset
    from discriminator.detect.judging import Row, Table

_PAGE = "judging.html.j2"


def write(
    folder: Path, table: Table, found: Dataset, reasons: Mapping[str, Mapping[str, int]]
) -> None:
    """Write report.html, which needs no network, and report.json."""
    pages = Environment(loader=PackageLoader(__package__, "pages"), autoescape=True)
    pages.filters["part"] = part
    page = pages.get_template(_PAGE).render(
        table=table,
        dataset=found,
        reasons=reasons,
        reliability=Markup(_drawn(reliability(table))),  # noqa: S704 - plotly's own markup
    )
    folder.mkdir(parents=True, exist_ok=True)
    told = _finite(msgspec.to_builtins(table)) | {"reasons": reasons, "layout": found.layout}
    replace(folder / "report.json", msgspec.json.encode(told))
    replace(folder / "report.html", page.encode())


def summary(row: Row) -> dict[str, Any]:
    """Return what fits on a line of the terminal."""
    counts = row.measures.confusion
    numbers = {
        "auc": row.measures.ranking.auc,
        "log_loss": row.measures.log_loss,
        "prior_log_loss": row.baselines.log_loss,
        "accuracy": counts.accuracy,
        "majority": row.baselines.majority,
        "precision": counts.precision,
        "recall": counts.recall,
    }
    told = {name: None if math.isnan(n) else round(n, 3) for name, n in numbers.items()}
    return told | {"judged": row.judged, "asked": row.asked}


def reliability(table: Table) -> go.Figure:
    """Return how what was said compares with what was true, for each detector."""
    figure = go.Figure()
    figure.add_scatter(x=[0, 1], y=[0, 1], mode="lines", name="as it should be", line_dash="dot")
    for row in table.rows:
        figure.add_scatter(
            x=[one.said for one in row.reliability],
            y=[one.true for one in row.reliability],
            text=[f"{one.clips} clips" for one in row.reliability],
            mode="lines+markers",
            name=row.detector,
        )
    figure.update_xaxes(title="P(fake) that was said", range=[0, 1])
    figure.update_yaxes(title="share of fakes", range=[0, 1])
    return figure


def part(number: float) -> str:
    """Return a number for a table; what cannot be told is a dash."""
    return "-" if math.isnan(number) else f"{number:.3f}"


def _drawn(figure: go.Figure) -> str:
    drawn: str = figure.to_html(full_html=False, include_plotlyjs="inline")
    return drawn


def _finite(value: Any) -> Any:  # noqa: ANN401 - any part of a table
    """Return a table in which NaN, which JSON does not know, is null."""
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value
