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
from discriminator.video import provenance

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
