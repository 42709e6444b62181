"""What masks are for: one that hides a face, and one that shows a false one."""

from __future__ import annotations

from functools import cache
from math import sin
from typing import TYPE_CHECKING

from look import GREEN, INK, PAPER, RED, clamp, fill, glow, mix, settle
from look_type import MONO, Hand, write
from nobody import Identity, Pose

from shots.chapter_2.skins import Skin, own, put_on, saying
from shots.moment import Moment, shot
from shots.people import HEAD, Sitter
from shots.rig import Points, cast, dots, net, placed, posed, ring_path

if TYPE_CHECKING:
    import skia

SHADE = 0xFF4A4640  # paper without light
OTHERS = (12, 31, 9, 40, 22)
"""Whose face is on at each turn; the first is you and the last is nobody, and both are as light."""
TURNS = ("This kind", "tells you", "who is", "is and", "and lies")


@shot
def hide(canvas: skia.Canvas, now: Moment) -> None:
    """A white mask comes out of the dark and covers a face that is speaking."""
    canvas.clear(INK)
    canvas.drawPaint(glow(620, 260, 1100, 0xFF8AA0B0, 0.12))
    on = now.ramp("to hide", 0.9)
    look = Pose(yaw=0.12 * sin(1.3 * now.age), pitch=0.02)
    behind = placed(posed(saying(now.t), look), 960, 545, 1150)
    put_on(canvas, own(), behind, 0.9 * now.ramp(over=0.3) * (1 - 0.4 * on))
    away = 1 - on
    turned = Pose(yaw=look.yaw - 0.7 * away, pitch=0.02, roll=0.25 * away)
    mask = placed(posed(turned=turned), 960 + 700 * away, 545 - 60 * away, 1210)
    canvas.drawPaint(glow(975 + 640 * away, 640, 520, 0xFF000000, 0.7))
    cast(canvas, mask, PAPER, SHADE)
    _eyeholes(canvas, mask)


def _eyeholes(canvas: skia.Canvas, mask: Points) -> None:
    for eye in ("right eye", "left eye"):
        canvas.drawPath(ring_path(mask, eye), fill(0xFF0A0A0C))


@shot
def lies(canvas: skia.Canvas, now: Moment) -> None:
    """The mask takes on one stranger's face after another; the mouth goes on saying the same."""
    canvas.clear(INK)
    turns = [now.voice.when(said, now.start - 0.1) for said in TURNS]
    at = max(sum(when <= now.t for when in turns) - 1, 0)
    since = now.t - turns[at]
    hung = now.ramp("lies", 1.6, delay=0.5)
    pose = Pose(0.22 * sin(1.1 * now.age) + 0.5 * hung, 0.03 + 0.18 * hung, -0.12 * hung)
    x, y = mix(960, 1010, hung), mix(545, 500, hung) + 8 * sin(1.7 * now.age)
    face = placed(posed(saying(now.t), pose), x, y, mix(1150, 900, hung))
    canvas.drawPaint(glow(x, y, 760, 0xFF8AA0B0, mix(0.12, 0.30, hung)))
    if at:
        put_on(canvas, stranger(OTHERS[at - 1]), face)
    put_on(canvas, stranger(OTHERS[at]), face, settle(since / 0.3))
    seam = clamp(1 - since / 0.35)
    net(canvas, face, 1.4, 0.8 * seam)
    dots(canvas, face, 4, GREEN, seam)
    write(canvas, "who:", 130, 480, Hand(MONO, 84), GREEN)
    told, colour = ("you", GREEN) if at < len(TURNS) - 1 else ("?", RED)
    write(canvas, told, 124, 660, Hand(MONO, 170), colour, typed=since / 0.2)


@cache
def stranger(seed: int) -> Skin:
    """Return the skin of one of the many nobodies."""
    who = Identity.of(seed, young=0.0)
    sitter = Sitter(f"stranger-{seed}", who, framing=HEAD, size=640)
    return Skin(sitter.portrait, sitter.points * sitter.size)
