from __future__ import annotations

import pytest

from discriminator.detect.aggregation import over_faces, over_frames
from discriminator.detect.errors import DetectError

FRAMES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9]


def test_a_clip_with_one_fake_face_is_fake() -> None:
    assert over_faces([0.1, 0.9, 0.2]) == 0.9


@pytest.mark.parametrize(
    ("how", "fake"),
    [("mean", 0.54), ("median", 0.55), ("max", 0.9), ("top", 2.6 / 3), ("logit", 0.5547)],
)
def test_frames(how: str, fake: float) -> None:
    assert over_frames(FRAMES, how) == pytest.approx(fake, abs=1e-4)  # type: ignore[arg-type]


def test_one_frame_is_itself_however_it_is_joined() -> None:
    for how in ("mean", "median", "max", "top", "logit"):
        assert over_frames([0.3], how) == pytest.approx(0.3)


def test_a_sure_frame_does_not_break_the_odds() -> None:
    assert 0 < over_frames([0.0, 1.0, 0.5], "logit") < 1


def test_nothing_and_nonsense_are_refused() -> None:
    with pytest.raises(DetectError, match="without frames"):
        over_frames([])
    with pytest.raises(DetectError, match="without faces"):
        over_faces([])
    with pytest.raises(DetectError, match="choose one of mean, median, max"):
        over_frames([0.5], "most")  # type: ignore[arg-type]
