"""Short sounds: blinks, stages, successes, what pours out of a mask, shutter, tick and ring.

All are mono and drawn from seeds, so that each is one of a family and none is twice the same.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import signal
from sound_beds import bell
from sound_level import RATE

Mono = NDArray[np.float64]

PEAK = 0.5

# Notes that never quarrel, in semitones above A.
SCALE = (0, 2, 4, 7, 9, 12, 14, 16)


def effects() -> Iterator[tuple[str, Mono]]:
    """All effects with their names."""
    families: tuple[tuple[str, int, Callable[[int], Mono]], ...] = (
        ("blink", 6, blink),
        ("stage", 6, stage),
        ("success", 6, success),
        ("mask", 21, mask),
    )
    for name, many, make in families:
        for number in range(1, many + 1):
            yield f"{name}-{number}", _even(make(number))
    yield "shutter", _even(shutter())
    yield "tick", _even(tick())
    yield "ring", _even(ring())


def blink(number: int) -> Mono:
    """A lid falls and lifts: a drop of water, and another a little higher."""
    generator = np.random.default_rng(100 + number)
    fall, lift = 620 * 2 ** (SCALE[number - 1] / 12) * generator.uniform(0.99, 1.01, 2)
    sound = np.zeros(_samples(0.7))
    _add(sound, 0.0, _drop(fall, 0.22))
    _add(sound, 0.11, 0.7 * _drop(1.5 * lift, 0.3))
    return _echoed(sound, generator)


def stage(number: int) -> Mono:
    """The machine begins another reading: two bells, upwards."""
    sound = np.zeros(_samples(1.5))
    _add(sound, 0.0, bell(24 + SCALE[number - 1], 1.4))
    _add(sound, 0.12, 0.8 * bell(31 + SCALE[number - 1], 1.3))
    return sound


def success(number: int) -> Mono:
    """The machine congratulates: four bells, a little too happy."""
    sound = np.zeros(_samples(2.0))
    for step, note in enumerate((0, 4, 7, 12)):
        turned = note + SCALE[number - 1] + (12 if (step + number) % 5 == 0 else 0)
        _add(sound, 0.085 * step, bell(24 + turned, 1.6))
    return sound


def mask(number: int) -> Mono:
    """Something pours out of a mouth: a falling growl, and bubbles. No throat was used."""
    generator = np.random.default_rng(200 + number)
    seconds = generator.uniform(0.7, 1.7)
    time = np.arange(_samples(seconds)) / RATE
    swell = np.sin(np.pi * (time / seconds) ** generator.uniform(0.4, 0.9)) ** 1.5
    wobble = 1 + 0.08 * np.sin(2 * np.pi * generator.uniform(9, 17) * time)
    glide = generator.uniform(110, 190) * np.exp(-generator.uniform(0.3, 0.9) * time) * wobble
    buzz = signal.sawtooth(2 * np.pi * np.cumsum(glide) / RATE)
    breath = 0.3 * generator.standard_normal(len(time))
    vowel = _vowel(buzz + breath, generator.uniform(380, 620), generator.uniform(800, 1150))
    sound: Mono = swell * vowel
    sound *= 0.6 / np.abs(sound).max()
    for _ in range(generator.integers(7, 16)):
        bubble = 0.4 * _drop(-generator.uniform(180, 620), generator.uniform(0.04, 0.12))
        _add(sound, generator.uniform(0.1, 0.8) * seconds, bubble)
    return sound


def shutter() -> Mono:
    """A camera opens and closes."""
    generator = np.random.default_rng(300)
    sound = np.zeros(_samples(0.45))
    for start, loud, fall in (
        (0.0, 1.0, 160),
        (0.018, 0.5, 90),
        (0.115, 0.9, 120),
        (0.14, 0.4, 60),
    ):
        time = np.arange(_samples(0.12)) / RATE
        click = generator.standard_normal(len(time)) * np.exp(-fall * time)
        _add(sound, start, loud * _between(click, 700, 7000))
    return sound


def tick() -> Mono:
    """One second of a countdown."""
    time = np.arange(_samples(0.12)) / RATE
    return np.asarray(np.exp(-55 * time) * np.sin(2 * np.pi * 1180 * time), np.float64)


def ring() -> Mono:
    """A telephone that nobody has yet picked up, heard by the one who calls."""
    time = np.arange(_samples(1.1)) / RATE
    tone = np.sin(2 * np.pi * 440 * time) + np.sin(2 * np.pi * 480 * time)
    edges = np.clip(np.minimum(time, time[-1] - time) / 0.02, 0, 1)
    return np.asarray(edges * tone, np.float64)


def _drop(frequency: float, seconds: float) -> Mono:
    """A sine that falls by a third, or rises where the frequency is negative."""
    time = np.arange(_samples(seconds)) / RATE
    bend = 2 ** (-np.sign(frequency) * 0.4 * time / seconds)
    phase = 2 * np.pi * np.cumsum(abs(frequency) * bend) / RATE
    shape = np.minimum(time / 0.004, 1) * np.exp(-5 * time / seconds)
    return np.asarray(shape * np.sin(phase), np.float64)


def _vowel(sound: Mono, first: float, second: float) -> Mono:
    """Shape a buzz as an open mouth does, with two formants."""
    shaped = sum(
        loud * signal.lfilter(*signal.iirpeak(formant, 4, fs=RATE), sound)
        for formant, loud in ((first, 1.0), (second, 0.6), (2500, 0.12))
    )
    return np.asarray(shaped, np.float64)


def _between(sound: Mono, low: float, high: float) -> Mono:
    band = signal.butter(2, (low, high), "bandpass", fs=RATE, output="sos")
    return np.asarray(signal.sosfilt(band, sound), np.float64)


def _echoed(sound: Mono, generator: np.random.Generator) -> Mono:
    time = np.arange(len(sound)) / RATE
    walls = generator.standard_normal(len(sound)) * np.exp(-14 * time)
    ringing = _between(signal.fftconvolve(sound, walls)[: len(sound)], 300, 4000)
    ending = np.minimum((time[-1] - time) / 0.1, 1)
    return np.asarray(ending * (sound + 0.25 * ringing / np.abs(ringing).max()), np.float64)


def _add(sound: Mono, start: float, part: Mono) -> None:
    """Add a part in place; what would stand beyond the end is cut."""
    first = _samples(start)
    kept = part[: len(sound) - first]
    sound[first : first + len(kept)] += kept


def _even(sound: Mono) -> Mono:
    ending = np.clip((len(sound) - np.arange(len(sound))) / _samples(0.01), 0, 1)
    return np.asarray(PEAK * ending * sound / np.abs(sound).max(), np.float64)


def _samples(seconds: float) -> int:
    return round(seconds * RATE)
