from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from discriminator.detect import datasets
from discriminator.detect.errors import DetectError
from discriminator.detect.splits import FAKE, REAL, split

if TYPE_CHECKING:
    from pathlib import Path


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
        "part_0/metadata.json names clips that are not there: gone.mp4.",
        "part_0/metadata.json does not say what these are: d.mp4.",
    )
    with found.folder.local(found.items[0].name) as path:
        assert path.is_file()


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


def test_celeb_df(tmp_path: Path) -> None:
    names = "Celeb-real/id0_0001.mp4", "Celeb-synthesis/id0_id1_0002.mp4", "YouTube-real/0003.mp4"
    touch(tmp_path, *names)
    found = datasets.read(tmp_path)
    assert found.layout == "Celeb-DF"
    assert [(item.label, item.people) for item in found.items] == [
        (REAL, ("id0",)),
        (FAKE, ("id0", "id1")),
        (REAL, ()),
    ]


def test_plain_folders(tmp_path: Path) -> None:
    touch(tmp_path, "real/a.mp4", "Fake/b.mov", "fake/still.png", "notes/c.mp4", "fake/notes.txt")
    found = datasets.read(tmp_path)
    assert found.layout == "real and fake"
    assert [(item.name, item.label) for item in found.items] == [
        ("Fake/b.mov", FAKE),
        ("fake/still.png", FAKE),
        ("real/a.mp4", REAL),
    ]


def test_a_practice_set(tmp_path: Path) -> None:
    touch(tmp_path, "p0-fake-swap-18.mp4")
    told = {"kind": "swap", "label": 1, "person": "p0", "source": None, "quality": 18}
    (tmp_path / "p0-fake-swap-18.json").write_text(json.dumps(told), encoding="utf-8")
    found = datasets.read(tmp_path)
    assert found.layout == "practice"
    [item] = found.items
    assert (item.label, item.people) == (FAKE, ("p0",))
    assert item.about == (("kind", "swap"), ("quality", "18"))


def test_what_is_no_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(DetectError, match="is no folder"):
        datasets.read(tmp_path / "none")
    touch(tmp_path, "clip.mp4")
    with pytest.raises(DetectError, match="holds no labelled clips"):
        datasets.read(tmp_path)
    (tmp_path / "metadata.json").write_text("{", encoding="utf-8")
    with pytest.raises(DetectError, match="is no JSON"):
        datasets.read(tmp_path)
