from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from discriminator.detect import judging, judging_report, splits
from discriminator.detect.datasets import Dataset
from discriminator.detect.errors import DetectError
from discriminator.detect.folders import Folder
from discriminator.detect.judging import Judged
from discriminator.detect.splits import FAKE, REAL, Item

if TYPE_CHECKING:
    from pathlib import Path


def items(count: int = 40) -> list[Item]:
    kinds = ("real", "swap", "dub")
    return [
        Item(f"{kind}{n}", int(kind != "real"), None, (f"p{n}",), (("kind", kind),))
        for n in range(count)
        for kind in kinds
    ]


def answers(listed: list[Item], skill: float, seed: int = 0) -> dict[str, Judged]:
    rng = np.random.default_rng(seed)
    odds = {one.name: rng.normal(skill * (2 * one.label - 1)) for one in listed}
    return {
        one.name: Judged(one, float(1 / (1 + np.exp(-odds[one.name]))), 1 + place % 3)
        for place, one in enumerate(listed)
    }


def test_a_better_detector_looks_better() -> None:
    listed = items()
    table = judging.judge(listed, {"good": answers(listed, 2), "none": answers(listed, 0, 1)})
    good, none = table.rows
    assert good.measures.ranking.auc > 0.9
    assert none.measures.ranking.auc < 0.7
    assert good.measures.confusion.accuracy > good.baselines.majority
    assert good.baselines.majority == pytest.approx(2 / 3)
    assert set(good.by_faces) == {"1", "2", "3 or more"}
    assert set(good.slices) == {"kind: dub", "kind: real", "kind: swap"}
    assert sum(one.clips for one in good.by_faces.values()) == good.judged == table.clips["test"]
    assert table.correlation["good"]["good"] == pytest.approx(1)


def test_the_threshold_never_sees_the_test_part() -> None:
    listed = items()
    told = answers(listed, 1)
    row = judging.judge(listed, {"one": told}).rows[0]
    parts = splits.split(listed, judging.SHARES, 0)
    for name, one in told.items():
        if parts[name] == "test":
            told[name] = one._replace(fake=0.999)
    changed = judging.judge(listed, {"one": told}).rows[0]
    assert changed.measures.threshold == row.measures.threshold
    assert changed.measures.confusion != row.measures.confusion


def test_abstentions_are_counted_and_not_guessed() -> None:
    listed = items()
    told = answers(listed, 2)
    for one in listed[::4]:
        told[one.name] = Judged(one, None)
    row = judging.judge(listed, {"shy": told}).rows[0]
    assert row.judged < row.asked
    assert row.strict < row.measures.confusion.accuracy


def test_tables_can_be_compared_only_where_the_same_was_measured() -> None:
    listed = items()
    same = judging.judge(listed, {"one": answers(listed, 2)}).protocol
    assert judging.judge(listed[::-1], {"two": answers(listed, 1)}).protocol == same
    assert judging.judge(listed, {"one": answers(listed, 2)}, seed=1).protocol != same
    fewer = listed[:-3]
    assert judging.judge(fewer, {"one": answers(fewer, 2)}).protocol != same


def test_how_frames_are_joined_is_part_of_what_was_measured() -> None:
    listed = items()
    told = {"one": answers(listed, 2)}
    same, other = (judging.judge(listed, told, joins=[how]).protocol for how in ("mean", "top"))
    assert same != other
    assert judging.judge(listed, told, joins=["mean", "mean"]).protocol == same


def test_single_frames_are_measured_where_they_were_judged(tmp_path: Path) -> None:
    listed = items()
    told = answers(listed, 2)
    framed = {name: one._replace(moments=(0.5, one.item.label)) for name, one in told.items()}
    table = judging.judge(listed, {"framed": framed, "whole": told})
    assert [row.frame_auc for row in table.rows] == [pytest.approx(0.875), None]
    assert judging_report.summary(table.rows[0])["frame_auc"] == 0.875
    assert "frame_auc" not in judging_report.summary(table.rows[1])
    found = Dataset(Folder(str(tmp_path)), "practice", tuple(listed))
    judging_report.write(tmp_path, table, found, {}, {})
    assert "of single frames" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_what_cannot_be_judged_is_said() -> None:
    listed = items()
    reals = [one for one in listed if one.label == REAL]
    with pytest.raises(DetectError, match="add the kind that is missing"):
        judging.judge(reals, {"one": answers(reals, 1)})
    silent = {one.name: Judged(one, None) for one in listed}
    with pytest.raises(DetectError, match="silent has an opinion on too few"):
        judging.judge(listed, {"silent": silent})


def test_the_report_has_what_was_found(tmp_path: Path) -> None:
    listed = items()
    table = judging.judge(listed, {"good": answers(listed, 2), "none": answers(listed, 0, 1)})
    found = Dataset(Folder(str(tmp_path)), "practice", tuple(listed), ("One clip is missing.",))
    judging_report.write(
        tmp_path, table, found, {"good": {"No face was found.": 3}}, {"good": "From nothing."}
    )
    told = json.loads((tmp_path / "report.json").read_bytes())
    assert told["protocol"] == table.protocol
    assert [row["detector"] for row in told["rows"]] == ["good", "none"]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for word in (
        "nobody is seen in both",
        "One clip is missing.",
        "No face was found.",
        "From nothing.",
        table.protocol,
        "were made",
    ):
        assert word in page
    assert 'src="http' not in page


def test_a_report_claims_nothing_of_people_who_are_not_known(tmp_path: Path) -> None:
    listed = [Item(f"{n}", n % 2) for n in range(60)]
    table = judging.judge(listed, {"one": answers(listed, 2)})
    judging_report.write(
        tmp_path, table, Dataset(Folder(str(tmp_path)), "DFDC", tuple(listed)), {}, {}
    )
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "nobody is seen in both" not in page
    assert "who is seen is not known" in page


def test_what_is_no_number_is_null_in_the_file(tmp_path: Path) -> None:
    listed = items()
    told = answers(listed, 2)
    parts = splits.split(listed, judging.SHARES, 0)
    for one in listed:
        if parts[one.name] == "test" and one.label == FAKE:
            told[one.name] = Judged(one, None)
    table = judging.judge(listed, {"one": told})
    assert table.rows[0].measures.notes
    judging_report.write(
        tmp_path, table, Dataset(Folder(str(tmp_path)), "DFDC", tuple(listed)), {}, {}
    )
    read = json.loads((tmp_path / "report.json").read_bytes())
    assert read["rows"][0]["measures"]["ranking"]["auc"] is None
    assert judging_report.summary(table.rows[0])["auc"] is None
