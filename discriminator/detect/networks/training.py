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
from lightning.pytorch.callbacks import EarlyStopping, ModelCheckpoint
from lightning.pytorch.loggers import CSVLogger
from torch import Tensor, nn

from discriminator.detect import metrics
from discriminator.detect.errors import DetectError
from discriminator.detect.networks import crop_data
from discriminator.detect.networks.building import build
from discriminator.detect.networks.recipe import Recipe
from discriminator.detect.registry import RUN

if TYPE_CHECKING:
    import pandas as pd

RECIPE, BEST, LAST = "recipe.yaml", "best.ckpt", "last.ckpt"


class Run(msgspec.Struct, frozen=True):
    """What came out of a training."""

    best: float
    """The lowest validation loss."""
    threshold: float
    """Chosen on the crops of the validation part."""
    epochs: int
    untrained_backbone: bool
    """Whether it began from nothing."""
    taught: tuple[str, ...]
    """The clips that it has learned from; no table may count them."""
    checkpoint: str
    """The first digits of the best checkpoint's SHA-256."""
    crops: dict[str, Any]
    """How the crops were cut; a clip that is judged is cut the same way."""


class Lesson(lightning.LightningModule):
    """One network, its loss and its steps."""

    def __init__(self, recipe: Recipe, *, trained: bool = False) -> None:
        super().__init__()
        self.recipe = recipe
        self.network = build(recipe, trained=trained)

    def forward(self, crops: Tensor) -> Tensor:
        """Return the log odds of FAKE."""
        logits: Tensor = self.network(crops)
        return logits

    def training_step(self, batch: tuple[Tensor, Tensor], _: int) -> Tensor:
        """Return the loss of a batch."""
        crops, labels = batch
        loss = focal(self(crops), labels, self.recipe.gamma, self.recipe.smoothing)
        if not math.isfinite(loss.item()):
            message = "The loss is no number any more: lower the recipe's rate, or its precision."
            raise DetectError(message)
        self.log("loss", loss, prog_bar=True, on_step=False, on_epoch=True)
        return loss

    def validation_step(self, batch: tuple[Tensor, Tensor], _: int) -> None:
        """Note the plain loss of a batch."""
        crops, labels = batch
        loss = nn.functional.binary_cross_entropy_with_logits(self(crops), labels)
        self.log("validation_loss", loss, prog_bar=True, batch_size=len(labels))

    def configure_optimizers(self) -> Any:  # noqa: ANN401 - Lightning's own dictionary
        """Return AdamW and a rate that rises, then falls along a cosine."""
        learning = [part for part in self.parameters() if part.requires_grad]
        recipe, steps = self.recipe, int(self.trainer.estimated_stepping_batches)
        optimiser = torch.optim.AdamW(learning, lr=recipe.rate, weight_decay=recipe.decay)
        course = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: rate_at(step, steps, recipe.warm_up)
        )
        return {"optimizer": optimiser, "lr_scheduler": {"scheduler": course, "interval": "step"}}


def rate_at(step: int, steps: int, warm_up: float) -> float:
    """Return the part of the highest rate at a step."""
    rising = max(round(steps * warm_up), 1)
    if step < rising:
        return (step + 1) / rising
    return 0.5 + 0.5 * math.cos(math.pi * min((step - rising) / max(steps - rising, 1), 1))


def focal(logits: Tensor, labels: Tensor, gamma: float, smoothing: float) -> Tensor:
    """Return the mean focal loss; with `gamma` 0 it is the plain cross-entropy."""
    soft = labels * (1 - smoothing) + smoothing / 2
    plain = nn.functional.binary_cross_entropy_with_logits(logits, soft, reduction="none")
    right = torch.where(labels > 0, logits, -logits).sigmoid()
    return ((1 - right) ** gamma * plain).mean()


def train(crops: Path, folder: Path, recipe: Recipe) -> Run:
    """Train as the recipe says, and leave the best network in `folder`.

    A run that was broken off goes on from its last epoch; one with another recipe is refused.
    """
    table = crop_data.read(crops)
    folder.mkdir(parents=True, exist_ok=True)
    _same_recipe(folder, recipe)
    # It advertises services, and tells what nobody asked.
    logging.getLogger("lightning.pytorch").setLevel(logging.WARNING)
    lightning.seed_everything(recipe.seed, verbose=False)
    lesson = Lesson(recipe)
    keeping = ModelCheckpoint(
        folder, Path(BEST).stem, "validation_loss", save_last=True, enable_version_counter=False
    )
    stopping = EarlyStopping("validation_loss", patience=recipe.patience)
    trainer = lightning.Trainer(
        max_epochs=recipe.epochs,
        precision=recipe.precision,
        gradient_clip_val=recipe.clip,
        callbacks=[keeping, stopping],
        logger=CSVLogger(folder, name="", version="log"),
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


def load(folder: Path) -> tuple[Lesson, Run]:
    """Return the best network of a run, ready to be asked."""
    try:
        run = msgspec.json.decode((folder / RUN).read_bytes(), type=Run)
        recipe = msgspec.yaml.decode((folder / RECIPE).read_bytes(), type=Recipe)
        stored = torch.load(folder / BEST, map_location="cpu", weights_only=True)
    except (OSError, msgspec.MsgspecError) as error:
        message = f"{folder} is no finished run of `discriminator train`: name another folder."
        raise DetectError(message) from error
    lesson = Lesson(recipe, trained=True)
    lesson.load_state_dict(stored["state_dict"])
    return lesson.eval(), run


def _same_recipe(folder: Path, recipe: Recipe) -> None:
    path, told = folder / RECIPE, msgspec.yaml.encode(recipe)
    if path.is_file() and path.read_bytes() != told:
        message = f"{folder} holds a run of another recipe: name another folder."
        raise DetectError(message)
    path.write_bytes(told)


def _told(folder: Path, crops: Path, table: pd.DataFrame, recipe: Recipe, epochs: int) -> Run:
    stored = torch.load(folder / BEST, map_location="cpu", weights_only=True)
    lesson = Lesson(recipe, trained=True)
    lesson.load_state_dict(stored["state_dict"])
    labels, fakes = _asked(lesson.eval(), crops, recipe)
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
def _asked(lesson: Lesson, crops: Path, recipe: Recipe) -> tuple[list[float], list[float]]:
    labels, fakes = [], []
    for pictures, truth in crop_data.loader(crops, "validation", recipe):
        fakes += lesson(pictures).sigmoid().tolist()
        labels += truth.tolist()
    return labels, fakes
