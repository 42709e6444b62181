"""How Voila is set for the film, in a server of our own and in somebody's Jupyter server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupyter_server.utils import url_path_join
from traitlets.config import Config
from voila import __version__ as voila_version
from voila.paths import collect_static_paths
from voila.request_info_handler import RequestInfoSocketHandler
from voila.tornado.handler import TornadoVoilaHandler

from discriminator import shipped
from discriminator.film import story
from discriminator.server.routes import Apart

if TYPE_CHECKING:
    from voila.configuration import VoilaConfiguration

    from discriminator.film.page import Page

TEMPLATE = Path(story.__file__).parent / "template"
NOTEBOOK = "film.ipynb"
VOILA = f"voila-{voila_version}"
"""Where Voila's scripts are below the root: it changes with their version, so they are kept."""
WIDGETS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]
"""The Jupyter extensions that the film's page needs; whatever else is installed stays outside."""


def configure(configuration: VoilaConfiguration, page: Page) -> VoilaConfiguration:
    """Set Voila for this page: our template and no other, no files, no tracebacks."""
    configuration.template = "discriminator"
    configuration.theme = "light"
    configuration.allow_template_override = "NO"
    configuration.allow_theme_override = "NO"
    configuration.show_tracebacks = False
    configuration.file_allowlist = []
    configuration.extension_allowlist = WIDGETS
    configuration.http_keep_alive_timeout = 3600  # its heartbeat is an inline script
    configuration.page_config_hook = _own_address(page.root)
    configuration.config.VoilaConfiguration = Config({"resources": {"film": page.parts}})
    return configuration


def seat_settings(app: Any) -> dict[str, Any]:  # noqa: ANN401 - a Voila or a Jupyter server
    """What `Seat` needs of the server that it answers for."""
    return {
        "page": app.page,
        "notebook_path": NOTEBOOK,
        "template_paths": [str(TEMPLATE)],
        "config": app.config,
        "voila_configuration": app.voila_configuration,
    }


def voila_static() -> list[str]:
    """The folders of Voila's scripts."""
    return list(collect_static_paths(["voila"], "base"))


def _own_address(root: str) -> Any:  # noqa: ANN401 - Voila's hook is a bare callable
    def hook(page_config: dict[str, Any], **_: object) -> dict[str, Any]:
        # Where both are null Voila takes the MathJax that it brings, not one from a foreign host.
        mathematics = {"fullMathjaxUrl": None, "mathjaxConfig": None}
        return {**page_config, **mathematics, "fullStaticUrl": url_path_join(root, VOILA)}

    return hook


class Notebooks(LargeFileManager):
    """The film's own notebooks, wherever the server's root may be; they came with the package."""

    def __init__(self, **kwargs: object) -> None:
        """Read them from where they are installed."""
        super().__init__(root_dir=str(shipped.folder("notebooks")), **kwargs)

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:  # noqa: ANN401, ARG002 - Jupyter's signature
        """Take them as trusted without asking for a signature."""
        self.notary.mark_cells(nb, trusted=True)


class Seat(TornadoVoilaHandler):
    """Answers every page of the film: one document, and a kernel for whoever asked for it."""

    def initialize(self, page: Page, **kwargs: object) -> None:
        """Take the page for what has to be said apart from the film."""
        super().initialize(**kwargs)
        self.page = page

    @property
    def contents_manager(self) -> Notebooks:
        """The film's notebooks instead of the server's."""
        return Notebooks()

    async def get(self, path: str | None = None) -> None:
        """Hand over a kernel with the page, or ask to wait."""
        if getattr(self.kernel_manager, "full", False):
            self.set_header("Retry-After", "4")
            self._apart("waiting", 503)
            return
        await super().get(path)
        # Voila keeps what it knows of each request for kernels that ask; ours never do.
        RequestInfoSocketHandler._cache.clear()  # noqa: SLF001 - it has no public way to forget

    def head(self, path: str | None = None) -> None:  # noqa: ARG002 - tornado's signature
        """Say that the page is there without spending a kernel on it."""
        self.set_header("Content-Type", "text/html")

    def write_error(self, status_code: int, **_: object) -> None:
        """Say it in the film's own words; the traceback stays in the log."""
        self._apart("broken", status_code)

    def _apart(self, name: str, status: int) -> None:
        Apart.show(cast("Apart", self), name, status)  # it needs a page, and this has one
