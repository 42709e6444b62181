"""One of many fails: it is named in a sentence, and the others go on."""

from __future__ import annotations

import json
import pickle
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import sitters
from PIL import Image

from discriminator.cli import main
from discriminator.detect import crew, crops, encoding, inspecting, noise, practice, scoring
from discriminator.detect.asking import ask
from discriminator.detect.cropping import Wish
from discriminator.detect.datasets import read
from discriminator.detect.errors import DetectError, NoLabError
from discriminator.detect.failing import reason
from discriminator.detect.folders import Folder
from discriminator.video.errors import UnreadableVideoError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

ROOM = np.full((96, 128, 3), 90, np.uint8)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "room.mp4"
    encoding.write(path, [ROOM] * 5, 25)
    return path


@pytest.fixture
def _one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """No workers of their own: what is patched here is patched there."""

    def each(do: Callable[[Any], Any], jobs: Iterable[Any], _: int | None = None) -> Iterator[Any]:
        return map(do, jobs)

    monkeypatch.setattr(crew, "each", each)


@pytest.fixture
def damaged(room: Path, tmp_path: Path) -> Path:
    """A set in a zip; one of its clips has rotted."""
    folder = tmp_path / "set"
    folder.mkdir()
    with zipfile.ZipFile(folder / "part.zip", "w") as zipped:
        listing = {f"{name}.mp4": {"label": "REAL"} for name in "abc"}
        zipped.writestr("metadata.json", json.dumps(listing))
        for name in "abc":
            zipped.write(room, f"{name}.mp4")
        rotten = zipped.getinfo("b.mp4").header_offset + room.stat().st_size // 2
    content = bytearray((folder / "part.zip").read_bytes())
    content[rotten : rotten + 40] = bytes(40)
    (folder / "part.zip").write_bytes(content)
    return folder


@pytest.mark.usefixtures("_one_after_the_other")
def test_a_clip_that_has_rotted_stops_no_set(damaged: Path, tmp_path: Path) -> None:
    found = read(damaged)
    names = [item.name for item in found.items]
    record = tmp_path / "scores.jsonl"
    lines = {one.file: one for one in scoring.score_all(found.folder, names, ["noise"], record)}
    outcomes = list(crops.cut_all(found, tmp_path / "crops", Wish(frames=1)))
    seen = list(inspecting.inspect(found, tmp_path / "looks"))
    assert [one.name for one in outcomes] == [one.name for one in seen] == sorted(lines)
    rotten = "part.zip/b.mp4"
    assert [name for name, line in lines.items() if line.failed] == [rotten]
    assert [one.name for one in outcomes if one.failure] == [rotten]
    assert [one.name for one in seen if one.failure] == [rotten]
    assert lines[rotten].reason == f"{rotten} failed (BadZipFile: Bad CRC-32 for file 'b.mp4')."
    # It may be mended by the next time: it alone is asked again.
    asked = len(record.read_bytes().splitlines())
    assert len(list(scoring.score_all(found.folder, names, ["noise"], record))) == len(names)
    assert len(record.read_bytes().splitlines()) == asked + 1
    assert len(scoring.recorded(record)) == len(names)


@pytest.mark.usefixtures("_one_after_the_other")
def test_a_clip_that_breaks_off_behind_what_is_judged_keeps_its_answer(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(path: Path) -> None:
        raise UnreadableVideoError(path.name)

    monkeypatch.setattr(scoring, "look", breaks)
    names, record = [room.name], tmp_path / "scores.jsonl"
    [line] = scoring.score_all(Folder(str(room.parent)), names, ["noise"], record)
    assert (line.failed, line.brightness) == (False, None)
    assert line.reason == "No face was found."


@pytest.mark.usefixtures("_one_after_the_other")
def test_what_is_known_of_a_clip_is_not_told_of_another_of_its_name(
    room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sets = [tmp_path / name / "real" for name in ("one", "other")]
    for folder in sets:
        folder.mkdir(parents=True)
    (sets[0] / "a.mp4").write_bytes(room.read_bytes())
    encoding.write(sets[1] / "a.mp4", [np.full_like(ROOM, 160)] * 9, 25)
    lit, seconds, homes = [], [], []
    for folder in sets:
        found = read(folder.parent)
        [line] = scoring.score_all(found.folder, ["real/a.mp4"], ["noise"], tmp_path / "record")
        [seen] = inspecting.inspect(found, tmp_path / "looks")
        lit.append(line.brightness)
        seconds.append(seen.looks and seen.looks.seconds)
        assert len(list(crops.cut_all(found, tmp_path / "crops", Wish(frames=1)))) == 1
        homes.append(len(list((tmp_path / "crops" / "clips").iterdir())))
    assert len(set(lit)) == len(set(seconds)) == 2
    assert homes == [1, 2]
    # The first is answered once more, as it was.
    again = read(sets[0].parent).folder
    [line] = scoring.score_all(again, ["real/a.mp4"], ["noise"], tmp_path / "record")
    assert line.brightness == lit[0]
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("_one_after_the_other")
def test_a_submission_names_what_it_leaves_out(
    room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("room.ogv", "room.ts"):
        (tmp_path / name).write_bytes(room.read_bytes())
    (tmp_path / "notes.txt").touch()
    csv = tmp_path.with_name("answers.csv")
    main(["submit", str(tmp_path), "-o", str(csv), "--detector", "noise", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["left_out"]) == (3, ["notes.txt"])


def test_a_folder_goes_to_workers_without_its_names(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:06}.mp4").touch()
    folder = Folder(str(tmp_path))
    assert len(folder.names) == 300
    assert len(pickle.dumps(folder)) < 300
    assert pickle.loads(pickle.dumps(folder)) == folder  # noqa: S301 - our own


def test_a_detector_that_breaks_takes_no_other_with_it(
    room: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object) -> None:
        message = "CUDA out of memory.\nTried to allocate"
        raise RuntimeError(message)

    monkeypatch.setattr(noise.NoiseDetector, "judge", breaks)
    [answer] = ask([room], ("noise", "pulse"))
    said = "room.mp4 failed (RuntimeError: CUDA out of memory)."
    assert answer.failure == said
    assert [score.detector for score in answer.scores] == ["pulse"]
    main(["detect", str(room), "--detector", "noise", "--detector", "pulse"])
    told = capsys.readouterr().out
    assert said in told
    assert "pulse: No verdict." in told
    with pytest.raises(SystemExit):
        main(["detect", str(room), "--detector", "noise"])
    assert capsys.readouterr().err.strip() == f"discriminator: {said}"


def test_what_ails_all_is_no_failure_of_one() -> None:
    with pytest.raises(NoLabError):
        reason(NoLabError("Install it."), "a.mp4")
    assert reason(DetectError("It is turned round."), "a.mp4") == "It is turned round."
    assert reason(KeyError(), "a.mp4") == "a.mp4 failed (KeyError)."


def test_a_picture_of_nobody_does_not_stop_the_rest(tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.mkdir()
    Image.fromarray(ROOM).save(people / "nobody.png")
    for seed in range(2):
        Image.fromarray(sitters.bent(seed)).save(people / f"p{seed}.png")
    tasks, failures = practice.plan(people, tmp_path / "set", seconds=2, seed=0)
    assert failures == ["There is no face in nobody: give a portrait."]
    assert {task.who.person for task in tasks} == {"p0", "p1"}
    # What was made by one wish is not told as made by another.
    for wish in ({"seconds": 3, "seed": 0}, {"seconds": 2, "seed": 1}):
        with pytest.raises(DetectError, match="name another folder"):
            practice.plan(people, tmp_path / "set", **wish)
    assert len(practice.plan(people, tmp_path / "set", seconds=2, seed=0).tasks) == len(tasks)
