"""A network learns from crops; what it becomes lies in a folder with all that it came from."""

from __future__ import annotations

import hashlib
import logging
import math
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightning
import msgspec
import numpy as np
import torch
from lightning.pytorch.callbacks import Callback, EarlyStopping, ModelCheckpoint, TQDMProgressBar
from lightning.pytorch.loggers import TensorBoardLogger
from torch import Tensor, nn

from discriminator.detect import metrics
from discriminator.detect.errors import DetectError
from discriminator.detect.networks import courses, crop_data
from discriminator.detect.networks.building import build
from discriminator.detect.networks.learned import BEST, RECIPE, Run, load, ready
from discriminator.detect.networks.losses import distilled, focal
from discriminator.detect.networks.recipe import SEQUENCES, read
from discriminator.detect.registry import RUN, is_run

if TYPE_CHECKING:
    import pandas as pd
    from torch.utils.data import DataLoader

    from discriminator.detect.networks.crop_data import Sample
    from discriminator.detect.networks.learned import Learned
    from discriminator.detect.networks.recipe import Recipe

LAST, LOG, CROPS = "last.ckpt", "log.csv", "crops.sha256"


class Lesson(lightning.LightningModule):
    """One network, its loss and its steps."""

    def __init__(self, recipe: Recipe, fake_weight: float = 1.0) -> None:
        super().__init__()
        self.recipe = recipe
        self.network = build(recipe)
        self.fake_weight = fake_weight
        # In a list, so that the teacher is no part of what is learned and saved.
        self._teacher = [load(Path(recipe.teacher))[0]] if recipe.teacher else []
        self._try()

    @torch.no_grad()
    def _try(self) -> None:
        """Refuse, before anything is read, what cannot see crops of this recipe."""
        recipe = self.recipe
        frames = (recipe.frames,) if recipe.network in SEQUENCES else ()
        seen = torch.zeros(2, *frames, 3, recipe.size, recipe.size)
        asked = [(self.network, recipe), *((one, one.recipe) for one in self._teacher)]
        for network, whose in asked:
            try:
                fits = network.eval()(seen).shape == (2,)
            except (RuntimeError, IndexError, AssertionError, ValueError) as error:
                raise _unfit(recipe, whose, str(error)) from error
            if not fits:
                raise _unfit(recipe, whose, "it does not give one number for each")
        self.network.train()

    def on_train_epoch_start(self) -> None:
        """Throw the network's dice as seed and epoch have it, also in a run that goes on."""
        drawn = np.random.default_rng([self.recipe.seed, self.current_epoch, self.global_rank])
        torch.manual_seed(int(drawn.integers(2**63 - 1)))

    def forward(self, crops: Tensor) -> Tensor:
        """Return the log odds of FAKE."""
        logits: Tensor = self.network(crops)
        return logits

    def training_step(self, batch: tuple[Tensor, Tensor], _: int) -> Tensor:
        """Return the loss of a batch."""
        loss = self._loss(*batch)
        if not math.isfinite(loss.item()):
            message = "The loss is no number any more: lower the recipe's rate, or raise precision."
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


class _Batches(lightning.LightningDataModule):
    """The batches of a folder of crops, drawn anew for each epoch."""

    def __init__(self, folder: Path, recipe: Recipe) -> None:
        super().__init__()
        self._taught = crop_data.part_of(folder, "train", recipe)
        self._asked = crop_data.part_of(folder, "validation", recipe)

    def train_dataloader(self) -> DataLoader[Sample]:
        """Return the batches of the epoch that begins."""
        epoch = self.trainer.current_epoch if self.trainer else 0
        return crop_data.loader(self._taught, epoch)

    def val_dataloader(self) -> DataLoader[Sample]:
        """Return the batches that are judged, which are always the same."""
        return crop_data.loader(self._asked)


class _Bar(TQDMProgressBar):
    """One line of the terminal, without the end of the logger's name, which Lightning tells."""

    def get_metrics(
        self, trainer: lightning.Trainer, pl_module: lightning.LightningModule
    ) -> dict[str, int | str | float | dict[str, float]]:
        """Return the losses alone."""
        told = super().get_metrics(trainer, pl_module)
        told.pop("v_num", None)
        return told


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
    too; one with another recipe, or of other crops, is refused.
    """
    table = crop_data.read(crops)
    folder.mkdir(parents=True, exist_ok=True)
    _same_recipe(folder, recipe)
    _same_crops(folder, table)
    if (folder / RUN).is_file():
        return load(folder)[1]
    # It advertises services, and tells what nobody asked.
    logging.getLogger("lightning.pytorch").setLevel(logging.WARNING)
    lightning.seed_everything(recipe.seed, verbose=False)
    lesson = Lesson(recipe, fake_weight=crop_data.fake_weight(crops, recipe))
    batches = _Batches(crops, recipe)
    keeping = ModelCheckpoint(
        folder, Path(BEST).stem, "validation_loss", save_last=True, enable_version_counter=False
    )
    stopping = EarlyStopping("validation_loss", patience=recipe.patience)
    seen = sys.stderr.isatty()
    trainer = lightning.Trainer(
        max_epochs=recipe.epochs,
        precision=recipe.precision,
        devices=recipe.devices,
        # Some backbones of timm have a last layer that only their own classifier uses.
        strategy="ddp_find_unused_parameters_true" if recipe.devices > 1 else "auto",
        reload_dataloaders_every_n_epochs=1,
        gradient_clip_val=recipe.clip,
        callbacks=[keeping, stopping, _Log(folder / LOG), *([_Bar()] if seen else [])],
        logger=TensorBoardLogger(folder, name="", version="tensorboard"),
        log_every_n_steps=1,
        num_sanity_val_steps=0,
        enable_model_summary=False,
        enable_progress_bar=seen,
    )
    last = folder / LAST
    with warnings.catch_warnings():
        # Of its own use of torch, and of the folder that the recipe lies in already.
        warnings.filterwarnings("ignore", module=r"lightning\.")
        trainer.fit(lesson, batches, ckpt_path=str(last) if last.is_file() else None)
    if not trainer.is_global_zero:
        # The processes beside the first have only learned: that one measures and tells.
        raise SystemExit(0)
    return _told(folder, crops, table, recipe, trainer.current_epoch)


def _same_recipe(folder: Path, recipe: Recipe) -> None:
    """Refuse to go on by another recipe; a run that broke off before it had learned is no run."""
    path = folder / RECIPE
    if _has_learned(folder) and path.is_file() and read(path) != recipe:
        message = f"{folder} holds a run of another recipe: name another folder."
        raise DetectError(message)
    path.write_bytes(msgspec.yaml.encode(recipe))


def _unfit(recipe: Recipe, whose: Recipe, error: str) -> DetectError:
    role = "The network" if whose is recipe else f"The teacher {recipe.teacher}"
    seen = f"crops of {recipe.size} px"
    if recipe.network in SEQUENCES:
        seen += f", {recipe.frames} at once"
    [said, *_] = error.splitlines() or [""]
    return DetectError(
        f"{role}, {whose.network} on {whose.backbone}, cannot be asked about {seen} "
        f"({said.rstrip('.')}): choose another backbone or size, or a teacher that sees the same."
    )


def _same_crops(folder: Path, table: pd.DataFrame) -> None:
    """Refuse to go on with other crops, or to tell what came of other ones."""
    path = folder / CROPS
    digest = hashlib.sha256(table.to_csv().encode()).hexdigest()[:12]
    if path.is_file() and path.read_text(encoding="utf-8") != digest and _has_learned(folder):
        message = f"{folder} holds a run of other crops: name another folder."
        raise DetectError(message)
    path.write_text(digest, encoding="utf-8")


def _has_learned(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (LAST, BEST, RUN))


def _told(folder: Path, crops: Path, table: pd.DataFrame, recipe: Recipe, epochs: int) -> Run:
    stored = torch.load(folder / BEST, map_location="cpu", weights_only=True)
    labels, fakes = _asked(ready(recipe, stored, folder), crops, recipe)
    taught = table[table["part"] == "train"]["clip"].unique().tolist()
    before = [name for run in _elders(recipe) for name in load(run)[1].taught]
    run = Run(
        best=metrics.log_loss(labels, fakes),
        threshold=metrics.threshold(labels, fakes),
        epochs=epochs,
        untrained_backbone=recipe.weights is None and recipe.state is None,
        taught=tuple(dict.fromkeys([*taught, *before])),
        checkpoint=hashlib.sha256((folder / BEST).read_bytes()).hexdigest()[:12],
        crops=msgspec.json.decode((crops / "crops.json").read_bytes()),
    )
    (folder / RUN).write_bytes(msgspec.json.encode(run))
    return run


def _elders(recipe: Recipe) -> list[Path]:
    """Return the runs of which a network has what it knows: its teacher, and what it began as."""
    named = [recipe.teacher, recipe.state and str(Path(recipe.state).parent)]
    return [Path(name) for name in named if name and is_run(name)]


@torch.no_grad()
def _asked(learned: Learned, crops: Path, recipe: Recipe) -> tuple[list[float], list[float]]:
    labels, fakes = [], []
    for pictures, truth in crop_data.loader(crop_data.part_of(crops, "validation", recipe)):
        fakes += learned(pictures).sigmoid().tolist()
        labels += truth.tolist()
    return labels, fakes
