from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cinema import free_port

import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cinema import Server

Patch = pytest.MonkeyPatch


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A small tree in which `prepare` works instead of in this one."""
    for name in (*prepare.BUILT_FROM, "discriminator/web/src/shell.ts"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(prepare, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(prepare, "LOCK", tmp_path / "lock")
    return tmp_path


@pytest.fixture
def installs(tree: Path, monkeypatch: Patch) -> list[str]:
    """The outfits that were installed, by a stand-in that leaves what an installation leaves."""
    done: list[str] = []

    def install(outfit: prepare.Outfit) -> None:
        made = ("node_modules/x", "discriminator/web/dist/manifest.json", ".venv/bin/python")
        for path in (tree / name for name in made):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        done.append(outfit.name)

    monkeypatch.setattr(prepare, "install", install)
    monkeypatch.setattr(prepare, "make_environment", lambda: None)
    return done


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_nothing_is_installed_twice(installs: list[str]) -> None:
    prepare.prepare(prepare.FILM)
    prepare.prepare(prepare.FILM)
    assert installs == ["film"]


@pytest.mark.parametrize("name", ["pyproject.toml", "discriminator/web/src/shell.ts"])
def test_a_change_is_installed(tree: Path, installs: list[str], name: str) -> None:
    prepare.prepare(prepare.FILM)
    (tree / name).write_text("changed")
    prepare.prepare(prepare.FILM)
    assert installs == ["film", "film"]


@pytest.mark.parametrize("name", ["node_modules", "discriminator/web/dist"])
def test_what_was_removed_is_installed_again(tree: Path, installs: list[str], name: str) -> None:
    prepare.prepare(prepare.FILM)
    shutil.rmtree(tree / name)
    prepare.prepare(prepare.FILM)
    assert installs == ["film", "film"]


def test_the_tests_hold_what_the_film_needs_but_not_the_reverse(installs: list[str]) -> None:
    prepare.prepare(prepare.FILM)
    prepare.prepare(prepare.TEST)
    prepare.prepare(prepare.FILM)
    assert installs == ["film", "test"]


def test_an_interrupted_installation_goes_on(
    tree: Path, installs: list[str], monkeypatch: Patch
) -> None:
    def interrupted(_: prepare.Outfit) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(prepare, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            prepare.prepare(prepare.FILM)
    assert not list(tree.glob(".venv/prepared-*"))
    prepare.prepare(prepare.FILM)
    assert installs == ["film"]


def test_two_at_once_are_told_apart(tree: Path, installs: list[str]) -> None:
    with prepare.alone(), pytest.raises(prepare.Stop, match=r"Process \d+ is preparing"):
        prepare.prepare(prepare.FILM)
    assert (installs, list(tree.glob(".venv/*"))) == ([], [])


def test_a_lock_whose_process_died_is_ignored(installs: list[str]) -> None:
    prepare.LOCK.write_text("4194304")
    prepare.prepare(prepare.FILM)
    assert installs == ["film"]


def test_a_full_disk_is_measured(installs: list[str], monkeypatch: Patch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(10**11, 10**11, 4 * 10**8))
    with pytest.raises(prepare.Stop, match=r"0\.4 GB left, this needs 2 GB"):
        prepare.prepare(prepare.FILM)
    assert installs == []


def test_a_change_needs_less_room_than_a_beginning(
    tree: Path, installs: list[str], monkeypatch: Patch
) -> None:
    prepare.prepare(prepare.FILM)
    (tree / "package.json").write_text("changed")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(10**11, 10**11, 9 * 10**8))
    prepare.prepare(prepare.FILM)
    assert installs == ["film", "film"]


@pytest.mark.parametrize(("version", "word"), [((3, 13), "new"), ((3, 8), "old")])
def test_a_python_that_will_not_do_is_named(
    monkeypatch: Patch, version: tuple[int, int], word: str
) -> None:
    class Version(NamedTuple):
        major: int
        minor: int

    monkeypatch.setattr(sys, "version_info", Version(*version))
    monkeypatch.setattr(prepare, "version_of", lambda _: ".".join(map(str, version)))
    with pytest.raises(prepare.Stop, match=rf"too {word}.*uv venv -p 3\.12 \.venv"):
        prepare.fitting_python()


def test_a_python_that_will_do_is_found_on_path(monkeypatch: Patch) -> None:
    versions = {sys.executable: "3.13", "python3.12": "", "python3.11": "3.11"}
    monkeypatch.setattr(prepare, "version_of", versions.__getitem__)
    assert prepare.fitting_python() == "python3.11"


def test_a_program_that_is_no_python_has_no_version() -> None:
    assert prepare.version_of("false") == ""
    assert prepare.version_of("no-such-program") == ""


def test_an_environment_of_another_python_is_named(tree: Path, monkeypatch: Patch) -> None:
    assert not (tree / ".venv").exists()
    monkeypatch.setattr(prepare, "version_of", lambda _: "3.13")
    with pytest.raises(prepare.Stop, match=r"\.venv has Python 3\.13"):
        prepare.make_environment()


def test_a_port_that_another_program_has_is_named(
    taken_port: int, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "PATIENCE", 0.1)
    assert prepare.main(["film", "--port", str(taken_port)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"Another program uses port {taken_port}")
    assert f"PORT={taken_port + 1}" in said


@pytest.mark.parametrize(
    "greeting", [b"220 mail\r\n", b"", b"HTTP/1.0 200 OK\r\n\r\n5", b"HTTP/1.0 200 OK\r\n\r\n<p>"]
)
def test_a_program_that_speaks_otherwise_is_named_too(
    greeting: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port: int = other.getsockname()[1]

        def greet() -> None:
            for _ in range(2):  # one looks whether anybody is there, the other asks
                guest, _ = other.accept()
                with guest, suppress(ConnectionError):
                    guest.sendall(greeting)
                    guest.shutdown(socket.SHUT_WR)
                    guest.recv(4096)

        with ThreadPoolExecutor() as aside:
            aside.submit(greet)
            assert prepare.main(["film", "--port", str(port)]) == 2
    assert capsys.readouterr().err.startswith(f"Another program uses port {port}")


def test_a_port_that_is_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert prepare.main(["film", "--port", "70000"]) == 2
    assert "There is no port 70000" in capsys.readouterr().err


def test_a_film_that_runs_already_is_shown(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prepare.main(["film", "--port", str(server.port)]) == 0
    assert f"http://localhost:{server.port}" in capsys.readouterr().out


def test_the_film_starts_as_a_program_of_its_own(installs: list[str], monkeypatch: Patch) -> None:
    started: list[str] = []
    monkeypatch.setattr(prepare, "become", lambda *words: started.extend(map(str, words)))
    port = free_port()
    assert prepare.main(["film", "--port", str(port)]) == 0
    assert installs == ["film"]
    assert started[1:] == ["serve", "--port", str(port), "--open"]


@pytest.mark.parametrize(
    ("words", "outfit", "script"),
    [
        ("voice", "film", "narrate.py"),
        ("masters", "masters", "masters.py"),
        ("masters --chapter=", "masters", "masters.py"),
        ("masters --chapter=chapter-2", "masters", "masters.py chapter-2"),
    ],
)
def test_voice_and_pictures_are_made_by_the_films_own_scripts(
    installs: list[str], monkeypatch: Patch, words: str, outfit: str, script: str
) -> None:
    started: list[str] = []
    monkeypatch.setattr(prepare, "become", lambda *words: started.extend(map(str, words)))
    monkeypatch.setattr(prepare, "find_library", lambda name: f"lib{name}.so.1")
    assert prepare.main(words.split()) == 0
    assert installs == [outfit]
    assert " ".join(started).endswith(f"/media/make/{script}")


def test_a_machine_that_cannot_speak_is_told_what_to_install(monkeypatch: Patch) -> None:
    monkeypatch.setattr(prepare, "find_library", lambda _: None)
    monkeypatch.setattr(prepare, "succeeds", lambda *_: False)
    with pytest.raises(prepare.Stop, match="install `libflite1`"):
        prepare.find_speech()


def test_a_network_that_does_not_answer_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(prepare.Stop, match="The network does not answer"):
        prepare.run("sh", "-c", "echo dns error: no such host; exit 1")
    assert "no such host" in capsys.readouterr().err


@pytest.mark.parametrize("said", ["No space left on device (os error 28)", "Disk quota exceeded"])
def test_a_disk_that_fills_up_on_the_way_is_named(said: str) -> None:
    with pytest.raises(prepare.Stop, match="The disk is full: make room"):
        prepare.run("sh", "-c", f"echo '{said}'; exit 1")


def test_a_machine_without_a_browser_is_told_what_to_install(monkeypatch: Patch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(prepare, "succeeds", lambda *_: False)
    with pytest.raises(prepare.Stop, match="install `chromium`"):
        prepare.find_browser()


def test_stopping_it_is_no_mistake(monkeypatch: Patch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(_: int) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(prepare, "already_shown", stopped)
    assert prepare.main(["film"]) == 130
    assert "goes on from here" in capsys.readouterr().err


def test_make_alone_names_every_target() -> None:
    make = shutil.which("make") or "make"
    root = Path(prepare.__file__).parent
    said = subprocess.check_output([make], cwd=root, text=True)
    for target in ("film", "test", "soak", "voice", "masters", "clean"):
        assert f"make {target} " in said
        subprocess.check_output([make, "--dry-run", target], cwd=root)


def test_what_python_has_compiled_is_kept_whatever_the_machine_says(monkeypatch: Patch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert prepare.main(["film", "--port", "0"]) == 2
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
