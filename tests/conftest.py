"""What many tests share. A fixture that one folder uses is in that folder's own conftest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sitters
from cinema import make_film, serving
from parcel import build_wheel, clean_copy, install
from PIL import Image

from discriminator.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cinema import Server

# --- a film and its servers ----------------------------------------------------------------------


@pytest.fixture(scope="session")
def film_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The media folder of a small film."""
    return make_film(tmp_path_factory.mktemp("film"))


@pytest.fixture(scope="session")
def server(film_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small film at the root of a server."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(log, "--media", str(film_folder)) as running:
        yield running


@pytest.fixture(scope="session")
def server_below(film_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small film where a proxy would have it."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(log, "--media", str(film_folder), root="/user/x/") as running:
        yield running


# --- a practice set ------------------------------------------------------------------------------

PEOPLE = 4


@pytest.fixture(scope="session")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to work in: `portraits` of four people, and `practice`, six short clips of each."""
    folder = tmp_path_factory.mktemp("practised")
    (folder / "portraits").mkdir()
    for seed in range(PEOPLE):
        Image.fromarray(sitters.bent(seed)).save(folder / "portraits" / f"p{seed}.png")
    places = (str(folder / "portraits"), "-o", str(folder / "practice"))
    main(["dataset", "make", *places, "--seconds", "2"])
    return folder


# --- figures that are printed, whether or not a test fails ----------------------------------------

FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Note a measured figure; all of them are printed when the tests have run."""
    return request.config.stash.setdefault(FIGURES, []).append


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if lines := config.stash.get(FIGURES, []):
        terminalreporter.section("figures")
        terminalreporter.write("".join(f"{line}\n" for line in lines))


# --- the package as others get it ----------------------------------------------------------------


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a clean copy of this tree."""
    source = clean_copy(tmp_path_factory.mktemp("source"))
    return build_wheel(source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel, and what it asks for."""
    return install(wheel, tmp_path_factory.mktemp("installed") / "venv")
