"""The voice behind the film: what it looks like, whose it was, and how it is put together."""

from __future__ import annotations

from functools import cache
from math import pi, sin
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import skia
import sound_level
from look import (
    GREEN,
    INK,
    PAPER,
    RED,
    SLATE,
    SMOOTH,
    YELLOW,
    box,
    clamp,
    fill,
    glide,
    glow,
    mix,
    painted,
    settle,
    stroke,
)
from look_type import ITALIC, MEDIUM, MONO, SERIF, Hand, width_of, write
from nobody import Pose

from shots.chapter_2.skins import saying
from shots.lines import polygon
from shots.moment import Moment, shot
from shots.rig import RINGS, SKIN, Points, dots, placed, posed

if TYPE_CHECKING:
    from numpy.typing import NDArray

VOICE = Path(__file__).parents[3] / "voice" / "chapter-2.en.opus"
FINE = 200  # readings of loudness a second
BARS = 144
LIT = 0.6  # of a second
NEVER = "He has never said these words."


@cache
def loudness() -> NDArray[np.float64]:
    """Return how loud the voice is, 200 times a second, 0 .. 1."""
    sound = sound_level.read(VOICE).mean(0)
    step = sound_level.RATE // FINE
    blocks = sound[: len(sound) // step * step].reshape(-1, step)
    level = np.sqrt((blocks**2).mean(1))
    shares: NDArray[np.float64] = np.clip(level / np.quantile(level, 0.98), 0, 1)
    return shares


def heard(t: float) -> float:
    """Return how loud the voice is at a time, 0 .. 1."""
    level = loudness()
    return float(level[int(clamp(t * FINE, 0, len(level) - 1))])


def wave(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas, t: float, x: float, y: float, width: float, tall: float, paint: skia.Paint
) -> None:
    """Draw the voice as bars, its present at the right end."""
    bars = int(width / 12)
    path = skia.Path()
    for bar in range(bars):
        level = heard(t - (bars - 1 - bar) * 0.02)
        path.moveTo(x + 12 * bar, y - tall * level - 1)
        path.lineTo(x + 12 * bar, y + tall * level + 1)
    canvas.drawPath(path, paint)


@shot
def voice(canvas: skia.Canvas, now: Moment) -> None:
    """A voice as bars of light; they bend into the outline of a face and are a mask."""
    canvas.clear(INK)
    bent = now.ramp("a mask", 1.1)
    face = placed(posed(saying(now.t), Pose(yaw=0.1 * sin(now.age))), 960, 540, 1050)
    roots, ways = _around(face)
    flat = np.stack([96 + 12 * np.arange(BARS), np.full(BARS, 540)], 1)
    roots = flat * (1 - bent) + roots * bent
    ways = np.array([0, 1], np.float32) * (1 - bent) + ways * bent
    tall = mix(190, 120, bent)
    path = skia.Path()
    for bar, (root, way) in enumerate(zip(roots, ways, strict=True)):
        reach = way * (4 + tall * heard(now.t - (BARS - 1 - bar) * 0.012))
        path.moveTo(*(root - reach * (1 - bent)).tolist())
        path.lineTo(*(root + reach).tolist())
    canvas.drawPath(path, stroke(PAPER, 5))
    dots(canvas, face[[*RINGS["lips"], *RINGS["mouth"]]], 7, PAPER, bent)


def _around(face: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points along a face's outline and the ways outwards from there, (bars, 2) each."""
    ring = face[[*RINGS["face"], RINGS["face"][0]], :2]
    along, corners = np.linspace(0, len(ring) - 1, BARS), np.arange(len(ring))
    roots = np.stack([np.interp(along, corners, ring[:, axis]) for axis in range(2)], 1)
    ways = roots - face[:SKIN, :2].mean(0)
    return roots, ways / np.linalg.norm(ways, axis=1, keepdims=True)


@shot
def chair(canvas: skia.Canvas, now: Moment) -> None:
    """An empty chair under a lamp, a microphone before it. Waves of sound leave the chair."""
    canvas.clear(INK)
    canvas.save()
    near = 1 + 0.10 * now.share
    canvas.translate(960, 640)
    canvas.scale(near, near)
    canvas.translate(-960, -640)
    _studio(canvas, now.ramp(over=0.7))
    _waves(canvas, now)
    canvas.restore()


LAMP = ((760, -40), (840, -40), (1330, 960), (270, 960))
CHAIR = (
    ((640, 470), (660, 720), (640, 960)), ((860, 470), (840, 720), (860, 960)),
    ((640, 478), (860, 478)), ((646, 560), (854, 560)), ((632, 735), (868, 735)),
    ((650, 720), (850, 720)), ((690, 735), (700, 930)), ((810, 735), (800, 930)),
)  # fmt: skip


def _studio(canvas: skia.Canvas, lit: float) -> None:
    ends = [skia.Point(800, 0), skia.Point(800, 960)]
    shader = skia.GradientShader.MakeLinear(ends, [0x38F1EDE4, 0x06F1EDE4])
    canvas.drawPath(polygon(LAMP), skia.Paint(Shader=shader, AntiAlias=True, Alphaf=lit))
    canvas.drawOval(box(800, 962, 1060, 110), fill(PAPER, 0.07 * lit))
    for line in CHAIR:
        canvas.drawPath(polygon(line, closed=False), stroke(PAPER, 7, lit))
    _microphone(canvas, lit)


def _microphone(canvas: skia.Canvas, lit: float) -> None:
    """The microphone on its stand, small."""
    stand = skia.Path()
    stand.moveTo(1120, 962)
    stand.lineTo(1120, 500)
    stand.moveTo(1050, 964)
    stand.lineTo(1190, 964)
    canvas.drawPath(stand, stroke(PAPER, 7, lit))
    canvas.save()
    canvas.translate(1120, 350)
    canvas.rotate(-8)
    canvas.scale(0.30, 0.30)
    microphone(canvas, lit, 0.5)
    canvas.restore()


GRILLE = skia.Rect.MakeLTRB(-170, -440, 170, 60)
DOME = skia.RRect.MakeRect(GRILLE)
DOME.setRectRadii(GRILLE, [skia.Point(170, 170)] * 2 + [skia.Point(16, 16)] * 2)
BODY = ((-158, 96), (158, 96), (132, 400), (-132, 400))
METAL, DARK = 0xFFB9BCC2, 0xFF1D1F24


def microphone(canvas: skia.Canvas, lit: float, loud: float) -> None:
    """A studio microphone, upright: a round grille of wire, a ring, a body, and a fork around it.

    Its middle is at 0, 0; it is 340 px wide. What it hears shines through the grille.
    """
    fork = skia.Path()
    fork.moveTo(-226, 60)
    fork.cubicTo(-236, 520, -150, 560, 0, 560)
    fork.cubicTo(150, 560, 236, 520, 226, 60)
    canvas.drawPath(fork, stroke(METAL, 22, lit))
    canvas.drawLine(-240, 66, 240, 66, stroke(METAL, 22, lit))
    _grille(canvas, lit, loud)
    canvas.drawPath(polygon(BODY), fill(DARK, lit))
    canvas.drawPath(polygon(BODY), stroke(PAPER, 8, lit))
    ring = box(0, 68, 372, 56)
    canvas.drawRoundRect(ring, 14, 14, fill(METAL, lit))
    canvas.drawRoundRect(ring, 14, 14, stroke(PAPER, 6, lit))


def _grille(canvas: skia.Canvas, lit: float, loud: float) -> None:
    canvas.drawRRect(DOME, fill(DARK, lit))
    canvas.save()
    canvas.clipRRect(DOME, doAntiAlias=True)
    canvas.drawCircle(0, -190, 300, glow(0, -190, 300, PAPER, 0.55 * loud * lit))
    for wire in range(-660, 680, 30):
        canvas.drawLine(wire - 300, -450, wire + 300, 70, stroke(METAL, 5, 0.6 * lit))
        canvas.drawLine(wire + 300, -450, wire - 300, 70, stroke(METAL, 5, 0.6 * lit))
    canvas.restore()
    canvas.drawRRect(DOME, stroke(PAPER, 10, lit))
    canvas.drawLine(-170, -190, 170, -190, stroke(PAPER, 12, lit))


def _waves(canvas: skia.Canvas, now: Moment) -> None:
    """Arcs of sound from where a mouth would be; on their way they fall apart into points."""
    for ring in range(26):
        age = now.age - 0.16 * ring
        if age <= 0:
            continue
        loud = heard(now.t - age)
        radius = 60 + 330 * age
        alpha = clamp(1.4 - age / 2.6) * (0.15 + 0.85 * loud) * clamp(age / 0.2)
        apart = glide((age - 0.7) / 1.2)
        arc = box(750, 400, 2 * radius, 2 * radius)
        path = skia.Path()
        path.addArc(arc, -52, 104)
        canvas.drawPath(path, stroke(PAPER, 3.4, alpha * (1 - apart)))
        angles = np.linspace(-52, 52, 30) * pi / 180
        for angle in angles.tolist():
            x, y = 750 + radius * np.cos(angle), 400 + radius * np.sin(angle)
            canvas.drawCircle(x, y, 3.4, fill(GREEN, alpha * apart))


@shot
def knew(canvas: skia.Canvas, now: Moment) -> None:
    """The microphone, near. Its lamp is on; behind it, out of focus, the chair stays empty."""
    canvas.clear(INK)
    canvas.drawImage(_behind(), -40 - 30 * now.share, 0, SMOOTH)
    canvas.save()
    canvas.translate(1330 - 60 * now.share, 480)
    canvas.rotate(7)
    canvas.scale(0.85, 0.85)
    microphone(canvas, 1, heard(now.t))
    canvas.drawCircle(0, 190, 22, glow(0, 190, 22, RED, 0.6))
    canvas.drawCircle(0, 190, 17, fill(RED, 0.4 + 0.6 * (now.age % 1 < LIT)))
    canvas.drawLine(0, 560, 0, 900, stroke(METAL, 26))
    canvas.restore()


@cache
def _behind() -> skia.Image:
    """Return the chair, out of focus."""

    def draw(canvas: skia.Canvas) -> None:
        canvas.saveLayer(None, skia.Paint(ImageFilter=skia.ImageFilters.Blur(14, 14)))
        canvas.translate(-160, -120)
        canvas.scale(1.1, 1.1)
        _studio(canvas, 0.55)
        canvas.restore()

    return painted(2000, 1080, draw)


@shot
def never(canvas: skia.Canvas, now: Moment) -> None:
    """A sentence put together from scraps of print, each from somewhere else."""
    canvas.clear(INK)
    scraps = _scraps(now)
    gaps = [34.0 if text.endswith(" ") else 0.0 for text, _ in scraps]
    widths = [width_of(text.strip(), _hand(index)) + 34 for index, (text, _) in enumerate(scraps)]
    x = 960 - (sum(widths) + sum(gaps)) / 2
    for index, (text, start) in enumerate(scraps):
        landed = settle((now.t - start + 0.2) / 0.4)
        if landed > 0:
            _scrap(canvas, text.strip(), x + widths[index] / 2, widths[index], landed, index)
        x += widths[index] + gaps[index]
    wave(canvas, now.t, 480, 800, 960, 90, stroke(YELLOW, 5, 0.8))


def _scraps(now: Moment) -> list[tuple[str, float]]:
    """Return the sentence in pieces of up to three letters, and when each is heard."""
    starts = [now.t - since for since in now.spoken(NEVER)]
    told = []
    for word, start in zip(NEVER.split(), starts, strict=True):
        pieces = [word[at : at + 3] for at in range(0, len(word), 3)]
        pieces[-1] += " "
        told += [(piece, start + 0.16 * place) for place, piece in enumerate(pieces)]
    return told


def _hand(index: int) -> Hand:
    return Hand((ITALIC, MONO, SERIF, MEDIUM)[index % 4], 76 + 14 * (index % 3))


def _scrap(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas, text: str, x: float, width: float, landed: float, index: int
) -> None:
    dice = np.random.default_rng(index)
    lift, turn, lean = dice.uniform(-420, 420), dice.uniform(-60, 60), dice.uniform(-4, 4)
    canvas.save()
    canvas.translate(x, 500 + (1 - landed) * lift)
    canvas.rotate((1 - landed) * turn + lean)
    paper, ink = ((PAPER, INK), (0xFFD9C9A0, INK), (SLATE, PAPER))[index % 3]
    canvas.drawRect(box(0, 0, width - 6, 150), fill(paper, landed))
    write(canvas, text, 0, 28, _hand(index), ink, anchor=0.5, alpha=landed)
    canvas.restore()
