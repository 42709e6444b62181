"""The photographs of the film: a beach, a birthday, a cousin asleep. All drawn, none taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin

import numpy as np
import skia
from look import blend, fill, glow, painted, stroke, vertical, warmth
from nobody import ASLEEP, Expression, Identity, Pose

from shots.people import Sitter, stand

WIDE, HIGH = 1500, 1000
DRY = 40  # px up the beach that no wave reaches


@dataclass(frozen=True)
class Photograph:
    """A picture and the faces in it, in px of 1500 x 1000."""

    picture: skia.Image
    faces: tuple[skia.Rect, ...]


Painter = Callable[[skia.Canvas], list[skia.Rect]]

AUNT = Identity(
    bones=(0.0, -0.2, 0.0, 0.5), features=(0.4, 0.1, -0.2, 0.3), skin=(0.46, 0.26, 0.17),
    hair_colour=(0.024, 0.014, 0.010), hair_cut=(0.10, 0.55, -0.6, 0.6), cloth=(0.52, 0.44, 0.33),
)  # fmt: skip
BOY = Identity(
    bones=(0.9, 0.4, 0.7, 0.5), features=(1.2, -0.9, -0.2, 0.1), young=1.0, skin=(0.48, 0.27, 0.18),
    hair_colour=(0.030, 0.018, 0.012), hair_cut=(0.09, 0.02, -0.9, -0.5), cloth=(0.10, 0.25, 0.33),
)  # fmt: skip
COUSIN = Identity(
    bones=(0.9, 0.3, 0.8, 0.7), features=(1.3, -1.0, -0.4, 0.4), young=1.0, skin=(0.52, 0.31, 0.22),
    hair_colour=(0.095, 0.042, 0.018), hair_cut=(0.10, 0.55, -1.3, -0.7), cloth=(0.46, 0.13, 0.07),
)  # fmt: skip
UNCLE = Identity(
    bones=(0.4, 0.8, 0.1, 0.0), features=(-0.2, 0.4, 0.5, -0.2), skin=(0.42, 0.23, 0.145),
    hair_colour=(0.02, 0.015, 0.012), hair_cut=(0.06, -0.05, -0.2, 0.4), beard=0.8,
    cloth=(0.10, 0.12, 0.15),
)  # fmt: skip
FRIEND = Identity(
    bones=(0.7, 0.2, 0.6, 0.6), features=(1.0, -0.8, -0.1, 0.6), young=0.9,
    skin=(0.14, 0.07, 0.045), hair_colour=(0.012, 0.010, 0.009), hair_cut=(0.15, 0.12, -0.6, 0.0),
    curl=1.0, cloth=(0.55, 0.36, 0.05),
)  # fmt: skip

EVENING_SUN = (0.75, 0.38, 0.70)
CANDLES = (-0.10, -0.25, 1.0)

LAUGH = Expression(smile=0.85, jaw=0.20, lids=(0.84, 0.84), brows=0.3, wide=0.5)
SMILE = Expression(smile=0.65, lids=(0.88, 0.88), brows=0.15, wide=0.2)
BLOW = Expression(pucker=0.9, jaw=0.10, lids=(0.62, 0.62), gaze=(0.0, -0.22), brows=0.4)


@cache
def beach() -> Photograph:
    """Late sun, an aunt and a boy, and the castle that they built."""
    return taken(_paint_beach)


@cache
def birthday() -> Photograph:
    """Candles, about to go out."""
    return taken(_paint_birthday)


@cache
def cousin() -> Photograph:
    """A cousin, asleep, with cake on her sleeve."""
    return taken(_paint_cousin)


def sleeper() -> Sitter:
    """Return the cousin's face by itself."""
    return Sitter("cousin", COUSIN, ASLEEP, Pose(yaw=0.10, pitch=0.04, roll=-0.06))


def taken(paint: Painter) -> Photograph:
    """Let a painter paint, and keep where it put faces."""
    faces: list[skia.Rect] = []
    picture = painted(WIDE, HIGH, lambda canvas: faces.extend(paint(canvas)))
    return Photograph(picture, tuple(faces))


def _paint_beach(canvas: skia.Canvas) -> list[skia.Rect]:
    horizon = 430
    whole = skia.Rect.MakeWH(WIDE, HIGH)
    canvas.drawRect(whole, vertical(0, horizon, 0xFF7FA9BD, 0xFFD9C9AE, 0xFFF6D9A4))
    canvas.drawCircle(1380, 320, 700, glow(1380, 320, 620, 0xFFFFE3A8, 0.85))
    canvas.drawCircle(1380, 320, 62, fill(0xFFFFF6DC))
    for x, y, width in ((180, 150, 420), (420, 205, 560), (760, 118, 340), (60, 250, 300)):
        canvas.drawOval(skia.Rect.MakeXYWH(x, y, width, 13), fill(0xFFFFF1DA, 0.42))
        canvas.drawOval(skia.Rect.MakeXYWH(x + 60, y - 9, width * 0.5, 14), fill(0xFFFFF1DA, 0.30))
    sea = skia.Rect.MakeLTRB(0, horizon, WIDE, 640)
    canvas.drawRect(sea, vertical(horizon, 640, 0xFF4E8E95, 0xFF2F7A84, 0xFF7FB3A8))
    dice = np.random.default_rng(3)
    for y in np.linspace(horizon + 6, 612, 30):
        near = (y - horizon) / 190
        for _ in range(5):
            x = 1380 + dice.normal(0, 60 + 240 * near)
            length = 14 + 90 * near * dice.random()
            glint = skia.Rect.MakeXYWH(x - length / 2, y, length, 2 + 3 * near)
            canvas.drawRoundRect(glint, 2, 2, fill(0xFFFFE9B8, 0.75 - 0.35 * near))
    _shore(canvas)
    _castle(canvas, 330, 850, 1.0)
    warm = warmth(0.9)
    boy = Sitter("beach-boy", BOY, LAUGH, Pose(yaw=-0.22, roll=0.10), light=EVENING_SUN)
    aunt = Sitter("beach-aunt", AUNT, SMILE, Pose(yaw=-0.10, roll=-0.07), light=EVENING_SUN)
    first = stand(canvas, aunt, 1050, 660, 900, warm)
    second = stand(canvas, boy, 690, 790, 660, warm)
    canvas.drawRect(whole, glow(1300, 250, 1500, 0xFFFFC46B, 0.16))
    return [first, second]


def _shore(canvas: skia.Canvas) -> None:
    for lift, colour in ((0, 0xFFE9DCC0), (16, 0xFFC9AE84), (DRY, 0xFFDBBF92)):
        path = skia.Path()
        path.moveTo(0, 606 + lift)
        path.cubicTo(380, 570 + lift, 620, 660 + lift, 980, 618 + lift)
        path.cubicTo(1200, 595 + lift, 1380, 620 + lift, WIDE, 600 + lift)
        path.lineTo(WIDE, HIGH)
        path.lineTo(0, HIGH)
        path.close()
        sand = vertical(600, HIGH, colour, blend(colour, 0xFFB48A58, 0.55))
        canvas.drawPath(path, sand if lift == DRY else fill(colour))


def _castle(canvas: skia.Canvas, x: float, y: float, scale: float) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(scale, scale)
    canvas.drawOval(skia.Rect.MakeLTRB(-250, 18, 230, 90), fill(0xFF8C6840, 0.45))
    for left, top, width, bottom in ((-150, -60, 90, 60), (60, -40, 84, 62), (-60, -150, 120, 66)):
        _tower(canvas, left, top, width, bottom)
    wall = skia.Rect.MakeLTRB(-190, 4, 180, 66)
    canvas.drawRoundRect(wall, 12, 12, _sand(-190, 180))
    gate = skia.Path()
    gate.addRoundRect(skia.Rect.MakeLTRB(-28, 14, 28, 90), 28, 28)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(-60, 0, 60, 66))
    canvas.drawPath(gate, fill(0xFF6F4E2D))
    canvas.restore()
    canvas.drawLine(0, -150, 0, -262, stroke(0xFF5B3A22, 5))
    flag = skia.Path()
    flag.addPoly([skia.Point(0, -262), skia.Point(72, -240), skia.Point(0, -214)], close=True)
    canvas.drawPath(flag, fill(0xFFD5442F))
    canvas.restore()


def _sand(left: float, right: float) -> skia.Paint:
    ends = [skia.Point(left, 0), skia.Point(right, 0)]
    colours = [0xFF9A7446, 0xFFC9A06A, 0xFFF0CF96]
    return skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, colours), AntiAlias=True)


def _tower(canvas: skia.Canvas, left: float, top: float, width: float, bottom: float) -> None:
    path = skia.Path()
    lean = width * 0.10
    path.addPoly(
        [
            skia.Point(left + lean, top),
            skia.Point(left + width - lean, top),
            skia.Point(left + width + lean, bottom),
            skia.Point(left - lean, bottom),
        ],
        close=True,
    )
    canvas.drawPath(path, _sand(left, left + width))
    for step in range(3):
        tooth = skia.Rect.MakeXYWH(
            left + lean + step * (width - 2 * lean) / 2.5, top - 20, width / 5, 26
        )
        canvas.drawRect(tooth, _sand(left, left + width))


def _paint_birthday(canvas: skia.Canvas) -> list[skia.Rect]:
    canvas.drawRect(
        skia.Rect.MakeWH(WIDE, HIGH), vertical(0, HIGH, 0xFF241C22, 0xFF4A3430, 0xFF5C3D2E)
    )
    canvas.drawRect(skia.Rect.MakeWH(WIDE, HIGH), glow(750, 720, 900, 0xFFFFB35C, 0.55))
    window = skia.Rect.MakeXYWH(1150, 80, 230, 330)
    canvas.drawRect(window, vertical(80, 410, 0xFF2B3C5A, 0xFF46597A))
    for x in (1150, 1265, 1380):
        canvas.drawLine(x, 80, x, 410, stroke(0xFF1D1719, 9))
    for y in (80, 245, 410):
        canvas.drawLine(1150, y, 1380, y, stroke(0xFF1D1719, 9))
    _garland(canvas)
    warm = warmth(1.4)
    uncle = Sitter("birthday-uncle", UNCLE, SMILE, Pose(yaw=0.22, pitch=0.06), light=CANDLES)
    friend = Sitter("birthday-friend", FRIEND, LAUGH, Pose(yaw=-0.20, pitch=0.10), light=CANDLES)
    girl = Sitter("birthday-girl", COUSIN, BLOW, Pose(yaw=0.06, pitch=0.16), light=CANDLES)
    faces = [
        stand(canvas, uncle, 330, 470, 860, warm),
        stand(canvas, friend, 1140, 600, 700, warm),
        stand(canvas, girl, 735, 600, 690, warm),
    ]
    table = skia.Rect.MakeLTRB(0, 830, WIDE, HIGH)
    canvas.drawRect(table, vertical(830, HIGH, 0xFFB98A63, 0xFF7A5138))
    canvas.drawLine(0, 832, WIDE, 832, stroke(0xFFF0C795, 4, 0.8))
    _cake(canvas, 745, 850)
    return faces


def _garland(canvas: skia.Canvas) -> None:
    colours = (0xFFD5442F, 0xFFE9B44C, 0xFF4E8E95, 0xFFE8DCC4)
    string = skia.Path()
    string.moveTo(-20, 60)
    string.quadTo(400, 200, 800, 70)
    string.quadTo(1150, -10, WIDE + 20, 110)
    canvas.drawPath(string, stroke(0xFFE8DCC4, 3, 0.6))
    measure = skia.PathMeasure(string, False)  # noqa: FBT003 - Skia's signature
    for step in range(17):
        at = _along(measure, (step + 0.5) / 17)
        flag = [skia.Point(at.x() - 30, at.y()), skia.Point(at.x() + 30, at.y())]
        path = skia.Path()
        path.addPoly([*flag, skia.Point(at.x() + 3, at.y() + 62)], close=True)
        canvas.drawPath(path, fill(colours[step % 4], 0.82))


def _along(measure: skia.PathMeasure, share: float) -> skia.Point:
    matrix = measure.getMatrix(measure.getLength() * share)
    return skia.Point(matrix.getTranslateX(), matrix.getTranslateY())


def _cake(canvas: skia.Canvas, x: float, y: float) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.drawOval(skia.Rect.MakeLTRB(-270, 52, 270, 118), fill(0xFFE9E2D6))
    canvas.drawOval(skia.Rect.MakeLTRB(-270, 46, 270, 110), fill(0xFFFFFAF0))
    side = skia.Path()
    side.addRoundRect(skia.Rect.MakeLTRB(-205, -70, 205, 92), 46, 46)
    ends = [skia.Point(-205, 0), skia.Point(205, 0)]
    colours = [0xFFC98C82, 0xFFF3C6B8, 0xFFE2A598, 0xFFA86A63]
    canvas.drawPath(
        side, skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, colours), AntiAlias=True)
    )
    canvas.drawOval(skia.Rect.MakeLTRB(-205, -108, 205, -32), fill(0xFFFFEBDD))
    drip = skia.Path()
    drip.moveTo(-205, -70)
    for step in range(10):
        left = -205 + step * 41
        drip.cubicTo(
            left + 4, -20 + 26 * (step % 3), left + 37, -20 + 26 * (step % 3), left + 41, -62
        )
    drip.cubicTo(205, -110, -205, -110, -205, -70)
    canvas.drawPath(drip, fill(0xFFFFF3E6))
    for step in range(7):
        angle = pi * (0.08 + 0.84 * step / 6)
        cx, cy = -165 * cos(angle), -74 + 24 * sin(angle)
        canvas.drawLine(
            cx, cy, cx, cy - 82, stroke((0xFF4E8E95, 0xFFD5442F, 0xFFE9B44C)[step % 3], 9)
        )
        canvas.drawCircle(cx, cy - 112, 90, glow(cx, cy - 108, 90, 0xFFFFC46B, 0.55))
        flame = skia.Path()
        flame.moveTo(cx, cy - 136)
        flame.cubicTo(cx + 17, cy - 104, cx + 11, cy - 88, cx, cy - 88)
        flame.cubicTo(cx - 11, cy - 88, cx - 17, cy - 104, cx, cy - 136)
        canvas.drawPath(flame, fill(0xFFFFF0C2))
    canvas.restore()


def _paint_cousin(canvas: skia.Canvas) -> list[skia.Rect]:
    whole = skia.Rect.MakeWH(WIDE, HIGH)
    canvas.drawRect(whole, vertical(0, HIGH, 0xFF39505A, 0xFF2C4049, 0xFF1E2D35))
    for x in (-60, 470, 1000):
        cushion = skia.Rect.MakeXYWH(x, -80, 510, 560)
        canvas.drawRoundRect(cushion, 70, 70, vertical(-80, 480, 0xFF5C7A80, 0xFF3D575F))
        canvas.drawRoundRect(cushion.makeInset(16, 16), 58, 58, stroke(0xFF6E8C90, 3, 0.5))
    pillow = skia.Path()
    pillow.addRoundRect(skia.Rect.MakeXYWH(140, 330, 900, 480), 150, 190)
    canvas.drawPath(pillow, vertical(330, 810, 0xFFF4EBDB, 0xFFD9CBB4, 0xFFA99A86))
    canvas.save()
    canvas.translate(640, 480)
    canvas.rotate(-58)
    face = stand(canvas, sleeper(), 0, 40, 900, warmth(0.7))
    matrix = canvas.getTotalMatrix()
    canvas.restore()
    _sleeve(canvas)
    _blanket(canvas)
    canvas.drawRect(whole, glow(250, 120, 1100, 0xFFFFD9A0, 0.20))
    return [matrix.mapRect(face)]


def _blanket(canvas: skia.Canvas) -> None:
    path = skia.Path()
    path.moveTo(960, 1000)
    path.cubicTo(915, 905, 880, 800, 925, 690)
    path.cubicTo(960, 600, 985, 520, 1010, 440)
    path.cubicTo(1120, 330, 1330, 370, WIDE, 320)
    path.lineTo(WIDE, HIGH)
    path.close()
    canvas.drawPath(path, vertical(340, HIGH, 0xFFE0A63F, 0xFFB97A2A, 0xFF7A4D1E))
    canvas.save()
    canvas.clipPath(path, True)  # noqa: FBT003 - Skia's signature
    for step in range(8):
        x = 985 + step * 85
        fold = skia.Path()
        fold.moveTo(x, HIGH)
        fold.cubicTo(x - 10, 830, x + 120, 620, x + 190, 360)
        canvas.drawPath(fold, stroke(0xFF8C5A20 if step % 2 else 0xFFF2C46A, 9, 0.35))
    canvas.restore()


def _sleeve(canvas: skia.Canvas) -> None:
    fist = skia.Rect.MakeXYWH(436, 752, 118, 98)
    canvas.drawOval(fist.makeOffset(2, 16), fill(0xFF3B3226, 0.30))
    canvas.drawOval(fist, vertical(752, 850, 0xFFEBBD9E, 0xFFD39A78, 0xFF9C6549))
    for step in range(3):
        knuckle = skia.Rect.MakeXYWH(448 + 3 * step, 770 + 20 * step, 34, 24)
        canvas.drawArc(knuckle, 120, 130, False, stroke(0xFF9C6549, 3, 0.65))  # noqa: FBT003
    arm = skia.Path()
    arm.moveTo(1000, 690)
    arm.cubicTo(900, 716, 760, 742, 540, 742)
    arm.cubicTo(512, 770, 512, 842, 540, 866)
    arm.cubicTo(740, 892, 880, 950, 1000, 990)
    arm.close()
    canvas.drawPath(_moved(arm, -4, 22), fill(0xFF3B3226, 0.30))
    canvas.drawPath(arm, vertical(700, 960, 0xFFE98A66, 0xFFD0694A, 0xFF8A3D2C))
    canvas.save()
    canvas.clipPath(arm, True)  # noqa: FBT003 - Skia's signature
    for x, lean in ((650, 26), (716, -18), (800, 46), (880, -30)):
        fold = skia.Path()
        fold.moveTo(x, 730)
        fold.quadTo(x + lean, 830, x - 10, 980)
        canvas.drawPath(fold, stroke(0xFF7A3324, 15, 0.25))
        canvas.drawPath(_moved(fold, -13, 0), stroke(0xFFF7AE8C, 8, 0.25))
    cuff = skia.Path()
    cuff.moveTo(592, 730)
    cuff.quadTo(562, 806, 588, 890)
    canvas.drawPath(cuff, stroke(0xFF7A3324, 5, 0.6))
    for step in range(4):
        canvas.drawPath(_moved(cuff, -16 - 15 * step, 0), stroke(0xFF7A3324, 3, 0.35))
    canvas.restore()
    _crumbs(canvas)


def _crumbs(canvas: skia.Canvas) -> None:
    streak = skia.Path()
    streak.moveTo(708, 800)
    streak.cubicTo(740, 776, 768, 834, 806, 806)
    streak.cubicTo(826, 792, 846, 822, 868, 826)
    canvas.drawPath(_moved(streak, 2, 8), stroke(0xFF4A1812, 34, 0.45))
    canvas.drawPath(streak, stroke(0xFFFFF3E6, 31))
    canvas.drawPath(_moved(streak, -2, -6), stroke(0xFFF0B4A6, 12))
    sponge = (
        (740, 842, 15),
        (778, 866, 10),
        (690, 832, 9),
        (842, 782, 12),
        (892, 858, 11),
        (815, 852, 18),
    )
    for turn, (x, y, size) in enumerate(sponge):
        corners = [
            skia.Point(x + size * cos(turn + a), y + size * (0.8 + 0.3 * sin(a)) * sin(turn + a))
            for a in (0.0, 1.1, 2.3, 3.4, 4.9)
        ]
        crumb = skia.Path()
        crumb.addPoly(corners, close=True)
        canvas.drawPath(_moved(crumb, 2, 5), fill(0xFF4A1812, 0.5))
        canvas.drawPath(crumb, fill(0xFFE9C48F if turn % 2 else 0xFFD9A768))


def _moved(path: skia.Path, right: float, down: float) -> skia.Path:
    copy = skia.Path(path)
    copy.offset(right, down)
    return copy
