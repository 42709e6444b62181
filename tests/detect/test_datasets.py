from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from discriminator.cli import main
from discriminator.detect import datasets
from discriminator.detect.errors import DetectError
from discriminator.detect.splits import FAKE, REAL, split

if TYPE_CHECKING:
    from pathlib import Path


PAIRS = [(n, m) for n in range(6) for m in range(6) if n != m]
UNKNOWN = "Who is seen in the clips is not known: of these, only sources are kept apart."


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_dfdc(tmp_path: Path) -> None:
    touch(tmp_path, "part_0/a.mp4", "part_0/b.mp4", "part_0/d.mp4", "part_1/c.mp4")
    listing = {
        "a.mp4": {"label": "REAL", "split": "train", "original": None},
        "b.mp4": {"label": "FAKE", "split": "train", "original": "a.mp4"},
        "d.mp4": {"split": "train"},
        "gone.mp4": {"label": "FAKE", "original": "a.mp4"},
    }
    (tmp_path / "part_0/metadata.json").write_text(json.dumps(listing), encoding="utf-8")
    other = {"c.mp4": {"label": "FAKE", "original": "a.mp4"}}
    (tmp_path / "part_1/metadata.json").write_text(json.dumps(other), encoding="utf-8")
    found = datasets.read(tmp_path)
    assert found.layout == "DFDC"
    assert [(item.name, item.label, item.source) for item in found.items] == [
        ("part_0/a.mp4", REAL, "a.mp4"),
        ("part_0/b.mp4", FAKE, "a.mp4"),
        ("part_1/c.mp4", FAKE, "a.mp4"),
    ]
    assert found.problems == (
        "part_0/metadata.json names clips that are not there: part_0/gone.mp4.",
        "part_0/metadata.json does not say what these are, or says two things: part_0/d.mp4.",
        UNKNOWN,
    )
    assert not found.knows_people
    with found.folder.local(found.items[0].name) as path:
        assert path.is_file()


def test_a_name_that_is_told_two_things_of_is_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.mp4", "b.mp4", "c.mp4")
    twice = """{"a.mp4": {"label": "REAL"}, "a.mp4": {"label": "FAKE"},
        "b.mp4": {"label": "REAL"}, "b.mp4": {"label": "REAL"}, "c.mp4": {"label": "FAKE"}}"""
    (tmp_path / "metadata.json").write_text(twice, encoding="utf-8")
    found = datasets.read(tmp_path)
    assert [item.name for item in found.items] == ["b.mp4", "c.mp4"]
    assert found.problems == (
        "metadata.json does not say what these are, or says two things: a.mp4.",
        UNKNOWN,
    )


def test_clips_that_no_metadata_names_are_told(tmp_path: Path) -> None:
    touch(tmp_path, "p0/a.mp4", "p0/b.mp4", "p0/extra.mp4", "p1/c.mp4", "p1/d.mp4")
    listing = {"a.mp4": {"label": "REAL"}, "b.mp4": {"label": "FAKE", "original": "a.mp4"}}
    (tmp_path / "p0/metadata.json").write_text(json.dumps(listing), encoding="utf-8")
    found = datasets.read(tmp_path)
    assert [item.name for item in found.items] == ["p0/a.mp4", "p0/b.mp4"]
    assert found.problems == (
        "Clips that lie beside no metadata.json: p1/c.mp4, p1/d.mp4.",
        "Left out, because nothing says what they are: p0/extra.mp4.",
        UNKNOWN,
    )


def test_a_fake_and_its_original_in_another_part_stay_together(tmp_path: Path) -> None:
    for number in range(6):
        touch(tmp_path, f"p0/r{number}.mp4", f"p1/f{number}.mp4")
    reals = {f"r{n}.mp4": {"label": "REAL"} for n in range(6)}
    fakes = {f"f{n}.mp4": {"label": "FAKE", "original": f"r{n}.mp4"} for n in range(6)}
    (tmp_path / "p0/metadata.json").write_text(json.dumps(reals), encoding="utf-8")
    (tmp_path / "p1/metadata.json").write_text(json.dumps(fakes), encoding="utf-8")
    parts = split(datasets.read(tmp_path).items)
    assert all(parts[f"p0/r{n}.mp4"] == parts[f"p1/f{n}.mp4"] for n in range(6))


def test_faceforensics(tmp_path: Path) -> None:
    real = "original_sequences/youtube/c23/videos/000.mp4"
    fake = "manipulated_sequences/Deepfakes/c23/videos/000_003.mp4"
    touch(tmp_path, real, fake)
    found = datasets.read(tmp_path)
    assert found.layout == "FaceForensics++"
    made, filmed = found.items
    assert (made.name, made.label, made.people) == (fake, FAKE, ("000", "003"))
    assert (filmed.name, filmed.label, filmed.people) == (real, REAL, ("000",))
    assert made.about == (("method", "Deepfakes"), ("compression", "c23"))


def test_the_actors_of_faceforensics(tmp_path: Path) -> None:
    scenes = ("exit_phone_room", "kitchen_pan")
    actors = [
        f"original_sequences/actors/c23/videos/{n:02}__{s}.mp4" for n in range(6) for s in scenes
    ]
    home = "manipulated_sequences/DeepFakeDetection"
    fakes = [f"{home}/c23/videos/{n:02}_{m:02}__exit_phone_room__YVGY8LOK.mp4" for n, m in PAIRS]
    mask = f"{home}/masks/videos/00_01__exit_phone_room__YVGY8LOK.mp4"
    touch(tmp_path, *actors, *fakes, mask, "original_sequences/actors/c23/videos/00_01__odd.mp4")
    found = datasets.read(tmp_path)
    made = [item for item in found.items if item.label == FAKE]
    assert [(item.people, item.lenders) for item in made] == [
        ((f"actor {n:02}",), (f"actor {m:02}",)) for n, m in PAIRS
    ]
    assert len(found.items) == len(actors) + len(fakes)
    [told] = found.problems
    assert told.endswith(f"{mask}, original_sequences/actors/c23/videos/00_01__odd.mp4.")
    parts = split(found.items)
    homes = {(item.people[0], parts[item.name]) for item in found.items if item.label == REAL}
    assert len(homes) == 6


def test_celeb_df(tmp_path: Path) -> None:
    names = "Celeb-real/id0_0001.mp4", "Celeb-synthesis/id0_id1_0002.mp4", "YouTube-real/0003.mp4"
    touch(tmp_path, *names)
    found = datasets.read(tmp_path)
    assert found.layout == "Celeb-DF"
    assert [(item.label, item.people, item.lenders) for item in found.items] == [
        (REAL, ("id0",), ()),
        (FAKE, ("id0",), ("id1",)),
        (REAL, (), ()),
    ]
    assert found.problems == (UNKNOWN.replace("the clips", "1 of the clips"),)


def test_plain_folders(tmp_path: Path) -> None:
    touch(tmp_path, "real/a.mp4", "Fake/b.mov", "fake/still.png", "notes/c.mp4", "fake/notes.txt")
    found = datasets.read(tmp_path)
    assert found.layout == "real and fake"
    assert [(item.name, item.label) for item in found.items] == [
        ("Fake/b.mov", FAKE),
        ("fake/still.png", FAKE),
        ("real/a.mp4", REAL),
    ]
    assert found.problems == ("Left out, because nothing says what they are: notes/c.mp4.", UNKNOWN)


def test_a_practice_set(tmp_path: Path) -> None:
    touch(tmp_path, "p0-fake-swap-18.mp4")
    told = {"kind": "swap", "label": 1, "person": "p0", "source": None, "quality": 18}
    (tmp_path / "p0-fake-swap-18.json").write_text(json.dumps(told), encoding="utf-8")
    found = datasets.read(tmp_path)
    assert found.layout == "practice"
    [item] = found.items
    assert (item.label, item.people) == (FAKE, ("p0",))
    assert item.about == (("kind", "swap"), ("quality", "18"))


@pytest.mark.parametrize("label", ["fake", None, 2, []])
def test_a_sidecar_without_a_label_is_told(tmp_path: Path, label: object) -> None:
    touch(tmp_path, "p0.mp4", "p1.mp4")
    for name, value in (("p0", label), ("p1", REAL)):
        told = {"kind": "swap", "label": value, "person": name}
        (tmp_path / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    found = datasets.read(tmp_path)
    assert [item.name for item in found.items] == ["p1.mp4"]
    assert found.problems == ("Labels that are neither 0 nor 1: p0.mp4.",)


def test_what_is_no_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(DetectError, match="is no folder"):
        datasets.read(tmp_path / "none")
    touch(tmp_path, "clip.mp4")
    with pytest.raises(DetectError, match="holds no labelled clips"):
        datasets.read(tmp_path)
    (tmp_path / "metadata.json").write_text("{", encoding="utf-8")
    with pytest.raises(DetectError, match="is no JSON"):
        datasets.read(tmp_path)


def test_a_set_too_small_to_be_split_is_told_so_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("real", "fake"):
        (tmp_path / "set" / kind).mkdir(parents=True)
        (tmp_path / "set" / kind / "one.mp4").touch()
    main(["dataset", "inspect", str(tmp_path / "set"), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["clips"], told["parts"]) == (2, {})
    assert "groups: 2" in told["problems"][-1]
    with pytest.raises(SystemExit) as stopped:
        main(["dataset", "crops", str(tmp_path / "set"), "-o", str(tmp_path / "crops")])
    assert stopped.value.code == 2
    assert "add clips of other people" in capsys.readouterr().err
    assert not (tmp_path / "crops").exists()


def test_what_a_table_says_of_the_clips_is_known_of_them(tmp_path: Path) -> None:
    touch(tmp_path / "set", "real/a.mp4", "real/b.mp4", "fake/c.mp4")
    table = tmp_path / "table.csv"
    table.write_text(
        "clip,light,age\nreal/a.mp4,lamp,40\nfake/c.mp4,sun,\nfake/z.mp4,sun,20\n", encoding="utf-8"
    )
    found = datasets.described(datasets.read(tmp_path / "set"), table)
    assert {item.name: item.about for item in found.items} == {
        "fake/c.mp4": (("light", "sun"),),
        "real/a.mp4": (("light", "lamp"), ("age", "40")),
        "real/b.mp4": (),
    }
    assert found.problems[-1] == f"{table} names clips that are not in the set: fake/z.mp4."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"clip\nreal/a.mp4\n", "a cell of every column"),
        (b"clip,light\nreal/a.mp4\n", "a cell of every column"),
        (b"clip,light\nreal/a.mp4,sun\nreal/a.mp4,lamp\n", "name each clip once"),
    ],
)
def test_what_is_no_table_is_said(content: bytes, said: str, tmp_path: Path) -> None:
    touch(tmp_path / "set", "real/a.mp4", "fake/c.mp4")
    table = tmp_path / "table.csv"
    table.write_bytes(content)
    with pytest.raises(DetectError, match=said):
        datasets.described(datasets.read(tmp_path / "set"), table)
