"""A Plotly figure in a page: its JSON and the film's own plotly.js, no copy of it in the kernel."""

from __future__ import annotations

import json
from typing import Any, Protocol

import anywidget
import traitlets

from discriminator.widgets import assets

LARGEST = 5_000_000
"""Letters of a figure's JSON; what is larger would block the page that draws it."""
MOST_POINTS = 1000


class Drawable(Protocol):
    """What `plotly.graph_objects.Figure` is, as far as a page needs it."""

    def to_json(self) -> str | None:
        """The figure as JSON."""


class Plot(anywidget.AnyWidget):
    """Shows a figure without a FigureWidget, so the kernel stays small.

        plot = Plot(figures.world(asked))
        plot.observe(lambda change: print(change.new), "picked")

    Args:
        figure: a `go.Figure`, or the dictionary that one becomes.

    `picked` holds the `customdata` of the points that were clicked last. What observes it runs in
    Python; where that takes long, the page says that it waits.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    figure = traitlets.Dict(help="`data` and `layout`, as Plotly's JSON schema has them.").tag(
        sync=True
    )
    height = traitlets.Int(460, min=120, max=4000, help="px").tag(sync=True)
    picked: traitlets.List[object] = traitlets.List(
        help="`customdata` of the points that were clicked."
    ).tag(sync=True)
    clicks = traitlets.Int(help="how many clicks the page has told of; Python only answers").tag(
        sync=True
    )
    answered = traitlets.Int(help="how many clicks Python has dealt with").tag(sync=True)

    def __init__(self, figure: Drawable | dict[str, Any], **kwargs: object) -> None:
        super().__init__(figure=_plain(figure), **kwargs)

    @traitlets.default("_esm")
    def _loader(self) -> str:
        return assets.loader("plot.ts")

    def show(self, figure: Drawable | dict[str, Any]) -> None:
        """Show another figure in the same place."""
        self.figure = _plain(figure)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take from the page which points were clicked, and nothing else."""
        picked = sync_data.get("picked")
        try:
            if isinstance(picked, list) and len(picked) <= MOST_POINTS:
                super().set_state({"picked": picked})
        finally:
            # Also what failed is over: the page need not wait for it.
            self.answered += 1


def _plain(figure: Drawable | dict[str, Any]) -> dict[str, Any]:
    """The figure as what JSON can hold.

    Raises:
        TypeError: it is neither a figure nor a dictionary.
        ValueError: it is too large for a page.
    """
    if isinstance(figure, dict):
        text = json.dumps(figure)
    elif hasattr(figure, "to_json"):
        text = figure.to_json() or "{}"
    else:
        message = (
            f"Plot shows a plotly figure or its dictionary, and {type(figure).__name__} is neither."
        )
        raise TypeError(message)
    if len(text) > LARGEST:
        message = (
            f"The figure is {len(text):,} letters of JSON; a page takes {LARGEST:,}. Thin its data."
        )
        raise ValueError(message)
    plain: dict[str, Any] = json.loads(text)
    return {"data": plain.get("data", []), "layout": plain.get("layout", {})}
