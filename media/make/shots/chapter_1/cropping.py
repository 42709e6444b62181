"""A machine looks for faces: what it passes over, what it cuts away, and what it keeps."""

from __future__ import annotations

from functools import cache
from math import cos, sin
from typing import TYPE_CHECKING

import numpy as np
import skia
from look import (
    DIM,
    GREEN,
    INK,
    PAPER,
    SMOOTH,
    WIDTH,
    between,
    clamp,
    fill,
    find_box,
    glide,
    lay,
    leave,
    mix,
    settle,
    stroke,
)
from look_type import MONO, Hand, width_of, write

from shots import kept
from shots.moment import Moment, shot
from shots.people import STEPS, hero
from shots.photographs import HIGH, WIDE
from shots.prints import Place, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR = Place(960, 540, 1980)
CASTLE = skia.Rect.MakeLTRB(130, 560, 540, 930)
SUN = skia.Rect.MakeLTRB(1290, 230, 1470, 410)
MIDDLE = 476.0  # of what captions leave free, px
SEA = skia.Rect.MakeLTRB(20, 430, 500, 620)


@shot
def search(canvas: skia.Canvas, now: Moment) -> None:
    """A green square moves over the beach; it is not looking for beaches."""
    canvas.clear(INK)
    arrived = settle(now.age / 1.1)
    view = Place(1300, 300, 150).toward(Place(960, 560, 1960 + 60 * now.share), arrived)
    _photo(canvas, "beach", view)
    aunt, boy = taken("beach").faces
    stops = [
        (now.start + 0.9, SEA, "no face"),
        (now.voice.when("university", now.start) + 0.3, CASTLE, "no face"),
        (now.voice.when("the pile", now.start) - 0.1, SUN, "no face"),
        (now.voice.when("not looking", now.start), boy, "face"),
        (now.voice.when("beaches", now.start), aunt, "face"),
    ]
    to_film = view.matrix()
    seen = [stop for stop in stops if stop[0] <= now.t]
    if not seen:
        return
    when, rect, word = seen[-1]
    before = seen[-2][1] if len(seen) > 1 else rect.makeOutset(500, 300)
    moved = glide((now.t - when) / 0.55)
    target = to_film.mapRect(between(before, rect, moved))
    find_box(canvas, target, width=6, corner=0.2)
    if moved > 0.9:  # noqa: PLR2004 - it has stopped
        name_tag(canvas, word, target, clamp((now.t - when - 0.5) / 0.12))
    if len(seen) == len(stops):
        find_box(canvas, to_film.mapRect(boy), width=6, corner=0.2)
        name_tag(canvas, "face", to_film.mapRect(boy), 1.0)


def name_tag(canvas: skia.Canvas, word: str, rect: skia.Rect, alpha: float = 1.0) -> None:
    """Write on a plate above a box what the machine calls what is in it."""
    found = word == "face"
    hand = Hand(MONO, 66)
    width = width_of(word, hand) + 40
    left = min(rect.left() - 2, WIDTH - 24 - width)  # what is found at the edge keeps its name
    plate = skia.Rect.MakeXYWH(left, rect.top() - 94, width, 80)
    canvas.drawRect(plate, fill(GREEN if found else INK, alpha * (1.0 if found else 0.75)))
    write(
        canvas,
        word,
        plate.left() + 20,
        plate.bottom() - 19,
        hand,
        INK if found else GREEN,
        alpha=alpha,
    )


def _photo(canvas: skia.Canvas, name: str, place: Place) -> None:
    canvas.save()
    canvas.concat(place.matrix())
    lay(canvas, taken(name).picture, skia.Rect.MakeWH(1500, 1000))
    canvas.restore()


@shot
def crop(canvas: skia.Canvas, now: Moment) -> None:
    """Sea and cake fall away from the edges of faces."""
    cake = now.since("So was") + 0.1 >= 0
    name, word = ("birthday", "So was") if cake else ("beach", "sea")
    _cut_away(canvas, name, now.since(word) - (0.0 if cake else 0.2))


KEPT = {"beach": (0, 1), "birthday": (0, 1)}
"""Faces that are cut out, by photograph; nobody could cut the girl's from behind her candles."""


def _cut_away(canvas: skia.Canvas, name: str, since: float) -> None:
    canvas.clear(INK)
    photo = taken(name)
    faces = [_closely(photo.faces[index]) for index in KEPT[name]]
    whole = skia.Rect.MakeWH(WIDE, HIGH)
    inner = skia.Rect.MakeEmpty()
    for face in faces:
        inner.join(face)
    view = Place(960, 560, 2020)
    scale = view.width / WIDE
    centred = Place(
        960 - (inner.centerX() - WIDE / 2) * scale,
        MIDDLE - (inner.centerY() - HIGH / 2) * scale,
        view.width,
    )
    view = view.toward(centred, glide(since / 1.0))
    parts = [
        (skia.Rect.MakeLTRB(0, 0, WIDE, inner.top()), 0, -1),
        (skia.Rect.MakeLTRB(0, inner.bottom(), WIDE, HIGH), 0, 1),
        (skia.Rect.MakeLTRB(0, inner.top(), inner.left(), inner.bottom()), -1, 0),
        (skia.Rect.MakeLTRB(inner.right(), inner.top(), WIDE, inner.bottom()), 1, 0),
        (inner, 0, 1),
    ]
    canvas.save()
    canvas.concat(view.matrix())
    for order, (part, right, down) in enumerate(parts):
        gone = leave((since - 0.07 * order) / 0.75)
        if gone < 1:
            canvas.save()
            canvas.clipRect(part.makeOffset(right * 900 * gone, down * 700 * gone + 160 * gone))
            canvas.translate(right * 900 * gone, down * 700 * gone + 160 * gone)
            for face in faces:
                canvas.clipRect(face, skia.ClipOp.kDifference)
            lay(canvas, photo.picture, whole, 1 - gone)
            canvas.restore()
    for face in faces:
        canvas.save()
        canvas.clipRect(face)
        lay(canvas, photo.picture, whole)
        canvas.restore()
    canvas.restore()
    for face in faces:
        find_box(canvas, view.matrix().mapRect(face), width=6, corner=0.14)


def _closely(face: skia.Rect) -> skia.Rect:
    """Return the part that a machine cuts out: from brows to chin, and hardly any hair."""
    return skia.Rect.MakeLTRB(
        face.left() + 0.04 * face.width(),
        face.top() + 0.12 * face.height(),
        face.right() - 0.04 * face.width(),
        face.bottom(),
    )


@shot
def measured(canvas: skia.Canvas, now: Moment) -> None:
    """A face turns; points appear on it, lines between the points; then only they are left."""
    canvas.clear(INK)
    gone = now.ramp("picture", 1.3)
    step = int(clamp(now.age / 2.6) * (STEPS - 1))
    sitter = hero(step)
    side = 1080 * (1 + 0.05 * now.share)
    left, top = 960 - side / 2, 556 - side / 2
    if gone < 1:
        rect = skia.Rect.MakeXYWH(left, top, side, side)
        canvas.drawImageRect(sitter.portrait, rect, SMOOTH, skia.Paint(Alphaf=1 - gone))
    points = turned_points(sitter.points, 0.34 * now.ramp("that can", 2.0), 0.0)
    places = points * side + np.array([left, top], np.float32)
    shown = now.ramp("stayed", 1.2)
    draw_mesh(canvas, places, shown, now.ramp("part of", 1.2))
    _measures(canvas, places, now.ramp("that can", 1.1))


def turned_points(points: NDArray[np.float32], yaw: float, pitch: float) -> NDArray[np.float32]:
    """Turn tracked points around their own middle; (478, 3) to (478, 2)."""
    middle = points.mean(0)
    x, y, z = (points - middle).T
    x, z = x * cos(yaw) + z * sin(yaw), z * cos(yaw) - x * sin(yaw)
    y = y * cos(pitch) - z * sin(pitch)
    turned: NDArray[np.float32] = np.stack([x, y], 1) + middle[:2]
    return turned


@cache
def mesh_lines() -> NDArray[np.float32]:
    """Return the pairs of points that the tracker's mesh joins, (lines, 2)."""

    def load() -> NDArray[np.float32]:
        from mediapipe.python.solutions import face_mesh_connections  # noqa: PLC0415 - slow to import

        return np.asarray(sorted(face_mesh_connections.FACEMESH_TESSELATION), np.float32)

    return kept.numbers("mesh", load)


def draw_mesh(  # noqa: PLR0913 - where, what and how
    canvas: skia.Canvas,
    places: NDArray[np.float32],
    points: float,
    lines: float,
    *,
    alpha: float = 1.0,
    size: float = 3.2,
) -> None:
    """Draw a face's points from the nose outwards, and then the lines between them."""
    far = np.linalg.norm(places - places[4], axis=1)
    order = far / far.max()
    if lines > 0:
        path = skia.Path()
        for a, b in mesh_lines().astype(int).tolist():
            if max(order[a], order[b]) <= lines * 1.02:
                path.moveTo(*places[a].tolist())
                path.lineTo(*places[b].tolist())
        canvas.drawPath(path, stroke(GREEN, size * 0.34, 0.42 * alpha))
    there = [
        skia.Point(x, y)
        for (x, y), near in zip(places.tolist(), order.tolist(), strict=True)
        if near <= points * 1.02
    ]
    if there:
        canvas.drawPoints(
            skia.Canvas.PointMode.kPoints_PointMode, there, stroke(GREEN, size, alpha)
        )


def _measures(canvas: skia.Canvas, places: NDArray[np.float32], drawn: float) -> None:
    """Draw the lengths that a machine takes: eye to eye, brow to chin, the mouth."""
    if drawn <= 0:
        return
    eye_a, eye_b, brow, chin, mouth_a, mouth_b = (
        places[i].tolist() for i in (33, 263, 9, 152, 61, 291)
    )
    bottom, right = 1000.0, 1480.0
    for a, b, y in ((eye_a, eye_b, 150.0), (mouth_a, mouth_b, bottom)):
        middle = (a[0] + b[0]) / 2
        x0, x1 = mix(middle, a[0], drawn), mix(middle, b[0], drawn)
        canvas.drawLine(x0, y, x1, y, stroke(PAPER, 2))
        for x, point in ((x0, a), (x1, b)):
            canvas.drawLine(x, y - 12, x, y + 12, stroke(PAPER, 2))
            canvas.drawLine(x, y, x, mix(y, point[1], drawn), stroke(DIM, 1, 0.5))
    middle = (brow[1] + chin[1]) / 2
    y0, y1 = mix(middle, brow[1], drawn), mix(middle, chin[1], drawn)
    canvas.drawLine(right, y0, right, y1, stroke(PAPER, 2))
    for y, point in ((y0, brow), (y1, chin)):
        canvas.drawLine(right - 12, y, right + 12, y, stroke(PAPER, 2))
        canvas.drawLine(right, y, mix(right, point[0], drawn), y, stroke(DIM, 1, 0.5))
