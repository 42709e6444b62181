"""The requests for the MegaFace data: who asked, when, from where. Chapter 3 as data and figures.

`requests()` reads the table, `frame(...)` makes a pandas DataFrame of it, and each function of
`downloads.figures` turns rows into a Plotly figure.
"""

from discriminator.film.downloads.tables import (
    Dataset,
    Request,
    TableError,
    datasets,
    frame,
    requests,
)

__all__ = ["Dataset", "Request", "TableError", "datasets", "frame", "requests"]
