"""A real browser for the tests; each test's viewer is new to the film."""

from __future__ import annotations

import http.client
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import nbformat
import performer
import pytest
from cinema import PATIENCE as SERVER_PATIENCE
from cinema import Server, eventually, free_port, make_face_film, program, serving
from launching import launch
from nbformat.v4 import new_code_cell, new_notebook
from performer import AWAY, BLINK, STILL, TALK, TURN
from playwright.sync_api import expect, sync_playwright
from viewer import Viewer

from discriminator import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright

PATIENCE = 1000 * SERVER_PATIENCE
"""The same in milliseconds, for the browser."""
FAKE_CAMERA = "--use-fake-device-for-media-stream"
ACTS = [
    (9, STILL),  # a busy machine takes a while to look for the first time
    *((0.4, BLINK), (1.6, STILL)) * 3,
    *((0.7, TALK), (1.3, STILL)) * 2,
    (1, TURN),
    (1, STILL),
    (2, AWAY),
    (0.5, BLINK),  # comes back with shut eyes, which is no blink
    (26, STILL),
]
"""What somebody does before the camera: seconds, and how they look."""
FOLLOWED = """
from ipywidgets import Label, VBox

from discriminator.widgets import StreamPlayer

player = StreamPlayer({stream!r}, cues={{"first": 0.0, "one": 1.0, "two": 2.0, "far": 100.0}})
where, heard, count = Label(), Label("heard:"), Label("0")


def follow(_):
    where.value = f"{{player.state}} at {{player.time:.2f}} of {{player.duration:.0f}}"
    count.value = str(int(count.value) + 1)


player.observe(follow, ["time", "state", "duration"])
player.on_cue(lambda name: setattr(heard, "value", f"{{heard.value}} {{name}}"))
VBox([player, where, heard, count])
"""
TRACKED = """
import json
from pathlib import Path

import ipywebrtc
from ipywidgets import VBox

from discriminator.widgets import FaceTracker

camera = ipywebrtc.CameraStream.facing_user(audio=False)
tracker = FaceTracker(camera, level="guesses")
recorder = ipywebrtc.ImageRecorder(stream=camera)
NAMES = ["blinks", "eyes", "mouth", "head", "confidence", "age", "gender", "emotions", "rate"]


def tell(_):
    if not recorder.recording and not recorder.image.value:
        recorder.recording = True
    points = tracker.landmarks
    told = {name: getattr(tracker, name) for name in NAMES}
    told["landmarks"] = None if points is None else points.tolist()
    told["recorded"] = len(recorder.image.value)
    file = Path("told.part")
    file.write_text(json.dumps(told), encoding="utf-8")
    file.rename("told.json")


tracker.observe(tell, ["landmarks", "blinks", "age"])
VBox([tracker, recorder])
"""
PICKED = """
import time

from ipywidgets import Label, VBox

from discriminator.film import downloads
from discriminator.film.downloads import figures
from discriminator.widgets import Plot

plot, heard = Plot(figures.world(downloads.requests())), Label("nothing yet")


def hear(change):
    time.sleep(2)
    heard.value = f"picked {change.new}"


plot.observe(hear, "picked")
VBox([plot, heard])
"""
BOOTH = """
from ipywebrtc import CameraStream
from ipywidgets import Label, VBox

from discriminator.widgets import PhotoBooth

booth = PhotoBooth(CameraStream.facing_user(audio=False), ["This mouth is being moved."])
got = Label()


def show(_):
    got.value = f"agreed: {booth.consent}, points: {booth.points is not None}"


booth.observe(show, "consent")
VBox([booth, got])
"""
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}}
NOTEBOOKS = {
    "seen": FOLLOWED.format(stream="media/dist/chapter-1"),
    "heard": FOLLOWED.format(stream="media/dist/chapter-3"),
    "tracked": TRACKED,
    "picked": PICKED,
    "booth": BOOTH,
}
"""Notebooks of somebody whose Python follows a player, a face or a figure, or takes photos."""
DESK = {"width": 1280, "height": 720}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew", action="store_true", help="write the pictures that pages are compared with"
    )


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with a camera that shows a test picture."""
    running = launch(playwright, FAKE_CAMERA)
    yield running
    running.close()


@pytest.fixture(scope="session")
def performing(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """Chromium with a camera before which somebody blinks, talks, turns and goes, as `ACTS` say."""
    clip = performer.play(tmp_path_factory.mktemp("clips") / "somebody.mjpeg", ACTS)
    running = launch(playwright, FAKE_CAMERA, f"--use-file-for-fake-video-capture={clip}")
    yield running
    running.close()


@pytest.fixture(scope="session")
def face_cinema(film_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the small film with all that looks at faces."""
    folder = tmp_path_factory.mktemp("faces")
    film = make_face_film(film_folder, folder / "film")
    with serving(folder / "log", "--media", str(film)) as running:
        yield running


@pytest.fixture
def browser_without_camera(playwright: Playwright) -> Iterator[Browser]:
    running = launch(playwright)
    yield running
    running.close()


@pytest.fixture
def seat(
    browser: Browser, server: Server, figure: Callable[[str], None]
) -> Iterator[Callable[..., Viewer]]:
    """Give viewers their seats; nothing foreign may be asked for, and no error go unexpected.

    The function takes Playwright's options of a browser context, and besides `server`, `browser`,
    `host`, and whether the page shall connect to its `kernel`.
    """
    seated: list[Viewer] = []

    def take(*, kernel: bool = False, **options: Any) -> Viewer:  # noqa: ANN401 - Playwright's options
        where = options.pop("server", server)
        host = options.pop("host", "127.0.0.1")
        chosen: Browser = options.pop("browser", browser)
        context = chosen.new_context(**{"viewport": DESK, **options})
        context.set_default_timeout(PATIENCE)
        viewer = Viewer(context.new_page(), where, host)
        seated.append(viewer)
        return viewer if kernel else viewer.without_kernel()

    yield take
    for viewer in seated:
        viewer.leave()
        for said in viewer.judged:
            figure(f"axe, {said}")
    assert [(viewer.foreign, viewer.complaints) for viewer in seated] == [([], [])] * len(seated)


@pytest.fixture
def viewer(seat: Callable[..., Viewer]) -> Viewer:
    """Somebody at a desk, whose browser does not allow the camera."""
    return seat()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A researcher's JupyterLab, with some notebooks in it."""
    folder = tmp_path_factory.mktemp("lab")
    for own in ("film", "chapter-3", "your-face-in-numbers"):
        shutil.copy(shipped.folder("notebooks") / f"{own}.ipynb", folder)
    for name, code in NOTEBOOKS.items():
        nbformat.write(
            new_notebook(cells=[new_code_cell(code)], metadata=PYTHON), folder / f"{name}.ipynb"
        )
    port = free_port()
    command = [program("jupyter-lab"), "--no-browser", "--allow-root", f"--port={port}"]
    command += [f"--ServerApp.root_dir={folder}", "--IdentityProvider.token="]
    command += ["--ServerApp.jpserver_extensions={'discriminator': True}"]
    # Not this machine's own: Lab would open again, kernels and all, what somebody left open there.
    # Within a session of tests, who opens Lab with `?reset` finds its desk empty.
    command += [f"--LabApp.workspaces_dir={folder / '.desks'}"]
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, text=True)
    server = Server(port, "/", process, log)

    def answers() -> bool:
        try:
            return server.ask("discriminator/transcript").status == http.client.OK
        except OSError:
            return False

    try:
        eventually(answers)
        yield server
    finally:
        process.terminate()
        process.wait(SERVER_PATIENCE)


@pytest.fixture
def researcher(lab: Server, browser: Browser) -> Iterator[Viewer]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield Viewer(context.new_page(), lab)
    context.close()
