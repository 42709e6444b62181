"""Practice clips: real ones, and fakes made of the same people in known ways.

The people are filmed ones, portraits that are made to live, or a few faces of nobody that come with
the package. The fakes lack what their kind lacks: a beat, a mouth that goes with the voice, a
camera's grain all over the face. All clips of a person pass through the same encoder at the same
quality; nothing in a file says what it is, only its name and the sidecar beside it.

What detectors reach on such clips shows that they measure what they claim to, and nothing about
the world.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from discriminator.detect import crew, encoding
from discriminator.detect.blending import blend
from discriminator.detect.datasets import PICTURES, SUFFIXES
from discriminator.detect.errors import DetectError
from discriminator.detect.failing import reason
from discriminator.detect.living import OVAL, portrait
from discriminator.detect.sitting import RATE, SIDE, SOUND_RATE, filmed
from discriminator.faces import warp
from discriminator.lipsync.engine import Options
from discriminator.lipsync.engine import make as engine
from discriminator.lipsync.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.random import Generator

    from discriminator.detect.sitting import Picture, Shot, Sitter, Sound, Take
    from discriminator.faces.face import Points

Floats = NDArray[np.float32]
Kind = Literal["real", "puppet", "swap", "mouth", "blend", "dub"]

FAKES: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "real")
"""`puppet`: our own engine makes one photo speak. `swap`: another's face is laid over the filmed
one. `mouth`: the lower face is of another moment, and drawn small. `blend`: the face is laid over
itself, a little changed. `dub`: only the voice is another."""
QUALITIES = (12, 16, 20)
"""CRFs of the encoder; each person's clips have one of them."""
PLAN = "plan.json"
"""How the clips of a folder were made."""
NOBODIES = Path(__file__).with_name("nobodies")
"""Portraits of people who do not exist; `media/make/portraits.py` draws them."""
_SHORTEST, _LONGEST, _FEWEST = 2, 30, 2
_LATE = 0.8
"""Seconds by which a drawn mouth is of another moment: more than any voice is from its mouth."""
_STILL = (10, 9, 33, 263, 1, 234, 454, 50, 280, 127, 356)
"""Points that do not move when someone speaks."""
_BENT = (*OVAL, 33, 133, 362, 263, 1, 13, 14, 61, 291)
"""Points by which one face is bent into the shape of another."""
_COARSE = 8
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
class Task:
    """One clip that is to be made."""

    folder: Path
    kind: Kind
    who: Sitter
    other: Sitter
    """Who is brought in, by a swap or a dub."""
    seconds: float
    quality: int
    seed: int

    def __call__(self) -> Path:
        """Make it and its sidecar, unless it is there: the sidecar is written last."""
        sidecar = self.path.with_suffix(".json")
        if not sidecar.is_file():
            self._write(self.path)
            sidecar.write_bytes(msgspec.json.encode(asdict(self._made())))
        return self.path

    @property
    def path(self) -> Path:
        """Where the clip is to be."""
        return self.folder / self._named(self.kind)

    def _write(self, path: Path) -> None:
        # The same dice for all kinds of a person: real and fake differ in nothing else.
        dice = np.random.default_rng([self.seed, *self.who.name.encode()])
        take, strange = (one.take(self.seconds, dice) for one in (self.who, self.other))
        voice = strange.voice if self.kind == "dub" else take.voice
        frames = _KINDS[self.kind](self.who, self.other, take, dice)
        sound = (voice, SOUND_RATE) if len(voice) else None
        encoding.write(path, frames, RATE, quality=self.quality, sound=sound)

    def _made(self) -> Made:
        is_real = self.kind == "real"
        source = None if is_real else self._named("real")
        return Made(self.kind, int(not is_real), self.who.person, source, self.quality)

    def _named(self, kind: Kind) -> str:
        return f"{self.who.name}-{'' if kind == 'real' else 'fake-'}{kind}-{self.quality}.mp4"


class Plan(NamedTuple):
    """What is to be made, and what is left out."""

    tasks: list[Task]
    failures: list[str]
    """Why something shows nobody who could sit, a sentence each."""


class Done(NamedTuple):
    """What became of one task."""

    path: Path
    failure: str | None = None


def plan(folder: Path, to: Path, *, seconds: float, seed: int) -> Plan:
    """Return what is to be made of a folder of portraits or clips: every kind of every person.

    All clips of a person have the same quality, so that it tells nothing of what is fake. A clip in
    a folder of its own name is of that person, any other of someone of its own.

    Raises:
        DetectError: the folder holds fewer than two people, the clips would be too short, or `to`
            holds clips that were made otherwise.
    """
    if not _SHORTEST <= seconds <= _LONGEST:
        message = f"Clips of {seconds:g} s teach nothing: choose {_SHORTEST} to {_LONGEST} s."
        raise DetectError(message)
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in PICTURES | SUFFIXES)
    sitters, failures = [], []
    for path in paths:
        try:
            sitters.append(_sitter(folder, path, seconds))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others sit
            failures.append(reason(error, path.name))
    people = sorted({one.person for one in sitters})
    if len(people) < _FEWEST:
        message = (
            f"{folder} holds portraits or clips of {len(people)} people: give a folder of at least "
            f"{_FEWEST}, one person each."
        )
        raise DetectError(" ".join((*failures[:1], message)))
    to.mkdir(parents=True, exist_ok=True)
    _same_plan(to, {"seconds": seconds, "seed": seed, "people": _digest(paths)})
    tasks = [
        Task(
            to,
            kind,
            who,
            _another(who, sitters),
            seconds,
            QUALITIES[people.index(who.person) % len(QUALITIES)],
            seed,
        )
        for who in sitters
        for kind in get_args(Kind)
    ]
    return Plan(tasks, failures)


def carry_out(tasks: Sequence[Task]) -> Iterator[Done]:
    """Make all clips on all cores, and yield what became of each."""
    yield from crew.each(_carried_out, tasks)


def _carried_out(task: Task) -> Done:
    try:
        return Done(task())
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others are made
        return Done(task.path, reason(error, task.path.name))


def _same_plan(to: Path, told: dict[str, Any]) -> None:
    """Refuse to leave clips of one wish as those of another: what is there is not made again."""
    path = to / PLAN
    if path.is_file() and msgspec.json.decode(path.read_bytes()) != told:
        message = f"{to} holds clips of other people, seconds or another seed: name another folder."
        raise DetectError(message)
    if not path.is_file():
        path.write_bytes(msgspec.json.encode(told))


def _digest(paths: Sequence[Path]) -> str:
    """Return what stands for these files; clips are too large to be read for it."""
    told = [(path.name, path.stat().st_size) for path in paths]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:12]


def _sitter(folder: Path, path: Path, seconds: float) -> Sitter:
    inside = path.relative_to(folder).with_suffix("")
    name = "-".join(inside.parts)
    if path.suffix.lower() in PICTURES:
        return portrait(name, path)
    person = inside.parts[0] if len(inside.parts) > 1 else name
    return filmed(name, person, path, seconds)


def _another(who: Sitter, sitters: Sequence[Sitter]) -> Sitter:
    """Return the next one who is someone else."""
    place = sitters.index(who)
    others = [one for one in (*sitters[place:], *sitters[:place]) if one.person != who.person]
    return others[0]


def _real(_: Sitter, __: Sitter, take: Take, ___: Generator) -> Iterator[Picture]:
    return (shot.picture for shot in take.shots)


def _puppet(_: Sitter, __: Sitter, take: Take, ___: Generator) -> Iterator[Picture]:
    # What is moved is one frame of the camera, its grain included.
    first = next(take.shots)
    shots = sum(1 for _ in take.shots) + 1
    silence = np.zeros(round(shots / RATE * SOUND_RATE), np.float32)
    voice: Sound = take.voice if len(take.voice) else silence
    puppet = engine("puppet", Options())
    puppet.prepare(Voice(Path("practice"), voice))
    for frame in puppet.frames(first.picture, first.points):
        yield np.ascontiguousarray(frame[..., :3])


def _swap(_: Sitter, other: Sitter, take: Take, __: Generator) -> Iterator[Picture]:
    for shot in take.shots:
        skin = _hull(shot.points[list(OVAL)])
        laid = _tinted(_bent(other.picture, other.points, shot.points), shot.picture, skin)
        yield _laid(shot.picture, laid, cv2.GaussianBlur(skin, (0, 0), 5))


def _mouth(_: Sitter, __: Sitter, take: Take, ___: Generator) -> Iterator[Picture]:
    first = next(take.shots)
    before: deque[Shot] = deque([first] * round(_LATE * RATE))
    for shot in chain([first], take.shots):
        then = before.popleft()
        before.append(shot)
        there, here = (one.points[list(_STILL), :2] for one in (then, shot))
        matrix, _inliers = cv2.estimateAffinePartial2D(there, here)
        drawn = cv2.warpAffine(then.picture, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
        spot, side = _around_the_mouth(shot.points)
        small = max(round(SIDE * _SMALL_MOUTH / side), 1)
        drawn = cv2.resize(drawn, (small, small), interpolation=cv2.INTER_AREA)
        drawn = cv2.resize(drawn, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
        yield _laid(shot.picture, drawn, spot)


def _blend(_: Sitter, __: Sitter, take: Take, dice: Generator) -> Iterator[Picture]:
    seed = dice.integers(2**31)
    for shot in take.shots:
        # The same dice for every frame: a faker's mask does not jump.
        yield blend(shot.picture, shot.points, np.random.default_rng(seed)).picture


_KINDS: dict[Kind, Callable[[Sitter, Sitter, Take, Generator], Iterator[Picture]]] = {
    "real": _real,
    "puppet": _puppet,
    "swap": _swap,
    "mouth": _mouth,
    "blend": _blend,
    "dub": _real,
}


def _bent(picture: Picture, there: Points, here: Points) -> Floats:
    """Return the picture (384, 384, 3) bent so that the points of its face come to others."""
    coarse = warp.grid(SIDE // _COARSE, SIDE // _COARSE) * _COARSE + (_COARSE - 1) / 2
    field = warp.thin_plate(here[list(_BENT), :2], there[list(_BENT), :2], stiffness=1.0)(coarse)
    places = cv2.resize(field.astype(np.float32), (SIDE, SIDE))
    bent = cv2.remap(
        picture, places[..., 0], places[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return bent.astype(np.float32)


def _tinted(face: Floats, filmed_one: Picture, skin: Floats) -> Floats:
    """Return a face in the colours of another's skin."""
    inside = skin > 0
    here, there = filmed_one[inside].astype(np.float32), face[inside]
    spread = here.std(0) / np.maximum(there.std(0), 1)
    return np.asarray((face - there.mean(0)) * spread + here.mean(0), np.float32)


def _around_the_mouth(points: Points) -> tuple[NDArray[Any], float]:
    """Return a soft spot over the lower face, (384, 384), and the side of its square in px."""
    half = float(np.linalg.norm(points[263, :2] - points[33, :2])) * 0.55
    x, y = points[[13, 14, 17], :2].mean(0)
    spot = np.zeros((SIDE, SIDE), np.float32)
    top, left = (max(round(float(at - half)), 0) for at in (y, x))
    spot[top : round(float(y + half)), left : round(float(x + half))] = 1
    return cv2.GaussianBlur(spot * _hull(points[list(OVAL)]), (0, 0), 4), 2 * half


def _hull(points: Points) -> Floats:
    mask = np.zeros((SIDE, SIDE), np.float32)
    cv2.fillConvexPoly(mask, points[:, :2].round().astype(np.int32), (1.0,))
    return mask


def _laid(below: Picture, above: NDArray[np.generic], mask: NDArray[Any]) -> Picture:
    mixed = below + (above.astype(np.float32) - below) * mask[..., None]
    return np.asarray(mixed.round().clip(0, 255), np.uint8)
