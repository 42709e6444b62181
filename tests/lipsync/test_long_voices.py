"""A voice of ten minutes is heard piece by piece, and as if it were heard at once."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from discriminator.lipsync import acting, hearing, mel, still
from discriminator.lipsync.voice import FRAMES, LONGEST, RATE, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

MEGABYTE = 10**6


def babble(seconds: int) -> Voice:
    """Noise that comes and goes."""
    chance = np.random.default_rng(seconds)
    loud = np.repeat(chance.random(seconds * 10) > 0.4, RATE // 10)
    noise = chance.standard_normal(seconds * RATE, np.float32)
    return Voice(Path("voice.wav"), np.float32(0.2) * noise * loud)


@pytest.fixture(scope="module")
def voice() -> Voice:
    """One that needs several pieces, and is no multiple of them."""
    return babble(41)


def windows(samples: NDArray[Any], size: int) -> NDArray[Any]:
    return np.lib.stride_tricks.sliding_window_view(samples, size)


def test_spectra_are_those_of_the_whole(voice: Voice) -> None:
    middles = ((np.arange(voice.frames) + 0.5) * RATE / FRAMES).astype(int)
    framed = windows(np.pad(voice.samples, 1280), 1280)[middles + 640]
    power = np.square(np.abs(np.fft.rfft(framed * np.hanning(1280))) / 1280)
    wanted = [power[:, 12:320], power[:, 20:72], power[:, 128:272], power[:, 336:640]]
    assert (hearing.bands(voice) == [band.sum(1) for band in wanted]).all()


def test_the_way_to_a_pause_is_that_to_the_nearest_of_all(voice: Voice) -> None:
    heard = hearing.hear(voice)
    pauses = np.flatnonzero(np.concatenate([[True], heard.pause, [True]]))
    away = np.abs(np.arange(voice.frames + 2)[:, None] - pauses).min(1)[1:-1]
    assert heard.pause.any()
    assert (acting.lips_rest(heard) == np.array([0, 0.45, 0.85, 1])[np.minimum(away, 3)]).all()


def test_somebody_speaks_where_the_whole_says_so(voice: Voice) -> None:
    padded = np.pad(voice.samples, (0, voice.frames * 640 + 3200))
    loud = np.sqrt(np.square(windows(padded, 3200)[::640][: voice.frames]).mean(1))
    wanted = loud > 0.02 * np.sqrt(np.square(voice.samples).mean())
    assert not wanted.all()
    assert (still.spoken(voice) == wanted).all()


def test_the_mel_spectrogram_is_that_of_the_whole(
    voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece_by_piece = mel.spectrogram(voice.samples)
    monkeypatch.setattr(mel, "_AT_ONCE", len(voice.samples))
    np.testing.assert_allclose(piece_by_piece, mel.spectrogram(voice.samples), atol=1e-5)


@pytest.mark.parametrize(
    ("hear", "most"),
    [
        (acting.act, 80),
        (still.spoken, 160),
        (lambda voice: mel.spectrogram(voice.samples), 400),  # of it, 77 are the sound itself
    ],
    ids=["acting", "speaking", "mel"],
)
def test_ten_minutes_take_little_memory(hear: Callable[[Voice], object], most: int) -> None:
    voice = babble(LONGEST)
    tracemalloc.start()
    try:
        hear(voice)
        assert tracemalloc.get_traced_memory()[1] < most * MEGABYTE
    finally:
        tracemalloc.stop()
