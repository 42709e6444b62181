"""What has moved between two records, as a page with a plot for each measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from discriminator.detect.report import replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from discriminator.detect.drift import Drift, Floats


def write(
    folder: Path, found: Drift, before: Mapping[str, Floats], now: Mapping[str, Floats]
) -> None:
    """Write report.html, which needs no network."""
    drawn = {}
    for place, name in enumerate(found.shifts):
        figure = _figure(before[name], now[name])
        told = figure.to_html(full_html=False, include_plotlyjs="inline" if not place else False)
        drawn[name] = Markup(told)  # noqa: S704 - plotly's own markup
    pages = Environment(loader=PackageLoader(__package__, "pages"), autoescape=True)
    page = pages.get_template("drift.html.j2").render(drift=found, figures=drawn)
    folder.mkdir(parents=True, exist_ok=True)
    replace(folder / "report.html", page.encode())


def _figure(before: Floats, now: Floats) -> go.Figure:
    figure = go.Figure(layout={"barmode": "overlay", "height": 260, "margin": {"t": 20, "b": 30}})
    for name, values in (("reference", before), ("now", now)):
        figure.add_histogram(x=values, name=name, opacity=0.6, nbinsx=30, histnorm="percent")
    figure.update_yaxes(title="% of the clips")
    return figure
