"""Where the pictures of the album were taken: nine places, drawn behind and before the people."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import skia
from look import blend, fill, glow, stroke, vertical
from nobody import DAYLIGHT

WIDE, HIGH = 840, 560
Painter = Callable[[skia.Canvas, str], None]


def _nothing(_: skia.Canvas, __: str) -> None:
    """Leave it as it is."""


@dataclass(frozen=True)
class View:
    """A place: what is behind its people, what is before them, and its light."""

    behind: Painter
    before: Painter = _nothing
    light: tuple[float, float, float] = DAYLIGHT
    warmth: float = 0.6


def dice_of(name: str) -> np.random.Generator:
    """Chance that falls the same way for the same picture."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def whole() -> skia.Rect:
    """The whole picture."""
    return skia.Rect.MakeWH(WIDE, HIGH)


def beach(canvas: skia.Canvas, name: str) -> None:
    """Late sun over the sea."""
    dice = dice_of(name)
    canvas.drawRect(whole(), vertical(0, 250, 0xFF7FA9BD, 0xFFD9C9AE, 0xFFF6D9A4))
    sun = 140 + 560 * dice.random()
    canvas.drawCircle(sun, 190, 330, glow(sun, 190, 320, 0xFFFFE3A8, 0.9))
    canvas.drawCircle(sun, 190, 28, fill(0xFFFFF6DC))
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 250, WIDE, 370), vertical(250, 370, 0xFF4E8E95, 0xFF7FB3A8)
    )
    for _ in range(110):
        y = 254 + 112 * dice.random() ** 1.4
        x = sun + dice.normal(0, 30 + (y - 250))
        glint = skia.Rect.MakeXYWH(x, y, 8 + 0.3 * (y - 250), 1.6)
        canvas.drawRect(glint, fill(0xFFFFE9B8, 0.6))
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 362, WIDE, HIGH), vertical(362, HIGH, 0xFFDBBF92, 0xFFB48A58)
    )


def garden(canvas: skia.Canvas, name: str) -> None:
    """Leaves, blossoms and a lawn."""
    dice = dice_of(name)
    canvas.drawRect(whole(), vertical(0, HIGH, 0xFFBFD3C8, 0xFF9DBB8E, 0xFF5E8550))
    for layer, colour in enumerate((0xFF7FA37A, 0xFF5F8A5F, 0xFF42704B)):
        for x in np.linspace(-40, WIDE + 40, 12):
            size = 65 + 36 * dice.random()
            canvas.drawCircle(x + dice.normal(0, 18), 130 + 55 * layer, size, fill(colour))
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 320, WIDE, HIGH), vertical(320, HIGH, 0xFF6E9A58, 0xFF3F6B3B)
    )
    for _ in range(70):
        colour = (0xFFF1EDE4, 0xFFE89AA6)[int(dice.integers(2))]
        canvas.drawCircle(
            WIDE * dice.random(), 90 + 190 * dice.random(), 2 + 4 * dice.random(), fill(colour)
        )
    canvas.drawRect(whole(), glow(200, 40, 620, 0xFFFFF3C4, 0.25))


def mountain(canvas: skia.Canvas, name: str) -> None:
    """Ridges behind a lake."""
    dice = dice_of(name)
    canvas.drawRect(whole(), vertical(0, 380, 0xFF6F8FB0, 0xFFC9C6CE, 0xFFF3DCC8))
    for layer in range(4):
        base = 250 + 45 * layer
        ridge = skia.Path()
        ridge.moveTo(0, HIGH)
        for x in np.linspace(0, WIDE, 8):
            ridge.lineTo(x, base - dice.uniform(0, 150 - 28 * layer))
        ridge.lineTo(WIDE, HIGH)
        ridge.close()
        canvas.drawPath(ridge, fill(blend(0xFFA9AFC2, 0xFF2D3F4C, layer / 3)))
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 430, WIDE, HIGH), vertical(430, HIGH, 0xFF8CA2B4, 0xFF31475A)
    )


def snow(canvas: skia.Canvas, name: str) -> None:
    """A white hill, firs, and more of it coming down."""
    dice = dice_of(name)
    canvas.drawRect(whole(), vertical(0, 330, 0xFF8FA3B8, 0xFFC9D3DC, 0xFFE8ECEF))
    for x in np.linspace(10, WIDE, 14):
        tall = 110 + 110 * dice.random()
        middle = x + dice.normal(0, 16)
        for step in range(4):
            low = 340 - step * tall / 5
            half = (46 - 9 * step) * tall / 180
            fir = skia.Path()
            corners = [(middle - half, low), (middle + half, low), (middle, low - tall / 2.6)]
            fir.addPoly([skia.Point(*corner) for corner in corners], close=True)
            canvas.drawPath(fir, fill(blend(0xFF3C5750, 0xFF7E95A0, dice.random() * 0.7)))
    hill = skia.Path()
    hill.moveTo(0, 350)
    hill.cubicTo(260, 290, 520, 390, WIDE, 310)
    hill.lineTo(WIDE, HIGH)
    hill.lineTo(0, HIGH)
    hill.close()
    canvas.drawPath(hill, vertical(300, HIGH, 0xFFF4F6F8, 0xFFC3CFDA))


def snowfall(canvas: skia.Canvas, name: str) -> None:
    """Flakes near the camera."""
    dice = dice_of(name)
    for _ in range(60):
        x, y, size = WIDE * dice.random(), HIGH * dice.random(), 1.5 + 4 * dice.random()
        canvas.drawCircle(x, y, size, fill(0xFFFFFFFF, 0.35 + 0.5 * dice.random()))


def kitchen(canvas: skia.Canvas, name: str) -> None:
    """Tiles, a window, and the morning in it."""
    dice = dice_of(name)
    canvas.drawRect(whole(), vertical(0, HIGH, 0xFFB9C4B4, 0xFF9AA894))
    for x in range(0, WIDE, 56):
        canvas.drawLine(x, 300, x, HIGH, stroke(0xFFE9EBE2, 2, 0.5))
    for y in range(300, HIGH, 56):
        canvas.drawLine(0, y, WIDE, y, stroke(0xFFE9EBE2, 2, 0.5))
    window = skia.Rect.MakeXYWH(500, 40, 270, 240)
    canvas.drawRect(window, vertical(40, 280, 0xFFDDE9EE, 0xFFF7EFD6))
    for _ in range(16):
        leaf = fill(0xFF8FB08A, 0.5)
        canvas.drawCircle(500 + 270 * dice.random(), 200 + 80 * dice.random(), 24, leaf)
    for x in (500, 635, 770):
        canvas.drawLine(x, 40, x, 280, stroke(0xFFF4F1E8, 9))
    for y in (40, 160, 280):
        canvas.drawLine(500, y, 770, y, stroke(0xFFF4F1E8, 9))
    for step in range(4):
        x = 60 + 92 * step
        canvas.drawRoundRect(skia.Rect.MakeXYWH(x, 96, 56, 66), 8, 8, fill(0xFFD8D2C0))
        canvas.drawRect(skia.Rect.MakeXYWH(x - 4, 88, 64, 12), fill(0xFF8A6B4A))
    canvas.drawRect(skia.Rect.MakeXYWH(36, 164, 400, 10), fill(0xFF7A5C3E))


def sink(canvas: skia.Canvas, _: str) -> None:
    """The worktop and the tap, nearer than whoever stands there."""
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 490, WIDE, HIGH), vertical(490, HIGH, 0xFFD9D4C8, 0xFFA39C8D)
    )
    basin = skia.Rect.MakeXYWH(250, 500, 340, 70)
    canvas.drawRoundRect(basin, 22, 22, vertical(500, 560, 0xFF8B939A, 0xFFC4CBD0))
    tap = skia.Path()
    tap.moveTo(640, 505)
    tap.lineTo(640, 430)
    tap.cubicTo(640, 392, 580, 392, 580, 434)
    canvas.drawPath(tap, stroke(0xFFDDE3E6, 13))


def hall(canvas: skia.Canvas, name: str) -> None:
    """A room with paper flags and warm light."""
    dice = dice_of(name)
    canvas.drawRect(whole(), vertical(0, HIGH, 0xFF3A2A2E, 0xFF5C3F38, 0xFF6B4833))
    canvas.drawRect(whole(), glow(420, 420, 520, 0xFFFFB35C, 0.5))
    colours = (0xFFD5442F, 0xFFE9B44C, 0xFF4E8E95, 0xFFE8DCC4)
    for row in range(2):
        for step in range(13):
            x = -10 + 70 * step
            y = 40 + 64 * row + 40 * np.sin(3.1 * step / 12 + row)
            flag = skia.Path()
            corners = [(x - 22, y), (x + 22, y), (x + 2, y + 44)]
            flag.addPoly([skia.Point(*corner) for corner in corners], close=True)
            canvas.drawPath(flag, fill(colours[(step + row) % 4], 0.85))
    for _ in range(5):
        left, top = 60 + 720 * dice.random(), 120 + 160 * dice.random()
        colour = colours[int(dice.integers(4))]
        end = left + dice.normal(0, 12)
        canvas.drawLine(left, top + 40, end, 420, stroke(0xFFE8DCC4, 1.5, 0.4))
        canvas.drawOval(skia.Rect.MakeXYWH(left - 30, top - 38, 60, 76), fill(colour, 0.9))
        canvas.drawOval(skia.Rect.MakeXYWH(left - 18, top - 26, 16, 22), fill(0xFFFFFFFF, 0.35))


def room(canvas: skia.Canvas, name: str) -> None:
    """A sofa, a lamp, pictures on the wall."""
    dice = dice_of(name)
    wall = (0xFF6F5B4C, 0xFF56646B, 0xFF6B5A66)[int(dice.integers(3))]
    canvas.drawRect(whole(), vertical(0, HIGH, blend(wall, 0xFFFFFFFF, 0.12), wall))
    for step in range(3):
        frame = skia.Rect.MakeXYWH(70 + 150 * step, 60 + 18 * (step % 2), 104, 84)
        canvas.drawRect(frame, fill(0xFF2C2620))
        inner = frame.makeInset(8, 8)
        canvas.drawRect(inner, vertical(inner.top(), inner.bottom(), 0xFFC9B994, 0xFF6E8C90))
    canvas.drawCircle(720, 130, 240, glow(720, 130, 240, 0xFFFFDC9A, 0.65))
    shade = skia.Path()
    corners = [(680, 90), (760, 90), (786, 170), (654, 170)]
    shade.addPoly([skia.Point(*corner) for corner in corners], close=True)
    canvas.drawPath(shade, fill(0xFFF7E2B0))
    canvas.drawLine(720, 170, 720, 420, stroke(0xFF2C2620, 8))
    sofa = blend(wall, 0xFF1E2A30, 0.6)
    canvas.drawRoundRect(skia.Rect.MakeXYWH(-30, 300, 740, 320), 46, 46, fill(sofa))
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(30, 330, 310, 260), 30, 30, fill(blend(sofa, 0xFFFFFFFF, 0.08))
    )
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(350, 330, 310, 260), 30, 30, fill(blend(sofa, 0xFFFFFFFF, 0.08))
    )


def tent(canvas: skia.Canvas, name: str) -> None:
    """White cloth and strings of lights."""
    dice = dice_of(name)
    canvas.drawRect(whole(), vertical(0, HIGH, 0xFFE9E0D0, 0xFFD8C7AE, 0xFFA98F72))
    for step in range(9):
        fold = skia.Path()
        x = 105 * step
        fold.moveTo(420, -60)
        fold.quadTo(0.5 * (420 + x), 120, x, 330)
        canvas.drawPath(fold, stroke(0xFFB7A688, 5, 0.35))
    for row in range(3):
        for step in range(22):
            left = 42 * step + dice.normal(0, 3)
            top = 60 + 66 * row + 26 * np.cos(6.28 * step / 11 + row)
            canvas.drawCircle(left, top, 26, glow(left, top, 26, 0xFFFFE9B0, 0.85))
            canvas.drawCircle(left, top, 4, fill(0xFFFFFBEB))
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 400, WIDE, HIGH), vertical(400, HIGH, 0xFF8A7A5E, 0xFF5E5240)
    )


def night(canvas: skia.Canvas, name: str) -> None:
    """Dark trees, and one lantern that lights all there is."""
    dice = dice_of(name)
    canvas.drawRect(whole(), vertical(0, HIGH, 0xFF101A2C, 0xFF1C2638, 0xFF2A2430))
    for _ in range(50):
        canvas.drawCircle(WIDE * dice.random(), 240 * dice.random(), 1.2, fill(0xFFFFFFFF, 0.6))
    for x in np.linspace(0, WIDE, 9):
        tall = 200 + 160 * dice.random()
        canvas.drawOval(
            skia.Rect.MakeXYWH(x - 70, 420 - tall, 140, tall + 60), fill(0xFF0E1620, 0.85)
        )
    canvas.drawCircle(200, 360, 420, glow(200, 360, 420, 0xFFFFA64A, 0.6))


def lantern(canvas: skia.Canvas, _: str) -> None:
    """The lantern, in front."""
    canvas.drawLine(200, 200, 380, 540, stroke(0xFF3A2A1A, 7))
    body = skia.Rect.MakeXYWH(132, 240, 136, 150)
    canvas.drawOval(body, vertical(240, 390, 0xFFFFE0A0, 0xFFFF9A3C, 0xFFE0622A))
    for step in range(5):
        ring = skia.Rect.MakeXYWH(200 - 66 + 4 * abs(step - 2) ** 2, 262 + 26 * step, 132, 6)
        inset = 4 * abs(step - 2) ** 2
        rib = skia.Rect.MakeLTRB(ring.left() + inset, ring.top(), 334 - ring.left(), ring.top() + 3)
        canvas.drawRect(rib, fill(0xFFB84A1E, 0.55))
    for y in (236, 384):
        canvas.drawRoundRect(skia.Rect.MakeXYWH(166, y, 68, 12), 4, 4, fill(0xFF3A2A1A))


def dark_room(canvas: skia.Canvas, name: str) -> None:
    """A crowded room that a flash lights too well."""
    dice = dice_of(name)
    canvas.drawRect(whole(), vertical(0, HIGH, 0xFF221B28, 0xFF2E2430))
    canvas.drawRect(whole(), glow(420, 260, 520, 0xFFEFF2FF, 0.4))
    for _ in range(26):
        x, y = WIDE * dice.random(), 60 + 260 * dice.random()
        colour = (0xFFE0507A, 0xFF4E8EDB, 0xFFE9B44C)[int(dice.integers(3))]
        size = 10 + 22 * dice.random()
        canvas.drawCircle(x, y, size, fill(colour, 0.22))
    for _ in range(7):
        x = WIDE * dice.random()
        canvas.drawCircle(x, 250, 40, fill(0xFF15101A, 0.8))
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(x - 62, 285, 124, 300), 50, 50, fill(0xFF15101A, 0.8)
        )


def flash(canvas: skia.Canvas, _: str) -> None:
    """Its light on everything near."""
    canvas.drawRect(whole(), glow(420, 300, 480, 0xFFFFFFFF, 0.18))


def hallway(canvas: skia.Canvas, _: str) -> None:
    """A wall, a mirror on it, and in the mirror another wall."""
    canvas.drawRect(whole(), vertical(0, HIGH, 0xFF7A6A58, 0xFF5B4E42))
    for x in range(0, WIDE, 42):
        canvas.drawLine(x, 0, x, HIGH, stroke(0xFF8E7D69, 10, 0.35))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(206, 24, 428, 560), 14, 14, fill(0xFF3A2C1E))
    glass = skia.Rect.MakeXYWH(230, 48, 380, 540)
    canvas.drawRect(glass, vertical(48, HIGH, 0xFFB4BDC0, 0xFF8B979C))
    canvas.drawRect(skia.Rect.MakeXYWH(470, 120, 96, 440), fill(0xFF6D777C))
    canvas.save()
    canvas.clipRect(glass)


def camera(canvas: skia.Canvas, _: str) -> None:
    """The camera held before the chest, and the mirror's shine."""
    canvas.drawRoundRect(skia.Rect.MakeXYWH(340, 452, 164, 100), 14, 14, fill(0xFF1B1C20))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(362, 438, 60, 24), 6, 6, fill(0xFF1B1C20))
    canvas.drawCircle(428, 506, 40, fill(0xFF2F3238))
    canvas.drawCircle(428, 506, 28, vertical(478, 534, 0xFF0C0D10, 0xFF39465A))
    canvas.drawCircle(419, 496, 7, fill(0xFFFFFFFF, 0.5))
    shine = skia.Path()
    corners = [(230, 48), (330, 48), (230, 330)]
    shine.addPoly([skia.Point(*corner) for corner in corners], close=True)
    canvas.drawPath(shine, fill(0xFFFFFFFF, 0.12))
    canvas.restore()


def veil(canvas: skia.Canvas, x: float, y: float, side: float) -> None:
    """What falls behind a bride's head."""
    path = skia.Path()
    path.moveTo(x - 0.26 * side, y + 0.6 * side)
    path.cubicTo(
        x - 0.36 * side, y - 0.2 * side, x - 0.22 * side, y - 0.47 * side, x, y - 0.46 * side
    )
    path.cubicTo(
        x + 0.22 * side,
        y - 0.47 * side,
        x + 0.36 * side,
        y - 0.2 * side,
        x + 0.28 * side,
        y + 0.6 * side,
    )
    path.close()
    canvas.drawPath(path, fill(0xFFFFFFFF, 0.62))


def lace(canvas: skia.Canvas, x: float, y: float, side: float) -> None:
    """A dress over the shoulders, and flowers in the hair."""
    dress = skia.Path()
    top = y + 0.19 * side
    dress.moveTo(x - 0.42 * side, HIGH)
    dress.cubicTo(x - 0.36 * side, top + 40, x - 0.2 * side, top + 10, x - 0.12 * side, top + 30)
    dress.quadTo(x, top + 0.12 * side, x + 0.12 * side, top + 30)
    dress.cubicTo(x + 0.2 * side, top + 10, x + 0.36 * side, top + 40, x + 0.42 * side, HIGH)
    dress.close()
    canvas.drawPath(dress, vertical(top, HIGH, 0xFFFDFBF6, 0xFFE4DCCB))
    for step in range(7):
        angle = 3.5 + 0.38 * step
        flower = x + 0.2 * side * np.cos(angle), y - 0.2 * side + 0.2 * side * np.sin(angle)
        canvas.drawCircle(*flower, 10, fill(0xFFFDF6EF))
        canvas.drawCircle(*flower, 4, fill(0xFFE9B44C))


EVENING = (0.75, 0.38, 0.70)
FROM_LANTERN = (-0.85, 0.05, 0.6)
FROM_CAMERA = (0.05, 0.15, 1.0)
VIEWS = {
    "beach": View(beach, light=EVENING, warmth=0.9),
    "garden": View(garden),
    "mountain": View(mountain, warmth=0.2),
    "snow": View(snow, snowfall, warmth=0.0),
    "kitchen": View(kitchen, sink, light=EVENING, warmth=0.3),
    "hall": View(hall, warmth=1.2),
    "room": View(room, light=EVENING, warmth=0.9),
    "tent": View(tent, warmth=0.8),
    "night": View(night, lantern, light=FROM_LANTERN, warmth=1.4),
    "flash": View(dark_room, flash, light=FROM_CAMERA, warmth=0.0),
    "mirror": View(hallway, camera, warmth=0.3),
}
