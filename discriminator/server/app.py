"""`discriminator serve`: the film, its streams and its front end on one port."""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys
import webbrowser
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path  # noqa: TC003 - msgspec reads the annotation
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.handlers import KernelHandler, _kernel_id_regex
from msgspec import Struct
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from voila.app import Voila

from discriminator import ports, shipped
from discriminator.film import operator, story
from discriminator.film.page import Page
from discriminator.film.show import ON_PAGE
from discriminator.jobs import client
from discriminator.jobs.trades import speaking
from discriminator.jobs.workshop import Workshop
from discriminator.server import files, guard, hall, routes
from discriminator.server.files import LabExtensions, VoilaAssets
from discriminator.server.kernels import Kernels
from discriminator.weights import how_to_get

if TYPE_CHECKING:
    from collections.abc import Callable

    from discriminator.film.story import Story
    from discriminator.jobs.office import Office


class WeightsMissingError(RuntimeError):
    """Viewers' photos cannot be made to speak with these weights; the message says why."""


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
    weights: Path | None = None
    """Wav2Lip's checkpoint, if it is to make the viewers' photos speak."""


class FilmServer(Voila):
    """Voila, showing one notebook as one film, with our routes and nobody else's."""

    name = "discriminator"

    def __init__(self, settings: Settings, told: Story, office: Office, **kwargs: object) -> None:
        """Make the page before anything is opened.

        Raises:
            StoryError: what the operator added cannot be read.
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
        added = self.page.operator
        policy = guard.content_policy(added.origins, added.wallet_origin)
        settings["transforms"] = [guard.security_headers(policy), files.WholeCompressed]
        return settings

    def init_handlers(self) -> list[Any]:
        """Exactly these addresses; Voila's own list is not used, so nothing comes in with it."""
        below = partial(routes.below, self.page.root)
        kernel = below(f"api/kernels/{_kernel_id_regex}")
        extensions = {"path": self.labextensions_path}
        return [
            (kernel, KernelHandler),
            (f"{kernel}/channels", guard.Line),
            (below("voila/api/shutdown/(.*)"), guard.Leave),
            (below("voila/labextensions/(.*)"), LabExtensions, extensions),
            (below(f"{hall.VOILA}/(.*)"), VoilaAssets, {"paths": hall.voila_static()}),
            (below("healthz"), routes.Health, {"report": self._report}),
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
        PortError: the port is taken or not allowed.
        WeightsMissingError: the weights, or what reads them, are not there.
        StoryError: the story cannot be told.
        NotBuiltError: the front end is not there.
        JobError: the database or the engine of the jobs cannot be opened.
    """
    ports.taken(settings.ip, settings.port).close()  # Voila takes it itself, much later
    _check_weights(settings.weights)
    told = story.load(settings.media)
    _tell_missing(told)
    _raise_descriptor_limit()
    os.environ[ON_PAGE] = "1"
    _hush()
    # Whoever ends the server politely lets it delete what viewers have left in it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    trades = speaking(told.speech, settings.weights) if told.said else {}
    with Workshop(trades, settings.db, settings.engine) as workshop:
        os.environ[client.AT] = str(workshop.counter)
        server = FilmServer(settings, told, workshop.office)
        server.initialize([])
        _end_when_told(IOLoop.current())
        IOLoop.current().add_callback(listening)
        server.start()


def _slashed(path: str) -> str:
    inner = path.strip("/")
    return f"/{inner}/" if inner else "/"


def _check_weights(weights: Path | None) -> None:
    """Say at once what viewers would be told one by one."""
    if weights is None:
        return
    if not weights.is_file():
        message = f"{weights} is not there: {how_to_get('wav2lip')}"
        raise WeightsMissingError(message)
    if not find_spec("openvino"):
        message = "Wav2Lip needs OpenVINO: `pip install 'discriminator[lab]'`, or leave --weights."
        raise WeightsMissingError(message)


def _tell_missing(told: Story) -> None:
    """Name chapters without a stream; the film still goes on, and the page says so too."""
    for folder in story.missing_streams(told):
        text = f"{folder} holds no stream yet: `discriminator encode MASTER -o {folder}` makes one."
        print(text, file=sys.stderr)  # noqa: T201 - a terminal program


def _hush() -> None:
    """Keep off the terminal who came when, and a warning that nobody can do anything about.

    A line for each address that was refused would name who asked; what fails inside is told with
    its traceback. Jupyter counts pings in milliseconds, tornado in seconds.
    """
    unwanted = ("%d %s: ", "websocket_ping_timeout")
    logging.getLogger("tornado.general").addFilter(
        lambda record: not any(part in str(record.msg) for part in unwanted)
    )
    logging.getLogger("tornado.access").addFilter(lambda _: False)


def _end_when_told(loop: IOLoop) -> None:
    """Have the signals stop the loop: an interrupt raised inside a callback can be lost."""

    def stop(number: int, _: object) -> None:
        signal.signal(number, signal.default_int_handler)  # who asks twice waits no longer
        loop.add_callback_from_signal(loop.stop)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _raise_descriptor_limit() -> None:
    """Let more than 75 viewers in: each holds about 13 descriptors, and 1,024 is usual."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 65536) if hard != resource.RLIM_INFINITY else 65536
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
