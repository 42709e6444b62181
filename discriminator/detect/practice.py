"""Practice clips from portraits: a person who lives, and fakes made of them in known ways.

Nobody is filmed. From one portrait comes a clip with what a camera and a heart leave in a real one:
small movements of the head, a mouth that goes loosely with a voice, a beat in the skin, fresh grain
in every frame. The fakes of the same person lack one or more of them, as the kind of fake does. All
pass through the same encoder at the same qualities; nothing in a file says what it is, only its
name and the sidecar beside it.

What detectors reach on such clips shows that they measure what they claim to, and nothing about
the world.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Literal, get_args

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from discriminator import faces
from discriminator.detect import encoding
from discriminator.detect.datasets import PICTURES
from discriminator.detect.errors import DetectError
from discriminator.faces import warp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.random import Generator

    from discriminator.faces.face import Points
    from discriminator.faces.picture import Source

Picture = NDArray[np.uint8]
Floats = NDArray[np.float64]
Kind = Literal["real", "puppet", "swap", "mouth", "dub"]

FAKES: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "real")
"""`puppet`: one photo is moved. `swap`: another's face is laid over the filmed one. `mouth`: the
lower face is drawn anew, small, for another voice. `dub`: only the voice is another."""
QUALITIES = (12, 16, 20)
"""CRFs of the encoder; each person's clips have one of them."""
_SHORTEST, _LONGEST, _FEWEST = 2, 30, 2
RATE = 25
SOUND_RATE = 16_000
SIDE = 384
"""Px of a clip's sides."""
_MARGIN = 0.55
# fmt: off
_OVAL = (
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
_HALF = 0.5
_SMALL_MOUTH = 40
"""Px to which a drawn mouth's square is shrunk on its way."""


@dataclass(frozen=True)
class Made:
    """What a sidecar says of a clip."""

    kind: Kind
    label: int
    person: str
    source: str | None
    """The name of the real clip of the same person."""
    quality: int
    """The encoder's CRF."""


@dataclass(frozen=True)
class Person:
    """A portrait, made ready to live."""

    name: str
    picture: Picture
    """(384, 384, 3), the face in its middle."""
    points: Points
    skin: Floats
    """(384, 384, 1): 1 on the face, 0 elsewhere, soft between."""
    drop: NDArray[np.float32]
    """(384, 384, 2): from where each pixel comes when the mouth is fully open, in px."""


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
    voice: NDArray[np.float32]
    """The sound, 16,000 numbers a second."""


def person(name: str, portrait: Source) -> Person:
    """Make the largest face of a portrait ready; raises `NoFaceError` where there is none."""
    picture = faces.read(portrait)
    found = faces.find(picture)
    if not found:
        message = f"There is no face in {name}: give a portrait."
        raise faces.NoFaceError(message)
    height, width = picture.shape[:2]
    left, top, right, bottom = faces.crop(found[0].box, _MARGIN, width, height)
    scale = np.array([SIDE / (right - left), SIDE / (bottom - top), SIDE / (right - left)])
    points = ((found[0].points - [left, top, 0]) * scale).astype(np.float32)
    square = cv2.resize(picture[top:bottom, left:right], (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return Person(name, square.astype(np.uint8), points, _oval(points), _drop(points))


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


def clip(
    kind: Kind, who: Person, other: Person, acted: Performance, rng: Generator
) -> Iterator[Picture]:
    """Yield the frames of a clip of `who`, into which `other` is brought by a swap."""
    return _KINDS[kind](who, other, acted, rng)


def make(  # noqa: PLR0913 - what a clip is made of
    folder: Path, kind: Kind, who: Person, other: Person, *, seconds: float, quality: int, seed: int
) -> Path:
    """Write one clip and its sidecar; the same seed gives the same clip."""
    rng = np.random.default_rng([seed, *who.name.encode()])
    acted, strange = perform(rng, seconds), perform(rng, seconds)
    path = folder / _named(who, kind, quality)
    voice = strange.voice if kind == "dub" else acted.voice
    frames = clip(kind, who, other, acted, rng)
    encoding.write(path, frames, RATE, quality=quality, sound=(voice, SOUND_RATE))
    is_real = kind == "real"
    source = None if is_real else _named(who, "real", quality)
    made = Made(kind, int(not is_real), who.name, source, quality)
    path.with_suffix(".json").write_bytes(msgspec.json.encode(asdict(made)))
    return path


@dataclass(frozen=True)
class Task:
    """One clip that is to be made."""

    folder: Path
    kind: Kind
    who: Person
    other: Person
    seconds: float
    quality: int
    seed: int

    def __call__(self) -> Path:
        """Make it, unless it is there: the sidecar is written last."""
        path = self.folder / _named(self.who, self.kind, self.quality)
        if path.with_suffix(".json").is_file():
            return path
        return make(
            self.folder,
            self.kind,
            self.who,
            self.other,
            seconds=self.seconds,
            quality=self.quality,
            seed=self.seed,
        )


def plan(portraits: Path, folder: Path, *, seconds: float, seed: int) -> list[Task]:
    """Return what is to be made of a folder of portraits: every kind of clip of every person.

    All clips of a person have the same quality, so that it tells nothing of what is fake.

    Raises:
        DetectError: the folder holds fewer than two portraits, or the clips would be too short.
    """
    if not _SHORTEST <= seconds <= _LONGEST:
        message = f"Clips of {seconds:g} s teach nothing: choose {_SHORTEST} to {_LONGEST} s."
        raise DetectError(message)
    paths = sorted(p for p in portraits.glob("*") if p.suffix.lower() in PICTURES)
    if len(paths) < _FEWEST:
        message = (
            f"{portraits} holds {len(paths)} pictures: give a folder of at least {_FEWEST} "
            "portraits, one person each."
        )
        raise DetectError(message)
    people = [person(path.stem, path) for path in paths]
    folder.mkdir(parents=True, exist_ok=True)
    return [
        Task(
            folder,
            kind,
            who,
            people[(place + 1) % len(people)],
            seconds,
            QUALITIES[place % len(QUALITIES)],
            seed,
        )
        for place, who in enumerate(people)
        for kind in get_args(Kind)
    ]


def carry_out(tasks: Sequence[Task]) -> Iterator[Path]:
    """Make all clips on all cores, and yield each when it is there."""
    # A fork would inherit the threads of the face finder, and wait for them without end.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_done, tasks)


def _done(task: Task) -> Path:
    return task()


def _named(who: Person, kind: Kind, quality: int) -> str:
    return f"{who.name}-{'' if kind == 'real' else 'fake-'}{kind}-{quality}.mp4"


def _real(who: Person, _: Person, acted: Performance, rng: Generator) -> Iterator[Picture]:
    for number in range(len(acted.mouth)):
        yield _filmed(_alive(who, acted, number), acted.light[number], rng)


def _puppet(who: Person, _: Person, acted: Performance, rng: Generator) -> Iterator[Picture]:
    # One photo, its grain included, is moved by the voice.
    photo = _filmed(who.picture.astype(np.float32), 1.0, rng).astype(np.float32)
    for number in range(len(acted.mouth)):
        yield _eight_bits(_moved(photo, who, acted, number))


def _swap(who: Person, other: Person, acted: Performance, rng: Generator) -> Iterator[Picture]:
    there, here = other.points[list(_OVAL), :2], who.points[list(_OVAL), :2]
    laid = warp.piecewise(other.picture, there, here).astype(np.float32)
    laid = _tinted(laid, who)
    soft = _soft(who.skin, 5)
    for number in range(len(acted.mouth)):
        filmed = _filmed(_alive(who, acted, number), acted.light[number], rng)
        face, mask = (_moved(one, who, acted, number) for one in (laid, soft))
        yield _eight_bits(filmed + (face * acted.light[number] - filmed) * mask[..., None])


def _mouth(who: Person, _: Person, acted: Performance, rng: Generator) -> Iterator[Picture]:
    half = round(_eyes(who.points) * 0.55)
    x, y = who.points[[13, 14, 17], :2].mean(0).round().astype(int)
    spot = np.zeros((SIDE, SIDE, 1))
    spot[max(y - half, 0) : y + half, max(x - half, 0) : x + half] = 1
    soft = _soft(spot * who.skin, 4)
    # The mouth is drawn for the voice alone; the filmed one goes with something else.
    filmed_mouth = _wander(rng, len(acted.mouth), 0.3).clip(0, 1)
    before = Performance(acted.head, filmed_mouth, acted.beat, acted.light, acted.voice)
    for number in range(len(acted.mouth)):
        filmed = _filmed(_alive(who, before, number), acted.light[number], rng)
        drawn = _alive(who, acted, number) * acted.light[number]
        drawn = _shrunk(drawn, 2 * half / _SMALL_MOUTH)
        mask = _moved(soft, who, acted, number)
        yield _eight_bits(filmed + (drawn - filmed) * mask[..., None])


_KINDS: dict[Kind, Callable[[Person, Person, Performance, Generator], Iterator[Picture]]] = {
    "real": _real,
    "puppet": _puppet,
    "swap": _swap,
    "mouth": _mouth,
    "dub": _real,
}


def _alive(who: Person, acted: Performance, number: int) -> NDArray[np.float32]:
    """Return the person as light falls on the sensor, (384, 384, 3): moved, with a beat."""
    beat = 1 - acted.beat[number] * _BEAT * who.skin
    lit = (who.picture * beat).astype(np.float32)
    return _moved(lit, who, acted, number)


def _moved(
    picture: NDArray[np.float32], who: Person, acted: Performance, number: int
) -> NDArray[np.float32]:
    across, down, turn, size = acted.head[number]
    centre = (SIDE / 2, SIDE / 2)
    matrix = cv2.getRotationMatrix2D(centre, float(turn), 1 + float(size))
    matrix = matrix + np.array([[0, 0, across], [0, 0, down]])
    back = cv2.invertAffineTransform(matrix)
    places = cv2.transform(_GRID, back)
    drop = cv2.remap(who.drop, places[..., 0], places[..., 1], cv2.INTER_LINEAR)
    places = (places + drop * np.float32(acted.mouth[number])).astype(np.float32)
    moved = cv2.remap(
        picture, places[..., 0], places[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return moved.astype(np.float32)


def _filmed(picture: NDArray[np.float32], light: float, rng: Generator) -> Picture:
    """Return what a sensor makes of light: grain that grows with brightness, new every time."""
    bright = picture * np.float32(light)
    grain = rng.standard_normal(picture.shape, np.float32)
    return _eight_bits(bright + grain * np.sqrt(0.08 * bright.clip(0) + 2.0))


def _eight_bits(picture: NDArray[np.generic]) -> Picture:
    return np.asarray(picture, np.float32).round().clip(0, 255).astype(np.uint8)


def _tinted(face: NDArray[np.float32], who: Person) -> NDArray[np.float32]:
    """Return a face in the colours of another's skin."""
    inside = who.skin[..., 0] > _HALF
    here, there = who.picture[inside].astype(np.float32), face[inside]
    spread = here.std(0) / np.maximum(there.std(0), 1)
    return np.asarray((face - there.mean(0)) * spread + here.mean(0), np.float32)


def _shrunk(picture: NDArray[np.float32], times: float) -> NDArray[np.float32]:
    side = max(round(SIDE / max(times, 1)), 1)
    small = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _oval(points: Points) -> Floats:
    mask = np.zeros((SIDE, SIDE), np.float32)
    cv2.fillConvexPoly(mask, points[list(_OVAL), :2].round().astype(np.int32), (1.0,))
    return _soft(mask[..., None], 3)[..., None].astype(np.float64)


def _soft(mask: NDArray[np.generic], spread: float) -> NDArray[np.float32]:
    """Return (384, 384) of a mask with its edge drawn out."""
    return cv2.GaussianBlur(mask[..., 0].astype(np.float32), (0, 0), spread).astype(np.float32)


def _drop(points: Points) -> NDArray[np.float32]:
    """Return how the lower face moves down when the mouth opens, by thin plates."""
    low = [*_LOWER_LIP, *_JAW]
    down = np.array([0, _eyes(points) * _OPENING])
    corners = np.array([[0, 0], [SIDE, 0], [0, SIDE], [SIDE, SIDE]], np.float64)
    still = np.concatenate([points[list(_FIXED), :2], corners])
    before = np.concatenate([still, points[low, :2]])
    after = np.concatenate([still, points[low, :2] + down])
    coarse = warp.grid(SIDE // 8, SIDE // 8) * 8 + 3.5
    field = warp.thin_plate(after, before)(coarse) - coarse
    return cv2.resize(field.astype(np.float32), (SIDE, SIDE)).astype(np.float32)


def _eyes(points: Points) -> float:
    return float(np.linalg.norm(points[263, :2] - points[33, :2]))


def _wander(rng: Generator, count: int, slow: float) -> Floats:
    """Return n numbers that wander around 0 by about 1, and turn round every `slow` seconds."""
    spread = max(slow * RATE, 1.0)
    reach = round(4 * spread)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
    drawn = rng.standard_normal(count + 2 * reach)
    walked: Floats = np.convolve(drawn, weights / np.sqrt((weights**2).sum()), mode="valid")
    return walked


def _spoken(rng: Generator, talk: Floats) -> NDArray[np.float32]:
    """Return a voice-like buzz as loud as someone talks (n, 0 to 1)."""
    moments = np.arange(round(len(talk) / RATE * SOUND_RATE)) / SOUND_RATE
    loud = np.interp(moments, np.arange(len(talk)) / RATE, talk)
    pitch = rng.uniform(100, 200)
    buzz = sum(np.sin(2 * np.pi * pitch * k * moments) / k for k in range(1, 9))
    hiss = 0.2 * rng.standard_normal(len(moments))
    return np.asarray((0.12 * loud * (buzz + hiss)).clip(-1, 1), np.float32)


_GRID = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), 2).astype(np.float32)
