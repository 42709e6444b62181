"""What Wav2Lip hears, held to what the published code heard."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from discriminator.lipsync import mel

if TYPE_CHECKING:
    from numpy.typing import NDArray

GOLDEN = Path(__file__).parent / "golden"
KNOWN = json.loads((GOLDEN / "wav2lip_audio_frontend.json").read_text(encoding="utf-8"))


def sines() -> NDArray[np.float32]:
    [case] = KNOWN["cases"]
    count = case["samples"]
    t = np.arange(count) / 16000
    noise = np.random.default_rng(0).standard_normal(count)
    low, mid = 0.3 * np.sin(2 * np.pi * 220 * t), 0.2 * np.sin(2 * np.pi * 1000 * t + 0.5)
    high = 0.1 * np.sin(2 * np.pi * 5000 * t * (1 + 0.05 * t))
    made: NDArray[np.float32] = (low + mid + high + 0.02 * noise).astype(np.float32)
    assert hashlib.sha256(made.tobytes()).hexdigest() == case["wav_sha256"]
    return made


def test_the_spectrogram_is_the_published_one() -> None:
    with np.load(GOLDEN / "wav2lip_audio_frontend.npz") as arrays:
        wanted = arrays["sines_seed0.mel"]
    got = mel.spectrogram(sines())
    assert got.shape == wanted.shape
    assert np.abs(got - wanted).max() < 1e-4


def slaney(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(
        hertz < 1000, hertz * 3 / 200, 15 + 27 * np.log(np.maximum(hertz, 1) / 1000) / np.log(6.4)
    )


def test_the_shipped_filters_are_what_the_formula_says() -> None:
    marks = np.linspace(slaney(np.array(55.0)), slaney(np.array(7600.0)), 82)
    edges = np.where(marks < 15, marks * 200 / 3, 1000 * 6.4 ** ((marks - 15) / 27))
    ramps = edges[:, None] - np.linspace(0, 8000, 401)
    widths = np.diff(edges)[:, None]
    rising, falling = -ramps[:-2] / widths[:-1], ramps[2:] / widths[1:]
    triangles = np.maximum(0, np.minimum(rising, falling))
    area = 2 / (edges[2:] - edges[:-2])
    with np.load(Path(mel.__file__).with_name("mel_filters.npz")) as shipped:
        assert np.abs(shipped["filters"] - triangles * area[:, None]).max() < 1e-7


LONG_ENOUGH = [case for case in KNOWN["chunking"]["cases"] if case["mel_frames"] >= mel.PIECE]
"""The published code fails on shorter sound; ours fills it up, see below."""


@pytest.mark.parametrize("case", LONG_ENOUGH)
def test_each_frame_hears_what_it_heard(case: dict[str, object]) -> None:
    steps, fps = int(str(case["mel_frames"])), float(str(case["fps"]))
    assert mel.starts(steps, fps) == case["start_indices"]


@pytest.mark.parametrize("samples", [0, 1, 2, 399, 400, 3000])
def test_very_short_sound_is_followed_by_silence(samples: int) -> None:
    heard = mel.spectrogram(0.1 * np.ones(samples))
    assert heard.shape == (80, 1 + samples // 200)
    cut = mel.pieces(heard, 25)
    assert cut.shape == (2, 1, 80, 16)
    assert (cut[..., heard.shape[1] :] == mel.SILENCE).all()


def test_silence_is_silent() -> None:
    assert (mel.spectrogram(np.zeros(8000)) == mel.SILENCE).all()
