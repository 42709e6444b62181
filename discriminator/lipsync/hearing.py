"""What can be heard in a voice, picture by picture: how loud, how bright, how hissing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discriminator.lipsync.voice import FRAMES, RATE

if TYPE_CHECKING:
    from discriminator.lipsync.voice import Voice

Curve = NDArray[np.float64]
"""One number for each picture, (frames,)."""

_WINDOW = 1280
"""Samples that one picture hears: 80 ms, half of them its neighbours'."""
_BANDS = (150, 4000), (250, 900), (1600, 3400), (4200, 8000)
"""Hz: all of the voice, and where its formants (low, bright) and its s and sh are."""
_AT_ONCE = 256
"""Pictures whose spectra are held at once: a voice may be long."""
_PAUSE, _SILENCE, _SPAN = 3, -34.0, 32.0
"""Pictures that a pause lasts at least; decibels under the loudest of what is silent, and of what
counts from silent to loud."""


@dataclass(frozen=True)
class Hearing:
    """The curves of a voice."""

    loud: Curve
    """0 (silent) to 1."""
    bright: Curve
    """-1 (as in "you") to 1 (as in "see")."""
    hiss: Curve
    """0 to 1 (as in "s")."""
    pause: NDArray[np.bool_]
    """True where nothing is said for a while."""


def hear(voice: Voice) -> Hearing:
    """Return the curves of a voice."""
    total, low, bright, hissing = bands(voice)
    decibels = 10 * np.log10(total + 1e-12)
    decibels -= np.percentile(decibels, 97)
    hiss = hissing / (total + hissing + 1e-12)
    colour = np.log((bright + 1e-9) / (low + 1e-9))
    loud = np.clip(1 + decibels / _SPAN, 0, 1)
    return Hearing(loud, _centred(colour, loud), hiss, _runs(decibels < _SILENCE))


def bands(voice: Voice) -> NDArray[np.float64]:
    """Return (bands, frames): the power of each of `_BANDS` around the middle of each picture."""
    middles = ((np.arange(voice.frames) + 0.5) * RATE / FRAMES).astype(np.intp)
    ahead = np.pad(voice.samples, _WINDOW)
    framed = np.lib.stride_tricks.sliding_window_view(ahead, _WINDOW)
    starts = np.minimum(middles + _WINDOW // 2, len(framed) - 1)
    found = np.empty((len(_BANDS), voice.frames))
    for start in range(0, voice.frames, _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        spectrum = np.fft.rfft(framed[starts[some]] * np.hanning(_WINDOW))
        power = np.square(np.abs(spectrum) / _WINDOW)
        for band, (low, high) in zip(found, _BANDS, strict=True):
            band[some] = power[:, low * _WINDOW // RATE : high * _WINDOW // RATE].sum(1)
    return found


def _centred(values: Curve, loud: Curve) -> Curve:
    """Return values relative to this voice's own middle, as no two voices have the same colour."""
    heard = values[loud > loud.mean()] if loud.any() else values
    if not heard.size:
        return np.zeros_like(values)
    return np.asarray(np.tanh((values - np.median(heard)) / (heard.std() + 1e-6)) * (loud > 0))


def _runs(silent: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep the silences that last: the stop inside a word is none."""
    kept = np.zeros_like(silent)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], silent.astype(int), [0]])))
    for start, end in edges.reshape(-1, 2):
        kept[start:end] = end - start >= _PAUSE
    return kept


def smooth(values: NDArray[np.floating[Any]], width: float) -> Curve:
    """Return a curve without its trembling; `width` is the standard deviation in pictures."""
    reach = int(np.ceil(3 * width))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    return np.convolve(np.pad(values, reach, "edge"), bell / bell.sum(), "valid")
