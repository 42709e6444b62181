"""The requests for the MegaFace data: who asked, when, from where. Chapter 3 as data and figures.

from discriminator.film import downloads

asked = downloads.requests()
downloads.figures.world(asked).show()
downloads.frame(asked)  # for pandas
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
