"""The face that is read in this chapter, and what was read in it.

The readings are real: `media/make/readings.py` lets the program that reads the viewer's face read
Nobody's. The face is at rest in all but `frowning`; only the light changes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from look import clamp
from nobody import DAYLIGHT, REST, Expression, Framing, Identity

from shots.people import Sitter

READINGS = Path(__file__).with_name("readings.json")
FEELINGS = ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")
BEHIND = (60, 62, 70)  # what stands behind the face in the square, RGB

WHO = Identity.of(14, young=0.0)
CANDLE = (0.3, -0.25, 0.95)
SQUARE = Framing(centre=(0.0, 0.02), half_height=1.6)
FROWN = Expression(brows=-1.0, smile=-0.6, lids=(0.5, 0.5))
DARKEST, LIGHTEST = 0.4, 1.6
LIGHTS = np.linspace(DARKEST, LIGHTEST, 51)
FROWNS = np.linspace(0.0, 1.0, 13)


@dataclass(frozen=True)
class Reading:
    """What the program says of one picture."""

    confidence: float
    age: float
    gender: str
    sure: float
    feelings: tuple[float, ...]
    """One share for each of `FEELINGS`."""


def sitter(frown: float = 0.0) -> Sitter:
    """Return the face, frowning as much as asked (0 .. 1), in steps."""
    step = round(clamp(frown) * (len(FROWNS) - 1))
    does = REST.toward(FROWN, float(FROWNS[step]))
    return Sitter(f"read-{step}", WHO, does, framing=SQUARE, light=CANDLE, size=720)


def by_day() -> Sitter:
    """Return the resting face in the light of a window."""
    return Sitter("read-by-day", WHO, REST, framing=SQUARE, light=DAYLIGHT, size=720)


def by_candle(light: float) -> Reading:
    """Return what was read in the resting face by a candle that burned so strongly (1: as lit)."""
    return _readings()["candle"][_step(light)]


def in_daylight(light: float) -> Reading:
    """Return what was read in the resting face in so much daylight (1: as lit)."""
    return _readings()["day"][_step(light)]


def _step(light: float) -> int:
    share = (light - DARKEST) / (LIGHTEST - DARKEST)
    return round(clamp(share) * (len(LIGHTS) - 1))


def frowning(frown: float) -> Reading:
    """Return what was read while the face frowned so much (0 .. 1)."""
    return _readings()["frowns"][round(clamp(frown) * (len(FROWNS) - 1))]


def recipe() -> str:
    """Return a short name for everything that the readings depend on."""
    told = repr((sitter(), by_day(), FROWN, LIGHTS.tolist(), FROWNS.tolist(), BEHIND))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


@cache
def _readings() -> dict[str, list[Reading]]:
    told = json.loads(READINGS.read_text(encoding="utf-8"))
    return {
        series: [Reading(**{**one, "feelings": tuple(one["feelings"])}) for one in told[series]]
        for series in ("candle", "day", "frowns")
    }
