"""The path of a researcher, from portraits to a table and a file for Kaggle, in small."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from discriminator.cli import main
from discriminator.detect import crops, datasets
from discriminator.video import reading

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 4


@pytest.fixture
def made(practised: Path) -> Path:
    """A practice set of four people, six clips each."""
    return practised / "practice"


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    main([*words, "--json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_the_set_is_what_it_says(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(capsys, "dataset", "inspect", str(made))
    assert answer["layout"] == "practice"
    assert (answer["clips"], answer["real"], answer["fake"]) == (24, 4, 20)
    assert answer["people"] == PEOPLE
    assert answer["problems"] == []
    by_person: dict[str, set[str]] = {}
    for item in datasets.read(made).items:
        by_person.setdefault(item.people[0], set()).add(dict(item.about)["quality"])
    assert all(len(qualities) == 1 for qualities in by_person.values())


def test_what_is_made_is_not_made_again(made: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.iterdir()}
    portraits = made.parent / "portraits"
    main(["dataset", "make", str(portraits), "-o", str(made), "--seconds", "2"])
    assert {path: path.stat().st_mtime_ns for path in made.iterdir()} == before


def test_a_table_and_a_file_for_kaggle(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = told(
        capsys, "evaluate", str(made), "-o", str(tmp_path / "table"), "--detector", "noise"
    )
    assert answer["clips"] == {"validation": 12, "test": 12}
    assert (tmp_path / "table" / "report.html").is_file()
    record = (tmp_path / "table" / "scores.jsonl").read_bytes()
    assert len(record.splitlines()) == 24
    # The same answers serve again, for a table of other slices too: nothing is added.
    columns = tmp_path / "columns.csv"
    lines = [f"{path.name},lamp" for path in made.glob("*.mp4")]
    columns.write_text("\n".join(["clip,light", *lines]), encoding="utf-8")
    places = (str(made), "-o", str(tmp_path / "table"), "--columns", str(columns))
    told(capsys, "evaluate", *places, "--detector", "noise")
    assert (tmp_path / "table" / "scores.jsonl").read_bytes() == record
    assert "light: lamp" in (tmp_path / "table" / "report.html").read_text(encoding="utf-8")

    # A submission asks anew only what its own record does not hold.
    csv = tmp_path / "submission.csv"
    csv.with_name("submission.csv.scores.jsonl").write_bytes(record)
    sent = told(capsys, "submit", str(made), "-o", str(csv), "--detector", "noise")
    assert sent["rows"] == 24
    lines = csv.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "filename,label"
    assert [line.split(",")[0] for line in lines[1:]] == sorted(p.name for p in made.glob("*.mp4"))


RECIPE = """
backbone: mobilenetv3_small_050
size: 64
epochs: 2
batch: 8
"""


def test_a_network_learns_and_judges(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cuts, run, recipe = (tmp_path / name for name in ("crops", "run", "recipe.yaml"))
    recipe.write_text(RECIPE, encoding="utf-8")
    wish = ("--size", "64", "--frames", "3", "--margin", "0.5")
    cut = told(capsys, "dataset", "crops", str(made), "-o", str(cuts), *wish)
    assert cut["crops"] == 24 * 3
    assert cut["failures"] == cut["without_faces"] == []
    assert (cuts / "sheet.jpg").is_file()
    assert json.loads((cuts / "crops.json").read_bytes())["margin"] == 0.5
    trained = told(capsys, "train", str(cuts), "-o", str(run), "--recipe", str(recipe))
    assert trained["epochs"] == 2
    assert trained["untrained_backbone"] is True
    # Four people: two taught, one chose the threshold, one judges.
    assert trained["taught"] == 12
    table = told(capsys, "evaluate", str(made), "-o", str(tmp_path / "t"), "--detector", str(run))
    assert table["clips"] == {"validation": 6, "test": 6}
    page = (tmp_path / "t" / "report.html").read_text(encoding="utf-8")
    assert "from an untrained backbone" in page
    submitted = tmp_path / "submission.csv"
    # What is known is not asked again.
    record = (tmp_path / "t" / "scores.jsonl").read_bytes()
    submitted.with_name("submission.csv.scores.jsonl").write_bytes(record)
    told(capsys, "submit", str(made), "-o", str(submitted), "--detector", str(run))
    assert len(submitted.read_text(encoding="utf-8").splitlines()) == 25
    clip = next(made.glob("*.mp4"))
    [answer] = told(capsys, "detect", str(clip), "--detector", str(run))["files"]
    assert 0 <= answer["scores"][0]["fake"] <= 1


def test_filmed_people_are_faked_too(made: Path, tmp_path: Path) -> None:
    """A folder of clips: two of one person, one of another."""
    for to, kind in (
        ("anna/one", "p0-real-12"),
        ("anna/two", "p0-fake-dub-12"),
        ("ben", "p1-real-16"),
    ):
        path = tmp_path / "people" / f"{to}.mp4"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((made / f"{kind}.mp4").read_bytes())
    main(
        ["dataset", "make", str(tmp_path / "people"), "-o", str(tmp_path / "set"), "--seconds", "2"]
    )
    found = datasets.read(tmp_path / "set")
    assert len(found.items) == 3 * 6
    assert {person for item in found.items for person in item.people} == {"anna", "ben"}
    read = reading.frames(tmp_path / "set" / "anna-one-fake-swap-12.mp4", reading.Evenly(3))
    real = reading.frames(tmp_path / "set" / "anna-one-real-12.mp4", reading.Evenly(3))
    for one, other in zip(read, real, strict=True):
        apart = np.abs(one.pixels.astype(int) - other.pixels).mean(2)
        assert apart[150:230, 150:230].mean() > 3 * apart[:20].mean() + 1


@pytest.mark.parametrize("store", ["png", "array"])
def test_crops_are_kept_as_one_likes(
    made: Path, tmp_path: Path, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    two = tmp_path / "two"
    two.mkdir()
    for name in ("p0-real-12", "p1-fake-swap-16", "p2-fake-swap-20"):
        for suffix in (".mp4", ".json"):
            (two / f"{name}{suffix}").write_bytes((made / f"{name}{suffix}").read_bytes())
    words = ("--size", "64", "--frames", "2", "--store", store)
    assert (
        told(capsys, "dataset", "crops", str(two), "-o", str(tmp_path / "c"), *words)["crops"] == 6
    )
    table = pd.read_parquet(tmp_path / "c" / "index.parquet")
    shown = [crops.load(tmp_path / "c" / row.file, row.place) for row in table.itertuples()]
    assert all(one.shape == (64, 64, 3) and one.std() > 10 for one in shown)
    assert table["meshed"].all()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["train", ".", "-o", "run"], "holds no crops"),
        (["dataset", "inspect", "none"], "is no folder"),
        (["dataset", "make", ".", "-o", "set"], "of at least 2, one person each"),
        (["dataset", "make", ".", "-o", "set", "--seconds", "0.1"], "teach nothing"),
        (["dataset", "fetch", "nowhere", "-o", "set"], "is no address of a file"),
        (["train", ".", "-o", "run", "--recipe", "magic"], "cannot be read"),
        (["train", ".", "-o", "run", "--set", "speed=9"], "changes nothing"),
        (["export", "none", "none", "-o", "out"], "no finished run"),
        (["detect", "x.mp4", "--calibration", "none"], "is no calibration"),
        (["evaluate", "none", "-o", "out"], "is no folder"),
        (["evaluate", ".", "-o", "out", "--columns", "none.csv"], "holds no labelled clips"),
        (["submit", "none", "-o", "out.csv"], "is no folder"),
        (["submit", ".", "-o", "out.csv"], "holds no videos"),
        (["submit", ".", "-o", "out.csv", "--prior", "1.5"], "is no probability"),
        (["submit", ".", "-o", "out.csv", "--detector", "oracle"], "choose one of"),
    ],
)
def test_bad_input_is_one_line(
    words: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    error = capsys.readouterr().err.strip()
    assert said in error
    assert "\n" not in error
    assert not list(tmp_path.iterdir())
