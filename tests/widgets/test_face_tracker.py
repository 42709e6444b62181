"""The Python half of the tracker: what it takes from a page, and what it leaves there."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from ipywebrtc import CameraStream
from traitlets import TraitError

from discriminator.widgets import FaceTracker


@pytest.fixture
def tracker() -> FaceTracker:
    return FaceTracker(CameraStream())


def test_points_come_as_an_array(tracker: FaceTracker) -> None:
    points = np.arange(3 * 478, dtype=np.float32)
    tracker.set_state({"landmarks": memoryview(points.tobytes()), "blinks": 2})
    assert tracker.landmarks.shape == (478, 3)
    assert tracker.landmarks.dtype == np.float32
    assert tracker.landmarks[1].tolist() == [3, 4, 5]
    assert tracker.blinks == 2


def test_a_frame_without_a_face_has_no_points(tracker: FaceTracker) -> None:
    tracker.set_state({"landmarks": memoryview(np.zeros(3 * 478, np.float32).tobytes())})
    tracker.set_state({"landmarks": None})
    assert tracker.landmarks is None


@pytest.mark.parametrize(
    "sent",
    ["text", b"short", [0.0] * 1434, np.full(3 * 478, np.nan, np.float32).tobytes(), 1],
    ids=["text", "short", "list", "not finite", "number"],
)
def test_what_is_no_face_is_none(tracker: FaceTracker, sent: object) -> None:
    tracker.set_state({"landmarks": sent})
    assert tracker.landmarks is None


@pytest.mark.parametrize(
    "sent",
    [{"mouth": 1.5}, {"blinks": -1}, {"head": [0, 0, 999]}, {"emotions": {"bored": 1}}],
    ids=str,
)
def test_impossible_measures_are_refused(tracker: FaceTracker, sent: dict[str, object]) -> None:
    with pytest.raises(TraitError):
        tracker.set_state(sent)


def test_a_page_cannot_change_what_the_notebook_chose(tracker: FaceTracker) -> None:
    tracker.set_state({"level": "guesses", "_esm": "alert(1)", "every": 0.0})
    assert tracker.level == "mesh"
    assert tracker.every == 0.1
    assert "alert" not in tracker._esm  # noqa: SLF001 - what the page would run


def test_it_wants_a_stream() -> None:
    with pytest.raises(TraitError, match="camera"):
        FaceTracker("the camera")


def test_a_viewer_who_makes_none_loads_none() -> None:
    loaded = "import sys, discriminator.film; print('ipywebrtc' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert said.stdout == "False\n"
