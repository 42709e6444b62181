"""What the machine has met: pictures, and what somebody wrote underneath."""

from __future__ import annotations

from math import pi, sin

import skia
from look import (
    DIM,
    GREEN,
    PAPER,
    SMOOTH,
    box,
    clamp,
    fill,
    glide,
    mix,
    settle,
    shadow,
    stroke,
    vertical,
)
from look_type import ITALIC, MONO, Hand, write
from nobody import Expression, Identity, Pose

from shots.moment import Moment, shot
from shots.people import HEAD, Sitter

WRITTEN = (
    ("woman", 5, 0.4, 0xFF7A8C86),
    ("about 30", 11, 0.0, 0xFF8C7A66),
    ("happy", 33, 1.0, 0xFF66786A),
    ("man", 40, 0.1, 0xFF86706A),
    ("old, I think", 14, 0.1, 0xFF5C6678),
    ("angry", 21, -0.7, 0xFF8A8272),
    ("nice", 7, 0.6, 0xFF6A7A86),
    ("normal", 71, 0.0, 0xFF80706E),
)


@shot
def labels(canvas: skia.Canvas, now: Moment) -> None:
    """Prints hang on a line like washing, each with a label pinned to it."""
    written = now.since("what somebody wrote")
    along = mix(120, -640, now.share)
    canvas.scale(1.5, 1.5)
    canvas.translate(0, -46)
    line = skia.Path()
    line.moveTo(-300, 120)
    line.quadTo(640, 200, 1600, 130)
    canvas.drawPath(line, stroke(DIM, 3))
    for index, (word, seed, smile, behind) in enumerate(WRITTEN):
        x = along + 250 + 400 * index
        if not -300 < x < 1560:  # noqa: PLR2004 - outside the picture
            continue
        y = 130 + 38 * (1 - ((x - 640) / 900) ** 2)
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(2.6 * sin(1.5 * now.t + 1.3 * index))
        _print(canvas, _sitter(seed, smile), behind)
        _label(canvas, word, glide((written - 0.12 * index) / 0.5), index)
        canvas.restore()


def _sitter(seed: int, smile: float) -> Sitter:
    yaw = 0.3 * sin(seed)
    return Sitter(
        f"hung-{seed}", Identity.of(seed, young=0.0), Expression(smile=smile, gaze=(-yaw / 2, 0.0)),
        Pose(yaw=yaw), HEAD, size=480,
    )  # fmt: skip


def _print(canvas: skia.Canvas, sitter: Sitter, behind: int) -> None:
    paper = skia.Rect.MakeXYWH(-160, 8, 320, 380)
    shadow(canvas, paper, 0.7, 0.5)
    canvas.drawRoundRect(paper, 4, 4, fill(PAPER))
    picture = skia.Rect.MakeXYWH(-140, 28, 280, 300)
    canvas.save()
    canvas.clipRect(picture)
    canvas.drawRect(picture, vertical(28, 328, behind, 0xFF3A3A3C))
    canvas.drawImageRect(sitter.portrait, box(0, 190, 330, 330), SMOOTH)
    canvas.restore()
    for x in (-90, 90):
        canvas.drawRoundRect(skia.Rect.MakeXYWH(x - 8, -16, 16, 50), 4, 4, fill(0xFFB98A4A))


def _label(canvas: skia.Canvas, word: str, there: float, index: int) -> None:
    if there <= 0:
        return
    canvas.save()
    canvas.translate(0, 366 + 60 * (1 - settle(there)))
    canvas.rotate((-3, 2, -1.5, 3)[index % 4])
    tag = skia.Rect.MakeXYWH(-140, 0, 280, 84)
    canvas.drawRoundRect(tag.makeOffset(3, 6), 5, 5, fill(0xFF000000, 0.4 * there))
    canvas.drawRoundRect(tag, 5, 5, fill(0xFFE9D9A8, there))
    canvas.drawCircle(0, 12, 6, fill(0xFF8A5A2A, there))
    write(canvas, word, 0, 62, Hand(ITALIC, 50), 0xFF2A2520, anchor=0.5, typed=clamp(there * 1.4))
    canvas.restore()


PAIRS = (("young", "old"), ("woman", "man"), ("kind", "unkind"), ("calm", "angry"))
ASKED = (
    ("Now it can", (0, 1, 0, 0)),
    ("It always", (1, 1, 1, 0)),
    ("It cannot", (0, 0, 0, 1)),
)
SOMEBODY = Sitter("asked", Identity.of(95, young=0.0), framing=HEAD, size=720)
TURNED_AWAY = Sitter(
    "asked-away", Identity.of(95, young=0.0), turned=Pose(yaw=pi), framing=HEAD, size=720
)


@shot
def answers(canvas: skia.Canvas, now: Moment) -> None:
    """Whatever is held before it - a face, the back of a head, nothing -, words light up."""
    asked = max(index for index, (said, _) in enumerate(ASKED) if index == 0 or now.since(said) > 0)
    said, picks = ASKED[asked]
    since = now.age if asked == 0 else now.since(said)
    _subject(canvas, asked, settle(since / 0.5), now.share)
    for row, (pair, pick) in enumerate(zip(PAIRS, picks, strict=True)):
        y = 250 + 180 * row
        lit = glide((since - 0.35 - 0.22 * row) / 0.4)
        for side, word in enumerate(pair):
            x, edge = (400, 550) if side == 0 else (1520, 1370)
            chosen = lit if side == pick else 0.0
            line = skia.Path()
            line.moveTo(mix(960, edge, 0.5), mix(540, y - 18, 0.5))
            line.lineTo(edge, y - 18)
            canvas.drawPath(line, stroke(GREEN, 4, 0.9, chosen))
            plate = box(x, y - 18, 300, 92)
            turned = abs(sin(clamp(now.age / 0.7 - 0.1 * row) * pi / 2))
            canvas.save()
            canvas.translate(x, 0)
            canvas.scale(max(turned, 0.01), 1)
            canvas.translate(-x, 0)
            canvas.drawRoundRect(plate, 6, 6, fill(GREEN, 0.92 * chosen))
            canvas.drawRoundRect(plate, 6, 6, stroke(DIM, 2, 0.6 * (1 - chosen)))
            colour = 0xFF0C0D10 if chosen > 0.5 else DIM  # noqa: PLR2004 - whichever is read better
            write(canvas, word, x, y, Hand(MONO, 44), colour, anchor=0.5)
            canvas.restore()


def _subject(canvas: skia.Canvas, asked: int, there: float, share: float) -> None:
    oval = box(960, 520, 470, 620)
    if asked < 2:  # noqa: PLR2004 - after face and back of a head: nothing
        sitter = (SOMEBODY, TURNED_AWAY)[asked]
        side = 820 * (1 + 0.03 * share)
        paint = skia.Paint(Alphaf=there, AntiAlias=True)
        canvas.drawImageRect(sitter.portrait, box(960, 530, side, side), SMOOTH, paint)
    else:
        canvas.drawOval(oval, stroke(PAPER, 3, 0.7 * there))
        canvas.drawOval(oval, fill(PAPER, 0.04 * there))
