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
