from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from discriminator.web import hatch_build

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = re.compile(
    r"\.ts$|\.mjs$|hatch_build|\.map$|node_modules|(^|/)tests/|/web/src/|package.*\.json$"
)
HASHED = re.compile(r"-[0-9A-Za-z]{8}\.[a-z0-9]+$")
BUILT = "discriminator/web/dist/"
CONFIG = "data/etc/jupyter/jupyter_server_config.d/discriminator.json"
MACHINE = re.compile(rb"/(?:home|root|Users|tmp|work|private)/[\w.-]+/")


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with ZipFile(wheel) as parcel:
        return parcel.namelist()


def test_the_front_end_is_in_the_wheel_under_hashed_names(wheel: Path, names: list[str]) -> None:
    with ZipFile(wheel) as parcel:
        manifest = json.loads(parcel.read(f"{BUILT}manifest.json"))
    built = {name.removeprefix(BUILT) for name in names if name.startswith(BUILT)}
    assert set(manifest.values()) <= built
    assert [name for name in built - {"manifest.json"} if not HASHED.search(name)] == []
    assert {"shell.ts", "film.css"} <= set(manifest)


@pytest.mark.parametrize(
    "name",
    [
        "discriminator/py.typed",
        "discriminator/detect/nobodies/nobody-12.jpg",
        "discriminator/media/story/film.yaml",
        "discriminator/media/story/en.yaml",
        "discriminator/media/album/lantern.webp",
        "discriminator/media/data/requests.csv",
        "discriminator/media/notes/amazon.opus",
        "discriminator/media/operator.example.yaml",
        "discriminator/media/voice/speech.en.opus",
        "discriminator/notebooks/film.ipynb",
        "discriminator/film/template/index.html.j2",
        "discriminator/api/page.html.j2",
    ],
)
def test_what_the_film_shows_and_says_is_in_the_wheel(names: list[str], name: str) -> None:
    assert name in names


def test_a_film_in_another_language_takes_its_own_speech_along(tmp_path: Path) -> None:
    voice = tmp_path / "media" / "voice"
    voice.mkdir(parents=True)
    for name in ("speech.pt-BR.json", "speech.pt-BR.opus", "chapter-1.pt-BR.opus"):
        (voice / name).touch()
    told = ["media/voice/speech.pt-BR.json", "media/voice/speech.pt-BR.opus"]
    assert hatch_build.told(tmp_path) == told


def test_the_licence_and_the_jupyter_configuration_are_in_the_wheel(names: list[str]) -> None:
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert any(name.endswith(CONFIG) for name in names)


def test_what_the_film_is_made_from_is_not_in_the_wheel(names: list[str]) -> None:
    assert [name for name in names if SOURCES.search(name)] == []


def test_no_path_of_the_machine_that_built_it_is_in_the_wheel(wheel: Path) -> None:
    with ZipFile(wheel) as parcel:
        told = [name for name in parcel.namelist() if MACHINE.search(parcel.read(name))]
    assert told == []


def test_the_command_runs_where_there_is_no_node(installed: Path) -> None:
    command = [str(installed / "discriminator"), "--help"]
    said = subprocess.check_output(command, env={"PATH": ""}, cwd=installed, text=True)
    assert "serve" in said


def test_the_installed_package_finds_its_own_story(installed: Path) -> None:
    asked = "from discriminator.film import story; print(story.load().media)"
    command = [str(installed / "python"), "-c", asked]
    said = subprocess.check_output(command, env={"PATH": ""}, cwd=installed, text=True)
    assert said.startswith(str(installed.parent))


@pytest.mark.parametrize(("version", "own"), [("v22.1.0", True), ("v12.22.9", False), ("", False)])
def test_a_node_that_is_too_old_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, *, own: bool
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    command, path = hatch_build.find_npm()
    assert (command == [str(tmp_path / "npm")]) is own
    assert (path == str(tmp_path)) is own


def test_npm_from_pip_runs_where_there_is_no_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    command, path = hatch_build.find_npm()
    said = subprocess.check_output([*command, "--version"], env={"PATH": path}, text=True)
    assert said.partition(".")[0].isdecimal()
