"""`discriminator bench film` measures what it says; sizes are held to, times are only printed."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from cinema import program

from discriminator.cli import main
from discriminator.server import bench, bench_tracking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def report(figure: Callable[[str], None]) -> dict[str, Any]:
    """The figures of one run on each line, as a person at the terminal gets them."""
    command = [program("discriminator"), "bench", "film", "--runs", "1", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    for line in bench.LINES:
        for name, value in measured[line].items():
            figure(f"{line}: {name} {value['median']} (goal {bench.GOALS[name]})")
    for name in ("start_seconds", "kernel_megabytes"):
        figure(f"{name} {measured[name]} (goal {bench.GOALS[name]})")
    for name, goal in measured["tracking"]["goals"].items():
        figure(f"tracking: {name} {measured['tracking'][name]} (goal {goal})")
    return measured


@pytest.mark.parametrize("what", ["film", "encode"])
def test_without_a_browser_a_sentence_says_so_before_anything_is_measured(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = tmp_path / "chromium"
    nothing.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    nothing.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with ThreadPoolExecutor(1) as aside:  # browser tests leave this thread with a running loop
        ended = aside.submit(main, ["bench", what, "--runs", "1"]).exception()
    assert isinstance(ended, SystemExit)
    assert ended.code == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("discriminator: This needs a browser, and none starts")


@pytest.mark.parametrize("name", ["first_party_kilobytes", "all_kilobytes"])
def test_the_film_is_as_light_as_it_promises(report: dict[str, Any], name: str) -> None:
    for line in bench.LINES:
        assert 0 < report[line][name]["best"] <= bench.GOALS[name]


def test_a_viewers_kernel_is_small(report: dict[str, Any]) -> None:
    assert 0 < report["kernel_megabytes"] <= bench.GOALS["kernel_megabytes"]


def test_times_are_measured_on_both_lines(report: dict[str, Any]) -> None:
    for line in bench.LINES:
        home = report[line]["home_seconds"]
        assert 0 < home["best"] <= home["median"]


def test_the_report_says_which_goals_are_met(report: dict[str, Any]) -> None:
    assert report["goals"] == bench.GOALS
    assert set(report["met"]) == set(bench.GOALS)


def test_the_first_level_of_tracking_is_light(report: dict[str, Any]) -> None:
    goal = bench_tracking.LIMITS["first_level_kilobytes"]
    assert 1000 < report["tracking"]["first_level_kilobytes"] <= goal


def test_tracking_is_measured_beside_its_goals(report: dict[str, Any]) -> None:
    tracking = report["tracking"]
    assert tracking["goals"] == bench_tracking.LIMITS | bench_tracking.FLOORS
    assert set(tracking["met"]) == set(tracking["goals"])
    assert all(tracking[name] > 0 for name in bench_tracking.FLOORS)
    assert tracking["first_result_seconds"] > 0
