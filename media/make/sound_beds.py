"""Music that can run for ever: beds below the voice, drones below the covers.

Every bed is built as a circle. Its partials fit a whole number of times into its length, its
chords fade around the end, its bells and its room ring on into the beginning. Browsers leave a
gap where a sound starts again, so a bed draws breath there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sound_level import RATE, Sound

BREATH = 1.6  # seconds, in at the beginning and out at the end

# Semitones above A at 110 Hz.
Chord = tuple[float, ...]


@dataclass(frozen=True)
class Bed:
    """How a bed sounds."""

    seconds: float
    chords: Sequence[Chord]
    warmth: float  # how steeply its partials fall; 1 is bright, 2 is dark
    breadth: float  # how far each partial spreads, in cents; a few are a reed, many are a choir
    hollow: bool = False  # odd partials only, as in a stopped pipe
    bells: int = 0  # struck notes in one turn
    pulse: float = 0.0  # soft beats a second, none where zero
    seed: int = 0


# The album is warm and nearly at rest. The machines are fifths without a third, and they count.
# The mask never settles; the readings are hollow; the lab, at last, is open.
BEDS = {
    "album": Bed(40, ((-7, 0, 5, 9, 16), (-5, 2, 7, 11, 14)), 1.6, 22, bells=9, seed=1),
    "machines": Bed(36, ((-5, 0, 7, 12), (-7, 0, 5, 10)), 1.3, 9, pulse=2, seed=2),
    "mask": Bed(40, ((2, 9, 14, 20), (1, 8, 15, 20)), 1.3, 40, hollow=True, seed=3),
    "call": Bed(32, ((0, 7, 14),), 1.5, 14, seed=4),
    "rain": Bed(36, ((3, 10, 15, 22), (0, 7, 15, 19)), 1.3, 18, bells=28, pulse=1.5, seed=5),
    "piles": Bed(40, ((-8, -1, 4, 8, 11), (-10, -3, 4, 7, 14)), 1.7, 26, bells=6, seed=6),
    "reading": Bed(40, ((0, 7, 12, 22), (0, 8, 13, 20)), 1.4, 12, hollow=True, seed=7),
    "lab": Bed(36, ((-7, 0, 7, 14, 19), (-5, 2, 7, 14, 21)), 1.5, 20, bells=7, seed=8),
}

# Covers 2, 3 and 4: you, alone with the camera.
DRONES = {
    "drone-2": Bed(44, ((-12, 0, 7, 14),), 1.3, 30, hollow=True, seed=12),
    "drone-3": Bed(42, ((-10, 2, 8, 15),), 1.3, 55, seed=13),
    "drone-4": Bed(48, ((-12, 0, 8, 19),), 1.4, 16, seed=14),
}


def played(bed: Bed) -> Sound:
    """Play one turn of a bed, stereo."""
    generator = np.random.default_rng(bed.seed)
    samples = round(bed.seconds * RATE)
    turn = np.linspace(0, 1, samples, endpoint=False)
    sound = np.zeros((2, samples))
    for place, chord in enumerate(bed.chords):
        sound += _presence(turn, place, len(bed.chords)) * _pad(bed, chord, samples, generator)
    sound /= np.abs(sound).max()
    for _ in range(bed.bells):
        chord = bed.chords[int(generator.integers(len(bed.chords)))]
        note = generator.choice(chord) + 12 * generator.integers(2, 4)
        sound += _around(bell(note, 3.0), generator.random(), samples, generator.uniform(-0.7, 0.7))
    if bed.pulse:
        beats = round(bed.pulse * bed.seconds)
        sound *= 1 - 0.35 * (0.5 + 0.5 * np.cos(2 * np.pi * beats * turn)) ** 8
    return _breathing(in_room(sound, 2.8, generator, share=0.35))


def bell(note: float, seconds: float) -> NDArray[np.float64]:
    """Strike a small bell; mono, shape (samples,)."""
    time = np.arange(round(seconds * RATE)) / RATE
    partials = ((1, 1.0, 1.6), (2.0, 0.35, 2.6), (3.01, 0.16, 4.5), (5.43, 0.06, 9.0))
    sound = sum(
        loud * np.exp(-fall * time) * np.sin(2 * np.pi * ratio * pitch(note) * time)
        for ratio, loud, fall in partials
    )
    strike = np.minimum(time / 0.006, 1)
    ending = np.minimum((seconds - time) / 0.05, 1)
    return np.asarray(0.12 * strike * ending * sound, np.float64)


def in_room(
    sound: Sound, seconds: float, generator: np.random.Generator, share: float = 0.3
) -> Sound:
    """Let a sound ring in a room; what rings beyond its end is heard at its beginning."""
    samples = sound.shape[1]
    time = np.arange(samples) / RATE
    walls = generator.standard_normal((2, samples)) * np.exp(-6.9 * time / seconds)
    # Rooms swallow high sounds first.
    softness = 1 + (np.fft.rfftfreq(samples, 1 / RATE) / 2500) ** 2
    ringing = np.fft.irfft(np.fft.rfft(sound) * np.fft.rfft(walls) / softness, samples)
    loudness = np.sqrt((sound**2).mean() / (ringing**2).mean())
    return np.asarray((1 - share) * sound + share * loudness * ringing, np.float64)


def pitch(note: float) -> float:
    """Frequency in Hz of a note in semitones above A."""
    return float(110 * 2 ** (note / 12))


def _pad(
    bed: Bed, chord: Chord, samples: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Paint a chord as soft bands of frequencies with random phases; stereo.

    A band as wide as its pitch asks for is what many players make who are never quite in tune.
    """
    frequencies = np.fft.rfftfreq(samples, 1 / RATE)
    spectrum = np.zeros(len(frequencies))
    for note in chord:
        for partial in range(1, 17, 2 if bed.hollow else 1):
            centre = pitch(note) * partial
            width = centre * (2 ** (bed.breadth / 1200) - 1)
            near = slice(*np.searchsorted(frequencies, (centre - 5 * width, centre + 5 * width)))
            band = np.exp(-(((frequencies[near] - centre) / width) ** 2)) / np.sqrt(width)
            spectrum[near] += band / partial**bed.warmth
    phases = np.exp(2j * np.pi * generator.random((2, len(frequencies))))
    return np.asarray(np.fft.irfft(spectrum * phases, samples), np.float64) * samples


def _presence(turn: NDArray[np.float64], place: int, chords: int) -> NDArray[np.float64]:
    """How much of a chord is heard during the turn; neighbours overlap."""
    if chords == 1:
        return np.ones_like(turn)
    return np.asarray((0.5 + 0.5 * np.cos(2 * np.pi * (turn - place / chords))) ** 0.5, np.float64)


def _breathing(sound: Sound) -> Sound:
    time = np.arange(sound.shape[1]) / RATE
    from_seam = np.minimum(time, time[-1] - time)
    return np.asarray(sound * np.sin(np.pi / 2 * np.clip(from_seam / BREATH, 0, 1)), np.float64)


def _around(note: NDArray[np.float64], start: float, samples: int, side: float) -> Sound:
    """Place a struck note on the circle, between the left (-1) and the right (1)."""
    circle = np.zeros(samples)
    circle[: len(note)] = note
    placed = np.roll(circle, round(start * samples))
    return np.stack([placed * np.sqrt((1 - side) / 2), placed * np.sqrt((1 + side) / 2)])
