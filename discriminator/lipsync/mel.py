"""What Wav2Lip hears: a mel spectrogram, cut into a piece of 0.2 s for each frame.

librosa, which the published code takes for it, has changed its filters and its padding over the
years. So the filters are shipped (`mel_filters.npz`), and the rest is a page of numpy.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples a second."""
STEP = 200
"""Samples between two steps of the spectrogram: 80 steps a second."""
PIECE = 16
"""Steps that one frame hears."""
SILENCE = -4.0
"""The value of every band where there is no sound."""
_WINDOW = 800
_AT_ONCE = 1024
"""Steps whose spectra are held at once: sound may be long."""
_EMPHASIS = 0.97
_REFERENCE, _FLOOR = 20.0, 100.0
"""Decibels."""
_FILTERS = Path(__file__).with_name("mel_filters.npz")

Spectrogram = NDArray[np.float32]
"""(80, steps), -4 (silence) to 4."""


def spectrogram(samples: NDArray[np.floating[Any]]) -> Spectrogram:
    """Turn sound, (n,) at 16 kHz and from -1 to 1, into (80, 1 + n // 200)."""
    sharp = np.asarray(samples, np.float64)
    sharp = np.append(sharp[:1], sharp[1:] - _EMPHASIS * sharp[:-1])
    # Reflected at its ends, as the published network was taught; short sound is reflected often.
    padded = np.pad(sharp, _WINDOW // 2, "reflect" if sharp.size > 1 else "constant")
    framed = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::STEP]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / _WINDOW)
    parts = (framed[start : start + _AT_ONCE] for start in range(0, len(framed), _AT_ONCE))
    bands = np.concatenate([_filters() @ np.abs(np.fft.rfft(part * hann)).T for part in parts], 1)
    decibels = 20 * np.log10(np.maximum(1e-5, bands)) - _REFERENCE
    loud: Spectrogram = np.clip(8 * (decibels + _FLOOR) / _FLOOR - 4, -4, 4).astype(np.float32)
    return loud


def starts(steps: int, fps: float) -> list[int]:
    """The first step that each frame hears, in a spectrogram of at least 16 steps.

    As in the published code: frame i begins at int(i * 80 / fps) while that fits, and one more
    frame hears the end.
    """
    fitting: list[int] = []
    while (start := int(len(fitting) * RATE / STEP / fps)) + PIECE <= steps:
        fitting.append(start)
    return [*fitting, steps - PIECE]


def pieces(mel: Spectrogram, fps: float) -> NDArray[np.float32]:
    """Cut what each frame hears, (frames, 1, 80, 16); short sound is followed by silence."""
    short = max(0, PIECE - mel.shape[1])
    padded = np.pad(mel, ((0, 0), (0, short)), constant_values=SILENCE)
    return np.stack([padded[None, :, i : i + PIECE] for i in starts(padded.shape[1], fps)])


@cache
def _filters() -> NDArray[np.float64]:
    """80 triangles over 401 frequencies, from 55 to 7600 Hz, Slaney's scale and norm."""
    with np.load(_FILTERS) as shipped:
        return np.asarray(shipped["filters"], np.float64)
