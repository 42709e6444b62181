"""A face of points that can be moved, turned, and given a skin.

The points are those that a face tracker finds on a portrait. What a wide mouth, a smile or closed
eyes do to them was measured on Nobody, once each, and is added up.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import skia
from look import GREEN, SMOOTH, blend, fill, lay, stroke
from nobody import REST, Expression, Pose
from numpy.typing import NDArray

from shots import kept
from shots.lines import polygon
from shots.people import HEAD, NOBODY, Sitter

if TYPE_CHECKING:
    from collections.abc import Iterable

Points = NDArray[np.float32]
"""(478, 2 or 3): x to the right, y down, z away; shares of a portrait's side, or px."""

SKIN = 468  # points; the rest are the irises
RINGS = {
    "right eye": (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    "left eye": (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
    "mouth": (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80,
              191),
    "lips": (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40,
             185),
    "face": (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400,
             377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67,
             109),
}  # fmt: skip
JAW = RINGS["face"][9:28]
CORNERS = (33, 133, 362, 263)
NOSE = 4
NECK = 0.26  # shares of the portrait's side from the face's middle back to what it turns about
FOCUS = 3.2
FINER = 2
KEY_LIGHT = np.array([-0.55, 0.55, 0.63], np.float32)
MEASURED = {
    "jaw": Expression(jaw=1.0), "wide": Expression(wide=1.0), "pucker": Expression(pucker=1.0),
    "smile": Expression(smile=1.0), "lids": Expression(lids=(0.0, 0.0)),
}  # fmt: skip


def posed(
    does: Expression = REST, turned: Pose | None = None, rest: Points | None = None
) -> Points:
    """Return a face's points, (478, 3), as shares of a side, its middle at 0, 0.

    `rest` are the points of the face at rest; Nobody's, if not given.
    """
    face = neutral() if rest is None else rest - rest[:SKIN].mean(0)
    jaw, wide, pucker, smile, lids = (moved(part) for part in MEASURED)
    shut = 1 - sum(does.lids) / 2 / REST.lids[0]
    face = face + does.jaw * jaw + does.wide * wide + does.pucker * pucker
    face = face + (does.smile - REST.smile) * smile + shut * lids
    return turned_about_neck(face, turned or Pose())


def turned_about_neck(face: Points, turned: Pose) -> Points:
    """Turn points and look at them from nearby."""
    upright = face * np.array([1, -1, -1], np.float32) + np.array([0, 0, NECK], np.float32)
    x, y, z = (
        upright @ turned.matrix().T.astype(np.float32) - np.array([0, 0, NECK], np.float32)
    ).T
    nearer = FOCUS / (FOCUS - z)
    return np.stack([x * nearer, -y * nearer, -z], 1)


def placed(points: Points, x: float, y: float, side: float) -> Points:
    """Return points in px of the film: a portrait `side` px large, its face's middle at x, y."""
    return points * np.float32(side) + np.array([x, y, 0], np.float32)


@cache
def neutral() -> Points:
    """Return Nobody's points at rest, its middle at 0, 0, 0."""
    found = _sitter("rest", REST).points
    still: Points = found - found[:SKIN].mean(0)
    return still


@cache
def moved(part: str) -> Points:
    """Return how far each point moves when a part of the face does all it can."""
    change = _sitter(part, MEASURED[part]).points - _sitter("rest", REST).points
    change -= np.median(change, 0)  # the tracker's own wandering
    return change


def _sitter(name: str, does: Expression) -> Sitter:
    return Sitter(f"rig-{name}", NOBODY, does, framing=HEAD, size=480)


@cache
def lines() -> NDArray[np.int64]:
    """Return the pairs of points that the tracker's mesh joins, (lines, 2)."""

    def load() -> NDArray[np.float32]:
        from mediapipe.python.solutions import face_mesh_connections  # noqa: PLC0415 - slow to import

        return np.asarray(sorted(face_mesh_connections.FACEMESH_TESSELATION), np.float32)

    pairs = np.sort(kept.numbers("mesh", load).astype(np.int64), 1)
    return np.unique(pairs, axis=0)


@cache
def triangles() -> NDArray[np.int64]:
    """Return the mesh's triangles with lids over the eyes and nothing in the mouth, (n, 3)."""
    near: dict[int, set[int]] = {}
    for a, b in lines().tolist():
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    cliques = {
        (a, b, c)
        for a in near
        for b, c in combinations(sorted(near[a]), 2)
        if a < b and c in near[b]
    }
    eyes = {tri for eye in ("right eye", "left eye") for tri in _fan(RINGS[eye])}
    corners = np.array(sorted(cliques | eyes))
    return _outward(corners)


def _fan(ring: tuple[int, ...]) -> Iterable[tuple[int, int, int]]:
    half = len(ring) // 2
    lower, upper = ring[: half + 1], (ring[0], *ring[:half:-1], ring[half])
    for step in range(half):
        yield lower[step], lower[step + 1], upper[step]
        yield lower[step + 1], upper[step + 1], upper[step]


def _outward(corners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Order each triangle's corners so that seen from the front they go round one way."""
    a, b, c = (neutral()[corners[:, corner], :2] for corner in range(3))
    away = _cross(b - a, c - a) > 0
    corners[away] = corners[away][:, [0, 2, 1]]
    return corners


def _cross(u: NDArray[np.float32], v: NDArray[np.float32]) -> NDArray[np.float32]:
    return u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]


def nearest_last(places: Points) -> NDArray[np.int64]:
    """Return the triangles in the order in which they have to be drawn."""
    depth = places[triangles(), 2].sum(1)
    return triangles()[np.argsort(-depth, kind="stable")]


def normals(places: Points) -> Points:
    """Return where the skin faces at each point, (478, 3): right, up, to the viewer."""
    a, b, c = (places[triangles()[:, corner]] for corner in range(3))
    across = np.cross(b - a, c - a)
    at_points = np.zeros_like(places)
    for corner in range(3):
        np.add.at(at_points, triangles()[:, corner], across)
    length = np.linalg.norm(at_points, axis=1, keepdims=True)
    outwards: Points = at_points / np.maximum(length, 1e-9) * np.array([1, -1, -1], np.float32)
    return outwards


def wear(  # noqa: PLR0913 - where, what and how
    canvas: skia.Canvas,
    texture: skia.Image,
    drawn_at: Points,
    places: Points,
    *,
    alpha: float = 1.0,
    shade: float = 0.35,
    which: NDArray[np.int64] | None = None,
) -> None:
    """Stretch a picture of a face over points.

    `drawn_at` is where the points are in the picture, px; `shade` how much the key light tells of
    the new turn; `which` the triangles to draw, all that are seen if not given.
    """
    shader = texture.makeShader(skia.TileMode.kClamp, skia.TileMode.kClamp, SMOOTH)
    light = 1 - shade * np.clip(1 - normals(places) @ KEY_LIGHT, 0, 1)
    colours = [0xFF000000 | round(255 * lit) * 0x010101 for lit in light.tolist()]
    _mesh(canvas, places, colours, skia.Paint(Shader=shader, Alphaf=alpha), drawn_at, which)


def cast(canvas: skia.Canvas, places: Points, colour: int, dark: int, alpha: float = 1.0) -> None:
    """Draw the face as a mask of one colour, lit from the left and above."""
    light = np.clip(normals(places) @ KEY_LIGHT, 0, 1) ** 1.3
    colours = [blend(dark, colour, lit) for lit in light.tolist()]
    _mesh(canvas, places, colours, skia.Paint(Color=0xFFFFFFFF, Alphaf=alpha))


def _mesh(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas,
    places: Points,
    colours: list[int],
    paint: skia.Paint,
    drawn_at: Points | None = None,
    which: NDArray[np.int64] | None = None,
) -> None:
    chosen = nearest_last(places) if which is None else which
    at = [skia.Point(x, y) for x, y in places[:, :2].tolist()]
    texs = None if drawn_at is None else [skia.Point(x, y) for x, y in drawn_at[:, :2].tolist()]
    vertices = skia.Vertices(
        skia.Vertices.kTriangles_VertexMode, at, texs, colours, chosen.ravel().tolist()
    )
    _finely(canvas, places, vertices, paint)


def _finely(
    canvas: skia.Canvas, places: Points, vertices: skia.Vertices, paint: skia.Paint
) -> None:
    """Draw a mesh twice as large and shrink it: Skia leaves the edges of triangles jagged."""
    low, high = places[:, :2].min(0) - 2, places[:, :2].max(0) + 2
    width, height = (high - low).tolist()
    sheet = skia.Surface(round(FINER * width), round(FINER * height))
    fine = sheet.getCanvas()
    fine.scale(FINER, FINER)
    fine.translate(*(-low).tolist())
    alpha = paint.getAlphaf()
    paint.setAlphaf(1.0)
    fine.drawVertices(vertices, paint, skia.BlendMode.kModulate)
    rect = skia.Rect.MakeXYWH(*low.tolist(), sheet.width() / FINER, sheet.height() / FINER)
    lay(canvas, sheet.makeImageSnapshot().withDefaultMipmaps(), rect, alpha)


def gape(canvas: skia.Canvas, places: Points, alpha: float = 1.0) -> None:
    """Draw the dark inside the mouth, which a skin leaves open."""
    canvas.drawPath(ring_path(places, "mouth"), fill(0xFF1B0D0C, alpha))


def ring_path(places: Points, name: str) -> skia.Path:
    """Return one of the rings of the face as an outline."""
    return polygon(places[list(RINGS[name]), :2].tolist())


def dots(
    canvas: skia.Canvas, places: Points, size: float = 4.0, colour: int = GREEN, alpha: float = 1.0
) -> None:
    """Draw the points alone."""
    at = [skia.Point(x, y) for x, y in places[:, :2].tolist()]
    if at:
        canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, at, stroke(colour, size, alpha))


def net(
    canvas: skia.Canvas, places: Points, width: float = 1.2, alpha: float = 0.5, colour: int = GREEN
) -> None:
    """Draw the lines between the points."""
    path = skia.Path()
    for a, b in lines().tolist():
        path.moveTo(*places[a, :2].tolist())
        path.lineTo(*places[b, :2].tolist())
    canvas.drawPath(path, stroke(colour, width, alpha))
