"""A clip watched once, from its first frame to its last: what every physical detector looks at.

For each person the points of the face, the colours of its skin and small pieces of its grain are
noted; the frames themselves are let go. One reading of the file serves all detectors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from discriminator.detect.tracks import OUTER_CORNERS, Tracker, moving
from discriminator.faces import Box, around, crop
from discriminator.faces import mesh as finder
from discriminator.video import reading
from discriminator.video.ahead import ahead

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.detect.tracks import Track
    from discriminator.faces.face import Points
    from discriminator.video.reading import Frame

Picture = NDArray[np.uint8]
Floats = NDArray[np.float64]

RATE = 30.0
"""Frames a second that are watched, at most."""
LONGEST = 30.0
"""Seconds of a clip that are watched."""
_WIDEST = 1920
"""Longer side of a watched frame in px: smaller, and the grain would be gone."""
_LOOK = 15
"""Every so many frames, faces are looked for; in between, those found are followed."""
_MESH = 2
"""Every so many frames the points are found anew."""
_MARGIN = 0.35
_LOST = 0.2
"""Overlap with the last box below which the mesh has jumped to something else."""
_SMALL = 640
"""Longer side in px, roughly, of the picture in which faces are looked for."""
_LIPS = (13, 14)

PLACES = {"forehead": (151,), "left cheek": (50,), "right cheek": (280,), "mouth": _LIPS}
"""Squares on a face, by the points of the mesh whose mean is their middle."""
BESIDE = {"left of the face": (234, 454), "right of the face": (454, 234)}
"""Squares of what is behind: an edge of the face, and the one opposite, from which they are away
by a third of the face."""
_AWAY = 0.3
SKIN = ("forehead", "left cheek", "right cheek")
_HALF = 0.17
"""Half a square's side, in distances between the eyes' outer corners."""


@dataclass(frozen=True)
class Grain:
    """One square of a face in two successive frames, moved along with the face."""

    before: Picture
    """(side, side) of luma, as the file has it."""
    after: Picture


@dataclass(frozen=True)
class Watched:
    """One person of a clip."""

    number: int
    box: Box
    """Where the person was seen first."""
    width: float
    """Of the face, in px: the median."""
    times: Floats
    """Of the colours: n seconds."""
    colours: Floats
    """(n, 3, 3): forehead, left cheek and right cheek; the means of R, G and B, 0 to 255."""
    point_times: Floats
    """Of the points: m seconds."""
    points: NDArray[np.float32]
    """(m, 478, 3), in px of the watched frame."""
    grain: list[dict[str, Grain]]
    """Of some moments, evenly spaced: a piece for each of `PLACES` and `BESIDE` that the
    picture holds."""


@dataclass(frozen=True)
class Scene:
    """What was seen in a clip."""

    people: tuple[Watched, ...]
    """The one seen most comes first."""
    frames: int
    seconds: float
    """From the first frame that was watched to the last."""


def watch(path: str | Path) -> Scene:
    """Watch the beginning of a clip, and return what was seen of whom."""
    scene = _Watching()
    # Decoding takes about as long as looking: the two go on beside each other.
    for frame in ahead(reading.frames(path, reading.PerSecond(RATE), longest=_WIDEST)):
        if frame.seconds > LONGEST:
            break
        scene.see(frame)
    return scene.told()


@dataclass
class _Person:
    """One face that is being followed."""

    track: Track
    points: Points
    is_lost: bool = False
    times: list[float] = field(default_factory=list)
    colours: list[Floats] = field(default_factory=list)
    point_times: list[float] = field(default_factory=list)
    meshes: list[Points] = field(default_factory=list)
    grain: list[dict[str, Grain]] = field(default_factory=list)


class _Watching:
    """What is known of a clip so far."""

    def __init__(self) -> None:
        self._tracker = Tracker()
        self._people: dict[int, _Person] = {}
        self._frames = 0
        self._seconds = 0.0
        self._before: Picture | None = None

    def see(self, frame: Frame) -> None:
        """Take in the next frame."""
        since_look = self._frames % _LOOK
        if not since_look:
            self._look(frame)
        for person in self._followed():
            points_before = person.points
            if since_look and (since_look == 1 or self._frames % _MESH == 0):
                _follow(person, frame)
            if since_look == 1 and not person.is_lost and self._before is not None:
                person.grain.append(_grain(self._before, points_before, frame, person.points))
        for person in self._followed():
            person.times.append(frame.seconds)
            person.colours.append(_colours(frame.pixels, person.points))
        self._frames += 1
        self._seconds = frame.seconds
        self._before = frame.pixels

    def told(self) -> Scene:
        """Return what was seen, without those who are no one."""
        people = [self._people[track.number] for track in self._tracker.people()]
        awake = moving({person.track.number: person.meshes for person in people})
        told = tuple(_told(person) for person in people if person.track.number in awake)
        return Scene(told, self._frames, self._seconds)

    def _followed(self) -> list[_Person]:
        return [person for person in self._people.values() if not person.is_lost]

    def _look(self, frame: Frame) -> None:
        """Look for faces anew; those that were followed keep their numbers."""
        found = _found(frame.pixels)
        seen = [(around(points), confidence) for points, confidence in found]
        tracks = self._tracker.see(frame.seconds, seen)
        for track, (points, _) in zip(tracks, found, strict=True):
            person = self._people.setdefault(track.number, _Person(track, points))
            person.is_lost = False
            _place(person, frame.seconds, points)


def _found(picture: Picture) -> list[tuple[Points, float]]:
    """Return the points of each face of a frame, and how sure the finder is of it."""
    # The finder makes its own small picture anyway.
    stride = max(max(picture.shape) // _SMALL, 1)
    small = np.ascontiguousarray(picture[::stride, ::stride])
    found: list[tuple[Points, float]] = []
    for sight in finder.sights(small):
        points = _meshed(picture, Box(*(edge * stride for edge in sight.box)))
        if points is not None and all(_overlap(points, other) < _LOST for other, _ in found):
            found.append((points, float(sight.confidence)))
    return found


def _follow(person: _Person, frame: Frame) -> None:
    points = _meshed(frame.pixels, around(person.points))
    if points is None or _overlap(points, person.points) < _LOST:
        person.is_lost = True
    else:
        _place(person, frame.seconds, points)


def _place(person: _Person, seconds: float, points: Points) -> None:
    person.points = points
    person.point_times.append(seconds)
    person.meshes.append(points)


def _meshed(picture: Picture, box: Box) -> Points | None:
    height, width = picture.shape[:2]
    left, top, right, bottom = crop(box, _MARGIN, width, height)
    points = finder.mesh(np.ascontiguousarray(picture[top:bottom, left:right]))
    return None if points is None else points + np.array([left, top, 0], np.float32)


def _overlap(one: Points, other: Points) -> float:
    return around(one).overlap(around(other))


def _half(points: Points) -> int:
    left, right = points[list(OUTER_CORNERS), :2]
    return max(round(float(np.linalg.norm(right - left)) * _HALF), 1)


def _square(
    picture: NDArray[np.uint8], points: Points, place: str, half: int
) -> NDArray[np.uint8] | None:
    """Return the square of a picture around a place of the face, or None beyond its edge."""
    x, y = _middle(points, place).round().astype(int)
    height, width = picture.shape[:2]
    if not (half <= x < width - half and half <= y < height - half):
        return None
    square: NDArray[np.uint8] = picture[y - half : y + half + 1, x - half : x + half + 1]
    return square


def _middle(points: Points, place: str) -> Floats:
    flat = points[:, :2].astype(np.float64)
    if place in PLACES:
        middle: Floats = flat[list(PLACES[place])].mean(0)
        return middle
    edge, opposite = flat[list(BESIDE[place])]
    beside: Floats = edge + (edge - opposite) * _AWAY
    return beside


def _colours(picture: Picture, points: Points) -> Floats:
    """Return the mean colour of each square of skin, (3, 3); NaN where it is out of the picture."""
    half = _half(points)
    squares = [_square(picture, points, place, half) for place in SKIN]
    return np.array(
        [np.full(3, np.nan) if square is None else cv2.mean(square)[:3] for square in squares]
    )


def _grain(before: Picture, points: Points, frame: Frame, now: Points) -> dict[str, Grain]:
    half = _half(points)
    pairs = {
        place: (_square(before, points, place, half), _square(frame.pixels, now, place, half))
        for place in (*PLACES, *BESIDE)
    }
    return {
        place: Grain(luma(one), luma(other))
        for place, (one, other) in pairs.items()
        if one is not None and other is not None
    }


def luma(picture: Picture) -> Picture:
    """Return (height, width) of grey, 0 to 255."""
    grey = (picture @ np.array([0.299, 0.587, 0.114])).round()
    return np.asarray(grey, np.uint8)


def _told(person: _Person) -> Watched:
    points = np.array(person.meshes)
    return Watched(
        number=person.track.number,
        box=person.track.sightings[0].box,
        width=float(np.median(np.ptp(points[:, :, 0], 1))),
        times=np.array(person.times),
        colours=np.array(person.colours),
        point_times=np.array(person.point_times),
        points=points,
        grain=person.grain,
    )
