"""A network that was trained here, as a detector like all others; its name is its run's folder."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import torch

from discriminator.detect.aggregation import over_faces, over_frames
from discriminator.detect.cropping import Wish, cut
from discriminator.detect.errors import Abstention
from discriminator.detect.networks import crop_data, varying
from discriminator.detect.networks.learned import load
from discriminator.detect.registry import Card, Detector
from discriminator.detect.verdict import FaceScore, Moment, Opinion

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.detect.clip import Clip
    from discriminator.detect.cropping import Crop
    from discriminator.detect.networks.recipe import Recipe


class Trained(Detector):
    """Judges crops of faces by what it has learned."""

    def __init__(self, folder: Path) -> None:
        """Read what the run was; its network is ready at once."""
        self._learned, run = load(folder)
        self._wish = Wish(**run.crops)
        self._change = varying.plain(self._learned.recipe.size)
        self.taught = frozenset(run.taught)
        self.joins = self._learned.recipe.joined
        began = "from an untrained backbone" if run.untrained_backbone else "from given weights"
        self.card = Card(
            name=str(folder),
            description=_described(self._learned.recipe, began),
            limits="It knows fakes like those it has learned from, and hardly any others.",
            licence="yours",
            version=run.checkpoint,
            threshold=run.threshold,
            calibrated_on=None,
        )

    def judge(self, clip: Clip) -> Opinion:
        """Return the opinion on the clip's people, each by its frames as the recipe has it."""
        crops = cut(clip.path, self._wish)
        if not crops:
            message = "No face was found."
            raise Abstention(message)
        people: dict[int, list[Crop]] = defaultdict(list)
        for crop in crops:
            people[crop.face].append(crop)
        faces = tuple(self._face(number, seen) for number, seen in people.items())
        return Opinion(
            fake=over_faces([face.fake for face in faces]),
            faces=faces,
            frames=len({crop.seconds for crop in crops}),
        )

    def _face(self, number: int, seen: list[Crop]) -> FaceScore:
        recipe = self._learned.recipe
        if recipe.frames > 1:
            [fake] = self._asked([crop_data.spread(seen, recipe.frames)])
            return FaceScore(number, fake, seen[0].box)
        fakes = self._asked([[crop] for crop in seen])
        moments = tuple(Moment(crop.seconds, fake) for crop, fake in zip(seen, fakes, strict=True))
        return FaceScore(number, over_frames(fakes, recipe.joined), seen[0].box, moments)

    @torch.no_grad()
    def _asked(self, groups: list[list[Crop]]) -> list[float]:
        """Return P(fake) of each group of crops: one, or as many as the network sees at once."""
        pixels = np.array([[crop.pixels for crop in group] for group in groups])
        batch = self._change(torch.from_numpy(pixels).permute(0, 1, 4, 2, 3))
        if self._learned.recipe.frames == 1:
            batch = batch[:, 0]
        said: list[float] = self._learned(batch).sigmoid().tolist()
        return said


def _described(recipe: Recipe, began: str) -> str:
    told = f"A network ({recipe.network}, on {recipe.backbone}), trained here {began}."
    if recipe.network == "frozen":
        told += " The DFDCNet of 2020 looked through InceptionResnetV1 instead, which timm has not."
    return told
