"""The figures of the queue: measured on real workers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toys import TOY

from discriminator.jobs import bench

if TYPE_CHECKING:
    import pytest


def test_viewers_who_come_at_once_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "VIEWERS", 3)
    monkeypatch.setattr(
        bench, "speaking", lambda _: {"speaking": replace(TOY, maker="toys:Speaker")}
    )
    figures = bench.run(runs=1)
    assert figures["lost"] == 0
    assert figures["cold_start"] > 0
    assert figures["viewers_an_hour_served"] > 0


def test_best_and_median_are_told_and_goals_are_of_medians(monkeypatch: pytest.MonkeyPatch) -> None:
    colds, rounds = iter([9.0, 1.0, 7.0]), iter([(99.0, 0), (30.0, 0), (50.0, 0), (46.0, 1)])
    monkeypatch.setattr(bench, "speaking", lambda _: {"speaking": TOY})
    monkeypatch.setattr(bench, "_cold_start", lambda _: next(colds))
    monkeypatch.setattr(bench, "_sitting", lambda: (b"", b""))
    monkeypatch.setattr(bench, "_ten_at_once", lambda *_: next(rounds))
    figures = bench.run(runs=3)
    assert (figures["cold_start_best"], figures["cold_start"]) == (1, 7)
    assert (figures["ten_at_once_best"], figures["ten_at_once"]) == (30, 46)
    assert figures["met"] == {"cold_start": False, "ten_at_once": False, "lost": False}
