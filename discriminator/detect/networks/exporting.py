"""A trained network for other programs: ONNX, OpenVINO, and OpenVINO with 8 bits.

What is lost on the way is measured on the validation part of its crops, and so is what is won.
"""

from __future__ import annotations

import logging
import time
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

import nncf
import numpy as np
import openvino
import torch
from torch.utils.flop_counter import FlopCounterMode

from discriminator.detect import metrics
from discriminator.detect.networks import crop_data
from discriminator.detect.networks.learned import load
from discriminator.telling import say

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from discriminator.detect.networks.learned import Learned

ONNX, XML, INT8 = "network.onnx", "network.xml", "network-int8.xml"
_LEARNED_FROM = 128
"""Crops from which 8 bits learn what ranges they have to hold."""
_TIMED, _WARMED = 20, 3


@dataclass(frozen=True)
class Form:
    """One way of running the network."""

    file: str | None
    megabytes: float | None
    milliseconds: float
    """For one crop, the median."""
    auc: float
    log_loss: float
    accuracy: float
    """At the run's threshold."""
    largest_difference: float
    """Of P(fake), from what torch says."""


@dataclass(frozen=True)
class Exported:
    """What was written, and what it is worth."""

    forms: dict[str, Form]
    parameters: int
    gigaflops: float
    """For one crop, or one person's frames."""
    crops: int
    """Of the validation part, on which all forms were measured."""


def export(run: Path, crops: Path, folder: Path) -> Exported:
    """Write the network of a run in all forms, and measure each on its crops."""
    say("The validation part's crops are read")
    learned, told = load(run)
    folder.mkdir(parents=True, exist_ok=True)
    batches = list(crop_data.loader(crop_data.part_of(crops, "validation", learned.recipe)))
    pictures = np.concatenate([seen.numpy() for seen, _ in batches])
    labels = np.concatenate([truth.numpy() for _, truth in batches]).astype(int)
    example = torch.from_numpy(pictures[:1])
    say("ONNX and OpenVINO are written")
    torch.onnx.export(
        learned.network, (example,), folder / ONNX, input_names=["crops"],
        output_names=["log_odds"],
        verbose=False,
    )  # fmt: skip
    # OpenVINO looks for a compiler for CUDA, which nothing here needs.
    logging.getLogger("torch.utils.cpp_extension").setLevel(logging.ERROR)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of how OpenVINO uses torch
        model = openvino.convert_model(learned.network, example_input=example)
    model.reshape({0: list(example.shape)})
    openvino.save_model(model, folder / XML, compress_to_fp16=False)
    say("8 bits learn the ranges that they have to hold")
    small = _quantised(model, _examples(crops, learned))
    openvino.save_model(small, folder / INT8, compress_to_fp16=False)
    asked = {
        "torch": (None, _torch(learned)),
        "onnx": (ONNX, _compiled(folder / ONNX)),
        "openvino": (XML, _compiled(folder / XML)),
        "openvino int8": (INT8, _compiled(folder / INT8)),
    }
    reference = _said(asked["torch"][1], pictures)
    trial = _Trial(pictures, labels, reference, told.threshold)
    say(f"All are asked about {len(labels)} crops")
    forms = {
        name: trial.of(ask, folder / file if file else None) for name, (file, ask) in asked.items()
    }
    return Exported(forms, _parameters(learned), _gigaflops(learned, example), len(labels))


def _examples(crops: Path, learned: Learned) -> list[NDArray[np.float32]]:
    """Return some crops of the part that taught, as the network sees them when it is asked."""
    table = crop_data.read(crops)
    table = table[table["part"] == "train"]
    taught = crop_data.Crops(crops, table, learned.recipe, teaches=False)
    places = np.unique(np.linspace(0, len(taught) - 1, _LEARNED_FROM).astype(int))
    return [taught[int(place)][0].numpy()[None] for place in places]


def _quantised(model: Any, examples: list[NDArray[np.float32]]) -> Any:  # noqa: ANN401 - OpenVINO's
    # It writes its progress to where our answer stands alone.
    with redirect_stdout(StringIO()):
        return nncf.quantize(model, nncf.Dataset(examples), subset_size=len(examples))


def _torch(learned: Learned) -> Any:  # noqa: ANN401 - a function of arrays
    @torch.no_grad()
    def ask(crop: NDArray[np.float32]) -> NDArray[np.float32]:
        said: NDArray[np.float32] = learned(torch.from_numpy(crop)).numpy()
        return said

    return ask


def _compiled(path: Path) -> Any:  # noqa: ANN401 - a function of arrays
    # OpenVINO takes bfloat16 by itself on processors that have it, so it is told.
    settings = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
    compiled = openvino.Core().compile_model(path, "CPU", settings)
    return lambda crop: compiled(crop)[0]


def _said(ask: Any, pictures: NDArray[np.float32]) -> NDArray[np.float64]:  # noqa: ANN401 - as above
    odds = np.array([float(np.ravel(ask(one[None]))[0]) for one in pictures])
    said: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return said


@dataclass(frozen=True)
class _Trial:
    """What all forms are asked, and held against."""

    pictures: NDArray[np.float32]
    labels: NDArray[np.int64]
    reference: NDArray[np.float64]
    """P(fake), by torch."""
    threshold: float

    def of(self, ask: Any, file: Path | None) -> Form:  # noqa: ANN401 - as above
        said = _said(ask, self.pictures)
        return Form(
            file=file.name if file else None,
            megabytes=_megabytes(file) if file else None,
            milliseconds=_milliseconds(ask, self.pictures[:1]),
            auc=metrics.ranking(self.labels, said).auc,
            log_loss=metrics.log_loss(self.labels, said),
            accuracy=metrics.confusion(self.labels, said, self.threshold).accuracy,
            largest_difference=float(np.abs(said - self.reference).max()),
        )


def _megabytes(path: Path) -> float:
    parts = [path, path.with_suffix(".bin"), path.with_name(f"{path.name}.data")]
    return sum(part.stat().st_size for part in parts if part.is_file()) / 1e6


def _milliseconds(ask: Any, crop: NDArray[np.float32]) -> float:  # noqa: ANN401 - as above
    spent = []
    for _ in range(_WARMED + _TIMED):
        began = time.perf_counter()
        ask(crop)
        spent.append(time.perf_counter() - began)
    return float(np.median(spent[_WARMED:]) * 1000)


def _parameters(learned: Learned) -> int:
    return sum(one.numel() for one in learned.parameters())


def _gigaflops(learned: Learned, example: torch.Tensor) -> float:
    counter = FlopCounterMode(display=False)
    with counter, torch.no_grad():
        learned(example)
    return counter.get_total_flops() / 1e9
