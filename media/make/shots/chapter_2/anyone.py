"""People in the dark: whoever they are, the same lips fit."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import skia
from look import GREEN, INK, PAPER, SMOOTH, box, glow, mix, settle, stroke
from nobody import Identity, Pose

from shots.chapter_2.skins import saying
from shots.moment import Moment, shot
from shots.people import BUST, Sitter
from shots.rig import RINGS, dots, placed, posed, ring_path


class Person(NamedTuple):
    """Someone in the crowd: who, the middle and the side of the portrait in px, and its light."""

    seed: int
    x: float
    y: float
    side: float
    light: float


BACK = [Person(50 + index, 322 + 425 * index, 420, 640, 0.26) for index in range(4)]
FRONT = [Person(56 + index, 110 + 425 * index, 760, 800, 0.15) for index in range(5)]


@shot
def fitted(canvas: skia.Canvas, now: Moment) -> None:
    """Nine people in the dark. On one after another the same lips light up, and speak."""
    canvas.clear(INK)
    canvas.drawPaint(glow(960, 380, 1150, 0xFF9FB4C4, 0.55))
    near = mix(1.0, 1.07, now.share)
    canvas.translate(960, 540)
    canvas.scale(near, near)
    canvas.translate(-960, -540)
    for person in (*BACK, *FRONT):
        _someone(canvas, person)
        late = abs(person.x - 960) / 900 + 0.3 * (person in BACK)
        _lips(canvas, now.t, person, settle((now.age + 0.2 - late) / 0.35))


@cache
def _anyone(seed: int) -> Sitter:
    dice = np.random.default_rng(seed)
    turned = Pose(*(dice.normal(0, 0.09, 3) * (1.0, 0.4, 0.5)).tolist())
    return Sitter(f"anyone-{seed}", Identity.of(seed, young=0.0), turned=turned, framing=BUST)


@cache
def _dimmed(light: float) -> skia.ColorFilter:
    """Return the loss of nearly all light."""
    grey = [0.3 * light, 0.5 * light, 0.2 * light]
    rows = [*grey, 0, 0.012, *grey, 0, 0.014, *(1.2 * part for part in grey), 0, 0.018]
    return skia.ColorFilters.Matrix([*rows, 0, 0, 0, 1, 0])


def _someone(canvas: skia.Canvas, person: Person) -> None:
    """Draw a figure against the light."""
    sitter, dark = _anyone(person.seed), skia.Paint(AntiAlias=True)
    dark.setColorFilter(_dimmed(person.light))
    dark.setImageFilter(skia.ImageFilters.DropShadow(0, 0, 5, 5, 0x8CB4C8DC))
    canvas.drawImageRect(
        sitter.portrait, box(person.x, person.y, person.side, person.side), SMOOTH, dark
    )


def _lips(canvas: skia.Canvas, t: float, person: Person, lit: float) -> None:
    """Light up the lips of a face, moved by the voice at a time."""
    rest = _anyone(person.seed).points
    said = rest + posed(saying(t), rest=rest) - posed(rest=rest)
    corner = (person.x - person.side / 2, person.y - person.side / 2)
    face = placed(said, *corner, person.side)
    for ring in ("lips", "mouth"):
        canvas.drawPath(ring_path(face, ring), stroke(GREEN, person.side / 190, lit))
    dots(canvas, face[list(RINGS["lips"])], person.side / 120, PAPER, lit)
