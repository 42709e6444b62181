"""Thousands of tiles: faces without names and summers without owners, drawn in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import nobody
import numpy as np
import skia
from look import SMOOTH, box, fill, painted, vertical
from nobody import Expression, Framing, Identity, Pose

from shots import kept, photographs
from shots.people import BUST, HEAD
from shots.prints import photograph, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

AWAKE = 0.85  # the share of pictures in which the eyes are open
BACKDROPS = (
    (96, 122, 130),
    (150, 126, 96),
    (84, 96, 78),
    (128, 92, 84),
    (70, 82, 104),
    (160, 150, 130),
)


@dataclass(frozen=True)
class Atlas:
    """Many small pictures on one sheet."""

    picture: skia.Image
    columns: int
    width: int
    height: int
    count: int

    def rect(self, index: int) -> skia.Rect:
        """Return where a tile lies on the sheet."""
        row, column = divmod(int(index) % self.count, self.columns)
        return skia.Rect.MakeXYWH(column * self.width, row * self.height, self.width, self.height)

    def lay(
        self,
        canvas: skia.Canvas,
        places: NDArray[np.float64],
        which: NDArray[np.int64],
        shades: NDArray[np.int64] | None = None,
        alpha: float = 1.0,
    ) -> None:
        """Draw tiles at places (count, 3): left, top and width in px.

        `shades` (count,), 0 .. 255, darkens each tile towards nothing.
        """
        scales = places[:, 2] / self.width
        xforms = [
            skia.RSXform(scale, 0, left, top)
            for scale, left, top in zip(
                scales.tolist(), places[:, 0].tolist(), places[:, 1].tolist(), strict=True
            )
        ]
        rects = [self.rect(index) for index in which.tolist()]
        if shades is None:
            shades = np.full(len(which), 255)
        colours = [shade << 24 | 0xFFFFFF for shade in shades.tolist()]
        canvas.drawAtlas(
            self.picture, xforms, rects, colours, skia.BlendMode.kModulate, SMOOTH, None,
            skia.Paint(Alphaf=alpha),
        )  # fmt: skip


@cache
def crowd() -> Atlas:
    """Return 400 faces, 96 px each."""
    return Atlas(kept.picture("crowd", _paint_crowd), 20, 96, 96, 400)


@cache
def children() -> Atlas:
    """Return 48 children, 320 px each."""
    return Atlas(kept.picture("round-children-320", _paint_children), 8, 320, 320, 48)


@cache
def someone() -> Atlas:
    """Return 49 pictures of the same person, 400 px each."""
    return Atlas(kept.picture("someone-400", _paint_someone), 7, 400, 400, 49)


@cache
def summers() -> Atlas:
    """Return 96 photographs of other people's summers, 240 x 160 px each."""
    return _summers()[0]


def summer_faces(index: int) -> list[skia.Rect]:
    """Return where the faces are in one of the 96, in px of the tile."""
    return _summers()[1][index]


@cache
def _summers() -> tuple[Atlas, list[list[skia.Rect]]]:
    faces: list[list[skia.Rect]] = []
    sheet = painted(12 * 240, 8 * 160, lambda canvas: faces.extend(_paint_summers(canvas)))
    return Atlas(sheet, 12, 240, 160, 96), faces


def _tile(  # noqa: PLR0913, PLR0917 - where, what and how
    who: Identity, does: Expression, turned: Pose, size: int, behind: int, framing: Framing = HEAD
) -> NDArray[np.uint8]:
    figure = nobody.portrait(who, does, turned, size=size, framing=framing)
    cover = figure[..., 3:].astype(np.float32) / 255
    ground = np.asarray(BACKDROPS[behind % len(BACKDROPS)], np.float32)
    down = np.linspace(1.05, 0.75, size, dtype=np.float32)[:, None, None]
    mixed = figure[..., :3] * cover + ground * down * (1 - cover)
    return np.dstack([mixed, np.full((size, size), 255)]).clip(0, 255).astype(np.uint8)


def _sheet(tiles: list[NDArray[np.uint8]], columns: int) -> NDArray[np.uint8]:
    rows = [np.concatenate(tiles[at : at + columns], 1) for at in range(0, len(tiles), columns)]
    return np.concatenate(rows)


def _looking(dice: np.random.Generator, spread: float) -> Pose:
    yaw, pitch, roll = dice.normal(0, spread, 3) * (1.0, 0.45, 0.45)
    return Pose(float(yaw), float(pitch), float(roll))


def _paint_crowd() -> NDArray[np.uint8]:
    dice = np.random.default_rng(99)
    people = [Identity.of(seed) for seed in range(400)]
    return _sheet(
        [_tile(who, who.lean, _looking(dice, 0.2), 96, int(dice.integers(6))) for who in people], 20
    )


def _paint_children() -> NDArray[np.uint8]:
    dice = np.random.default_rng(16)
    people = [
        _rounder(Identity.of(1000 + seed, young=float(dice.uniform(0.65, 1)))) for seed in range(48)
    ]
    return _sheet(
        [_tile(who, who.lean, _looking(dice, 0.16), 320, int(dice.integers(6))) for who in people],
        8,
    )


def _rounder(who: Identity) -> Identity:
    """Return a child with more of what makes a child: a broad face, hardly a chin, large eyes."""
    width, jaw, chin, cheeks = who.bones
    eyes, nose_length, nose_width, lips = who.features
    grey = who.hair_colour == nobody.HAIRS[-1]
    return replace(
        who,
        bones=(width + 0.8, jaw + 0.5, chin - 2.3, cheeks + 0.4),
        features=(eyes + 0.9, nose_length, nose_width, lips),
        hair_colour=nobody.HAIRS[3] if grey else who.hair_colour,
    )


def _paint_someone() -> NDArray[np.uint8]:
    dice = np.random.default_rng(7)
    tiles = []
    for _ in range(49):
        does = Expression(
            smile=float(dice.uniform(-0.2, 1)), jaw=float(dice.choice([0, 0, 0, 0.2, 0.5])),
            lids=(0.05, 0.05) if dice.random() > AWAKE else (0.9, 0.9),
            brows=float(dice.normal(0, 0.4)),
            gaze=(float(dice.normal(0, 0.15)), float(dice.normal(0, 0.06))),
        )  # fmt: skip
        tiles.append(_tile(photographs.BOY, does, _looking(dice, 0.26), 400, int(dice.integers(6))))
    return _sheet(tiles, 7)


def _paint_busts() -> NDArray[np.uint8]:
    dice = np.random.default_rng(31)
    people = [Identity.of(2000 + seed) for seed in range(40)]
    return _sheet(
        [
            nobody.portrait(who, who.lean, _looking(dice, 0.2), size=160, framing=BUST)
            for who in people
        ],
        8,
    )


OURS = ("beach", "birthday", "cousin", "garden", "mountain", "street")


def ours(index: int) -> str | None:
    """Return the name of the photograph that a summer is, if it is one of the film's own."""
    return OURS[index // 6 % 6] if index % 6 == 0 else None


def _paint_summers(canvas: skia.Canvas) -> list[list[skia.Rect]]:
    busts = Atlas(kept.picture("busts", _paint_busts), 8, 160, 160, 40)
    dice = np.random.default_rng(4)
    faces = []
    for index in range(96):
        row, column = divmod(index, 12)
        frame = skia.Rect.MakeXYWH(column * 240, row * 160, 240, 160)
        canvas.save()
        canvas.clipRect(frame)
        canvas.translate(frame.left(), frame.top())
        name = ours(index)
        if name:
            canvas.drawImageRect(photograph(name), skia.Rect.MakeWH(240, 160), SMOOTH)
            small = skia.Matrix.Scale(0.16, 0.16)
            faces.append([small.mapRect(face) for face in taken(name).faces])
        else:
            faces.append(_paint_summer(canvas, busts, dice))
        canvas.restore()
    return faces


SKIES = (
    (0xFF86AFC4, 0xFFF1DDB3, 0xFFCDB284), (0xFFAFC7D8, 0xFFE9EEF0, 0xFFDDE6EA),
    (0xFFA3BE8C, 0xFF7E9F6B, 0xFF557A4B), (0xFF3A2A2C, 0xFF6B4636, 0xFF8C6247),
    (0xFF1F2740, 0xFF3A3F5E, 0xFF20222F), (0xFFE3B98E, 0xFFE59C74, 0xFF6C5668),
    (0xFFCFC7B8, 0xFFB7AC99, 0xFF8C8272),
)  # fmt: skip


def _paint_summer(canvas: skia.Canvas, busts: Atlas, dice: np.random.Generator) -> list[skia.Rect]:
    sky = SKIES[dice.integers(len(SKIES))]
    canvas.drawRect(skia.Rect.MakeWH(240, 160), vertical(0, 160, *sky))
    level = float(dice.uniform(70, 110))
    canvas.drawRect(skia.Rect.MakeLTRB(0, level, 240, 160), fill(sky[2], 0.55))
    if dice.random() < 0.4:  # noqa: PLR2004 - some have a sun or a lamp
        canvas.drawCircle(
            float(dice.choice([28, 212])), float(dice.uniform(20, 50)), 11, fill(0xFFFFF3D6, 0.8)
        )
    faces = []
    for x in dice.permutation([10, 75, 135])[: int(dice.choice([1, 1, 2, 2, 3]))]:
        side = float(dice.uniform(90, 140))
        at = skia.Rect.MakeXYWH(float(x) - side * 0.12, 170 - side * 0.9, side, side)
        canvas.drawImageRect(busts.picture, busts.rect(int(dice.integers(40))), at, SMOOTH)
        faces.append(box(at.centerX(), at.top() + 0.41 * side, 0.38 * side, 0.46 * side))
    return faces
