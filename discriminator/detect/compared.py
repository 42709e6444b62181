"""Two kinds of clips beside each other, one plot for each thing that was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

_FEW = 6
"""Different values up to which each is shown for itself."""
_BINS = 30
_HEIGHT = 280


def compared(title: str, kinds: Mapping[str, ArrayLike]) -> go.Figure:
    """Return how often each value came up, in percent of each kind: they may differ in number."""
    values = {name: np.asarray(told, float) for name, told in kinds.items()}
    met = np.unique(np.concatenate([*values.values()]))
    figure = go.Figure(layout={"title": title, "height": _HEIGHT})
    figure.update_yaxes(title="% of the clips", rangemode="tozero")
    if len(met) <= _FEW:
        _each(figure, values, met)
    else:
        _spread(figure, values, met)
    return figure


def _each(figure: go.Figure, values: Mapping[str, NDArray[np.float64]], met: ArrayLike) -> None:
    names = [f"{value:g}" for value in np.asarray(met)]
    for kind, found in values.items():
        shares = [100 * float((found == value).mean()) for value in np.asarray(met)]
        figure.add_bar(x=names, y=shares, name=kind)
    figure.update_layout(barmode="group", bargap=0.5)
    figure.update_xaxes(type="category")


def _spread(
    figure: go.Figure, values: Mapping[str, NDArray[np.float64]], met: NDArray[np.float64]
) -> None:
    # The same stretches for all kinds, or wide ones would look taller.
    size = float(np.ptp(met)) / _BINS
    bins = {"start": float(met[0]), "end": float(met[-1]) + size, "size": size}
    for kind, found in values.items():
        figure.add_histogram(x=found, xbins=bins, name=kind, opacity=0.6, histnorm="percent")
    figure.update_layout(barmode="overlay")
