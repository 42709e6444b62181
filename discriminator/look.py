"""The look of the house for Plotly: its colours and typefaces, and one template.

The page's own are in `web/src/style/tokens.css`.
"""

from __future__ import annotations

from plotly import graph_objects as go

INK, COAL, SLATE = "#0c0d10", "#17181c", "#2a2c33"
PAPER, DIM, YELLOW, RED = "#f1ede4", "#a29e95", "#ffd21f", "#ff6b5e"

SERIF = '"Newsreader Variable", Georgia, serif'
MONO = '"IBM Plex Mono", Consolas, monospace'

_AXIS = {
    "gridcolor": SLATE,
    "linecolor": DIM,
    "zeroline": False,
    "automargin": True,
    "tickfont": {"family": MONO, "size": 13, "color": DIM},
    "title": {"font": {"family": MONO, "size": 13, "color": DIM}, "standoff": 14},
}
TEMPLATE = go.layout.Template(
    layout={
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": MONO, "size": 13, "color": PAPER},
        "title": {"font": {"family": SERIF, "size": 22}, "x": 0, "xanchor": "left"},
        "hoverlabel": {
            "bgcolor": COAL,
            "bordercolor": DIM,
            "align": "left",
            "font": {"family": MONO, "size": 13, "color": PAPER},
        },
        "legend": {
            "orientation": "h",
            "y": -0.12,
            "yanchor": "top",
            "x": 0,
            "traceorder": "normal",
            "itemsizing": "constant",
        },
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "separators": ".,",
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "geo": {
            "bgcolor": "rgba(0,0,0,0)",
            "showland": True,
            "landcolor": SLATE,
            "showcountries": True,
            "countrycolor": INK,
            "coastlinecolor": "#4a4c55",
            "showocean": False,
            "showlakes": False,
            "showframe": False,
        },
    }
)
"""Give it to any figure: `figure.update_layout(template=look.TEMPLATE)`."""
