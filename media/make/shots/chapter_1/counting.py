"""The albums are gathered and counted; nobody could look at them all."""

from __future__ import annotations

from functools import cache
from math import cos, log10, pi, sin
from typing import TYPE_CHECKING

import numpy as np
import skia
from look import (
    DIM,
    GREEN,
    HEIGHT,
    INK,
    PAPER,
    WIDTH,
    YELLOW,
    blend,
    box,
    clamp,
    fill,
    find_box,
    glide,
    glow,
    lay,
    leave,
    mix,
    settle,
    stroke,
    vertical,
)
from look_type import ITALIC, MONO, THIN, Hand, grouped, width_of, write

from shots.moment import Moment, shot
from shots.prints import photograph
from shots.tiles import ours, summer_faces, summers

if TYPE_CHECKING:
    from numpy.typing import NDArray

PHOTOGRAPHS, VIDEOS = 99_171_688, 787_479


@shot
def gathering(canvas: skia.Canvas, now: Moment) -> None:
    """Small pictures rise out of many albums and stream towards one point."""
    canvas.clear(INK)
    start, speed, lane, which = _streams()
    clock = now.age - start
    life = clock / speed
    alive = (life > 0) & (life < 1)
    along = life[alive]
    pull = along**2.2
    angle = lane[alive] + 0.9 * pull
    reach = 1180 * (1 - pull)
    x = 960 + reach * np.cos(angle) * 1.05
    y = 470 + reach * np.sin(angle) * 0.72
    width = 78 * (1 - pull) ** 0.7 + 3
    shades = (215 * np.clip(along * 6, 0, 1)).astype(np.int64)
    places = np.stack([x - width / 2, y - width / 3, width], 1)
    order = np.argsort(-reach)
    summers().lay(canvas, places[order], which[alive][order], shades[order])
    grown = now.ramp("gathered", 4.0)
    canvas.drawCircle(960, 470, 260, glow(960, 470, 260, PAPER, 0.55 * grown))
    canvas.drawCircle(960, 470, 3 + 15 * grown, fill(PAPER, grown))
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 650, 1920, 1080), vertical(650, 860, 0x000C0D10, 0xF00C0D10)
    )
    there = now.ramp("one enormous", 0.6)
    write(canvas, "YFCC100M", 960, 800, Hand(MONO, 104, 0.12), PAPER, anchor=0.5, typed=there)
    write(canvas, "2004 \N{EN DASH} 2014", 960, 890, Hand(MONO, 68, 0.1), DIM, anchor=0.5,
          typed=now.ramp("years", 0.6))  # fmt: skip


@cache
def _streams() -> tuple[
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]
]:
    dice = np.random.default_rng(2014)
    count = 1000
    start = np.sort(dice.uniform(-1.0, 6.4, count))
    lanes = dice.choice(np.linspace(0, 2 * pi, 23)[:-1], count) + dice.normal(0, 0.035, count)
    return start, dice.uniform(2.2, 3.0, count), lanes, dice.integers(0, 96, count)


@shot
def count(canvas: skia.Canvas, now: Moment) -> None:
    """A number grows from one while we move away from a single photograph."""
    canvas.clear(INK)
    said = now.voice.when("photographs", now.start)
    away = glide(now.age / (said + 0.4 - now.start))
    number = 10 ** (log10(PHOTOGRAPHS) * away)
    whole = glide((now.t - said + 0.75) / 1.7)
    drift = now.ramp("photographs", 4.5)
    if whole <= 0:
        _field(canvas, number)
        canvas.drawRect(skia.Rect.MakeWH(1920, 1080), fill(INK, 0.82 * glide(now.age / 0.5)))
    else:
        _whole_list(canvas, whole, drift)
    hand = Hand(THIN, 190, -0.03)
    right = 960 + width_of(grouped(PHOTOGRAPHS), hand) / 2
    y = mix(590, 615, whole)
    shown = glide(now.age / 0.5)
    told = grouped(number if away < 1 else PHOTOGRAPHS)
    colour = blend(DIM, PAPER, glide(whole * 2 - 1))  # digits that race must not flash
    write(canvas, told, right, y, hand, colour, anchor=1, alpha=shown)
    words = Hand(MONO, 72)
    write(canvas, "photographs", right, y + 86, words, DIM, anchor=1, alpha=shown)
    small = now.ramp("Nearly", 0.8)
    if small > 0:
        videos = VIDEOS * settle(now.since("Nearly") / 1.6)
        write(canvas, "videos", right, y + 218, words, DIM, anchor=1, alpha=small)
        left_of = right - width_of("videos ", words)
        write(canvas, grouped(videos), left_of, y + 218, Hand(THIN, 104, -0.03), PAPER, anchor=1,
              alpha=small)  # fmt: skip


def _whole_list(canvas: skia.Canvas, whole: float, drift: float) -> None:
    """Draw the list as one sheet, and in it the one picture that we came from."""
    width = mix(2300, 580 - 40 * drift, whole)
    sheet = box(960, mix(540, 258, whole), width, width * 2 / 3)
    ends = [skia.Point(sheet.left(), sheet.top()), skia.Point(sheet.right(), sheet.bottom())]
    grey = [0xFF4A473F, 0xFF6E6A61, 0xFF565249]
    canvas.drawRect(
        sheet, skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, grey), AntiAlias=True)
    )
    canvas.drawRect(sheet.makeOutset(2, 2), fill(INK, 0.66 * (1 - glide(whole * 1.3))))
    there = glide((whole - 0.6) / 0.4)
    x, y = sheet.left() + 0.5 * width, sheet.centerY()
    canvas.drawCircle(x, y, 7, fill(YELLOW, there))
    line = mix(x, sheet.right() + 130, glide(drift * 2.2))
    canvas.drawLine(x, y, line, y, stroke(YELLOW, 3, there))
    write(
        canvas,
        "yours",
        sheet.right() + 146,
        y + 24,
        Hand(ITALIC, 92),
        YELLOW,
        alpha=glide(drift * 3 - 1),
    )


@cache
def _shuffled() -> NDArray[np.int64]:
    """Return which photograph lies where around the first, (211, 211)."""
    which = np.random.default_rng(1).integers(0, 96, (211, 211))
    which[0, 0] = 0
    return which


def _field(canvas: skia.Canvas, number: float) -> None:
    """Draw as many photographs, side by side, as the number says: fewer pixels for each."""
    across = max((number * 1920 * 2 / (1080 * 3)) ** 0.5, 1)
    width = 1920 * mix(0.5, 1.06, glide(log10(max(number, 1)) / 2.5)) / across
    columns = int(np.ceil(across / 2)) * 2 + 1
    if width < 9:  # noqa: PLR2004 - too small to tell apart: what remains is their common grey
        canvas.drawRect(skia.Rect.MakeWH(1920, 1080), fill(0xFF8D877C, 0.5))
        return
    rows = int(np.ceil(columns * 3 * 1080 / (2 * 1920))) + 1 | 1
    grid = np.indices((rows, columns)).reshape(2, -1).T
    row, column = grid[:, 0] - rows // 2, grid[:, 1] - columns // 2
    x, y = 960 + (column - 0.5) * width, 540 + (row - 0.5) * width * 2 / 3
    inside = (x > -width) & (x < WIDTH) & (y > -width) & (y < HEIGHT)
    which = _shuffled()[row % 211, column % 211]
    places = np.stack([x, y, np.full_like(x, width * 0.965)], 1)
    fade = 1.0 if width > 16 else mix(0.5, 1, (width - 9) / 7)  # noqa: PLR2004
    if fade < 1:
        canvas.drawRect(skia.Rect.MakeWH(1920, 1080), fill(0xFF8D877C, 0.5))
    summers().lay(canvas, places[inside], which[inside], alpha=fade)


@shot
def seconds(canvas: skia.Canvas, now: Moment) -> None:
    """One picture a second, then faster, while days and nights turn behind them."""
    day = 0.35 * now.age + 0.16 * now.age**2.6
    light = 0.5 + 0.5 * sin(2 * pi * day)
    pace = now.ramp(over=4.5)
    light = mix(light, 0.5, 0.75 * pace)  # at full speed days and nights run together
    canvas.clear(blend(0xFF0C0F1C, 0xFF46586B, light))
    canvas.save()
    canvas.clipRect(skia.Rect.MakeWH(1920, 660))
    for turn, colour in ((0.0, 0xFFFFE7AE), (pi, 0xFFC9D3E8)):
        angle = 2 * pi * day - pi / 2 + turn
        canvas.drawCircle(
            960 + 820 * cos(angle), 660 + 610 * sin(angle), 34, fill(colour, 1 - 0.6 * pace)
        )
    canvas.restore()
    canvas.drawRect(skia.Rect.MakeLTRB(0, 660, 1920, 1080), fill(INK))
    index = int(0.5 + now.age + 0.13 * now.age**2)  # never three a second: no flashing
    frame = box(960, 372, 720, 480)
    canvas.drawRect(frame.makeOutset(24, 24), fill(PAPER))
    atlas = summers()
    which = index * 7 % 96
    source = atlas.rect(which)
    name = ours(which)
    if name:
        lay(canvas, photograph(name), frame)
    else:
        canvas.drawImageRect(
            atlas.picture, source, frame, skia.SamplingOptions(skia.CubicResampler.Mitchell())
        )
    _years(canvas, now)


def _years(canvas: skia.Canvas, now: Moment) -> None:
    left, right, y = 300, 1600, 738
    gone = leave(now.age / (now.voice.when("years", now.start) + 0.3 - now.start))
    whole = 3.14  # years that 99,171,688 seconds last
    canvas.drawLine(left, y, right, y, stroke(DIM, 2, 0.5))
    head = left + (right - left) * gone
    canvas.drawLine(left, y, head, y, stroke(YELLOW, 7))
    for year in (1, 2, 3):
        x = left + (right - left) * year / whole
        passed = clamp((head - x) / 30)
        canvas.drawLine(x, y - 18, x, y + 18, stroke(blend(DIM, YELLOW, passed), 5))
        label = f"{year} year" if year == 1 else f"{year} years"
        write(canvas, label, x, y + 96, Hand(MONO, 70), blend(DIM, PAPER, passed), anchor=0.5)


@shot
def machines(canvas: skia.Canvas, now: Moment) -> None:
    """A green line sweeps over the field of photographs without slowing."""
    canvas.clear(INK)
    atlas, columns, rows, width = summers(), 12, 9, 160.0
    grid = np.indices((rows, columns)).reshape(2, -1).T
    x, y = grid[:, 1] * width, grid[:, 0] * width * 0.75
    which = (grid[:, 0] * 29 + grid[:, 1] * 37) % 96
    said = now.voice.when("Machines", now.start)
    line = -60 + 2300 * clamp((now.t - said + 0.05) / 1.75)
    reached = x + width / 2 < line
    dim = np.where(reached, 190, 92)
    appear = clamp(now.age / 0.8)
    places = np.stack([x + 5, y + 8, np.full_like(x, width - 10)], 1)
    atlas.lay(canvas, places, which, (dim * appear).astype(np.int64))
    for left, top, index, seen in zip(x, y, which, reached, strict=True):
        if seen:
            since = (line - left - width / 2) / 1300
            _found(canvas, left, top, int(index), since)
    if -10 < line < 1930:  # noqa: PLR2004 - inside the picture
        shader = skia.GradientShader.MakeLinear(
            [skia.Point(line - 260, 0), skia.Point(line, 0)], [0x0059E08A, 0x4459E08A]
        )
        canvas.drawRect(skia.Rect.MakeLTRB(line - 260, 0, line, 1080), skia.Paint(Shader=shader))
        canvas.drawLine(line, 0, line, 1080, stroke(GREEN, 4))


def _found(canvas: skia.Canvas, left: float, top: float, index: int, since: float) -> None:
    there = settle(since / 0.25)
    for face in summer_faces(index):
        scale = 150 / 240
        at = skia.Rect.MakeXYWH(
            left + 5 + face.left() * scale,
            top + 8 + face.top() * scale,
            face.width() * scale,
            face.height() * scale,
        )
        grown = (1 - there) * 14
        find_box(canvas, at.makeOutset(grown, grown), width=2.0, alpha=there, corner=0.3)
