"""What has moved between two records, as a page with a plot for each measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discriminator.detect import page
from discriminator.detect.compared import compared

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from discriminator.detect.drift import Drift, Floats


def write(
    folder: Path, found: Drift, before: Mapping[str, Floats], now: Mapping[str, Floats]
) -> None:
    """Write report.html, which needs no network."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [
        page.drawn(compared(name, {"reference": before[name], "now": now[name]}))
        for name in found.shifts
    ]
    page.write(folder / "report.html", "drift.html.j2", figures=True, drift=found, drawn=drawn)
