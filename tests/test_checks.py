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
    lines = (checks["TOGETHER"] | checks["ALONE"]).values()
    *others, rest = sorted((line.split() for line in lines if "pytest" in line), key=is_the_rest)
    left_out = {word.removeprefix("--ignore=") for word in rest if "--ignore" in word}
    assert left_out == {word for words in others for word in words if word.startswith("tests/")}
    assert all((ROOT / path).exists() for path in left_out)


def is_the_rest(words: list[str]) -> bool:
    return any("--ignore" in word for word in words)


def test_two_that_run_together_are_told_one_after_the_other(
    checks: dict[str, Any], script: Callable[[str, int], str], capfd: pytest.CaptureFixture[str]
) -> None:
    told = checks["pass_all"]({"one": script("seen", 0), "two": script("heard", 3)}, 2)
    assert told == {"one": True, "two": False}
    lines = capfd.readouterr().out.splitlines()
    for name, said, word in (("one", "seen", "passed"), ("two", "heard", "failed")):
        at = lines.index(said)
        assert lines[at - 1].startswith(f"== {name}: ")
        assert lines[at + 1].startswith(f"== {name}: {word} in ")


def test_a_failure_is_named_and_does_not_stop_the_rest(
    checks: dict[str, Any],
    script: Callable[[str, int], str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    together = {
        "rules": script("bad", 1),
        "types": script("good", 0),
        "seen": script("fine", 0),
        "beside": script("well", 0),
    }
    monkeypatch.setitem(checks["main"].__globals__, "TOGETHER", together)
    monkeypatch.setitem(checks["main"].__globals__, "ALONE", {})
    assert checks["main"]() == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[-2:] == ["failed: rules", "checks: 3 passed, 1 failed"]
    assert "well" in lines
