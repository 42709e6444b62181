"""Nobody: a face that belongs to no one, in any number of variants.

The head is a sculpture written down as distances (`nobody_head.glsl`) and lit
(`nobody_light.glsl`) by OpenGL, which runs on the processor alone (Mesa's llvmpipe) where there is
no graphics card. Everything that can move or differ is a number in one of three small records: who
it is, what the face does, where it turns.

    picture = nobody.portrait(Identity.of(7), Expression(smile=0.4), Pose(yaw=0.2), size=512)
    points = nobody.landmarks(picture)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import moderngl
import numpy as np
from numpy.typing import NDArray

SCULPTURE = [Path(__file__).with_name(f"nobody_{half}.glsl") for half in ("head", "light")]
WHOLE_PICTURE = "#version 330\nin vec2 at; void main() { gl_Position = vec4(at, 0.0, 1.0); }"

Picture = NDArray[np.uint8]
"""RGBA, (height, width, 4), not premultiplied."""

Colour = tuple[float, float, float]
"""Linear light, 0 .. 1."""


@dataclass(frozen=True)
class Expression:
    """What the face does."""

    jaw: float = 0.0
    wide: float = 0.0
    pucker: float = 0.0
    smile: float = 0.1
    lids: tuple[float, float] = (0.86, 0.86)
    gaze: tuple[float, float] = (0.0, 0.0)
    brows: float = 0.0

    def toward(self, other: Expression, amount: float) -> Expression:
        """Return the expression that lies between this one (0) and another (1)."""
        mine, theirs = vars(self), vars(other)
        return Expression(**{name: _between(mine[name], theirs[name], amount) for name in mine})


@dataclass(frozen=True)
class Pose:
    """Where the head turns, in radians: to the picture's right, down, and leaning to its left."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0

    def matrix(self) -> NDArray[np.float64]:
        """Return head to world, (3, 3)."""
        (cy, cp, cr), (sy, sp, sr) = (
            f([self.yaw, self.pitch, self.roll]) for f in (np.cos, np.sin)
        )
        yaw = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
        pitch = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
        roll = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
        return yaw @ pitch @ roll


class Framing(NamedTuple):
    """How much of the figure the picture shows, in the sculpture's units."""

    centre: tuple[float, float] = (0.0, -0.16)
    half_height: float = 1.50


@dataclass(frozen=True)
class Identity:
    """Who it is not."""

    bones: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    features: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    young: float = 0.0
    skin: Colour = (0.55, 0.33, 0.24)
    hair_colour: Colour = (0.05, 0.03, 0.02)
    iris: Colour = (0.10, 0.07, 0.04)
    cloth: Colour = (0.05, 0.06, 0.08)
    hair_cut: tuple[float, float, float, float] = (0.07, 0.0, 0.0, 0.0)
    curl: float = 0.0
    beard: float = 0.0
    lean: Expression = field(default_factory=Expression)

    @classmethod
    def of(cls, seed: int, *, young: float | None = None) -> Identity:
        """Return one of endlessly many nobodies, always the same for the same seed."""
        dice = np.random.default_rng([2014, seed])
        skin, hair = _complexion(dice)
        child = float(np.clip(dice.normal(0.35, 0.45), 0, 1)) if young is None else young
        swing = 1.0 - 0.55 * child
        bones = dice.uniform(-1, 1, 4) * swing + child * np.array([0.8, 0.4, 0.7, 0.5])
        features = dice.uniform(-1, 1, 4) * swing + child * np.array([1.2, -0.9, -0.5, 0.2])
        curled = dice.random() < CURLED
        return cls(
            bones=_four(bones),
            features=_four(features),
            young=child,
            skin=skin,
            hair_colour=hair,
            iris=IRISES[dice.integers(len(IRISES) if sum(skin) > 1 else 2)],
            cloth=CLOTHS[dice.integers(len(CLOTHS))],
            hair_cut=_hair_cut(dice),
            curl=float(dice.uniform(0.5, 1.0)) if curled else 0.0,
            beard=float(dice.choice([0.0, 0.0, 0.35, 0.8]))
            if bones[1] > 0 and child < BEARDLESS
            else 0.0,
            lean=Expression(smile=float(dice.uniform(-0.2, 0.8)), brows=float(dice.normal(0, 0.3))),
        )


CURLED = 0.3  # the share of nobodies with curls
BEARDLESS = 0.3  # how young one has to be
FAIR = 1.2  # skins up to here are met with every colour of hair
CROPPED = 0.05  # hair of less volume does not hang

DAYLIGHT = (-0.70, 0.62, 0.66)
REST = Expression()
ASLEEP = Expression(lids=(0.0, 0.0), smile=0.15, brows=0.2)

# Mouth shapes by what is being said; the words are those of common speech synthesisers.
VISEMES = {
    "silence": Expression(),
    "p b m": Expression(jaw=0.0, wide=-0.1, smile=0.0),
    "f v": Expression(jaw=0.10, wide=0.1),
    "t d n l": Expression(jaw=0.22, wide=0.2),
    "s z": Expression(jaw=0.12, wide=0.5),
    "k g": Expression(jaw=0.30),
    "ch sh": Expression(jaw=0.22, pucker=0.6),
    "a": Expression(jaw=0.85, wide=0.1),
    "e": Expression(jaw=0.42, wide=0.5),
    "i": Expression(jaw=0.25, wide=0.9),
    "o": Expression(jaw=0.55, pucker=0.7),
    "u w": Expression(jaw=0.28, pucker=1.0),
}

IRISES: list[Colour] = [
    (0.10, 0.06, 0.03),
    (0.05, 0.03, 0.02),
    (0.07, 0.09, 0.10),
    (0.08, 0.08, 0.04),
]
CLOTHS: list[Colour] = [
    (0.05, 0.06, 0.08),
    (0.34, 0.30, 0.24),
    (0.24, 0.07, 0.06),
    (0.06, 0.11, 0.20),
    (0.40, 0.26, 0.05),
    (0.06, 0.14, 0.11),
]
HAIRS: list[Colour] = [
    (0.012, 0.010, 0.009),
    (0.030, 0.018, 0.012),
    (0.075, 0.040, 0.020),
    (0.200, 0.120, 0.050),
    (0.160, 0.050, 0.020),
    (0.180, 0.175, 0.165),
]
# From light to dark, as the eye meets it; pictures in between are mixed.
SKINS = np.array(
    [
        [0.62, 0.40, 0.31],
        [0.53, 0.31, 0.21],
        [0.36, 0.19, 0.11],
        [0.20, 0.10, 0.06],
        [0.09, 0.045, 0.03],
    ]
)


def portrait(  # noqa: PLR0913 - one for each thing that a photographer decides
    who: Identity | None = None,
    does: Expression = REST,
    turned: Pose | None = None,
    *,
    size: int | tuple[int, int] = 512,
    framing: Framing | None = None,
    light: Colour = DAYLIGHT,
    fineness: int = 2,
) -> Picture:
    """Render one picture; what is behind the head is transparent.

    `size` is px, one number or (width, height). `light` points to the key light. `fineness` is the
    number of rays along each side of a pixel.
    """
    width, height = (size, size) if isinstance(size, int) else size
    who = who or Identity()
    view = framing or Framing()
    numbers = {**vars(who), **vars(does)} | {
        "size": (width * fineness, height * fineness),
        "zoom": view.half_height,
        "centre": view.centre,
        "turn": tuple((turned or Pose()).matrix().T.ravel()),
        "key_light": light,
    }
    numbers.pop("lean")
    fine = _studio().render(numbers)
    return _soften(fine, fineness)


def landmarks(picture: Picture) -> NDArray[np.float32] | None:
    """Return the 478 points that a face tracker finds, (478, 3) in px, or None without a face."""
    height, width = picture.shape[:2]
    found = _tracker().process(_on_grey(picture)).multi_face_landmarks
    if not found:
        return None
    points = np.array([(p.x, p.y, p.z) for p in found[0].landmark], np.float32)
    return points * np.float32([width, height, width])


def tracked_portrait(
    who: Identity, does: Expression = REST, turned: Pose | None = None, *, size: int = 512
) -> tuple[Picture, NDArray[np.float32] | None]:
    """Return a portrait and the 478 points found on it."""
    picture = portrait(who, does, turned, size=size)
    return picture, landmarks(picture)


class _Studio:
    """OpenGL with one program in it."""

    def __init__(self) -> None:
        self.gl = moderngl.create_context(standalone=True, backend="egl")
        source = "\n".join(half.read_text(encoding="utf-8") for half in SCULPTURE)
        sculpture = source[source.index("#version") :]  # which has to come first
        self.program = self.gl.program(vertex_shader=WHOLE_PICTURE, fragment_shader=sculpture)
        corners = self.gl.buffer(np.array([-1, -1, 3, -1, -1, 3], np.float32).tobytes())
        self.sheet = self.gl.vertex_array(self.program, [(corners, "2f", "at")])

    def render(self, numbers: dict[str, Any]) -> Picture:
        for name, value in numbers.items():
            self.program[name].value = value
        width, height = numbers["size"]
        frame = self.gl.simple_framebuffer((width, height), 4)
        frame.use()
        frame.clear()
        self.sheet.render()
        picture = np.frombuffer(frame.read(components=4), np.uint8).reshape(height, width, 4)
        frame.release()
        return picture[::-1]


@cache
def _studio() -> _Studio:
    return _Studio()


@cache
def _tracker() -> Any:  # noqa: ANN401 - mediapipe ships no types
    from mediapipe.python.solutions.face_mesh import FaceMesh  # noqa: PLC0415 - slow to import

    return FaceMesh(static_image_mode=True, refine_landmarks=True, min_detection_confidence=0.3)


def _soften(fine: Picture, fineness: int) -> Picture:
    """Average blocks of pixels; colour counts only where there is a head."""
    if fineness == 1:
        return np.ascontiguousarray(fine)
    height, width = (side // fineness for side in fine.shape[:2])
    blocks = fine.reshape(height, fineness, width, fineness, 4).astype(np.float32)
    cover = blocks[..., 3:] / 255
    total = cover.sum((1, 3))
    colour = (blocks[..., :3] * cover).sum((1, 3)) / np.maximum(total, 1e-6)
    return np.concatenate([colour, total * 255 / fineness**2], 2).round().astype(np.uint8)


def _on_grey(picture: Picture) -> Picture:
    cover = picture[..., 3:].astype(np.float32) / 255
    return np.ascontiguousarray((picture[..., :3] * cover + 110 * (1 - cover)).astype(np.uint8))


def _complexion(dice: np.random.Generator) -> tuple[Colour, Colour]:
    """Return skin and hair that are met together."""
    depth = float(dice.uniform(0, len(SKINS) - 1.001))
    step = int(depth)
    skin = SKINS[step] * (1 - depth + step) + SKINS[step + 1] * (depth - step)
    lightest = len(HAIRS) if depth < FAIR else 2
    return tuple(skin.tolist()), HAIRS[dice.integers(lightest)]


def _hair_cut(dice: np.random.Generator) -> tuple[float, float, float, float]:
    volume = float(dice.choice([0.035, 0.06, 0.09, 0.13]))
    hang = float(dice.choice([-0.12, 0.0, 0.1, 0.5, 0.8])) if volume > CROPPED else -0.1
    return volume, hang, float(dice.uniform(-1.5, 0.3)), float(dice.uniform(-1, 1))


def _four(values: NDArray[np.float64]) -> tuple[float, float, float, float]:
    a, b, c, d = values.tolist()
    return a, b, c, d


def _between(a: Any, b: Any, amount: float) -> Any:  # noqa: ANN401 - a number or several
    if isinstance(a, tuple):
        return tuple(_between(x, y, amount) for x, y in zip(a, b, strict=True))
    return a + (b - a) * amount
