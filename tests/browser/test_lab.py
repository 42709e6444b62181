"""The film in notebooks: in a cell of JupyterLab, and rendered by somebody else's Voila."""

from __future__ import annotations

import http.client
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from cinema import PATIENCE, Server, eventually, free_port, program
from playwright.sync_api import expect
from viewer import Viewer

from discriminator import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A researcher's JupyterLab, with the film's notebook in it."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(shipped.folder("notebooks") / "film.ipynb", folder)
    port = free_port()
    command = [program("jupyter-lab"), "--no-browser", "--allow-root", f"--port={port}"]
    command += [f"--ServerApp.root_dir={folder}", "--IdentityProvider.token="]
    command += ["--ServerApp.jpserver_extensions={'discriminator': True}"]
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
        process.wait(PATIENCE)


@pytest.fixture
def researcher(lab: Server, browser: Browser) -> Iterator[Viewer]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    yield Viewer(context.new_page(), lab)
    context.close()


def test_the_film_opens_in_a_cell_of_jupyterlab(researcher: Viewer) -> None:
    page = researcher.page
    page.goto(f"{researcher.address}lab/tree/film.ipynb")
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.locator(".jp-CodeCell").first.click()
    page.keyboard.press("Control+Enter")
    expect(researcher.film).to_have_attribute("data-page", "home")
    researcher.film.get_by_role("link", name="Start").click()
    expect(researcher.film).to_have_attribute("data-page", "permissions")
    researcher.film.get_by_role("button", name="Go on without").click()
    expect(researcher.film).to_have_attribute("data-page", "chapter-1")
    assert page.url.endswith("/lab/tree/film.ipynb")


def test_the_film_opens_in_any_voila(researcher: Viewer) -> None:
    researcher.page.goto(f"{researcher.address}voila/render/film.ipynb")
    expect(researcher.film).to_have_attribute("data-page", "home")
    researcher.film.get_by_role("link", name="Start").click()
    expect(researcher.film).to_have_attribute("data-page", "permissions")


def test_the_film_has_its_own_address_in_a_jupyter_server(researcher: Viewer) -> None:
    researcher.page.goto(f"{researcher.address}discriminator/")
    expect(researcher.film).to_have_attribute("data-bar", "")
    researcher.link("Start").click()
    expect(researcher.film).to_have_attribute("data-page", "permissions")
    assert researcher.page.url.endswith("/discriminator/permissions")
    assert researcher.foreign == []
