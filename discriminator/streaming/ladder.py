"""The arithmetic of a ladder: which pictures of which size at which rate make up a stream."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

SEGMENT_SECONDS = 2
"""Every segment is one closed group of pictures of about this length."""

_NTSC = Fraction(1000, 1001)
RATES = (
    *(Fraction(whole) for whole in (1, 2, 4, 5, 6, 8, 10, 12)),
    Fraction(25, 2),
    Fraction(15),
    24 * _NTSC,
    Fraction(24),
    Fraction(25),
    30 * _NTSC,
    Fraction(30),
    Fraction(48),
    Fraction(50),
    60 * _NTSC,
    Fraction(60),
)
"""Frames a second that players and editors know."""

_SAME_RATE = Fraction(1, 100)
# A segment may hold what fills the buffer meanwhile and one bufferful more: 2 s x 0.74 + 0.5 s
# stay under the 2 s that the ceiling grants. A smaller buffer would starve the key frames, on which
# a quiet scene lives.
_FILL = 0.74
_BUFFER = 0.5


@dataclass(frozen=True)
class Rung:
    """A box that a rendition fits in, lying or standing, and what it may cost."""

    long: int
    """Pixels along the longer side."""
    short: int
    ceiling: int
    """Bits a second that no segment exceeds."""

    @property
    def fill(self) -> int:
        """Bits a second at which the decoder's buffer fills."""
        return int(self.ceiling * _FILL)

    @property
    def buffer(self) -> int:
        """Bits that the decoder's buffer holds."""
        return int(self.ceiling * _BUFFER)


@dataclass(frozen=True)
class Rendition:
    """One size of the picture."""

    width: int
    height: int
    rung: Rung


RUNGS = (
    Rung(1920, 1080, 8_000_000),
    Rung(1280, 720, 5_000_000),
    Rung(768, 432, 2_500_000),
)


def ladder(width: int, height: int, rungs: tuple[Rung, ...] = RUNGS) -> tuple[Rendition, ...]:
    """Return the renditions of a master of `width` x `height` pixels, largest first.

    None is larger than the master. A master between two rungs keeps its own size under the ceiling
    of the upper one.
    """
    renditions: list[Rendition] = []
    for rung in sorted(rungs, key=lambda rung: rung.long * rung.short):
        renditions.insert(0, _fit(width, height, rung))
        if _shrinkage(width, height, rung) == 1:
            break
    return tuple(renditions)


def frame_rate(average: Fraction) -> Fraction:
    """Return the constant rate for a master of this average: a known one, at most 60."""
    nearest = min(RATES, key=lambda rate: abs(rate - average))
    if abs(nearest - average) <= average * _SAME_RATE:
        return nearest
    # Of a varying rate no frame is dropped, so the next higher one.
    return next((rate for rate in RATES if rate >= average), RATES[-1])


def group(rate: Fraction) -> int:
    """Return the frames of one group of pictures."""
    return round(rate * SEGMENT_SECONDS)


def _fit(width: int, height: int, rung: Rung) -> Rendition:
    shrinkage = _shrinkage(width, height, rung)
    return Rendition(_even(width * shrinkage), _even(height * shrinkage), rung)


def _shrinkage(width: int, height: int, rung: Rung) -> Fraction:
    long, short = max(width, height), min(width, height)
    return min(Fraction(rung.long, long), Fraction(rung.short, short), Fraction(1))


def _even(length: Fraction) -> int:
    # Colour has half the resolution of light in 4:2:0, and a nearer even number may be too large.
    return max(int(length) // 2 * 2, 2)
