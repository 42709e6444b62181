from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from discriminator import cli
from discriminator.cli import main
from discriminator.detect import encoding

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def empty_room(tmp_path: Path) -> Path:
    path = tmp_path / "room.mp4"
    encoding.write(path, [np.full((48, 64, 3), 90, np.uint8)] * 5, 25)
    return path


def test_a_verdict_in_words(empty_room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["detect", str(empty_room)])
    assert "together: No verdict. No face was found." in capsys.readouterr().out


def test_a_verdict_for_programs(empty_room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["detect", str(empty_room), "--json", "--detector", "pulse", "--detector", "noise"])
    [told] = json.loads(capsys.readouterr().out)["files"]
    assert [score["detector"] for score in told["scores"]] == ["pulse", "noise"]
    assert told["scores"][0]["fake"] is None
    assert told["scores"][0]["leaning"] == "unclear"


def test_what_cannot_be_read_does_not_stop_the_rest(
    empty_room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.touch()
    report = tmp_path / "report"
    main(["detect", str(broken), str(empty_room), "--json", "--report", str(report)])
    first, second = json.loads(capsys.readouterr().out)["files"]
    assert "neither a video nor a picture" in first["failure"]
    assert second["failure"] is None
    assert json.loads((report / "report.json").read_bytes())["files"] == [first, second]
    page = (report / "report.html").read_text(encoding="utf-8")
    assert "broken.mp4 cannot be read" in page
    assert "No face was found." in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none.mp4"], "none.mp4 is not there"),
        (["room.mp4", "--detector", "oracle"], "choose one of together"),
    ],
)
def test_bad_input_is_one_line(
    words: list[str],
    said: str,
    empty_room: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(empty_room.parent)
    with pytest.raises(SystemExit) as stopped:
        main(["detect", *words])
    assert stopped.value.code == 2
    told = capsys.readouterr().err.strip()
    assert said in told
    assert "\n" not in told


def test_a_report_has_to_go_somewhere(empty_room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["detect", str(empty_room), "--report", str(empty_room)])
    assert stopped.value.code == 2
    assert "name another folder" in capsys.readouterr().err


def test_the_detectors_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["detectors"])
    listed = capsys.readouterr().out
    assert "needs no weights" in listed
    assert "self-check on made clips, no claim about the world: " in listed
    main(["detectors", "--json"])
    told = json.loads(capsys.readouterr().out)["detectors"]
    assert {"together", "pulse", "noise", "sync"} <= {card["name"] for card in told}
    assert all(card["limits"] for card in told)


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        (ModuleNotFoundError("No module named 'cv2'", name="cv2"), "pip install mediapipe=="),
        (ImportError("libGL.so.1: cannot open shared object file"), "apt install libgl1"),
    ],
)
def test_a_machine_without_a_finder_of_faces_is_told_in_a_line(
    lacks: ImportError,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def missing(_: str) -> None:
        raise lacks

    monkeypatch.setattr(cli, "import_module", missing)
    with pytest.raises(SystemExit) as stopped:
        main(["detect", "clip.mp4"])
    assert stopped.value.code == 2
    told = capsys.readouterr().err.strip()
    assert said in told
    assert "\n" not in told


def test_what_else_is_missing_is_a_mistake_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(cli, "import_module", missing)
    with pytest.raises(ModuleNotFoundError):
        main(["detect", "clip.mp4"])
