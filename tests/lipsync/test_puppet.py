"""The puppet's quality, measured by somebody else: mediapipe looks at its pictures."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from speaking import SPEECH, Sitter, astronaut

from discriminator import faces
from discriminator.faces import mesh
from discriminator.lipsync.acting import act
from discriminator.lipsync.engine import Options
from discriminator.lipsync.errors import PhotoError
from discriminator.lipsync.head import Head, Pose
from discriminator.lipsync.mouth import Mouth
from discriminator.lipsync.puppet import Puppet
from discriminator.lipsync.voice import FRAMES, RATE, Voice, listen

Measure = NDArray[np.float64]
SHUT = 0.12
"""`mouth_openness` under which lips meet, as mediapipe sees them."""
LOUDEST, SILENT = 95, -36
"""The percentile that counts as loud; decibels under it that count as silence."""
STILL = [33, 133, 362, 263, 6, 168, 1, 2, 98, 327, 10, 151, 9, 234, 454, 127, 356]
"""Points of the skull: neither jaw nor lips nor lids."""


class Played(NamedTuple):
    sitter: Sitter
    mouth: Measure
    """(frames,) openness."""
    skull: Measure
    """(frames, points, 2) px, of `STILL`."""
    noise: Measure
    """(frames,) mean square error of the background."""
    first: faces.Picture
    last: faces.Picture


@pytest.fixture(scope="module")
def voice() -> Voice:
    return listen(SPEECH)


@pytest.fixture(scope="module")
def loudness(voice: Voice) -> Measure:
    """Return decibels of every picture's time, relative to what is loud."""
    step = RATE // FRAMES
    padded = np.pad(voice.samples, (0, voice.frames * step))[: voice.frames * step]
    power = np.square(padded.reshape(voice.frames, step)).mean(1)
    decibels = 10 * np.log10(power + 1e-10)
    return np.asarray(decibels - np.percentile(decibels, LOUDEST))


def background(photo: faces.Picture, points: faces.Points) -> NDArray[np.bool_]:
    """What lies beside and above a head, as its points tell; below, shoulders breathe."""
    face = faces.around(points)
    y, x = np.mgrid[: photo.shape[0], : photo.shape[1]]
    right, down = np.abs(x - face.centre[0]) / face.width, (y - face.centre[1]) / face.height
    return np.asarray((down < 0.6) & ((right > 1.0) | (down < -1.2)))


@pytest.fixture(scope="module")
def played(sitter: Sitter, voice: Voice) -> Played:
    puppet = Puppet(Options())
    puppet.prepare(voice)
    photo, points = sitter
    still = background(photo, points)
    mouths, skulls, noises, ends = [], [], [], []
    for number, frame in enumerate(puppet.frames(photo, points)):
        picture = frame[..., :3]
        if number in {0, voice.frames - 1}:
            ends.append(picture.copy())
        noises.append(np.square(picture[still].astype(float) - photo[still]).mean())
        if number % 2 == 0:  # it is the finder that takes time
            seen = mesh.mesh(np.ascontiguousarray(picture))
            assert seen is not None
            mouths.append(faces.mouth_openness(seen))
            skulls.append(seen[STILL, :2])
    first, last = ends
    return Played(sitter, np.array(mouths), np.array(skulls), np.array(noises), first, last)


def test_the_mouth_follows_the_voice(played: Played, loudness: Measure) -> None:
    heard = np.clip(1 + loudness / 30, 0, 1)
    # The finder saw every second picture; a shift of one picture is one of the voice.
    strength = {
        lag: float(np.corrcoef(np.roll(heard, lag)[::2], played.mouth)[0, 1])
        for lag in range(-4, 5)
    }
    assert strength[0] >= 0.7, strength
    assert max(strength, key=strength.__getitem__) in {-1, 0, 1}, strength


def test_the_mouth_opens_as_in_speech(played: Played) -> None:
    assert 0.3 < np.percentile(played.mouth, 95) < 0.8


def test_the_mouth_is_shut_in_silence(played: Played, loudness: Measure) -> None:
    silent = loudness < SILENT
    # A stop inside a word is silent too, but no silence.
    lasting = silent & np.roll(silent, 1) & np.roll(silent, -1)
    shut = played.mouth[lasting[::2]] < SHUT
    assert lasting.sum() > 20
    assert shut.mean() >= 0.98


def test_the_head_moves_as_heads_do(played: Played) -> None:
    height = faces.around(played.sitter.points).height
    centre = played.skull.mean(1)
    away = np.hypot(*(centre - centre[0]).T)
    assert 0.003 < np.percentile(away, 98) / height < 0.04
    # The finder itself trembles where lids shut; hence not the largest.
    jumps = np.hypot(*np.diff(centre, axis=0).T)
    assert np.percentile(jumps, 95) / height < 0.01


def test_nothing_moves_but_head_and_shoulders(played: Played) -> None:
    assert background(*played.sitter).mean() > 0.05
    worst = played.noise.max()
    assert worst == 0 or 10 * np.log10(255**2 / worst) >= 45


@pytest.mark.parametrize(("jaw", "wide"), [(1.0, 0.0), (0.5, 1.0), (0.5, -1.0)])
def test_skin_does_not_tear_where_a_mouths_motion_ends(
    sitter: Sitter, jaw: float, wide: float
) -> None:
    mouth = Mouth(*sitter)
    y, x = (values.astype(np.float32) for values in np.mgrid[mouth.box])
    moved_x, moved_y = x.copy(), y.copy()
    mouth.bend(jaw, wide, moved_x, moved_y)
    away = np.hypot(moved_x - x, moved_y - y)
    assert away.max() > 3
    assert max(away[0].max(), away[-1].max(), away[:, 0].max(), away[:, -1].max()) < 0.25


def test_blocks_of_pixels_go_where_their_pixels_go(sitter: Sitter) -> None:
    head = Head(*sitter)
    pose = Pose(1.0, 1.0, 1.0, 1.0)
    for fine, coarse in zip(
        head.pixels(head.box).places(pose), head.blocks().places(pose), strict=True
    ):
        middles = (fine[::2, ::2] + fine[1::2, 1::2]) / 2
        assert np.abs(middles - coarse).max() < 0.01
        assert np.abs(np.diff(fine[::2, ::2] - coarse, axis=1)).max() < 0.05


def test_it_begins_and_ends_at_rest(played: Played) -> None:
    assert played.mouth[0] < SHUT + 0.05
    assert played.mouth[-1] < SHUT
    difference = np.abs(played.first.astype(int) - played.last).mean()
    assert difference < 2


def test_every_curve_begins_and_ends_in_the_photo(voice: Voice) -> None:
    acted = act(voice)
    for curve in (acted.aside, acted.lean, acted.breath, acted.lids):
        assert curve[0] == curve[-1] == 0
    for curve in vars(acted).values():
        assert curve.shape == (398,)
        assert np.isfinite(curve).all()
    assert 3 <= (np.diff((acted.lids > 0.9).astype(int)) == 1).sum() <= 8


def test_lips_meet_for_the_sounds_that_close_them(voice: Voice) -> None:
    acted = act(voice)
    closed = [phone for phone in voice.phones if phone.phone in {"p", "b", "m"}]
    least = [acted.jaw[int(p.start * FRAMES) : int(p.end * FRAMES) + 2].min() for p in closed]
    assert len(closed) >= 8
    assert np.median(least) < 0.25


@pytest.mark.parametrize("known", ["sounds", "words", "nothing"])
def test_a_voice_moves_a_mouth_whatever_is_known_of_it(
    voice: Voice, loudness: Measure, known: str
) -> None:
    phones = voice.phones if known == "sounds" else ()
    words = () if known == "nothing" else voice.words
    jaw = act(Voice(voice.path, voice.samples, words, phones)).jaw
    assert np.corrcoef(np.clip(1 + loudness / 30, 0, 1), jaw)[0, 1] >= 0.7


def test_the_same_voice_moves_a_face_the_same_way(voice: Voice) -> None:
    one, other = act(voice), act(voice)
    assert all(
        (a == b).all() for a, b in zip(vars(one).values(), vars(other).values(), strict=True)
    )


def test_a_face_that_is_too_small_is_refused(voice: Voice) -> None:
    puppet = Puppet(Options())
    puppet.prepare(voice)
    with pytest.raises(PhotoError, match="too small"):
        next(puppet.frames(astronaut().photo, astronaut().points / 8))


@pytest.mark.parametrize("shift", [(-170, 0), (160, 0), (0, -60), (0, 190)])
def test_a_face_at_the_edge_speaks_too(voice: Voice, shift: tuple[int, int]) -> None:
    photo, points = astronaut()
    moved = np.roll(photo, shift, (1, 0))
    puppet = Puppet(Options())
    puppet.prepare(Voice(voice.path, voice.samples[: RATE * 2]))
    frames = [frame.copy() for frame in puppet.frames(moved, points + np.array([*shift, 0]))]
    assert len(frames) == 50
    assert all(frame.shape == (512, 512, 4) for frame in frames)
    assert np.abs(frames[10].astype(int) - frames[0]).max() > 20
