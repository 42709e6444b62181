"""A network that was trained here, as a detector like all others; its name is its run's folder."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import torch

from discriminator.detect.aggregation import over_faces, over_frames
from discriminator.detect.cropping import Wish, cut
from discriminator.detect.errors import Abstention
from discriminator.detect.networks import crop_data
from discriminator.detect.networks.training import load
from discriminator.detect.registry import Card, Detector
from discriminator.detect.verdict import FaceScore, Moment, Opinion

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.detect.clip import Clip
    from discriminator.detect.cropping import Crop


class Trained(Detector):
    """Judges crops of faces by what it has learned."""

    def __init__(self, folder: Path) -> None:
        """Read what the run was; its network is ready at once."""
        self._lesson, run = load(folder)
        self._wish = Wish(**run.crops)
        self._change = crop_data.plain(self._lesson.recipe.size)
        self.taught = frozenset(run.taught)
        began = "from an untrained backbone" if run.untrained_backbone else "from given weights"
        self.card = Card(
            name=str(folder),
            description=f"A {self._lesson.recipe.network} network, trained here {began}.",
            limits="It knows fakes like those it has learned from, and hardly any others.",
            licence="yours",
            version=run.checkpoint,
            threshold=run.threshold,
            calibrated_on=None,
        )

    def judge(self, clip: Clip) -> Opinion:
        """Return the opinion on the clip's people, each by the mean of its frames."""
        crops = cut(clip.path, self._wish)
        if not crops:
            message = "No face was found."
            raise Abstention(message)
        fakes = self._asked(crops)
        people: dict[int, list[tuple[Crop, float]]] = defaultdict(list)
        for crop, fake in zip(crops, fakes, strict=True):
            people[crop.face].append((crop, fake))
        faces = tuple(_face(number, seen) for number, seen in people.items())
        return Opinion(
            fake=over_faces([face.fake for face in faces]),
            faces=faces,
            frames=len({crop.seconds for crop in crops}),
        )

    @torch.no_grad()
    def _asked(self, crops: list[Crop]) -> list[float]:
        pictures = [torch.from_numpy(crop.pixels).permute(2, 0, 1) for crop in crops]
        batch = torch.stack([self._change(picture) for picture in pictures])
        said: list[float] = self._lesson(batch).sigmoid().tolist()
        return said


def _face(number: int, seen: list[tuple[Crop, float]]) -> FaceScore:
    return FaceScore(
        face=number,
        fake=over_frames([fake for _, fake in seen]),
        box=seen[0][0].box,
        moments=tuple(Moment(crop.seconds, fake) for crop, fake in seen),
    )
