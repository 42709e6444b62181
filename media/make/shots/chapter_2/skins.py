"""Skins for the points: one that a program drew, one from a print, and one's own."""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import skia
from acting import Speech, looking
from look import GREEN, INK, PAPER, SMOOTH, clamp, fill, glow, mix
from look_type import MONO, Hand, write
from nobody import Expression, Pose
from storyboard import MEDIA

from shots.moment import Moment, shot
from shots.people import HEAD, Sitter, hero
from shots.photographs import AUNT, EVENING_SUN
from shots.prints import Place, drop, table
from shots.rig import (
    SKIN,
    Points,
    cast,
    dots,
    gape,
    nearest_last,
    net,
    neutral,
    placed,
    posed,
    triangles,
    wear,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

FACING = 13  # the step of the hero's turn at which it looks at us
LAID = Place(960, 540, 1380, -1.2)
BESIDE = 420  # px from the aunt's place in her print to where her face is laid
INWARD = 0.12  # of their distance from the middle that the outermost points are moved
STOOD = (1050, 660, 900)  # where the aunt stands in her photograph: x, y and side, px


class Skin(NamedTuple):
    """A picture of a face and where its points are in it, px."""

    picture: skia.Image
    points: Points


@cache
def own() -> Skin:
    """Return Nobody's skin."""
    sitter = hero(FACING)
    return Skin(sitter.portrait, _inward(sitter.points * sitter.size))


@cache
def aunt() -> Skin:
    """Return the aunt's, as her photograph shows it."""
    sitter = Sitter(
        "aunt-skin", AUNT, Expression(smile=0.65, lids=(0.88, 0.88), brows=0.15, wide=0.2),
        Pose(yaw=-0.10, roll=-0.07), HEAD, EVENING_SUN,
    )  # fmt: skip
    return Skin(sitter.portrait, _inward(sitter.points * sitter.size))


def _inward(points: Points) -> Points:
    """Move the outermost points inwards, where there is skin: the tracker lays them on the hair."""
    middle = points[:SKIN].mean(0)
    away = points - middle
    far = np.linalg.norm(away[:, :2], axis=1, keepdims=True)
    share = np.float32(1) - np.float32(INWARD) * (far / far.max()) ** 4
    moved: Points = (middle + away * share).astype(np.float32)
    return moved


def put_on(
    canvas: skia.Canvas, skin: Skin, places: Points, alpha: float = 1.0, shade: float = 0.35
) -> None:
    """Stretch a skin over points, with the dark of the mouth behind it."""
    gape(canvas, places, alpha)
    wear(canvas, skin.picture, skin.points, places, alpha=alpha, shade=shade)


@cache
def reading_aloud() -> Speech:
    """Return the mouth of whoever says this chapter."""
    return Speech.spelled(MEDIA / "voice" / "chapter-2.en.json")


def saying(t: float) -> Expression:
    """Return the mouth that goes with the narration."""
    return reading_aloud().mouth(t)


@shot
def skin(canvas: skia.Canvas, now: Moment) -> None:
    """Between the points, triangle after triangle takes on colour."""
    canvas.clear(INK)
    turned = Pose(yaw=0.30 * sin(0.9 * now.age - 0.6), pitch=0.04)
    face = placed(posed(turned=turned), 960, 540, 1250)
    net(canvas, face, 1.2, 0.5)
    grown = now.ramp("points it can", 2.2, delay=-0.3)
    chosen = _grown(face, grown)
    if len(chosen):
        drawn = own()
        wear(canvas, drawn.picture, drawn.points, face, which=chosen)
    net(canvas, face, 1.0, 0.35 * (1 - grown))
    dots(canvas, face, 4.2, GREEN, 1 - 0.8 * grown)


def _grown(face: Points, grown: float) -> NDArray[np.int64]:
    """Return the triangles that are there yet: from the nose outwards, not all at once."""
    far = np.linalg.norm(neutral()[triangles(), :2].mean(1) - neutral()[4, :2], axis=1)
    dice = np.random.default_rng(5).uniform(0, 0.22, len(far))
    there = {tuple(tri) for tri in triangles()[far / far.max() * 0.78 + dice < grown].tolist()}
    ordered = [tri for tri in nearest_last(face).tolist() if tuple(tri) in there]
    return np.array(ordered, np.int64).reshape(-1, 3)


@shot
def nobodys(canvas: skia.Canvas, now: Moment) -> None:
    """A drawn face floats in front of the points, and then it fits."""
    canvas.clear(INK)
    look = looking(now.age + 3.6)
    face = placed(posed(*look), 960, 545, 1200)
    net(canvas, face, 1.2, 0.5)
    dots(canvas, face, 3.6)
    fits = now.ramp("fits", 0.45, delay=-0.15)
    off = 1 - fits
    lifted = placed(
        posed(look.does, look.turned), 960 + 120 * off, 545 - 60 * off, 1200 + 190 * off
    )
    canvas.drawCircle(
        960 + 170 * off, 640, 330, glow(960 + 170 * off, 640, 420, 0xFF000000, 0.8 * off)
    )
    put_on(canvas, own(), lifted)
    _drawing(canvas, lifted, now)


def _drawing(canvas: skia.Canvas, face: Points, now: Moment) -> None:
    """Show for a moment that the face is lines of a program: it is drawn again, from above."""
    down = now.ramp("program drew", 1.1)
    if not 0 < down < 1:
        return
    top, bottom = face[:SKIN, 1].min() - 20, face[:SKIN, 1].max() + 20
    edge = mix(top, bottom, down)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(0, edge, 1920, 1080))
    canvas.drawRect(skia.Rect.MakeLTRB(0, edge, 1920, 1080), fill(INK, 0.82))
    net(canvas, face, 1.2, 0.7)
    canvas.restore()
    canvas.drawLine(face[:, 0].min() - 90, edge, 1824, edge, _light_line())
    write(canvas, "draw(face)", 1824, edge - 22, Hand(MONO, 60), GREEN, anchor=1)


def _light_line() -> skia.Paint:
    return skia.Paint(Color=GREEN, StrokeWidth=3, AntiAlias=True)


@shot
def peeled(canvas: skia.Canvas, now: Moment) -> None:
    """A face comes loose from a print on the table, and is laid beside it."""
    table(canvas)
    landed = now.ramp(over=0.5)
    drop(canvas, "beach", LAID, landed)
    loose = now.ramp("will do", 1.5)
    flat = _on_print()
    if loose > 0:
        _hole(canvas, flat, loose)
    lifted = np.array([BESIDE * loose, -70 * sin(pi * loose), 0], np.float32)
    canvas.drawRect(skia.Rect.MakeWH(1920, 1080), fill(INK, 0.35 * loose))
    put_on(canvas, aunt(), flat + lifted, clamp(loose * 12), 0.15 * loose)


def _on_print() -> Points:
    """Return the aunt's points where her print lies on the table, px."""
    sitter = Sitter(
        "beach-aunt", AUNT, Expression(smile=0.65, lids=(0.88, 0.88), brows=0.15, wide=0.2),
        Pose(yaw=-0.10, roll=-0.07), light=EVENING_SUN,
    )  # fmt: skip
    x, y, side = STOOD
    at = sitter.points * side + np.array([x - side / 2, y - side / 2, 0], np.float32)
    to_table = LAID.matrix()
    ends = to_table.mapPoints([skia.Point(px, py) for px, py in at[:, :2].tolist()])
    at[:, :2] = np.array([[end.x(), end.y()] for end in ends], np.float32)
    return at


def _hole(canvas: skia.Canvas, flat: Points, alpha: float) -> None:
    cast(canvas, flat, 0xFFE4DED2, 0xFFE4DED2, clamp(alpha * 12))


@shot
def moves(canvas: skia.Canvas, now: Moment) -> None:
    """The flat face has points now. It opens its mouth, and looks around."""
    canvas.clear(INK)
    canvas.drawPaint(glow(960, 500, 760, 0xFFFFC46B, 0.12))
    awake = now.ramp("until", 0.7)
    jaw = 0.75 * now.ramp("now", 0.35) * (1 - now.ramp("now", 0.5, delay=0.5))
    does = Expression(smile=mix(0.4, 0.1, awake), jaw=jaw)
    yaw = -0.1 + awake * 0.55 * sin(1.7 * now.since("until"))
    side = 1150 + 40 * now.share
    face = placed(posed(does, Pose(yaw=yaw, roll=-0.07 + 0.1 * awake)), 960, 540, side)
    put_on(canvas, aunt(), face, shade=0.30)
    net(canvas, face, 1.0, 0.5 * now.ramp("moved", 0.3) * (1 - awake))
    write(canvas, "still", 960, 1020, Hand(MONO, 72, 0.04), PAPER, anchor=0.5, alpha=1 - awake)


@shot
def worn(canvas: skia.Canvas, now: Moment) -> None:
    """A head, and on it, a little too large and a little late, its own face."""
    canvas.clear(INK)
    side, step = 1080.0, _step(now.age)
    left, top = 960 - side / 2, 556 - side / 2
    sitter = hero(step)
    canvas.drawImageRect(sitter.portrait, skia.Rect.MakeXYWH(left, top, side, side), SMOOTH)
    late = hero(_step(now.age - 0.30)).points * side + np.array([left, top, 0], np.float32)
    middle = late[:SKIN].mean(0)
    on = now.ramp("worn over", 0.6)
    larger = (late - middle) * np.float32(mix(1.6, 1.10, on)) + middle
    larger[:, 0] += 420 * (1 - on)
    under = larger + np.array([14, 22, 0], np.float32)
    cast(canvas, under, 0xFF000000, 0xFF000000, 0.35 * on)
    put_on(canvas, own(), larger, shade=0.2)


def _step(age: float) -> int:
    """Return the hero's step: there and back."""
    return round(23 * (0.5 - 0.5 * cos(2.1 * max(age, 0.0))))
