from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from discriminator.detect import submit
from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["b.mp4", "a.mp4", "c, too.mp4"]


def test_every_clip_has_a_row_in_the_order_given(tmp_path: Path) -> None:
    answers = submit.rows(NAMES, {"a.mp4": 0.7, "b.mp4": 1.0, "c, too.mp4": None})
    assert answers == [("b.mp4", 0.99), ("a.mp4", 0.7), ("c, too.mp4", 0.5)]
    path = tmp_path / "submission.csv"
    submit.write(path, answers)
    assert path.read_text(encoding="utf-8").startswith("filename,label\nb.mp4,0.990000\n")
    assert submit.read(path) == answers
    assert [file.name for file in tmp_path.iterdir()] == ["submission.csv"]


def test_a_clip_that_failed_gets_the_prior() -> None:
    assert submit.rows(["a"], {}, prior=0.8) == [("a", 0.8)]


def test_the_sample_decides(tmp_path: Path) -> None:
    sample, mine = tmp_path / "sample.csv", tmp_path / "mine.csv"
    submit.write(sample, [(name, 0.0) for name in NAMES])
    submit.write(mine, submit.rows(NAMES, {}))
    submit.check(mine, sample)


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (["a.mp4", "b.mp4", "c, too.mp4"], "has a.mp4 in line 2, where the sample has b.mp4"),
        (["b.mp4", "a.mp4"], "lacks c, too.mp4"),
        ([*NAMES, "d.mp4"], "has, though the sample does not, d.mp4"),
        ([*NAMES, "a.mp4"], "has twice a.mp4"),
    ],
)
def test_what_the_sample_would_not_have(tmp_path: Path, names: list[str], complaint: str) -> None:
    sample, mine = tmp_path / "sample.csv", tmp_path / "mine.csv"
    submit.write(sample, [(name, 0.0) for name in NAMES])
    submit.write(mine, submit.rows(names, {}))
    with pytest.raises(DetectError, match=complaint):
        submit.check(mine, sample)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "must begin with"),
        ("name,label\n", "must begin with"),
        ("filename,label\na\n", "Line 2 of answers.csv is not a name and a number"),
        ("filename,label\na,0\nb,fake\n", "Line 3"),
        ("filename,label\na,1.5\n", "between 0 and 1"),
        ("filename,label\na,nan\n", "between 0 and 1"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DetectError, match=complaint):
        submit.read(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DetectError, match="cannot be read"):
        submit.read(tmp_path / "none.csv")
