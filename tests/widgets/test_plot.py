"""A figure as a widget: what goes to the page, and what may come back."""

from __future__ import annotations

import subprocess
import sys

import pytest

from discriminator import widgets
from discriminator.film import downloads
from discriminator.film.downloads import figures
from discriminator.widgets import plot


def test_a_figure_goes_to_the_page_as_plain_json() -> None:
    shown = widgets.Plot(figures.timeline(downloads.datasets()))
    assert set(shown.figure) == {"data", "layout"}
    assert shown.figure["layout"]["yaxis"]["type"] == "log"


def test_another_figure_takes_its_place() -> None:
    shown = widgets.Plot({"data": [{"type": "scatter", "y": [1]}], "layout": {}})
    shown.show({"data": [], "layout": {"title": "x"}})
    assert shown.figure == {"data": [], "layout": {"title": "x"}}


def test_the_page_says_which_points_were_clicked_and_nothing_else() -> None:
    shown = widgets.Plot({"data": [], "layout": {}})
    shown.set_state({"picked": [["JP", 52]], "figure": {"data": [1]}, "height": 9})
    assert shown.picked == [["JP", 52]]
    assert shown.figure == {"data": [], "layout": {}}
    shown.set_state({"picked": "everything"})
    shown.set_state({"picked": [0] * (plot.MOST_POINTS + 1)})
    assert shown.picked == [["JP", 52]]


def test_what_is_no_figure_is_refused_in_one_sentence() -> None:
    with pytest.raises(TypeError, match="Plot shows a plotly figure or its dictionary, and list"):
        widgets.Plot([1, 2])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Thin its data"):
        widgets.Plot({"data": ["x" * plot.LARGEST]})


def test_neither_pandas_nor_plotly_is_in_a_viewers_kernel() -> None:
    asked = (
        "import sys; from discriminator import film, widgets; film.show; widgets.Plot;"
        "print(sorted({'pandas', 'plotly'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
