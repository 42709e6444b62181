"""What the README tells people to type is there, and its Python runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cinema import program
from parcel import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELLS = {"bash", "console", "sh", "shell"}


class Block(NamedTuple):
    language: str
    text: str


BLOCKS = [Block(*found) for found in FENCE.findall((ROOT / "README.md").read_text())]
SERVICE = "http://localhost:8867"
ALL = [block.text for block in BLOCKS if block.language == "python"]
PYTHON = [code for code in ALL if SERVICE not in code]
ASKING = [code for code in ALL if SERVICE in code]
"""What needs the HTTP service is run in `api/test_api_page.py`, where one is."""
LINES = [
    line.removeprefix("$ ").partition("  #")[0].split()
    for block in BLOCKS
    if block.language in SHELLS
    for line in block.text.replace("\\\n", " ").splitlines()
    if line.strip()
]
VERBS = [words for words in LINES if words[0] == "discriminator"]
TARGETS = [words[1] for words in LINES if words[0] == "make"]


def test_the_two_commands_and_some_python_are_shown() -> None:
    assert {"film", "test"} <= set(TARGETS)
    assert VERBS
    assert PYTHON
    assert ASKING


@pytest.mark.parametrize("code", PYTHON)
def test_python_runs(code: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_a_verb_has_what_is_asked_of_it(words: list[str]) -> None:
    before = takewhile(lambda word: not word.startswith("-"), words[1:])
    command = [program("discriminator"), *before, "--help"]
    known = subprocess.check_output(command, text=True)
    options = [word.partition("=")[0] for word in words[2:] if word.startswith("-")]
    assert [option for option in options if not re.search(rf"{option}\b", known)] == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_is_in_the_makefile(target: str) -> None:
    make = shutil.which("make") or "make"
    subprocess.check_output([make, "--dry-run", target], cwd=ROOT)
