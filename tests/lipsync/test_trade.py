"""Lip-sync as workers do it: a folder with a photo becomes a folder with a clip."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from speaking import astronaut

from discriminator import faces, lipsync
from discriminator.jobs.trades import make, speaking
from discriminator.lipsync.trade import Speaking
from discriminator.video import provenance, reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMPRESSED = 60
"""Of 255: further than any compression takes a colour."""


@dataclass
class Task:
    folder: Path
    order: dict[str, Any]
    heard: list[float] = field(default_factory=list)

    @property
    def report(self) -> Callable[[float], None]:
        return self.heard.append


@pytest.fixture(scope="module")
def worker(short: Path) -> Speaking:
    made = make(speaking(short)["speaking"].maker)
    assert isinstance(made, Speaking)
    return made


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """A job with a photo as the booth sends it, and with consent."""
    file = io.BytesIO()
    Image.fromarray(astronaut().photo).save(file, "JPEG", quality=94)
    (tmp_path / "photo").write_bytes(file.getvalue())
    (tmp_path / "points").write_bytes(astronaut().points.astype("<f4").tobytes())
    return Task(tmp_path, {"consent": True})


def test_a_photo_and_its_points_become_a_signed_clip(
    worker: Speaking, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(_: object) -> None:
        pytest.fail("the browser had found the face already")

    monkeypatch.setattr(faces, "find", looked)
    worker.work(task)
    says = provenance.read(task.folder / "clip.mp4")
    assert says is not None
    assert (says.synthetic, says.valid) == (True, True)
    assert task.heard[-1] == 1
    assert {path.name for path in task.folder.iterdir()} == {"photo", "points", "clip.mp4"}


def test_where_there_are_weights_the_network_moves_the_mouth(
    short: Path, weights: Path, worker: Speaking, task: Task
) -> None:
    clip = task.folder / "clip.mp4"
    by_weights = make(speaking(short, weights)["speaking"].maker)
    assert isinstance(by_weights, Speaking)
    by_weights.work(task)
    by_network = [frame.pixels.astype(int) for frame in reading.frames(clip)]
    says = provenance.read(clip)
    assert says is not None
    assert says.synthetic
    worker.work(task)
    by_puppet = [frame.pixels.astype(int) for frame in reading.frames(clip)]
    furthest = max(abs(a - b).max() for a, b in zip(by_network, by_puppet, strict=True))
    assert furthest > COMPRESSED


def test_a_voice_of_their_own_moves_the_mouth_by_the_same_engine_and_is_forgotten(
    worker: Speaking, task: Task, sounding: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = sounding("own.wav", "sine=frequency=220:duration=0.6").read_bytes()
    (task.folder / "voice").write_bytes(own)
    lengths: list[int] = []

    def spoken(narrator: lipsync.Narrator, *_: object, **how: object) -> None:
        lengths.append(narrator.voice.frames)
        assert how["face"] == 2

    monkeypatch.setattr(lipsync.Narrator, "speak", spoken)
    monkeypatch.setattr(lipsync.engine, "make", None)  # none other is made
    task.order["face"] = 2
    worker.work(task)
    (task.folder / "voice").unlink()
    worker.work(task)
    (task.folder / "voice").write_bytes(b"no sound")
    with pytest.raises(ValueError, match="no sound"):
        worker.work(task)
    (task.folder / "voice").unlink()
    worker.work(task)
    assert lengths == [15, 40, 40]


def test_weights_that_are_not_there_are_named(short: Path, tmp_path: Path) -> None:
    with pytest.raises(lipsync.LipsyncError, match=r"none\.pth is not there"):
        make(speaking(short, tmp_path / "none.pth")["speaking"].maker)


@pytest.mark.parametrize("order", [{}, {"consent": False}, {"consent": "yes"}])
def test_nobody_speaks_whose_consent_the_order_does_not_hold(
    worker: Speaking, task: Task, order: dict[str, Any]
) -> None:
    task.order = order
    with pytest.raises(lipsync.ConsentError):
        worker.work(task)
    assert not (task.folder / "clip.mp4").exists()


@pytest.mark.parametrize("points", [b"\0" * 8, b"\0" * 12, b"\xff" * (478 * 12)])
def test_points_that_are_none_are_refused_in_a_sentence(
    worker: Speaking, task: Task, points: bytes
) -> None:
    (task.folder / "points").write_bytes(points)
    with pytest.raises(lipsync.PhotoError, match="find them again"):
        worker.work(task)
