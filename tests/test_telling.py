"""What a terminal shows while something is being done; no file gets any of it."""

from __future__ import annotations

import io
import sys
import time

import pytest

from discriminator.telling import counted


class Terminal(io.StringIO):
    """Somewhere a person looks."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert list(counted("abc", 3, "clips")) == ["a", "b", "c"]
    shown = [line.strip() for line in terminal.getvalue().split("\r")]
    assert shown == ["0 of 3 clips", "1 of 3 clips", "2 of 3 clips", "3 of 3 clips"]
    assert terminal.getvalue().endswith("\n")


def test_what_takes_long_says_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    now = iter([10.0, 10.0, 40.0, 70.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    assert len(list(counted("abc", 3, "clips"))) == 3
    assert [line.strip() for line in terminal.getvalue().split("\r")][1:] == [
        "1 of 3 clips",
        "2 of 3 clips,  0:30 left",
        "3 of 3 clips",
    ]


def test_what_fails_leaves_the_line_to_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with pytest.raises(ZeroDivisionError):
        list(counted((1 / n for n in (1, 0)), 2, "clips"))
    assert terminal.getvalue().endswith("\n")


def test_a_file_gets_none_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(counted("ab", 2, "clips")) == ["a", "b"]
    assert capsys.readouterr().err == ""
