"""The film's addresses inside somebody's Jupyter server: plain JupyterLab, JupyterHub, Binder.

There the film is at `/discriminator/`, every notebook opens as usual, and Voila renders without
preheated kernels. What a browser may say to a kernel is that server's business, not ours.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import jinja2
from jupyter_server.utils import url_path_join
from voila.configuration import VoilaConfiguration

from discriminator.film import operator, story
from discriminator.film.page import Page
from discriminator.server import hall, routes
from discriminator.server.files import VoilaAssets

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add the film's routes; if the film cannot be told, say so and leave the server as it is."""
    try:
        told = story.load()
        root = url_path_join(server.base_url, "discriminator/")
        page = Page(told, operator.load(told.media), root)
        server.web_app.add_handlers(".*$", _routes(server, page))
    except (story.StoryError, RuntimeError) as error:
        server.log.error("The film is not served: %s", error)  # noqa: TRY400 - it is one sentence
        return
    server.log.info("The film is at %s", root)


def _routes(server: ServerApp, page: Page) -> list[routes.Route]:
    settings = server.web_app.settings
    settings.setdefault("voila_jinja2_env", jinja2.Environment(autoescape=True))
    configuration = hall.configure(VoilaConfiguration(parent=server), page)
    app = SimpleNamespace(page=page, config=server.config, voila_configuration=configuration)
    voila = routes.below(page.root, f"{hall.VOILA}/(.*)")
    return [
        (voila, VoilaAssets, {"paths": hall.voila_static()}),
        *routes.files(page),
        *routes.pages(page, hall.Seat, hall.seat_settings(app)),
        *routes.elsewhere(page),
    ]
