"""The coda: a dark screen, a bright table next door, and a lens that turns around."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np
import skia
from look import (
    COAL,
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
    settle,
    stroke,
    vertical,
)
from look_type import ITALIC, MONO, Hand, write

from shots.chapter_2.screens import hang, outline, spoken_picture
from shots.chapter_4.believed import believed
from shots.moment import Moment, shot
from shots.people import HEAD, NOBODY, Sitter

TABLE = 0xFFE4DED2
SCREEN = ((390, 170), (990, 110), (956, 730), (362, 690))


@shot
def screen(canvas: skia.Canvas, now: Moment) -> None:
    """The fake speaks on its tilted screen. We step back, and there is a room with a door."""
    _look(canvas, mix(1.5, 1.02, now.ramp(over=2.3)), mix(690, 960, now.ramp(over=2.3)), 530)
    _empty_room(canvas, now, 0.0)


@shot
def door(canvas: skia.Canvas, now: Moment) -> None:
    """Beside the screen a door opens on a bright table with a lens."""
    nearer = now.ramp("Next door", 3.6, delay=0.4)
    _look(canvas, mix(1.02, 2.3, nearer), mix(960, 1440, nearer), mix(530, 560, nearer))
    _empty_room(canvas, now, now.ramp("Next door", 1.5, delay=-0.3))


def _look(canvas: skia.Canvas, scale: float, x: float, y: float) -> None:
    """Look at a place of the room from so near."""
    canvas.translate(960, 540)
    canvas.scale(scale, scale)
    canvas.translate(-x, -y)


def _empty_room(canvas: skia.Canvas, now: Moment, opened: float) -> None:
    """Draw the room by the light of the screen, its door opened so far (0 .. 1)."""
    canvas.drawRect(
        skia.Rect.MakeLTRB(-400, -400, 2400, 860), vertical(0, 860, 0xFF1C1E24, 0xFF272A31)
    )
    canvas.drawRect(
        skia.Rect.MakeLTRB(-400, 860, 2400, 1500), vertical(860, 1080, 0xFF17181C, 0xFF0E0F12)
    )
    canvas.drawPaint(glow(680, 420, 1100, 0xFF9FB4C4, 0.30))
    canvas.drawOval(box(680, 960, 1100, 150), glow(680, 960, 560, 0xFF9FB4C4, 0.30))
    canvas.drawLine(680, 720, 680, 950, stroke(0xFF34363D, 20))
    canvas.drawPath(outline(SCREEN, 14), fill(COAL))
    canvas.drawPath(outline(SCREEN, 14), stroke(0xFF3B3F48, 5))
    speaking_for = now.t - now.voice.when("One thing is left") + 1.5
    hang(canvas, spoken_picture(speaking_for), SCREEN)
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


CLIP = Sitter("clip", NOBODY, framing=HEAD, size=480)
"""Where everything is in a picture of Chapter 2's clip."""


def _made(canvas: skia.Canvas, rect: skia.Rect, second: float, traces: float) -> None:
    """Draw a picture of Chapter 2's clip; so much shows of the squares around its mouth."""
    canvas.drawImageRect(spoken_picture(second), rect, SMOOTH)
    _squares(canvas, *_mouth(rect), traces)


def _mouth(rect: skia.Rect) -> tuple[float, float]:
    x, y = CLIP.points[[61, 291, 0, 17], :2].mean(0).tolist()
    return rect.left() + x * rect.width(), rect.top() + y * rect.height()


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
    clip, second = box(960, 460, 860, 860), now.age + 3
    canvas.drawRect(clip.makeOffset(8, 20), fill(0xFF000000, 0.25))
    _made(canvas, clip, second, 1.0)
    over = glide((now.age + 0.2) / 2.4)
    mouth_x, mouth_y = _mouth(clip)
    x, y = mix(1500, mouth_x, over), mix(260, mouth_y - 20, over) + 12 * sin(1.6 * now.age)
    radius = 250.0
    canvas.save()
    hole = skia.Path()
    hole.addCircle(x, y, radius)
    canvas.clipPath(hole, skia.ClipOp.kIntersect, True)  # noqa: FBT003 - Skia's signature
    canvas.translate(x, y)
    canvas.scale(1.9, 1.9)
    canvas.translate(-x, -y)
    grey = skia.Paint(AntiAlias=True)
    grey.setColorFilter(greyed(0.8))
    canvas.saveLayer(paint=grey)
    _made(canvas, clip, second, 7.0)
    canvas.restore()
    canvas.restore()
    _lens(canvas, x, y, radius, 35)


KNOWN, WILD = 0.93, 0.47  # deepfake_eval: about half
DARK = 0xFF2A2520


@shot
def needle(canvas: skia.Canvas, now: Moment) -> None:
    """A needle cannot decide; it stands high over known fakes and falls by half in the wild."""
    _tabletop(canvas)
    known = now.ramp("either", 0.9)
    wild = now.ramp("the wild", 0.7, delay=-0.5)
    fallen = now.ramp("lose", 1.4)
    score = mix(mix(0.5, KNOWN, known), WILD, fallen)
    score += 0.13 * sin(3.6 * now.age) * (1 - known)
    score += 0.012 * sin(13 * now.age) * sin(3.1 * now.age) * (0.4 + fallen)
    dial(canvas, 960, 790, 500, score)
    write(canvas, "score", 420, 790, Hand(MONO, 60), DARK, anchor=1)
    write(canvas, "known fakes", 1490, 620, Hand(ITALIC, 76), DARK, alpha=known)
    write(canvas, "video from the wild", 960, 220, Hand(ITALIC, 88), DARK, anchor=0.5, alpha=wild)


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
    """Two clips are laid on the table: the one that has been seen, and one from the news."""
    _tabletop(canvas)
    for said, x, turn, clip, draw in (
        ("Give them the clip", 430, -2.5, box(0, 0, 600, 600), _seen),
        ("Then give them", 1320, 2.0, box(0, 0, 960, 540), believed),
    ):
        landed = settle((now.since(said) + 0.15) / 0.8)
        if landed <= 0:
            continue
        canvas.saveLayer(paint=skia.Paint(Alphaf=clamp(landed * 2)))
        canvas.translate(x, 440 - 260 * (1 - landed))
        canvas.rotate(turn * landed)
        canvas.drawRect(clip.makeOffset(8, 20), fill(0xFF000000, 0.28))
        draw(canvas, clip, now.since(said) + 4)
        left, right, y = clip.left() + 20, clip.right() - 20, clip.bottom() + 44
        played = clamp(0.2 + now.since(said) / 8)
        canvas.drawLine(left, y, right, y, stroke(0xFF2A2520, 6, 0.3))
        canvas.drawLine(left, y, mix(left, right, played), y, stroke(0xFF2A2520, 9))
        canvas.restore()


def _seen(canvas: skia.Canvas, rect: skia.Rect, second: float) -> None:
    _made(canvas, rect, second, 1.0)


@shot
def lens(canvas: skia.Canvas, now: Moment) -> None:
    """The lens is turned around and looks out at us; in it, an empty square."""
    _tabletop(canvas)
    near = now.ramp("what you do", 2.2, delay=-0.2)
    dark = now.ramp("with the answer", 2.0)
    radius = mix(230, 420, near)
    x, y = mix(1300, 960, near), mix(560, 500, near)
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
