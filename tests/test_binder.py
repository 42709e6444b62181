"""Binder's steps, as far as they go without Docker: install, then a Jupyter server and no more."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from html import unescape
from typing import TYPE_CHECKING

import pytest
from cinema import PATIENCE, Server, eventually, free_port
from parcel import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BINDER = ROOT / "binder"
ASSET = re.compile(r'(?:src|href)="/user/x/discriminator/(assets/[^"]+\.(?:js|css))"')


@pytest.fixture(scope="module")
def binder(
    installed: Path, film_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """`jupyter server` below a hub's address, configured by nothing but the wheel."""
    home = tmp_path_factory.mktemp("home")
    show = home / "notebooks"
    shutil.copytree(ROOT / "notebooks", show)
    streams = next(installed.parent.glob("lib/python*/site-packages/discriminator/media")) / "dist"
    shutil.copytree(film_folder / "dist", streams, dirs_exist_ok=True)
    log = home / "log"
    port = free_port()
    own = {
        name: os.environ[name] for name in os.environ if not name.startswith(("JUPYTER", "PYTHON"))
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [installed / "jupyter-server", *_options(port, show)],
            env=own | {"HOME": str(home), "PATH": f"{installed}:{os.defpath}"},
            stdout=output,
            stderr=output,
            text=True,
        )
    server = Server(port, "/user/x/", process, log)
    try:
        eventually(lambda: _answers(server))
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _options(port: int, show: Path) -> list[str]:
    return [
        f"--ServerApp.port={port}",
        "--ServerApp.base_url=/user/x/",
        f"--ServerApp.root_dir={show}",
        "--IdentityProvider.token=",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
    ]


def _answers(server: Server) -> bool:
    assert server.process.poll() is None, server.log.read_text()
    try:
        return server.ask("api").status == 200
    except OSError:
        return False


def test_the_film_is_at_its_address(binder: Server) -> None:
    page = binder.ask("discriminator/")
    assert page.status == 200, binder.log.read_text()
    assert 'data-page="home"' in page.text


def test_every_asset_that_the_page_names_is_there(binder: Server) -> None:
    named = ASSET.findall(unescape(binder.ask("discriminator/").text))
    assert named
    assert {binder.ask(f"discriminator/{name}").status for name in named} == {200}


def test_a_stream_is_served_with_its_type_and_in_ranges(binder: Server) -> None:
    manifest = binder.ask("discriminator/media/dist/chapter-1/manifest.mpd", Range="bytes=0-9")
    assert (manifest.status, len(manifest.body)) == (206, 10)
    assert manifest.headers["Content-Type"] == "application/dash+xml"


def test_a_notebook_opens_through_voila(binder: Server) -> None:
    page = binder.ask("voila/render/film.ipynb")
    assert page.status == 200, binder.log.read_text()
    assert "application/vnd.jupyter.widget-view+json" in page.text
    assert "Traceback" not in page.text


def test_nothing_is_rendered_or_encoded_there() -> None:
    assert sorted(path.name for path in BINDER.iterdir()) == [
        "apt.txt",
        "requirements.txt",
        "runtime.txt",
    ]
    words = (BINDER / "requirements.txt").read_text().splitlines()
    assert [word for word in words if not word.startswith("#")] == [".[data]"]


def test_binder_has_a_python_that_the_film_runs_on() -> None:
    assert (BINDER / "runtime.txt").read_text().strip() == "python-3.11"
    assert (BINDER / "apt.txt").read_text().split() == ["libgl1", "libglib2.0-0"]
