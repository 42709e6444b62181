"""A recipe of 2020: a picture and a voice, and what comes of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import sin

import numpy as np
import skia
from look import (
    DIM,
    GREEN,
    INK,
    PAPER,
    YELLOW,
    blend,
    box,
    clamp,
    fill,
    lay,
    mix,
    settle,
    stroke,
)
from look_type import MONO, THIN, Hand, write
from nobody import Identity

from shots.chapter_2.skins import saying
from shots.chapter_2.voices import wave
from shots.moment import Moment, shot
from shots.people import HEAD, Sitter
from shots.prints import Place, drop
from shots.rig import RINGS, Points, dots, gape, placed, posed, ring_path, wear

ANY = (9, 31, 14, 22, 40)
DUSK = 0.4  # of a stranger's light, before anyone speaks of them
BEHIND = (0xFF60656B, 0xFF6B6258, 0xFF4F5A52, 0xFF5E5258, 0xFF4A5262)


@shot
def recipe(canvas: skia.Canvas, now: Moment) -> None:
    """2020. Five strangers come out of the dark; where a line of sound has passed, mouths move."""
    canvas.clear(INK)
    write(canvas, "2020", 150, 230, Hand(THIN, 170, -0.03), PAPER, alpha=now.ramp(over=0.4))
    reached = now.ramp("a program", 2.2) * 1.15
    for index, seed in enumerate(ANY):
        left = 150 + 330 * index
        shown = mix(DUSK, 1, settle((now.since("researchers") - 0.16 * index) / 0.6))
        moving = clamp((reached - (index + 0.5) / len(ANY)) / 0.08)
        _stranger(canvas, seed, skia.Rect.MakeXYWH(left, 330, 300, 400), now.t, shown, moving)
    end = 150 + 1620 * clamp(reached)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(150, 780, end, 1040))
    wave(canvas, now.t, 150, 880, 1620, 74, stroke(GREEN, 5, 0.9))
    canvas.restore()
    canvas.drawLine(150, 880, 1770, 880, stroke(DIM, 1, 0.5))


def _stranger(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas, seed: int, frame: skia.Rect, t: float, shown: float, moving: float
) -> None:
    canvas.save()
    canvas.clipRect(frame)
    canvas.drawRect(frame, fill(BEHIND[seed % len(BEHIND)], shown))
    side = 500.0
    left, top = frame.centerX() - side / 2, frame.centerY() - side / 2 + 6
    sitter = whole(seed)
    lay(canvas, sitter.portrait, skia.Rect.MakeXYWH(left, top, side, side), shown)
    if moving > 0:
        puppet(canvas, sitter, left, top, side, t, moving)
    canvas.restore()
    canvas.drawRect(frame, stroke(GREEN if moving > 0 else DIM, 2, shown))


@cache
def whole(seed: int) -> Sitter:
    """Return one of the many nobodies, head and all."""
    return Sitter(f"stranger-{seed}", Identity.of(seed, young=0.0), framing=HEAD, size=640)


def puppet(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas, sitter: Sitter, left: float, top: float, side: float, t: float, much: float
) -> None:
    """Move the mouth of a still portrait by the voice at a time."""
    rest = sitter.points
    said = saying(t)
    face = posed(said, rest=rest) - posed(rest=rest)
    places = (rest + face * np.float32(much)) * np.float32(side) + np.array(
        [left, top, 0], np.float32
    )
    gape(canvas, places)
    wear(canvas, sitter.portrait, rest * sitter.size, places, shade=0.0)


SLOTS = (("a picture", box(400, 540, 640, 440)), ("a voice", box(1520, 540, 640, 440)))


@shot
def given(canvas: skia.Canvas, now: Moment) -> None:
    """Lips between two empty frames; a print fills one, a wave the other, and the lips move."""
    canvas.clear(INK)
    brought, told = now.ramp("a picture", 0.9, delay=-0.3), now.ramp("a voice", 0.9, delay=-0.3)
    met = now.ramp("a voice", 0.9, delay=0.5)
    for (name, slot), filled in zip(SLOTS, (brought, told), strict=True):
        _slot(canvas, slot, name, filled, 1 - met)
    place = Place(mix(mix(-500, 400, brought), 700, met), 540, 560, mix(-9, -3, brought))
    drop(canvas, "beach", place, 1 - 0.85 * met)
    x = mix(mix(1980, 1240, told), 1000, met)
    wave(canvas, now.t, x, 540, 560, 150, stroke(YELLOW, 5, 1 - 0.85 * met))
    does = replace(saying(now.t), jaw=0.45 * met * abs(sin(5 * now.since("a voice"))))
    lips = _in_the_middle(placed(posed(does), 960, 540, mix(1900, 4200, met)))
    _lips(canvas, lips, met)


def _slot(canvas: skia.Canvas, slot: skia.Rect, name: str, filled: float, alpha: float) -> None:
    """An empty frame that says what it waits for, and lights up when it has it."""
    colour = blend(DIM, GREEN, filled)
    dashed = stroke(colour, 4, alpha)
    dashed.setPathEffect(skia.DashPathEffect.Make([16, 14], 0))
    canvas.drawRect(slot, dashed)
    at = (slot.centerX(), slot.bottom() + 80)
    write(canvas, name, *at, Hand(MONO, 52), colour, anchor=0.5, alpha=alpha)


def _in_the_middle(face: Points) -> Points:
    """Move a face so that its mouth is in the middle of the picture."""
    away: Points = face[[61, 291]].mean(0) - np.array([960, 540, 0], np.float32)
    return face - away * np.array([1, 1, 0], np.float32)


def _lips(canvas: skia.Canvas, face: Points, met: float) -> None:
    for ring in ("lips", "mouth"):
        path = ring_path(face, ring)
        canvas.drawPath(path, fill(INK, 0.85))
        canvas.drawPath(path, stroke(GREEN, 5))
    dots(canvas, face[[*RINGS["lips"], *RINGS["mouth"]]], 10, PAPER)
    note = "picture + voice"
    write(canvas, note, 960, 980, Hand(MONO, 56, 0.03), GREEN, anchor=0.5, alpha=met)
