"""A camera's picture of somebody whose every blink is known: clips for Chromium's fake camera.

The somebody is the astronaut of scikit-image (NASA, public domain), bent by our own warps.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image
from skimage import data

from discriminator import faces
from discriminator.faces import warp
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from discriminator.faces.face import Points

RATE = 30
"""Frames a second of every clip, as Chromium plays it."""
SIZE = (640, 480)
EYES = (
    ([33, 246, 161, 160, 159, 158, 157, 173, 133], [33, 7, 163, 144, 145, 153, 154, 155, 133], 105),
    (
        [362, 398, 384, 385, 386, 387, 388, 466, 263],
        [362, 382, 381, 380, 374, 373, 390, 249, 263],
        334,
    ),
)
"""Of each eye the upper and the lower lid, left to right, and a point of its brow."""
UPPER_LIP = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308]
LOWER_LIP = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308]
"""Their inner edges, left to right."""
NOSE, CHIN = 2, 152


class Pose(NamedTuple):
    """How the somebody looks in one frame; each part from 0 to 1."""

    shut: float = 0.0
    mouth: float = 0.0
    turn: float = 0.0
    here: bool = True
    smiles: bool = False


STILL, BLINK, TALK = Pose(), Pose(shut=1), Pose(mouth=1)
TURN, AWAY, SMILE = Pose(turn=1), Pose(here=False), Pose(smiles=True)


def play(clip: Path, scenes: list[tuple[float, Pose]]) -> Path:
    """Write a clip of poses, each held for so many seconds. Chromium begins it anew at its end."""
    poses = [pose for seconds, pose in scenes for _ in range(round(seconds * RATE))]
    folder = clip.with_suffix("")
    folder.mkdir()
    lines = ["ffconcat version 1.0"]
    for number, (pose, held) in enumerate(groupby(poses)):
        picture = folder / f"{number}.png"
        Image.fromarray(frame(pose)).save(picture)
        lines += [f"file {picture}", f"duration {len(list(held)) / RATE}"]
    script = folder / "scenes.txt"
    script.write_text("\n".join([*lines, lines[-2], ""]), encoding="utf-8")
    concat = ["-f", "concat", "-safe", "0", "-i", str(script)]
    ffmpeg.run([*concat, "-r", str(RATE), "-pix_fmt", "yuvj420p", "-q:v", "4", str(clip)])
    return clip


@cache
def frame(pose: Pose = STILL) -> NDArray[np.uint8]:
    """One frame, (480, 640, 3) in RGB."""
    picture = portrait()
    if not pose.here:
        return np.full_like(picture, picture.mean((0, 1)).astype(np.uint8))
    places = warp.grid(*SIZE)
    _turn(places, pose.turn)
    for upper, lower, brow in EYES:
        _shut(places, upper, lower, brow, pose.shut)
    if not pose.smiles:
        _speak(places, pose.mouth)
    return warp.resample(picture, places)


def _shut(
    places: NDArray[np.float64], upper: list[int], lower: list[int], brow: int, shut: float
) -> None:
    """Draw the skin between brow and lid down over the eye, column by column."""
    x = places[..., 0]
    top = points()[brow, 1]
    lid, rim = _edge(upper, x), _edge(lower, x)
    reached = lid + shut * (rim - lid)
    y = places[..., 1]
    inside = (y > top) & (y < rim) & (x > points()[upper[0], 0]) & (x < points()[upper[-1], 0])
    above = top + (y - top) * (lid - top) / (reached - top)
    below = lid + (y - reached) * (rim - lid) / np.maximum(rim - reached, 1e-6)
    y[inside] = np.where(y < reached, above, below)[inside]


def _speak(places: NDArray[np.float64], opened: float) -> None:
    """Shut the smile, then let the lower lip and the chin drop, most in the middle."""
    x = places[..., 0]
    upper, lower = _edge(UPPER_LIP, x), _edge(LOWER_LIP, x)
    top, chin = points()[NOSE, 1], points()[CHIN, 1] + 60
    left, right = points()[UPPER_LIP[0], 0], points()[UPPER_LIP[-1], 0]
    drop = opened * 46 * np.clip(1 - ((2 * x - left - right) / (right - left)) ** 2, 0, 1)
    y = places[..., 1]
    seam = (upper + lower) / 2
    lip = seam + drop
    inside = (y > top) & (y < chin) & (x > left) & (x < right)
    above = top + (y - top) * (upper - top) / (seam - top)
    between = upper + (y - seam) * (lower - upper) / np.maximum(drop, 1e-6)
    below = lower + (y - lip) * (chin - lower) / (chin - lip)
    y[inside] = np.where(y < seam, above, np.where(y < lip, between, below))[inside]


def _turn(places: NDArray[np.float64], turned: float) -> None:
    """Push the middle of the face aside, as a head that turns shows it."""
    low, high = points()[:, :2].min(0), points()[:, :2].max(0)
    away = (warp.grid(*SIZE) - (low + high) / 2) / (0.75 * (high - low))
    bump = np.clip(1 - (away**2).sum(2), 0, 1) ** 2
    places[..., 0] -= turned * 0.2 * (high - low)[0] * bump


def _edge(line: list[int], x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.interp(x, points()[line, 0], points()[line, 1])


@cache
def portrait() -> NDArray[np.uint8]:
    """The somebody before a camera of 4:3."""
    whole = Image.fromarray(data.astronaut()).crop((60, 0, 380, 240))
    return np.asarray(whole.resize(SIZE, Image.Resampling.LANCZOS))


@cache
def points() -> Points:
    """Where the points of the somebody's face are, by mediapipe, in px of the frame."""
    return faces.find(portrait())[0].points
