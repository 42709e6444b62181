"""The command line: each verb says what it does, and what is wrong in one line."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from cinema import copy_story, eventually, free_port, program, serving

from discriminator import cli

if TYPE_CHECKING:
    from pathlib import Path

    from cinema import Server

UNBUILT = """
from pathlib import Path
from discriminator.widgets import assets
assets.FOLDER = Path("nowhere")
from discriminator.cli import main
main(["serve", "--port", "{port}"])
"""

LOADED = """
import sys
from discriminator.cli import main
try:
    main(["serve", "--port", "{port}"])
except SystemExit:
    print("jsonschema" in sys.modules, "rfc3987_syntax" in sys.modules)
"""


def refused(*words: str) -> str:
    """The one line that a command says before it ends with exit code 2."""
    done = subprocess.run(
        [program("discriminator"), *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    (said,) = done.stderr.splitlines()
    assert said.startswith("discriminator: ")
    return said


def test_a_reader_who_goes_early_is_no_trouble() -> None:
    with subprocess.Popen(
        [program("discriminator"), "weights", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == ""
    assert process.returncode == 0


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([verb, "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert f"discriminator {verb}" in said
    assert "--json" in said


def test_an_answer_reads_as_a_person_writes(capsys: pytest.CaptureFixture[str]) -> None:
    answer = {"parts": {"train": 8, "test": 2}, "failures": [], "problems": ["One.", "Two."]}
    cli._print(answer | {"auc": 0.123456, "whole": True}, as_json=False)  # noqa: SLF001 - of all verbs
    assert capsys.readouterr().out.splitlines() == [
        "parts: train 8, test 2",
        "failures: none",
        "problems: ",
        "  One.",
        "  Two.",
        "auc: 0.1235",
        "whole: yes",
    ]


def test_the_command_lists_its_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    said = capsys.readouterr().out
    assert all(verb in said for verb in cli.VERBS)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["serve", "--port", "0"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "x"],
        ["serve", "--ready", "-1"],
        ["serve", "--seats", "0"],
        ["bench", "nonsense"],
    ],
)
def test_what_makes_no_sense_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_a_port_that_is_taken_is_named_with_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused("serve", "--port", str(port))
    assert f"Port {port} cannot be used" in said
    assert f"--port {port + 1}" in said


def test_an_address_of_another_machine_is_named() -> None:
    said = refused("serve", "--port", str(free_port()), "--ip", "203.0.113.7")
    assert "203.0.113.7 is no address of this machine" in said


def test_weights_that_are_not_there_are_named_before_anything_is_opened(tmp_path: Path) -> None:
    weights = tmp_path / "wav2lip.pth"
    said = refused("serve", "--port", str(free_port()), "--weights", str(weights))
    assert f"{weights} is not there" in said


def test_a_broken_story_is_named_before_anything_is_opened(tmp_path: Path) -> None:
    copy_story(tmp_path, chapters=[{"number": "one", "stream": "x"}])
    said = refused("serve", "--port", str(free_port()), "--media", str(tmp_path))
    assert "film.yaml" in said
    assert "$.chapters[0].number" in said


def test_a_folder_without_a_story_is_named(tmp_path: Path) -> None:
    said = refused("serve", "--port", str(free_port()), "--media", str(tmp_path))
    assert "film.yaml is missing" in said


def test_a_front_end_that_is_not_built_is_named_with_the_way_to_build_it() -> None:
    script = UNBUILT.format(port=free_port())
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    (said,) = done.stderr.splitlines()
    assert "The front end is not built" in said
    assert "npm run build" in said


def ready(port: int, path: str) -> bool:
    """Whether all kernels that shall stand ready do."""
    with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        health: dict[str, Any] = json.load(answer)
    return bool(health["ready"] == 2)


def test_serve_says_its_address_and_ends_quietly(tmp_path: Path) -> None:
    copy_story(tmp_path, chapters=[])
    port = free_port()
    words = ["serve", "--port", str(port), "--media", str(tmp_path), "--base-url", "x+1/", "--json"]
    with subprocess.Popen(
        [program("discriminator"), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        said = process.stdout.readline()
        eventually(lambda: ready(port, "/x+1/healthz"))
        process.terminate()
        _, complaints = process.communicate()
    assert json.loads(said) == {"address": f"http://localhost:{port}/x+1/"}
    assert complaints == ""


def test_serving_loads_no_grammar_that_nobody_asks_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        script = LOADED.format(port=taken.getsockname()[1])
        said = subprocess.check_output([sys.executable, "-c", script], text=True)
    assert said.split() == ["True", "False"]


def test_two_servers_show_one_folder(server: Server, film_folder: Path, tmp_path: Path) -> None:
    with serving(tmp_path / "log", "--media", str(film_folder), "--ready", "0") as other:
        manifest = "media/dist/chapter-1/manifest.mpd"
        assert server.ask(manifest).body == other.ask(manifest).body
