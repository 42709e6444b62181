"""`discriminator serve`: the film, its streams and its front end on one port."""

from __future__ import annotations

import logging
import os
import resource
import signal
import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path  # noqa: TC003 - msgspec reads the annotation
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.handlers import KernelHandler, _kernel_id_regex
from jupyter_server.utils import url_path_join
from msgspec import Struct
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from voila.app import Voila

from discriminator import shipped
from discriminator.film import operator, story
from discriminator.film.page import Page
from discriminator.film.show import ON_PAGE
from discriminator.jobs import client
from discriminator.jobs.trades import speaking
from discriminator.jobs.workshop import Workshop
from discriminator.server import files, guard, hall, routes
from discriminator.server.files import LabExtensions, VoilaAssets
from discriminator.server.kernels import Kernels

if TYPE_CHECKING:
    from collections.abc import Callable

    from discriminator.film.story import Story
    from discriminator.jobs.office import Office


class ServeError(RuntimeError):
    """The server cannot start; the message says why and what to do."""


class Settings(Struct, frozen=True):
    """What `discriminator serve` can be told."""

    port: int = 8866
    ip: str = "127.0.0.1"
    base_url: str = "/"
    media: Path | None = None
    """Another film's media folder."""
    ready: int = 2
    """Preheated kernels that stand ready."""
    seats: int = 100
    """Viewers at once."""
    open_browser: bool = False
    db: str = ""
    """SQLAlchemy's address of the jobs' database; a file that goes with the server if empty."""
    engine: str = "local"
    """One of `jobs.trades.ENGINES`."""


class FilmServer(Voila):
    """Voila, showing one notebook as one film, with our routes and nobody else's."""

    name = "discriminator"

    def __init__(self, settings: Settings, told: Story, office: Office, **kwargs: object) -> None:
        """Make the page before anything is opened.

        Raises:
            OperatorError: what the operator added cannot be read.
            NotBuiltError: the front end is not there.
        """
        super().__init__(**kwargs)
        self.page = Page(told, operator.load(told.media), root=_slashed(settings.base_url))
        self.film_settings = settings
        self.office = office
        self.port, self.ip, self.base_url = settings.port, settings.ip, self.page.root
        self.port_retries = 0
        self.open_browser = settings.open_browser
        self.log_level = logging.WARNING
        self.notebook_path = str(shipped.folder("notebooks") / hall.NOTEBOOK)

    def load_config_file(self, *_: object, **__: object) -> None:
        """Ignore Voila's configuration files: what they allow, this server has decided."""

    def setup_template_dirs(self) -> None:
        """Use the template inside the package, wherever Jupyter looks for others."""
        hall.configure(self.voila_configuration, self.page)
        self.voila_configuration.preheat_kernel = self.film_settings.ready > 0
        self.voila_configuration.default_pool_size = self.film_settings.ready
        self.voila_configuration.multi_kernel_manager_class = Kernels
        self.config.Kernels.seats = self.film_settings.seats
        self.config.KernelManager.autorestart = False
        self.config.KernelManager.transport = "ipc"  # nothing of a viewer passes a network port
        self.identity_provider_class = guard.Nobody
        super().setup_template_dirs()
        self.template_paths = [str(hall.TEMPLATE)]

    def init_settings(self) -> dict[str, Any]:
        """Let a browser say to a kernel what the film's pages say, and nothing else."""
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.allowed_message_types = guard.MESSAGES
        self.kernel_manager.farewell = self.office.forget
        self.contents_manager = settings["contents_manager"] = hall.Notebooks(parent=self)
        settings["websocket_max_message_size"] = guard.LARGEST_MESSAGE
        settings["kernel_websocket_connection_class"] = guard.GuardedConnection
        settings["default_handler_class"] = routes.Elsewhere
        settings["default_handler_args"] = {"page": self.page}
        settings["transforms"] = [
            guard.security_headers(guard.content_policy(self.page.operator.origins)),
            files.WholeCompressed,
        ]
        return settings

    def init_handlers(self) -> list[Any]:
        """Exactly these addresses; Voila's own list is not used, so nothing comes in with it."""
        kernel = url_path_join(self.base_url, rf"/api/kernels/{_kernel_id_regex}")
        shutdown = url_path_join(self.base_url, r"/voila/api/shutdown/(.*)")
        extensions = url_path_join(self.base_url, r"/voila/labextensions/(.*)")
        voila = hall.voila_address(self.base_url) + "/(.*)"
        return [
            (kernel, KernelHandler),
            (f"{kernel}/channels", guard.Line),
            (shutdown, guard.Leave),
            (extensions, LabExtensions, {"path": self.labextensions_path}),
            (voila, VoilaAssets, {"paths": hall.voila_static()}),
            (url_path_join(self.base_url, "healthz"), routes.Health, {"report": self._report}),
            *routes.files(self.page),
            *routes.pages(self.page, hall.Seat, hall.seat_settings(self)),
            *routes.elsewhere(self.page),
        ]

    def launch_browser(self) -> None:
        """Open the film in the browser of whoever started the server, if there is one."""
        webbrowser.open(f"http://localhost:{self.port}{self.base_url}")

    def stop(self) -> None:
        """End all kernels; one that has just been starting may be gone before its turn."""
        with suppress(HTTPError):
            super().stop()

    def _report(self) -> dict[str, int]:
        kernels: Kernels = self.kernel_manager
        return kernels.report()


def serve(settings: Settings, listening: Callable[[], None] = lambda: None) -> None:
    """Serve the film until stopped.

    Args:
        settings: what the server was told.
        listening: called once, when the film can be seen.

    Raises:
        ServeError: the port is taken or not allowed.
        StoryError: the story cannot be told.
        NotBuiltError: the front end is not there.
        JobError: the database or the engine of the jobs cannot be opened.
    """
    _check_port(settings.ip, settings.port)
    told = story.load(settings.media)
    _tell_missing(told)
    _raise_descriptor_limit()
    os.environ[ON_PAGE] = "1"
    _hush()
    # Whoever ends the server politely lets it delete what viewers have left in it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    trades = speaking(told.speech) if told.said else {}
    with Workshop(trades, settings.db, settings.engine) as workshop:
        os.environ[client.AT] = str(workshop.counter)
        server = FilmServer(settings, told, workshop.office)
        server.initialize([])
        IOLoop.current().add_callback(listening)
        server.start()


def _slashed(path: str) -> str:
    inner = path.strip("/")
    return f"/{inner}/" if inner else "/"


def _check_port(ip: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ip, port))
        except OSError as error:
            message = (
                f"Port {port} cannot be used ({error.strerror}): stop what runs there, "
                f"or choose another with --port {port + 1}."
            )
            raise ServeError(message) from error


def _tell_missing(told: Story) -> None:
    """Name chapters without a stream; the film still goes on, and the page says so too."""
    for folder in story.missing_streams(told):
        text = f"{folder} holds no stream yet: `discriminator encode MASTER -o {folder}` makes one."
        print(text, file=sys.stderr)  # noqa: T201 - a terminal program


def _hush() -> None:
    """Keep a warning off the terminal: Jupyter counts pings in milliseconds, tornado in seconds."""
    noisy = "websocket_ping_timeout"
    logging.getLogger("tornado.general").addFilter(lambda record: noisy not in str(record.msg))


def _raise_descriptor_limit() -> None:
    """Let more than 75 viewers in: each holds about 13 descriptors, and 1,024 is usual."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 65536) if hard != resource.RLIM_INFINITY else 65536
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
