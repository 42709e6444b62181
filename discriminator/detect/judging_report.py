"""A table of detectors as a page for people and a file for programs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import msgspec
import plotly.graph_objects as go

from discriminator.detect import page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from discriminator.detect.datasets import Dataset
    from discriminator.detect.judging import Row, Table

_CHANCE = 0.5
_WHOLE = (-0.04, 1.04)
"""An axis from 0 to 1 on whose ends dots are seen whole."""
_CLEAR, _DIM = "rgba(0,0,0,0)", "#a29e95"
_COLOURS = {"real": "#56b4e9", "fake": "#e8722c"}


def write(
    folder: Path,
    table: Table,
    found: Dataset,
    reasons: Mapping[str, Mapping[str, int]],
    about: Mapping[str, str],
) -> None:
    """Write report.html, which needs no network, and report.json.

    For each detector there are reasons why it had no opinion, and words about what it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = _finite(msgspec.to_builtins(table)) | {"reasons": reasons, "layout": found.layout}
    page.replace(folder / "report.json", msgspec.json.encode(told))
    page.write(
        folder / "report.html",
        "judging.html.j2",
        figures=True,
        table=table,
        dataset=found,
        reasons=reasons,
        about=about,
        plainly={row.detector: plainly(row) for row in table.rows},
        reliability=page.drawn(reliability(table)),
        spreads={row.detector: page.drawn(spread(row)) for row in table.rows},
    )


def plainly(row: Row) -> str:
    """Return what the figures come to, in words."""
    counts, (low, high) = row.measures.confusion, row.measures.intervals["accuracy"]
    most = "fake" if counts.fakes >= counts.reals else "real"
    right = page.percent(row.baselines.majority)
    always = f"always saying \u201c{most}\u201d, which is right for {right}"
    if low > row.baselines.majority:
        return f"That is better than {always}."
    ordered = row.measures.intervals["auc"][0] > _CHANCE
    order = "It does rank fakes above reals" if ordered else "Nor is its order better than chance"
    than = "worse than" if high < row.baselines.majority else "not told apart from"
    return f"That is {than} {always}. {order} (AUC {page.part(row.measures.ranking.auc)})."


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
    if row.frame_auc is not None:
        numbers["frame_auc"] = row.frame_auc
    told = {name: None if math.isnan(n) else round(n, 3) for name, n in numbers.items()}
    return told | {"judged": row.judged, "asked": row.asked}


def reliability(table: Table) -> go.Figure:
    """Return how what was said compares with what was true, for each detector."""
    figure = go.Figure(layout={"height": 420})
    for row in table.rows:
        figure.add_scatter(
            x=[one.said for one in row.reliability],
            y=[one.true for one in row.reliability],
            text=[f"{one.clips} clips" for one in row.reliability],
            mode="lines+markers",
            cliponaxis=False,
            name=row.detector,
            line={"width": 1},
            marker={"size": [6 + 3 * one.clips**0.5 for one in row.reliability]},
        )
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name="as it should be",
        line={"dash": "dot", "color": _DIM},
    )
    figure.update_xaxes(title="P(fake) that was said", range=_WHOLE)
    figure.update_yaxes(title="share of fakes", range=_WHOLE)
    return figure


def spread(row: Row) -> go.Figure:
    """Return what one detector said of each clip, the reals below the fakes, and its threshold."""
    figure = go.Figure(layout={"title": "P(fake) of every clip", "height": 240})
    for kind, fakes in row.said.items():
        marker = {"size": 9, "color": _COLOURS[kind]}
        points = {"boxpoints": "all", "pointpos": 0, "jitter": 0.7, "marker": marker}
        unboxed = {"fillcolor": _CLEAR, "line": {"color": _CLEAR}}
        figure.add_box(x=fakes, name=kind, showlegend=False, **points, **unboxed)
    at = row.measures.threshold
    figure.add_vline(
        at,
        line_dash="dot",
        line_color=_DIM,
        annotation_text="threshold",
        annotation_position="top left" if at > _CHANCE else "top right",
    )
    figure.update_xaxes(title="P(fake)", range=_WHOLE)
    return figure


def _finite(value: Any) -> Any:  # noqa: ANN401 - any part of a table
    """Return a table in which NaN, which JSON does not know, is null."""
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value
