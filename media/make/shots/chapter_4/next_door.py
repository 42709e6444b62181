"""The coda: a dark screen, a bright table next door, and a lens that turns around."""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin

import numpy as np
import skia
from look import (
    GREEN,
    INK,
    PAPER,
    RED,
    SMOOTH,
    box,
    clamp,
    fill,
    glide,
    glow,
    greyed,
    mix,
    painted,
    settle,
    stroke,
    vertical,
)
from look_type import ITALIC, MONO, Hand, write
from nobody import Expression, Identity, Pose

from shots.moment import Moment, shot
from shots.people import HEAD, Sitter

TABLE = 0xFFE4DED2
SCREEN = ((330, 250), (1010, 150), (1010, 720), (330, 640))
MADE = Identity.of(33, young=0.0)
SPEAKING = Expression(jaw=0.4, wide=0.2, smile=0.2)


@shot
def screen(canvas: skia.Canvas, now: Moment) -> None:
    """A large tilted screen, dark, in an empty room."""
    canvas.scale(1 + 0.02 * now.share, 1 + 0.02 * now.share)
    _empty_room(canvas, 0.0)


@shot
def door(canvas: skia.Canvas, now: Moment) -> None:
    """Beside the screen a door opens on a bright table with a lens."""
    nearer = now.ramp("Next door", 3.6, delay=0.4)
    scale = mix(1.02, 2.3, nearer)
    canvas.translate(960, 540)
    canvas.scale(scale, scale)
    canvas.translate(-mix(960, 1440, nearer), -mix(530, 560, nearer))
    _empty_room(canvas, now.ramp("Next door", 1.5, delay=-0.3))


def _empty_room(canvas: skia.Canvas, opened: float) -> None:
    canvas.drawRect(
        skia.Rect.MakeLTRB(-200, -200, 2200, 860), vertical(0, 860, 0xFF16171B, 0xFF1E2025)
    )
    canvas.drawRect(
        skia.Rect.MakeLTRB(-200, 860, 2200, 1400), vertical(860, 1080, 0xFF121316, 0xFF0B0C0E)
    )
    path = skia.Path()
    path.addPoly([skia.Point(*corner) for corner in SCREEN], True)  # noqa: FBT003 - Skia's signature
    canvas.drawPath(path, fill(0xFF08090B))
    canvas.drawPath(path, stroke(0xFF34363D, 10))
    canvas.drawLine(670, 690, 670, 880, stroke(0xFF2A2C32, 18))
    lips = skia.Path()
    lips.moveTo(590, 520)
    lips.cubicTo(650, 486, 690, 500, 710, 498)
    lips.cubicTo(740, 494, 770, 480, 820, 508)
    lips.cubicTo(770, 560, 650, 570, 590, 520)
    canvas.drawPath(lips, stroke(GREEN, 3, 0.30))
    frame = skia.Rect.MakeXYWH(1300, 230, 300, 640)
    canvas.drawRect(frame.makeOutset(14, 14), fill(0xFF2A2C32))
    canvas.drawRect(frame, fill(0xFF101114))
    if opened <= 0:
        return
    light = vertical(860, 1080, 0x66FFF1D2, 0x00FFF1D2)
    spill = skia.Path()
    wide = 300 * opened
    spill.addPoly(
        [skia.Point(1300, 870), skia.Point(1300 + wide, 870), skia.Point(1380 + wide * 1.9, 1080),
         skia.Point(1180, 1080)], True,  # noqa: FBT003 - Skia's signature
    )  # fmt: skip
    canvas.drawPath(spill, light)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(1300, 230, wide, 640))
    canvas.drawRect(frame, vertical(230, 870, 0xFFF6EBD2, 0xFFD9CBAE))
    canvas.drawRect(skia.Rect.MakeLTRB(1330, 610, 1610, 640), fill(0xFF8A6A48))
    for x in (1360, 1570):
        canvas.drawLine(x, 640, x, 870, stroke(0xFF8A6A48, 14))
    canvas.drawOval(box(1450, 596, 110, 44), stroke(0xFF2A2520, 8))
    canvas.drawLine(1500, 604, 1570, 612, stroke(0xFF2A2520, 10))
    canvas.restore()
    leaf = skia.Path()
    hinge, edge = 1300 + wide, 1600 + 60 * (1 - opened)
    leaf.addPoly(
        [skia.Point(hinge, 230), skia.Point(edge, 230 - 40 * opened),
         skia.Point(edge, 870 + 60 * opened), skia.Point(hinge, 870)], True,  # noqa: FBT003
    )  # fmt: skip
    canvas.drawPath(leaf, fill(0xFF24262B))


def _tabletop(canvas: skia.Canvas) -> None:
    canvas.clear(TABLE)
    canvas.drawCircle(960, 300, 1400, glow(960, 300, 1400, 0xFFFFFBF0, 0.8))


@cache
def _clip(traces: float) -> skia.Image:
    """Return one picture of a clip; `traces` is how much shows of the squares around its mouth."""
    sitter = Sitter("clip", MADE, SPEAKING, Pose(yaw=0.08), HEAD, size=800)

    def paint(canvas: skia.Canvas) -> None:
        canvas.drawPaint(vertical(0, 700, 0xFF6D7F88, 0xFF48545A))
        canvas.drawImageRect(sitter.portrait, box(450, 360, 760, 760), SMOOTH)
        mouth = sitter.points[[61, 291, 0, 17], :2].mean(0) * 760
        _squares(canvas, 70 + float(mouth[0]), float(mouth[1]) - 20, traces)

    return painted(900, 700, paint)


def _squares(canvas: skia.Canvas, x: float, y: float, strength: float) -> None:
    """Draw the regular squares that a generator leaves, strongest at the mouth."""
    dice = np.random.default_rng(2020)
    for column in range(-11, 12):
        for line in range(-8, 9):
            near = clamp(1 - ((column / 11) ** 2 + (line / 8) ** 2))
            tone = PAPER if dice.random() < 0.5 else INK  # noqa: PLR2004 - as often light as dark
            square = skia.Rect.MakeXYWH(x + 14 * column, y + 14 * line, 13, 13)
            canvas.drawRect(square, fill(tone, 0.09 * strength * near * float(dice.random())))


def _lens(canvas: skia.Canvas, x: float, y: float, radius: float, turn: float = 0.0) -> None:
    """Draw a lens with its handle; `turn` in degrees."""
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(turn)
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(radius + 6, -26, radius * 1.1, 52), 20, 20, fill(0xFF2A2520)
    )
    canvas.drawCircle(0, 0, radius, stroke(0xFF2A2520, 26))
    canvas.drawCircle(0, 0, radius - 14, stroke(0xFFB98A4A, 3))
    canvas.drawArc(box(0, 0, radius * 1.6, radius * 1.6), 200, 50, False,  # noqa: FBT003 - Skia's signature
                   stroke(0xFFFFFFFF, 10, 0.5))  # fmt: skip
    canvas.restore()


@shot
def traces(canvas: skia.Canvas, now: Moment) -> None:
    """Through the lens: around the lips of a moving face stand small, regular squares."""
    _tabletop(canvas)
    clip = box(960, 470, 1080, 840)
    canvas.drawRect(clip.makeOffset(8, 20), fill(0xFF000000, 0.25))
    canvas.drawImageRect(_clip(1.0), clip, SMOOTH)
    over = glide((now.age + 0.2) / 2.4)
    x, y = mix(1500, 975, over), mix(260, 655, over) + 12 * sin(1.6 * now.age)
    radius = 250.0
    canvas.save()
    hole = skia.Path()
    hole.addCircle(x, y, radius)
    canvas.clipPath(hole, skia.ClipOp.kIntersect, True)  # noqa: FBT003 - Skia's signature
    canvas.translate(x, y)
    canvas.scale(1.9, 1.9)
    canvas.translate(-x, -y)
    paint = skia.Paint(AntiAlias=True)
    paint.setColorFilter(greyed(0.8))
    canvas.drawImageRect(_clip(7.0), clip, SMOOTH, paint)
    canvas.restore()
    _lens(canvas, x, y, radius, 35)


@shot
def needle(canvas: skia.Canvas, now: Moment) -> None:
    """A needle stands high in the laboratory; in the wild it falls by half, and trembles."""
    _tabletop(canvas)
    high = glide(now.age / 1.0)
    fallen = now.ramp("about half", 1.2, delay=-0.4)
    wild = now.ramp("the wild", 0.7, delay=-0.5)
    score = mix(0.93 * high, 0.47, fallen)
    score += 0.012 * sin(13 * now.age) * sin(3.1 * now.age) * (0.4 + fallen)
    dial(canvas, 960, 760, 520, score)
    write(canvas, "score", 960, 560, Hand(MONO, 40), 0xFF5A564E, anchor=0.5)
    for word, x, shown in (
        ("known fakes", 420, 1 - 0.6 * wild),
        ("video from the wild", 1500, wild),
    ):
        write(canvas, word, x, 170, Hand(ITALIC, 64), 0xFF2A2520, anchor=0.5, alpha=shown)


def dial(canvas: skia.Canvas, x: float, y: float, radius: float, score: float) -> None:
    """Draw a half-round dial; `score` 0 is left, 1 is right."""
    arc = box(x, y, 2 * radius, 2 * radius)
    canvas.drawArc(arc, 180, 180, False, stroke(0xFF2A2520, 6))  # noqa: FBT003 - Skia's signature
    for step in range(11):
        angle = pi * (1 + step / 10)
        inner = radius - (44 if step % 5 == 0 else 24)
        canvas.drawLine(
            x + inner * cos(angle), y + inner * sin(angle),
            x + radius * cos(angle), y + radius * sin(angle), stroke(0xFF2A2520, 5),
        )  # fmt: skip
    angle = pi * (1 + score)
    tip = skia.Point(x + (radius - 70) * cos(angle), y + (radius - 70) * sin(angle))
    canvas.drawLine(skia.Point(x, y), tip, stroke(RED, 10))
    canvas.drawCircle(x, y, 26, fill(0xFF2A2520))


@shot
def clips(canvas: skia.Canvas, now: Moment) -> None:
    """Two clips are laid on the table, side by side. They look alike."""
    _tabletop(canvas)
    for index, said in enumerate(("Give them the clip", "something you")):
        landed = settle((now.since(said) + 0.15) / 0.8)
        if landed <= 0:
            continue
        x, y = (540, 1380)[index], 470 - 260 * (1 - landed)
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate((-2.5, 2.0)[index] * landed)
        sheet = box(0, 0, 740, 576)
        canvas.drawRect(sheet.makeOffset(8, 20), fill(0xFF000000, 0.28 * landed))
        paint = skia.Paint(Alphaf=clamp(landed * 2), AntiAlias=True)
        canvas.drawImageRect(_clip(1.0 - index), sheet, SMOOTH, paint)
        played = clamp(0.08 + now.age / 5)
        canvas.drawLine(-340, 262, 340, 262, stroke(PAPER, 4, 0.4))
        canvas.drawLine(-340, 262, -340 + 680 * played, 262, stroke(PAPER, 6))
        canvas.restore()


@shot
def lens(canvas: skia.Canvas, now: Moment) -> None:
    """The lens is turned around and looks out at us; in it, an empty square."""
    _tabletop(canvas)
    near = now.ramp("what you do", 2.2, delay=-0.2)
    dark = now.ramp("with the answer", 2.0)
    radius = mix(230, 420, near)
    x, y = mix(1300, 960, near), mix(560, 500, near)
    dial(canvas, 620, 700, 300, 0.5 + 0.01 * (1 - near) * sin(11 * now.age))
    canvas.drawPaint(fill(INK, 0.94 * dark))
    turned = abs(cos(pi * near))
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(max(turned, 0.03), 1)
    canvas.translate(-x, -y)
    canvas.drawCircle(x, y, radius, fill(INK, near))
    _lens(canvas, x, y, radius, mix(35, 90, near))
    canvas.restore()
    square = box(x, y, 300, 300)
    path = skia.Path()
    path.addRect(square)
    canvas.drawPath(path, stroke(GREEN, 4, 1, glide(dark * 1.5 - 0.4)))
