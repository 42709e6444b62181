"""`discriminator lipsync`: what it understands, shows, and refuses."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import av
import pytest
from PIL import Image
from speaking import astronaut

from discriminator import cli, lipsync
from discriminator.lipsync import bench, generator_bench
from discriminator.video import provenance

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "me.jpg"
    Image.fromarray(astronaut().photo).resize((256, 256)).save(path)
    return path


def words(photo: Path, short: Path, out: Path, *more: str) -> list[str]:
    return ["lipsync", str(photo), str(short), "-o", str(out), *more]


def test_it_makes_a_clip_and_says_what_it_is(
    photo: Path, short: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(words(photo, short, tmp_path / "me.mp4", "--consent", "--json"))
    said = json.loads(capsys.readouterr().out)
    assert said == {
        "clip": str(tmp_path / "me.mp4"),
        "seconds": 1.6,
        "width": 256,
        "height": 256,
        "engine": "puppet",
        "synthetic": True,
    }
    with av.open(said["clip"]) as file:
        assert sum(1 for _ in file.decode(video=0)) == 40
    statement = provenance.read(tmp_path / "me.mp4")
    assert statement is not None
    assert statement.synthetic


def test_progress_is_drawn_on_a_terminal_only(
    photo: Path, short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream, drawn in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        cli.main(words(photo, short, tmp_path / "me.mp4", "--consent"))
        assert ("100%" in stream.getvalue()) is drawn
        assert stream.getvalue().endswith("\n") is drawn


@pytest.mark.parametrize(
    ("out", "more", "says"),
    [
        ("me.mp4", [], "agrees"),
        ("me.avi", ["--consent"], "should end in .mp4"),
        ("none/me.mp4", ["--consent"], "is not there: make it first"),
        ("folder.mp4", ["--consent"], "is a folder"),
        ("me.mp4", ["--consent", "--face", "3"], "there is one"),
    ],
)
def test_a_wish_that_will_not_do_is_one_line_and_exit_code_2(  # noqa: PLR0913, PLR0917 - a wish
    photo: Path,
    short: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    out: str,
    more: list[str],
    says: str,
) -> None:
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(SystemExit) as left:
        cli.main(words(photo, short, tmp_path / out, *more))
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert says in said
    assert said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["folder.mp4"]


def run_alone(asked: list[str], missing: str = "") -> subprocess.CompletedProcess[str]:
    """A process of its own: what C++ writes to a terminal is seen there alone."""
    without = f"import sys; sys.modules[{missing!r}] = None; " if missing else ""
    script = f"{without}from discriminator.cli import main; main({asked!r})"
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )


def test_what_is_no_sound_is_one_line_too(photo: Path, tmp_path: Path) -> None:
    done = run_alone(words(photo, photo.with_suffix(".wav"), tmp_path / "me.mp4", "--consent"))
    assert done.returncode == 2
    assert done.stderr.startswith("discriminator: ")
    assert "is not there" in done.stderr


@pytest.mark.parametrize("missing", ["torch", "openvino"])
def test_what_a_network_needs_and_is_not_installed_is_named_with_the_way_to_get_it(
    photo: Path, short: Path, weights: Path, tmp_path: Path, missing: str
) -> None:
    by_network = ["--consent", "--engine", "wav2lip", "--weights", str(weights)]
    speaks = words(photo, short, tmp_path / "me.mp4", *by_network)
    for asked in (speaks, ["bench", "lipsync"]):
        done = run_alone(asked, missing)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert f"needs {missing}: `pip install 'discriminator[lab]'`" in done.stderr


def test_what_the_face_finder_says_to_itself_stays_off_the_terminal(
    photo: Path, short: Path, tmp_path: Path
) -> None:
    out = tmp_path / "me.mp4"
    assert run_alone(words(photo, short, out, "--consent", "--json")).stderr == ""
    empty = tmp_path / "empty.png"
    Image.new("RGB", (256, 256), "grey").save(empty)
    done = run_alone(words(empty, short, out, "--consent"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no face" in done.stderr


@pytest.mark.soak  # the published network draws without any of what makes ours fast
def test_the_benchmark_measures_every_engine(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = lipsync.Narrator(short)
    monkeypatch.setattr(bench, "Narrator", lambda *_: made)
    monkeypatch.setattr(bench, "_SIDE", 256)
    monkeypatch.setattr(bench, "ENGINES", ("puppet",))
    monkeypatch.setattr(generator_bench, "PRECISIONS", ("fp32",))  # int8 learns for long
    figures = bench.run(runs=1)
    assert figures["generator"]["plain"]["times_plain"] == 1
    assert figures["generator"]["fp32"]["best"] >= figures["generator"]["fp32"]["median"] > 0
    puppet = figures["engines"]["puppet"]
    assert 0 < puppet["first_second"] <= puppet["whole_best"] <= puppet["whole_median"]
    assert puppet["memory"] > 50
    assert set(figures["met"]) == {"puppet", "first_second", "memory", "times_plain"}
