"""Nobody's clips: small, drawn, and a face to any tracker."""

import subprocess

import acting
import clips
import imageio_ffmpeg
import nobody
import numpy as np
import pytest
from look import RATE
from numpy.typing import NDArray

from discriminator.video.probe import probe

EVERY = 7  # frames

all_clips = pytest.mark.parametrize("clip", clips.clips().values(), ids=lambda clip: clip.name)


def decoded(clip: clips.Clip) -> NDArray[np.uint8]:
    """Every seventh frame, RGBA (frames, height, width, 4)."""
    width, height = clip.size
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(clip.file),
        "-f", "rawvideo", "-pix_fmt", "rgba", "-",
    ]  # fmt: skip
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, height, width, 4)[::EVERY]


@pytest.fixture(scope="module", params=clips.clips().values(), ids=lambda clip: clip.name)
def faces(request: pytest.FixtureRequest) -> tuple[clips.Clip, list[NDArray[np.float32] | None]]:
    """What a tracker finds in each frame."""
    return request.param, [nobody.landmarks(picture) for picture in decoded(request.param)]


def opening(points: NDArray[np.float32], upper: int, lower: int) -> float:
    """How far two points are apart, as a share of the face's height."""
    height = np.linalg.norm(points[10] - points[152])
    return float(np.linalg.norm(points[upper] - points[lower]) / height)


@all_clips
def test_a_clip_is_small_and_says_that_it_is_drawn(clip: clips.Clip) -> None:
    told = probe(clip.file)
    assert told.picture
    assert (told.picture.width, told.picture.height) == clip.size
    assert told.seconds == pytest.approx(clip.seconds, abs=1 / RATE)
    assert clip.file.stat().st_size < 1_000_000
    assert b"synthetic: drawn by a program" in clip.file.read_bytes()


def test_a_face_is_found_in_every_frame(
    faces: tuple[clips.Clip, list[NDArray[np.float32] | None]],
) -> None:
    _, found = faces
    assert all(points is not None for points in found)


def test_the_face_does_what_it_was_told(
    faces: tuple[clips.Clip, list[NDArray[np.float32] | None]],
) -> None:
    clip, found = faces
    jaws = [clip.look(index * EVERY / RATE).does.jaw for index in range(len(found))]
    gaps = [opening(points, 13, 14) for points in found if points is not None]
    assert np.corrcoef(jaws, gaps)[0, 1] > 0.85


def test_looking_into_the_camera_has_all_that_a_viewer_does() -> None:
    looks = [acting.looking(index / RATE) for index in range(round(acting.LOOP * RATE))]
    shut = np.array([look.does.lids[0] < 0.1 for look in looks])
    assert (shut[1:] & ~shut[:-1]).sum() >= 4
    assert max(look.does.jaw for look in looks) > 0.8
    assert max(look.does.smile for look in looks) > 0.9
    assert min(look.turned.yaw for look in looks) < -0.35
    assert max(look.turned.yaw for look in looks) > 0.35


def test_the_loop_has_no_seam() -> None:
    first, again = acting.looking(0), acting.looking(acting.LOOP)
    assert first.turned.yaw == pytest.approx(again.turned.yaw, abs=1e-9)
    assert first.does.lids == pytest.approx(again.does.lids)
    assert first.does.jaw == pytest.approx(again.does.jaw)


def test_lips_meet_where_the_speech_closes_them() -> None:
    speech = acting.Speech.read(clips.SPEECH)
    closed = [phone for phone in speech.phones if phone.name in {"p", "b", "m"}]
    assert closed
    for phone in closed:
        assert speech.mouth((phone.start + phone.end) / 2).jaw < 0.15
