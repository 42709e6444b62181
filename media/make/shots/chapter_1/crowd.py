"""Faces by the million: how many, how young, and how often one of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import skia
from look import (
    DIM,
    GREEN,
    HEIGHT,
    INK,
    PAPER,
    SMOOTH,
    WIDTH,
    YELLOW,
    blend,
    box,
    clamp,
    fill,
    find_box,
    glide,
    leave,
    mix,
    settle,
    vertical,
)
from look_type import MEDIUM, MONO, THIN, Hand, font, grouped, write
from nobody import Expression, Identity, Pose

from shots.chapter_1.afternoon import empty_box
from shots.chapter_1.cropping import name_tag
from shots.moment import Moment, shot
from shots.people import HEAD, Sitter, hero
from shots.tiles import children, crowd, someone

if TYPE_CHECKING:
    from numpy.typing import NDArray

FACES, PEOPLE, ACCOUNTS = 4_753_320, 672_057, 48_383
MOST = 2_469


@shot
def faces(canvas: skia.Canvas, now: Moment) -> None:
    """Faces lock into a grid; three numbers stack up beside it."""
    canvas.clear(INK)
    second, third = now.ramp("672,057", 1.1), now.ramp("From the albums", 1.1)
    width = mix(mix(216, 108, second), 54, third)
    _grid(canvas, width, settle(now.age / 1.8))
    left = skia.GradientShader.MakeLinear(
        [skia.Point(700, 0), skia.Point(1250, 0)], [0xF20C0D10, 0x000C0D10]
    )
    canvas.drawPaint(skia.Paint(Shader=left))
    rows = (
        (FACES, "faces", "More than", GREEN, 1.6, 250),
        (PEOPLE, "people", "672,057", YELLOW, 2.6, 505),
        (ACCOUNTS, "accounts", "48,383", PAPER, 2.4, 760),
    )
    for number, word, said, colour, over, y in rows:
        since = now.since(said)
        shown = glide((since + 0.1) / 0.5)
        counted = number * settle(since / over)
        write(canvas, grouped(counted), 130, y, Hand(THIN, 150, -0.03), colour, alpha=shown)
        write(canvas, word, 136, y + 86, Hand(MONO, 76, 0.03), DIM, alpha=shown)


def _grid(canvas: skia.Canvas, width: float, arrived: float) -> None:
    columns, rows = int(1300 / width) + 2, int(1080 / width) + 3
    grid = np.indices((rows, columns)).reshape(2, -1).T
    row, column = grid[:, 0] - rows // 2, grid[:, 1]
    x, y = 1920 - (column + 1) * width, 540 + (row - 0.5) * width
    order = (column * 7 + row * 13) % 11 / 11
    there = np.clip(arrived * 2.2 - order * 1.2, 0, 1)
    which = (column * 37 + (row + 99) * 53 + column * row) % 400
    places = np.stack([x + 1.5, y + 1.5, np.full_like(x, width - 3, dtype=float)], 1)
    crowd().lay(canvas, places, which, (there * 205).astype(np.int64))


@shot
def megaface(canvas: skia.Canvas, now: Moment) -> None:
    """We move away from the faces until they spell a word."""
    canvas.clear(INK)
    away = now.ramp(over=1.8)
    cells = word_cells("MegaFace")
    size = mix(150, 12.6, away)
    middle = np.array(
        [cells[:, 0].max() / 2 + mix(0.0, 0.5, away), 5 + cells[:, 1].max() / 2], np.float64
    )
    focus = mix(0.62, 0.0, away) * np.array([cells[:, 0].max() * -0.30, 0.5], np.float64)
    x, y = ((cells - middle - focus) * size).T + np.array([[960], [500]], np.float64)
    inside = (x > -size) & (x < WIDTH) & (y > -size) & (y < HEIGHT)
    gap = size * 0.04
    places = np.stack([x + gap, y + gap, np.full_like(x, size * 0.92)], 1)[inside]
    which = ((cells[:, 0] * 37 + cells[:, 1] * 53 + cells[:, 0] * cells[:, 1]) % 400).astype(
        np.int64
    )[inside]
    crowd().lay(canvas, places, which)


@cache
def word_cells(word: str) -> NDArray[np.float64]:
    """Return the cells of a coarse grid that a word covers, (cells, 2): column and row."""
    hand = Hand(MEDIUM, 28.0)
    surface = skia.Surface(140, 40)
    canvas = surface.getCanvas()
    canvas.clear(0)
    canvas.drawString(word, 2, 32, font(hand), fill(PAPER))
    rows, columns = np.nonzero(surface.toarray()[..., 3] > 110)  # noqa: PLR2004 - half covered
    cells = np.stack([columns, rows], 1).astype(np.float64)
    cells -= cells.min(0)
    return cells


GROWN = Identity(
    bones=(0.2, 0.9, 0.0, 0.1), features=(-0.5, 0.6, 0.4, -0.3), skin=(0.40, 0.22, 0.14),
    hair_colour=(0.150, 0.140, 0.130), hair_cut=(0.065, 0.0, -0.1, -0.3), beard=0.75,
    cloth=(0.07, 0.09, 0.12),
)  # fmt: skip
SMALL = replace(
    GROWN,
    bones=(1.6, 0.9, -1.8, 0.9),  # a round face, hardly a chin
    features=(2.2, -1.2, -0.5, 0.4),
    hair_colour=(0.028, 0.016, 0.010),
    hair_cut=(0.105, 0.04, -1.3, -0.3),
)
AGES = 22


def growing_younger(step: int) -> Sitter:
    """Return one of 22 faces between a grown one and a child."""
    amount = glide(step / (AGES - 1))
    red, green, blue = (
        mix(a, b, clamp(amount * 1.6))
        for a, b in zip(GROWN.hair_colour, SMALL.hair_colour, strict=True)
    )
    who = replace(
        GROWN,
        bones=_between(GROWN.bones, SMALL.bones, amount),
        features=_between(GROWN.features, SMALL.features, amount),
        hair_cut=_between(GROWN.hair_cut, SMALL.hair_cut, amount),
        hair_colour=(red, green, blue),
        beard=GROWN.beard * (1 - clamp(amount * 2.2)),
        young=amount,
    )
    does = Expression(smile=mix(0.05, 0.35, amount), lids=(0.88, 0.88))
    return Sitter(
        f"younger-{step}", who, does, Pose(yaw=0.12, roll=-0.02), HEAD, (-0.8, 0.5, 0.6), 760
    )


def _between(
    a: tuple[float, ...], b: tuple[float, ...], amount: float
) -> tuple[float, float, float, float]:
    one, two, three, four = (mix(x, y, amount) for x, y in zip(a, b, strict=True))
    return one, two, three, four


@shot
def younger(canvas: skia.Canvas, now: Moment) -> None:
    """A face grows younger; the machine's word for it stays the same."""
    canvas.clear(INK)
    said = now.voice.when("children", now.start)
    gone = clamp((now.age - 0.25) / (said + 0.5 - now.start))
    sitter = growing_younger(int(gone * (AGES - 1)))
    side = 1040 + 40 * now.share
    rect = box(960, 560, side, side)
    portrait = skia.Paint(Alphaf=settle(now.age / 0.6))
    canvas.drawImageRect(sitter.portrait, rect, SMOOTH, portrait)
    foot = vertical(930, 1080, 0x000C0D10, 0xFF0C0D10)
    canvas.drawRect(skia.Rect.MakeLTRB(0, 930, 1920, 1080), foot)
    frame = box(960 + 14, 560 - 6, 0.66 * side, 0.80 * side)
    there = now.ramp(over=0.7)
    find_box(canvas, frame.makeOutset(60 * (1 - there), 60 * (1 - there)), width=5, alpha=there)
    name_tag(canvas, "face", frame, there)


@shot
def many(canvas: skia.Canvas, now: Moment) -> None:
    """Children, tile after tile, and on each a box that nobody ticked."""
    canvas.clear(INK)
    atlas, width = children(), 320.0
    grid = np.indices((4, 9)).reshape(2, -1).T
    drift = 40 * now.age
    x = grid[:, 1] * width - drift * np.where(grid[:, 0] % 2 == 0, 1, 0.6) - 150
    y = grid[:, 0] * width - 85 - 8 * now.age
    which = (grid[:, 0] * 11 + grid[:, 1] * 5 + grid[:, 0] * grid[:, 1]) % 48
    order = (grid[:, 1] * 3 + grid[:, 0] * 5) % 9
    there = np.clip(now.age / 0.4 - 0.06 * order, 0, 1)
    dim = 1 - 0.55 * now.ramp("tick a box", 0.8, delay=-0.3)
    places = np.stack([x + 4, y + 4, np.full_like(x, width - 8)], 1)
    atlas.lay(canvas, places, which, (there * 250 * dim).astype(np.int64))
    for left, top, late in zip(x.tolist(), y.tolist(), order.tolist(), strict=True):
        drawn = glide((now.since("tick a box") + 0.35 - 0.07 * late) / 0.7)
        empty_box(canvas, left + width / 2, top + width / 2, 116, drawn)


@shot
def seven(canvas: skia.Canvas, now: Moment) -> None:
    """Seven tiles of one person in a row; then a wall of 2,469."""
    canvas.clear(INK)
    wall = now.ramp("One person", 1.3)
    columns = 61
    index = np.arange(MOST)
    seat = _seats(columns)
    width = mix(226, 30.4, wall)
    x = 960 + (seat[:, 0] - 0.5) * width
    y = mix(470, 540, wall) + (seat[:, 1] - 0.5) * width
    first = seat[:, 1] == 0
    since = now.age - 0.2
    row = np.abs(seat[:, 0]) <= 3  # noqa: PLR2004 - seven of them
    born = np.where(first & row, np.clip((since - 0.22 * (seat[:, 0] + 3)) / 0.3, 0, 1), 0.0)
    told = glide(now.since("One person") / 0.7)
    shade = np.maximum(born, told * np.clip(wall * 3.0 - np.hypot(*seat.T) / 40, 0, 1))
    inside = (x > -width) & (x < WIDTH) & (y > -width) & (y < HEIGHT) & (shade > 0.01)  # noqa: PLR2004
    gap = mix(6, 0.6, wall)
    places = np.stack([x + gap, y + gap, np.full_like(x, width - 2 * gap)], 1)
    someone().lay(
        canvas,
        places[inside],
        (index * 10 % 49)[inside],
        (shade * mix(250, 175, wall)).astype(np.int64)[inside],
    )
    small = 1 - told
    write(
        canvas, "7", 960, 800, Hand(THIN, 190), PAPER, anchor=0.5, alpha=small * now.ramp("7", 0.5)
    )
    counted = MOST * glide((now.since("2,469") + 0.2) / 2.0)
    there = now.ramp("2,469", 0.6)
    if there > 0:
        plate = box(960, 540, 640, 250)
        canvas.drawRect(plate, fill(INK, 0.88 * there))
        write(
            canvas,
            grouped(counted),
            960,
            600,
            Hand(THIN, 190, -0.03),
            PAPER,
            anchor=0.5,
            alpha=there,
        )


@cache
def _seats(columns: int) -> NDArray[np.float64]:
    """Return a seat for each of the 2,469: column and row, the middle one at 0, 0; (2469, 2)."""
    rows = -(-MOST // columns)
    row, column = np.divmod(np.arange(MOST), columns)
    seats: NDArray[np.int64] = np.stack([column - columns // 2, row - rows // 2], 1)
    return seats.astype(np.float64)


@shot
def love(canvas: skia.Canvas, now: Moment) -> None:
    """Nearer, and nearer, and nearer; then the pictures turn into what was measured on them."""
    canvas.clear(INK)
    sizes, middles = (96.0, 220.0, 430.0, 800.0), (0, 3, 1, 4)
    said = [
        now.since(word) + 0.06 > 0
        for word in ("again and again and", "again and again", "again It")
    ]
    stage = sum(said)
    push = 0.03 * now.share if stage == len(said) else 0.0  # only what is near may move
    size = sizes[stage] * (1 + push)
    turned = leave((now.since("It is also") + 0.3) / 1.1)
    columns, rows = int(1920 / size) + 3, int(1080 / size) + 3
    grid = np.indices((rows, columns)).reshape(2, -1).T
    row, column = grid[:, 0] - rows // 2, grid[:, 1] - columns // 2
    x, y = 960 + (column - 0.5) * size, 540 + (row - 0.5) * size
    which = (column * 10 + row * 17 + middles[stage]) % 49
    places = np.stack([x + 3, y + 3, np.full_like(x, size - 6, dtype=float)], 1)
    shade = np.full(len(x), int(250 * (1 - turned)))
    someone().lay(canvas, places, which, shade)
    if turned > 0:
        _figures(canvas, now, turned)


@cache
def _measures() -> list[str]:
    """Return the measured points of our own face as lines of figures."""
    points = hero(10).points
    lines = []
    for start in range(0, 400, 4):
        row = points[start : start + 4, :2].ravel()
        lines.append(" ".join(f"{value:.4f}" for value in row))
    return lines


def _figures(canvas: skia.Canvas, now: Moment, turned: float) -> None:
    hand = Hand(MONO, 46)
    past = now.since("It is also") + 0.1
    for index, line in enumerate(_measures()[:17]):
        typed = clamp((past - 0.05 * index) / 0.35)
        colour = blend(GREEN, 0xFF2C6A47, (index * 7 % 5) / 5)
        write(
            canvas, line, 960, 50 + 64 * index, hand, colour, anchor=0.5, typed=typed, alpha=turned
        )
