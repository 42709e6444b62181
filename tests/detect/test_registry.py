from __future__ import annotations

import sys
from dataclasses import replace
from importlib.metadata import EntryPoint
from math import exp
from typing import TYPE_CHECKING
from unittest.mock import patch

import msgspec
import pytest

from discriminator import detect
from discriminator.cli import main
from discriminator.detect import calibration, listing, registry
from discriminator.detect.calibration import Calibration
from discriminator.detect.verdict import Moment

if TYPE_CHECKING:
    from pathlib import Path

FOREIGN = """
from discriminator.detect import Abstention, Card, Detector, Opinion, detector

@detector(Card("named", "Looks at the name.", "Names lie.", "MIT", calibrated_on="9 clips"))
class Named(Detector):
    calls = 0

    def setup(self):
        type(self).calls += 1

    def judge(self, clip):
        if clip.path.stem == "unknown":
            raise Abstention("The name says nothing.")
        return Opinion(float("fake" in clip.path.name), frames=1)
"""


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry.names()  # ours are there before a copy is taken
    (tmp_path / "named_detector.py").write_text(FOREIGN, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "named_detector", raising=False)
    entry = EntryPoint("named", "named_detector:Named", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **_: [entry])
    monkeypatch.setattr(registry, "_known", dict(registry._known))  # noqa: SLF001 - as it was


@pytest.mark.usefixtures("foreign")
def test_another_package_brings_a_detector() -> None:
    assert detect.names()[0] == "together"
    assert "named" in detect.names()
    named = detect.load("named")
    scores = [named.score(name) for name in ("a-fake.mp4", "a-real.mp4", "unknown.mp4")]
    assert [score.fake for score in scores] == [1.0, 0.0, None]
    assert scores[0].words == "Fake with a probability of 100%."
    assert scores[2].abstained == "The name says nothing."
    assert type(named).calls == 1
    assert scores[0].versions["named"] == "1"
    assert scores[0].polarity == "1 is fake"


@pytest.mark.parametrize("content", ["import not_there_at_all", "1 / 0"])
def test_what_another_package_breaks_stays_its_own(
    content: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "broken_detector.py").write_text(content, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    entry = EntryPoint("theirs", "broken_detector:Theirs", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **_: [entry])
    told: dict[str, str] = {}
    monkeypatch.setattr(registry, "broken", told)
    monkeypatch.setattr(listing, "broken", told)
    main(["detectors"])
    assert "theirs: cannot be loaded" in capsys.readouterr().out
    assert detect.load("noise").card.name == "noise"


@pytest.mark.usefixtures("foreign")
def test_weights_that_are_not_known_here_are_their_own_package_s(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = type(detect.load("named"))
    monkeypatch.setattr(kind, "card", replace(kind.card, weights="their-net"))
    main(["detectors"])
    told = capsys.readouterr().out
    assert "weights: their-net, which its own package keeps" in told
    assert "version 1, licence MIT" in told


def test_a_run_has_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / registry.RUN).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(registry, "_trained", str)
    names = ("run", "run/", "./run", str(tmp_path / "run"))
    assert {registry._made(name) for name in names} == {"run"}  # type: ignore[comparison-overlap]  # noqa: SLF001 - what a name becomes


def test_every_detector_says_what_it_cannot_do() -> None:
    for card in detect.cards():
        assert card.limits.endswith(".")
        assert card.description.endswith(".")
        assert card.licence


def test_an_unknown_name_is_said() -> None:
    with pytest.raises(detect.UnknownDetectorError, match="choose one of together, pulse"):
        detect.load("oracle")


def test_a_calibration_makes_probabilities(tmp_path: Path) -> None:
    version = detect.load("noise").card.version
    lines = {"noise": Calibration(2.0, 1.0, 40, "my clips", version, 0.7)}
    path = tmp_path / "calibration.json"
    path.write_bytes(msgspec.json.encode(lines))
    judge = detect.load("noise", calibration.read(path))
    opinion = detect.Opinion(0.5, (detect.FaceScore(0, 0.5, (0, 0, 1, 1), (Moment(0, 0.5),)),))
    with patch.object(type(judge), "judge", return_value=opinion):
        score = judge.score("clip.mp4")
    expected = 1 / (1 + exp(-1.0))
    assert score.fake == score.faces[0].fake == pytest.approx(expected)
    assert score.faces[0].moments[0].fake == pytest.approx(expected)
    assert (score.threshold, score.calibrated_on) == (0.7, "my clips")
    assert score.words == "Fake with a probability of 73%."


def test_a_calibration_of_another_version_is_refused(tmp_path: Path) -> None:
    lines = {"noise": Calibration(1.0, 0.0, 40, "my clips", "0", 0.5)}
    with pytest.raises(detect.DetectError, match="evaluate it again"):
        detect.load("noise", lines)
    with pytest.raises(detect.DetectError, match="is no calibration"):
        calibration.read(tmp_path / "none.json")
