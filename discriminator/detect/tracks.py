"""Who is who from frame to frame: boxes that overlap belong to one person.

A face that is seen only for a moment, or that never moves a muscle beside one that does (a print
on a shirt, a poster), is no one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from discriminator.faces import Box
    from discriminator.faces.face import Points

_SAME = 0.3
"""Overlap from which a box continues a track."""
_PATIENCE = 1.5
"""Seconds for which a person may be hidden and still be the same afterwards."""
_BRIEF = 0.2
"""The part of the clip below which a track is a mistake."""
_ENOUGH = 5
"""Meshes below which nothing can be said of a face's motion."""
_STILL = 0.004
"""Spread of a living face's points, in distances between the eyes: the mesh itself trembles by
half of it."""
OUTER_CORNERS = (33, 263)
"""Of the eyes, by the numbers of the mesh's points."""


@dataclass(frozen=True)
class Sighting:
    """One face in one frame."""

    seconds: float
    box: Box
    confidence: float


@dataclass
class Track:
    """One person through a clip."""

    number: int
    sightings: list[Sighting] = field(default_factory=list)

    @property
    def last(self) -> Sighting:
        """Where the person was seen last."""
        return self.sightings[-1]


class Tracker:
    """Gives every face of every frame the number of a person."""

    def __init__(self, *, same: float = _SAME, patience: float = _PATIENCE) -> None:
        self.tracks: list[Track] = []
        self.frames = 0
        self._same, self._patience = same, patience

    def see(self, seconds: float, found: Sequence[tuple[Box, float]]) -> list[Track]:
        """Return the track of each box (with its confidence) of the next frame, in their order.

        The pair that overlaps most is joined first, so that two who cross keep their numbers.
        """
        self.frames += 1
        open_tracks = [t for t in self.tracks if seconds - t.last.seconds <= self._patience]
        joined = self._joined(open_tracks, [box for box, _ in found])
        chosen = [joined.get(place) or self._new() for place in range(len(found))]
        for track, (box, confidence) in zip(chosen, found, strict=True):
            track.sightings.append(Sighting(seconds, box, confidence))
        return chosen

    def people(self) -> list[Track]:
        """Return the tracks that last long enough to be people, the longest first."""
        lasting = [t for t in self.tracks if len(t.sightings) >= _BRIEF * self.frames]
        return sorted(lasting, key=lambda track: -len(track.sightings))

    def _joined(self, tracks: Iterable[Track], boxes: Sequence[Box]) -> dict[int, Track]:
        pairs = [
            (track.last.box.overlap(box), place, track)
            for track in tracks
            for place, box in enumerate(boxes)
        ]
        joined: dict[int, Track] = {}
        for overlap, place, track in sorted(pairs, key=lambda pair: -pair[0]):
            taken = place in joined or any(track is other for other in joined.values())
            if overlap >= self._same and not taken:
                joined[place] = track
        return joined

    def _new(self) -> Track:
        self.tracks.append(Track(len(self.tracks)))
        return self.tracks[-1]


def moving(meshes: Mapping[int, Sequence[Points]]) -> set[int]:
    """Return who moves in themselves, by their numbers: a print does not, however its shirt does.

    Where nobody does it is a photograph of someone, which may be judged too: then it is all of
    them. Of whom too few meshes are there, nothing can be said.
    """
    spreads = {number: _spread(seen) for number, seen in meshes.items()}
    known = {number: spread for number, spread in spreads.items() if spread is not None}
    if all(spread <= _STILL for spread in known.values()):
        return set(meshes)
    return {number for number in meshes if known.get(number, 1.0) > _STILL}


def _spread(meshes: Sequence[Points]) -> float | None:
    if len(meshes) < _ENOUGH:
        return None
    shapes = np.array([_normal(points) for points in meshes])
    return float(np.median(shapes.std(0)))


def _normal(points: Points) -> NDArray[np.float64]:
    """Return the points (478, 2) without place, size and turn in the picture."""
    flat = points[:, :2].astype(np.float64)
    left, right = flat[list(OUTER_CORNERS)]
    across, down = right - left
    turn = np.array([[across, -down], [down, across]]) / max(across**2 + down**2, 1.0)
    shape: NDArray[np.float64] = (flat - flat.mean(0)) @ turn
    return shape
