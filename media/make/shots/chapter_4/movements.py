"""One feeling, and six ways for a face to move."""

from __future__ import annotations

from dataclasses import dataclass

import skia
from look import BLUE, GREEN, PAPER, SMOOTH, blend, box, clamp, fill, mix, settle, stroke, vertical
from look_type import ITALIC, MONO, Hand, write
from nobody import Expression, Identity, Pose

from shots.moment import Moment, shot
from shots.people import HEAD, Sitter

STRIP = skia.Rect.MakeXYWH(66, 70, 288, 530)
APART, EVERY = 300, 0.62  # px and seconds from one to the next
SIDE = 500
UNDER_THE_EYES = (145, 374)


@dataclass(frozen=True)
class Angry:
    """Somebody who is angry, and what their face does."""

    does: str
    seed: int
    moves: Expression
    turned: Pose
    tears: bool = False

    @property
    def sitter(self) -> Sitter:
        """The figure."""
        who = Identity.of(self.seed, young=0.0)
        return Sitter(f"angry-{self.seed}", who, self.moves, self.turned, HEAD, size=560)


ANGRY = (
    Angry("scowls", 5, Expression(brows=-1, smile=-0.6, lids=(0.5, 0.5)), Pose(yaw=0.1)),
    Angry("shouts", 33, Expression(jaw=1.0, brows=-0.6, wide=0.5, lids=(0.7, 0.7)), Pose(yaw=-0.2)),
    Angry(
        "weeps", 40, Expression(smile=-1, brows=0.9, lids=(0.5, 0.5)), Pose(yaw=0.05), tears=True
    ),
    Angry("smiles", 60, Expression(smile=1.0, wide=0.5, brows=-0.3), Pose(yaw=0.15)),
    Angry("shuts eyes", 11, Expression(lids=(0.0, 0.0), smile=-0.2), Pose(pitch=0.1)),
    Angry("looks away", 83, Expression(smile=0.0, gaze=(-0.5, 0.0)), Pose(yaw=-0.75)),
)


@shot
def movements(canvas: skia.Canvas, now: Moment) -> None:
    """Six people side by side, each face doing something else; all of them are angry."""
    canvas.drawPaint(vertical(0, 1080, 0xFF1B1C20, 0xFF0D0C0D))
    for index, one in enumerate(ANGRY):
        since = now.age - EVERY * index
        if since > 0 or index == 0:
            _standing(canvas, one, STRIP.makeOffset(APART * index, 0), since)
    joined = now.ramp("a feeling", 0.8, delay=-0.3)
    left, right = STRIP.left(), STRIP.right() + APART * (len(ANGRY) - 1)
    reach = (right - left) / 2 * joined
    canvas.drawLine(960 - reach, 716, 960 + reach, 716, stroke(PAPER, 5, joined))
    write(canvas, "all six of them are angry", 960, 830, Hand(ITALIC, 112), PAPER, anchor=0.5,
          typed=now.ramp("a feeling", 1.0))  # fmt: skip


def _standing(canvas: skia.Canvas, one: Angry, strip: skia.Rect, since: float) -> None:
    """Draw somebody in a strip of the picture, and write what their face does."""
    there = settle((since + 0.15) / 0.8)
    moved = strip.makeOffset(0, 60 * (1 - there))
    canvas.save()
    canvas.clipRect(moved)
    canvas.drawRect(moved, fill(0xFF4A4E56, there))
    side = SIDE * (1 + 0.012 * max(since, 0))
    at = box(moved.centerX() - _off(one) * side, moved.top() + 290, side, side)
    paint = skia.Paint(Alphaf=clamp(there), AntiAlias=True)
    canvas.drawImageRect(one.sitter.portrait, at, SMOOTH, paint)
    if one.tears:
        _tears(canvas, one.sitter, at, since)
    canvas.restore()
    write(canvas, one.does, strip.centerX(), strip.bottom() + 66, Hand(MONO, 43), GREEN, anchor=0.5,
          typed=clamp((since - 0.25) / 0.35))  # fmt: skip


def _off(one: Angry) -> float:
    """Return how far a face stands beside the middle of its portrait, as a share of the side."""
    return float(one.sitter.points[:, 0].mean()) - 0.5


def _tears(canvas: skia.Canvas, sitter: Sitter, at: skia.Rect, since: float) -> None:
    """Let tears run down from under both eyes."""
    for order, index in enumerate(UNDER_THE_EYES):
        x = at.left() + float(sitter.points[index, 0]) * at.width()
        y = at.top() + float(sitter.points[index, 1]) * at.height() + 6
        ran = mix(20, 112 - 26 * order, clamp((since - 0.3 - 0.5 * order) / 2.2))
        wet = blend(BLUE, PAPER, 0.75)
        canvas.drawLine(x, y, x, y + ran, stroke(wet, 4, 0.5))
        canvas.drawOval(box(x, y + ran, 11, 17), fill(wet, 0.95))
