"""A portrait that lives: what a camera would film of someone of whom there is only a picture.

The head moves a little, the mouth goes loosely with a voice, the skin has a beat, and every frame
fresh grain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from discriminator import faces
from discriminator.detect.sitting import RATE, SIDE, SOUND_RATE, Shot, Take, squared
from discriminator.faces import warp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from discriminator.detect.sitting import Picture, Sound
    from discriminator.faces.face import Points
    from discriminator.faces.picture import Source

Floats = NDArray[np.float64]

# fmt: off
OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)
# fmt: on
_LOWER_LIP = (14, 17, 84, 314, 87, 317, 178, 402)
_JAW = (152, 148, 377, 176, 400)
_FIXED = (10, 9, 33, 263, 1, 13, 61, 291, 234, 454, 50, 280, 127, 356)
_OPENING = 0.16
"""Of the distance between the eyes, by which the lower lip drops at most."""
_BEAT = np.array([0.33, 0.77, 0.53]) * 0.012
"""How much the beat darkens red, green and blue of skin."""
_GRID = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), 2).astype(np.float32)


@dataclass(frozen=True)
class Performance:
    """What someone does in a clip, frame by frame (n)."""

    head: Floats
    """(n, 4): px to the right, px down, degrees, size - 1."""
    mouth: Floats
    """Opening, 0 to 1."""
    beat: Floats
    """The pulse, -1 to 1."""
    light: Floats
    """Brightness around 1."""
    voice: Sound


@dataclass(frozen=True)
class Portrait:
    """Someone of whom there is one picture."""

    name: str
    picture: Picture
    """(384, 384, 3), the face in its middle."""
    points: Points
    skin: Floats
    """(384, 384, 1): 1 on the face, 0 elsewhere, soft between."""
    drop: NDArray[np.float32]
    """(384, 384, 2): from where each pixel comes when the mouth is fully open, in px."""

    @property
    def person(self) -> str:
        """Whose face it is: no one has two portraits."""
        return self.name

    def take(self, seconds: float, rng: Generator) -> Take:
        """Return what a camera would see and hear of them."""
        acted = perform(rng, seconds)
        return Take(self._shots(acted, rng), acted.voice)

    def _shots(self, acted: Performance, rng: Generator) -> Iterator[Shot]:
        for number, mouth in enumerate(acted.mouth):
            lit = self.picture * (1 - acted.beat[number] * _BEAT * self.skin)
            matrix = _moved(acted.head[number])
            picture = _seen(lit.astype(np.float32), matrix, self.drop * np.float32(mouth))
            points = _followed(self.points, matrix, self.drop * np.float32(mouth))
            yield Shot(_filmed(picture, acted.light[number], rng), points)


def portrait(name: str, source: Source) -> Portrait:
    """Make the largest face of a picture ready; raises `NoFaceError` where there is none."""
    picture = faces.read(source)
    found = faces.find(picture)
    if not found:
        message = f"There is no face in {name}: give a portrait."
        raise faces.NoFaceError(message)
    shot = squared(picture, found[0].points, found[0].box)
    return Portrait(name, shot.picture, shot.points, _oval(shot.points), _drop(shot.points))


def perform(rng: Generator, seconds: float) -> Performance:
    """Return what someone may do for so long."""
    count = round(seconds * RATE)
    times = np.arange(count) / RATE
    sizes = np.array([3.0, 2.0, 1.2, 0.006])
    head = np.stack([_wander(rng, count, 1.2) for _ in sizes], 1) * sizes
    talk = np.clip(_wander(rng, count, 0.05) + 0.4 * _wander(rng, count, 0.4), 0, None)
    talk = np.clip(talk, 0, 1.4) / 1.4
    # The lips go ahead of the voice a little, and follow other things than its loudness too.
    mouth = np.clip(np.roll(talk, -1) + 0.22 * _wander(rng, count, 0.1), 0, 1)
    rate = rng.uniform(0.9, 1.6) * (1 + 0.03 * _wander(rng, count, 1.0))
    phase = np.cumsum(rate) / RATE * 2 * np.pi
    beat = np.sin(phase) + 0.3 * np.sin(2 * phase + 0.7)
    light = 1 + 0.006 * _wander(rng, count, 2.0) + 0.004 * np.sin(2 * np.pi * 0.11 * times)
    return Performance(head, mouth, beat, light, _spoken(rng, talk))


def _moved(head: Floats) -> Floats:
    """Return the (2, 3) matrix of where a head has gone."""
    across, down, turn, size = head
    centre = (SIDE / 2, SIDE / 2)
    matrix = cv2.getRotationMatrix2D(centre, float(turn), 1 + float(size))
    moved: Floats = matrix + np.array([[0, 0, across], [0, 0, down]])
    return moved


def _seen(
    picture: NDArray[np.float32], matrix: Floats, drop: NDArray[np.float32]
) -> NDArray[np.float32]:
    places = cv2.transform(_GRID, cv2.invertAffineTransform(matrix))
    fallen = cv2.remap(drop, places[..., 0], places[..., 1], cv2.INTER_LINEAR)
    places = (places + fallen).astype(np.float32)
    seen = cv2.remap(
        picture, places[..., 0], places[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return seen.astype(np.float32)


def _followed(points: Points, matrix: Floats, drop: NDArray[np.float32]) -> Points:
    """Return where the points have gone; `drop` tells where pixels come from, hence the minus."""
    x, y = points[:, :2].round().astype(int).clip(0, SIDE - 1).T
    flat = points[:, :2] - drop[y, x]
    moved = flat @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(np.concatenate([moved, points[:, 2:]], 1), np.float32)


def _filmed(picture: NDArray[np.float32], light: float, rng: Generator) -> Picture:
    """Return what a sensor makes of light: grain that grows with brightness, new every time."""
    bright = picture * np.float32(light)
    grain = rng.standard_normal(picture.shape, np.float32)
    seen = bright + grain * np.sqrt(0.08 * bright.clip(0) + 2.0)
    return np.asarray(seen.round().clip(0, 255), np.uint8)


def _oval(points: Points) -> Floats:
    mask = np.zeros((SIDE, SIDE), np.float32)
    cv2.fillConvexPoly(mask, points[list(OVAL), :2].round().astype(np.int32), (1.0,))
    return cv2.GaussianBlur(mask, (0, 0), 3)[..., None].astype(np.float64)


def _drop(points: Points) -> NDArray[np.float32]:
    """Return how the lower face moves down when the mouth opens, by thin plates."""
    low = [*_LOWER_LIP, *_JAW]
    eyes = float(np.linalg.norm(points[263, :2] - points[33, :2]))
    down = np.array([0, eyes * _OPENING])
    corners = np.array([[0, 0], [SIDE, 0], [0, SIDE], [SIDE, SIDE]], np.float64)
    still = np.concatenate([points[list(_FIXED), :2], corners])
    before = np.concatenate([still, points[low, :2]])
    after = np.concatenate([still, points[low, :2] + down])
    coarse = warp.grid(SIDE // 8, SIDE // 8) * 8 + 3.5
    field = warp.thin_plate(after, before)(coarse) - coarse
    return cv2.resize(field.astype(np.float32), (SIDE, SIDE)).astype(np.float32)


def _wander(rng: Generator, count: int, slow: float) -> Floats:
    """Return n numbers that wander around 0 by about 1, and turn round every `slow` seconds."""
    spread = max(slow * RATE, 1.0)
    reach = round(4 * spread)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
    drawn = rng.standard_normal(count + 2 * reach)
    walked: Floats = np.convolve(drawn, weights / np.sqrt((weights**2).sum()), mode="valid")
    return walked


def _spoken(rng: Generator, talk: Floats) -> Sound:
    """Return a voice-like buzz as loud as someone talks (n, 0 to 1)."""
    moments = np.arange(round(len(talk) / RATE * SOUND_RATE)) / SOUND_RATE
    loud = np.interp(moments, np.arange(len(talk)) / RATE, talk)
    pitch = rng.uniform(100, 200)
    buzz = sum(np.sin(2 * np.pi * pitch * k * moments) / k for k in range(1, 9))
    hiss = 0.2 * rng.standard_normal(len(moments))
    return np.asarray((0.12 * loud * (buzz + hiss)).clip(-1, 1), np.float32)
