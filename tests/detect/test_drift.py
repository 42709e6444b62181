from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest

from discriminator.cli import main
from discriminator.detect import drift
from discriminator.detect.errors import DetectError
from discriminator.detect.scoring import Line

if TYPE_CHECKING:
    from pathlib import Path


def lines(seed: int, *, count: int = 200, darker: float = 0.0, odds: float = 0.0) -> list[Line]:
    rng = np.random.default_rng(seed)
    return [
        Line(
            f"{seed}-{number}.mp4",
            "together",
            "1",
            float(1 / (1 + np.exp(-rng.normal(odds)))),
            None,
            faces=1,
            brightness=float(rng.normal(120 - darker, 20)),
            bits=0.1,
        )
        for number in range(count)
    ]


def test_the_same_is_steady() -> None:
    found = drift.compare(lines(0), lines(1))
    assert found.verdict == "steady"
    assert found.psi < 0.25
    assert {"brightness", "P(fake) of together", "abstentions of together"} <= set(found.shifts)


def test_what_has_moved_is_named() -> None:
    found = drift.compare(lines(0), lines(1, darker=40))
    assert found.verdict == found.shifts["brightness"].verdict == "drifted"
    assert found.shifts["P(fake) of together"].verdict == "steady"
    assert found.psi == found.shifts["brightness"].psi


def test_by_hand() -> None:
    before, now = np.array([0.0] * 50 + [1.0] * 50), np.array([0.0] * 20 + [1.0] * 80)
    expected = (0.2 - 0.5) * np.log(0.2 / 0.5) + (0.8 - 0.5) * np.log(0.8 / 0.5)
    assert drift.psi(before, now) == pytest.approx(expected)
    assert drift.shift(before, now).ks == pytest.approx(0.3)


def test_a_page_and_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, found in (("then", lines(0)), ("now", lines(1, odds=2.0))):
        content = b"\n".join(msgspec.json.encode(line) for line in found)
        (tmp_path / f"{name}.jsonl").write_bytes(content)
    records = [str(tmp_path / "then.jsonl"), str(tmp_path / "now.jsonl")]
    main(["drift", *records, "--report", str(tmp_path / "page"), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == told["P(fake) of together"]["verdict"] == "drifted"
    page = (tmp_path / "page" / "report.html").read_text(encoding="utf-8")
    assert "What has moved: drifted" in page
    assert 'src="http' not in page


def test_too_little_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DetectError, match="too few to see a drift"):
        drift.compare(lines(0), lines(1, count=5))
    with pytest.raises(SystemExit) as stopped:
        main(["drift", str(tmp_path / "no"), str(tmp_path / "no")])
    assert stopped.value.code == 2
    assert "holds no answers" in capsys.readouterr().err
