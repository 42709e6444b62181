"""`make test` leaves nothing out, and tells who waits for it how it went."""

from __future__ import annotations

import runpy
import sys
from typing import TYPE_CHECKING, Any

import pytest
from parcel import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TELLER = "import sys; print('{}'); sys.exit({})"


@pytest.fixture
def checks() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / ".ci" / "test.py"))


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str, int], str]:
    """A command that says a word and ends with a code."""

    def write(word: str, code: int) -> str:
        path = tmp_path / f"{word}.py"
        path.write_text(TELLER.format(word, code))
        return f"{sys.executable} {path}"

    return write


def test_what_one_run_leaves_out_another_runs(checks: dict[str, Any]) -> None:
    *beside, rest = checks["BESIDE"].values()
    left_out = {word.removeprefix("--ignore=") for word in rest.split() if "--ignore" in word}
    others = [*checks["BROWSER"].values(), *beside, *checks["ALONE"].values()]
    assert left_out == {word for line in others for word in line.split() if "tests/" in word}
    assert all((ROOT / path).exists() for path in left_out)


def test_two_that_run_together_are_told_one_after_the_other(
    checks: dict[str, Any], script: Callable[[str, int], str], capfd: pytest.CaptureFixture[str]
) -> None:
    beside = {"beside": script("two", 3), "after": script("three", 0)}
    told = checks["pass_together"]({"seen": script("one", 0)}, beside)
    assert told == {"seen": True, "beside": False, "after": True}
    lines = capfd.readouterr().out.splitlines()
    words = ["one", "two", "three"]
    assert [line for line in lines if line in words] == words


def test_a_failure_is_named_and_does_not_stop_the_rest(
    checks: dict[str, Any],
    script: Callable[[str, int], str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    run = {
        "FIRST": {"rules": script("bad", 1), "types": script("good", 0)},
        "BROWSER": {"seen": script("fine", 0)},
        "BESIDE": {"beside": script("well", 0)},
        "ALONE": {},
    }
    for name, commands in run.items():
        monkeypatch.setitem(checks["main"].__globals__, name, commands)
    assert checks["main"]() == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[-2:] == ["failed: rules", "checks: 3 passed, 1 failed"]
    assert "well" in lines
