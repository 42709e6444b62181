"""A network learns from crops; what it becomes lies in a folder with all that it came from."""

from __future__ import annotations

import hashlib
import logging
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightning
import msgspec
import torch
from lightning.pytorch.callbacks import Callback, EarlyStopping, ModelCheckpoint
from lightning.pytorch.loggers import TensorBoardLogger
from torch import Tensor, nn

from discriminator.detect import metrics
from discriminator.detect.errors import DetectError
from discriminator.detect.networks import courses, crop_data
from discriminator.detect.networks.building import build
from discriminator.detect.networks.learned import BEST, RECIPE, Run, load, ready
from discriminator.detect.networks.losses import distilled, focal
from discriminator.detect.registry import RUN

if TYPE_CHECKING:
    import pandas as pd

    from discriminator.detect.networks.learned import Learned
    from discriminator.detect.networks.recipe import Recipe

LAST, LOG = "last.ckpt", "log.csv"


class Lesson(lightning.LightningModule):
    """One network, its loss and its steps."""

    def __init__(self, recipe: Recipe, fake_weight: float = 1.0) -> None:
        super().__init__()
        self.recipe = recipe
        self.network = build(recipe)
        self.fake_weight = fake_weight
        # In a list, so that the teacher is no part of what is learned and saved.
        self._teacher = [load(Path(recipe.teacher))[0]] if recipe.teacher else []

    def forward(self, crops: Tensor) -> Tensor:
        """Return the log odds of FAKE."""
        logits: Tensor = self.network(crops)
        return logits

    def training_step(self, batch: tuple[Tensor, Tensor], _: int) -> Tensor:
        """Return the loss of a batch."""
        loss = self._loss(*batch)
        if not math.isfinite(loss.item()):
            message = "The loss is no number any more: lower the recipe's rate, or its precision."
            raise DetectError(message)
        self.log("loss", loss, prog_bar=True, on_step=False, on_epoch=True)
        return loss

    def _loss(self, crops: Tensor, labels: Tensor) -> Tensor:
        recipe, logits = self.recipe, self(crops)
        hard = focal(logits, labels, recipe.gamma, recipe.smoothing, self.fake_weight)
        if not self._teacher:
            return hard
        with torch.no_grad():
            taught = self._teacher[0].to(crops.device)(crops)
        soft = distilled(logits, taught, recipe.temperature)
        return (1 - recipe.share) * hard + recipe.share * soft

    def validation_step(self, batch: tuple[Tensor, Tensor], _: int) -> None:
        """Note the plain loss of a batch."""
        crops, labels = batch
        loss = nn.functional.binary_cross_entropy_with_logits(self(crops), labels)
        several = self.recipe.devices > 1
        self.log("validation_loss", loss, prog_bar=True, batch_size=len(labels), sync_dist=several)

    def configure_optimizers(self) -> Any:  # noqa: ANN401 - Lightning's own pair
        """Return the recipe's optimiser, and the course of its rate."""
        made = courses.optimiser(self.parameters(), self.recipe)
        steps = int(self.trainer.estimated_stepping_batches)
        return [made], courses.courses(made, self.recipe, steps)


class _Log(Callback):
    """A table of the losses, a line an epoch; a run that goes on goes on in it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def on_train_epoch_end(self, trainer: lightning.Trainer, _: lightning.LightningModule) -> None:
        """Add the epoch that has ended."""
        if not trainer.is_global_zero:
            return
        told, epoch = trainer.callback_metrics, trainer.current_epoch
        lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.is_file() else []
        # A run that goes on ends its last epoch once more.
        if any(line.startswith(f"{epoch},") for line in lines):
            return
        with self._path.open("a", encoding="utf-8") as file:
            if not lines:
                file.write("epoch,loss,validation_loss\n")
            file.write(f"{epoch},{told['loss'].item()},{told['validation_loss'].item()}\n")


def train(crops: Path, folder: Path, recipe: Recipe) -> Run:
    """Train as the recipe says, and leave the best network in `folder`.

    A run that was broken off goes on from its last epoch; a finished one is left as it is, its log
    too; one with another recipe is refused.
    """
    table = crop_data.read(crops)
    folder.mkdir(parents=True, exist_ok=True)
    _same_recipe(folder, recipe)
    if (folder / RUN).is_file():
        return load(folder)[1]
    # It advertises services, and tells what nobody asked.
    logging.getLogger("lightning.pytorch").setLevel(logging.WARNING)
    lightning.seed_everything(recipe.seed, verbose=False)
    lesson = Lesson(recipe, fake_weight=crop_data.fake_weight(crops, recipe))
    keeping = ModelCheckpoint(
        folder, Path(BEST).stem, "validation_loss", save_last=True, enable_version_counter=False
    )
    stopping = EarlyStopping("validation_loss", patience=recipe.patience)
    trainer = lightning.Trainer(
        max_epochs=recipe.epochs,
        precision=recipe.precision,
        devices=recipe.devices,
        gradient_clip_val=recipe.clip,
        callbacks=[keeping, stopping, _Log(folder / LOG)],
        logger=TensorBoardLogger(folder, name="", version="tensorboard"),
        log_every_n_steps=1,
        num_sanity_val_steps=0,
        enable_model_summary=False,
        enable_progress_bar=sys.stderr.isatty(),
    )
    last = folder / LAST
    trainer.fit(
        lesson,
        crop_data.loader(crops, "train", recipe),
        crop_data.loader(crops, "validation", recipe),
        ckpt_path=str(last) if last.is_file() else None,
    )
    return _told(folder, crops, table, recipe, trainer.current_epoch)


def _same_recipe(folder: Path, recipe: Recipe) -> None:
    path, told = folder / RECIPE, msgspec.yaml.encode(recipe)
    if path.is_file() and path.read_bytes() != told:
        message = f"{folder} holds a run of another recipe: name another folder."
        raise DetectError(message)
    path.write_bytes(told)


def _told(folder: Path, crops: Path, table: pd.DataFrame, recipe: Recipe, epochs: int) -> Run:
    stored = torch.load(folder / BEST, map_location="cpu", weights_only=True)
    labels, fakes = _asked(ready(recipe, stored, folder), crops, recipe)
    taught = table[table["part"] == "train"]["clip"].unique().tolist()
    run = Run(
        best=metrics.log_loss(labels, fakes),
        threshold=metrics.threshold(labels, fakes),
        epochs=epochs,
        untrained_backbone=recipe.weights is None,
        taught=tuple(taught),
        checkpoint=hashlib.sha256((folder / BEST).read_bytes()).hexdigest()[:12],
        crops=msgspec.json.decode((crops / "crops.json").read_bytes()),
    )
    (folder / RUN).write_bytes(msgspec.json.encode(run))
    return run


@torch.no_grad()
def _asked(learned: Learned, crops: Path, recipe: Recipe) -> tuple[list[float], list[float]]:
    labels, fakes = [], []
    for pictures, truth in crop_data.loader(crops, "validation", recipe):
        fakes += learned(pictures).sigmoid().tolist()
        labels += truth.tolist()
    return labels, fakes
