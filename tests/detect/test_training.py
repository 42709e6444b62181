from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pandas as pd
import pytest
import torch
from PIL import Image

from discriminator.detect.errors import DetectError
from discriminator.detect.networks import recipe, training
from discriminator.detect.networks.recipe import Recipe

if TYPE_CHECKING:
    from pathlib import Path

TINY = Recipe(
    backbone="mobilenetv3_small_050", size=32, epochs=3, batch=8, rate=3e-3, smoothing=0.0
)


@pytest.fixture(scope="module")
def crops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures of which the fakes are red and the reals blue."""
    folder = tmp_path_factory.mktemp("crops")
    rng = np.random.default_rng(0)
    rows = []
    for number in range(48):
        label = number % 2
        pixels = rng.integers(0, 90, (32, 32, 3), np.uint8)
        pixels[..., 2 * (1 - label)] += 150
        Image.fromarray(pixels).save(folder / f"{number}.png")
        part = "train" if number < 32 else "validation"
        rows.append(
            {"clip": f"c{number}.mp4", "label": label, "part": part, "file": f"{number}.png"}
        )
    pd.DataFrame(rows).to_parquet(folder / "index.parquet")
    (folder / "crops.json").write_text(json.dumps({"size": 32}), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(crops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    training.train(crops, folder, TINY)
    return folder


def test_the_loss_goes_down(run: Path) -> None:
    with (run / "log" / "metrics.csv").open(encoding="utf-8") as file:
        losses = [float(row["loss"]) for row in csv.DictReader(file) if row["loss"]]
    assert len(losses) == TINY.epochs
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.9 * losses[0]


def test_a_run_comes_back_bit_for_bit(run: Path) -> None:
    lesson, told = training.load(run)
    again, _ = training.load(run)
    stored = torch.load(run / "best.ckpt", weights_only=True)["state_dict"]
    assert all(torch.equal(value, stored[key]) for key, value in lesson.state_dict().items())
    pictures = torch.rand(4, 3, 32, 32)
    assert torch.equal(lesson(pictures), again(pictures))
    assert told.untrained_backbone
    assert len(told.taught) == 32
    assert 0 < told.threshold < 1


def test_the_same_recipe_gives_the_same_network(crops: Path, run: Path, tmp_path: Path) -> None:
    training.train(crops, tmp_path, TINY)
    one, other = (training.load(folder)[0].state_dict() for folder in (run, tmp_path))
    assert all(torch.equal(value, other[key]) for key, value in one.items())


def test_a_finished_run_is_left_as_it_is(crops: Path, run: Path) -> None:
    before = training.load(run)[1]
    assert training.train(crops, run, TINY) == before


def test_another_recipe_does_not_enter_a_run(crops: Path, run: Path) -> None:
    with pytest.raises(DetectError, match="another recipe"):
        training.train(crops, run, msgspec.structs.replace(TINY, rate=1.0))


def test_a_loss_that_is_no_number_is_said(crops: Path, tmp_path: Path) -> None:
    with pytest.raises(DetectError, match="lower the recipe's rate"):
        training.train(crops, tmp_path, msgspec.structs.replace(TINY, rate=1e30, clip=1e30))


def test_a_part_with_one_kind_is_said(crops: Path, tmp_path: Path) -> None:
    table = pd.read_parquet(crops / "index.parquet")
    table[table["label"] == 1].to_parquet(tmp_path / "index.parquet")
    with pytest.raises(DetectError, match="lacks real or fake"):
        training.train(tmp_path, tmp_path / "run", TINY)


def test_an_unfinished_run_is_no_detector(tmp_path: Path) -> None:
    with pytest.raises(DetectError, match="no finished run"):
        training.load(tmp_path)


def test_a_recipe_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "recipe.yaml"
    path.write_text("network: noise\nepochs: 3\n", encoding="utf-8")
    assert recipe.read(path) == Recipe(network="noise", epochs=3)
    for wrong, said in (
        ("network: magic", "network"),
        ("speed: 9", "speed"),
        ("epochs: many", "epochs"),
    ):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(DetectError, match=said):
            recipe.read(path)
    with pytest.raises(DetectError, match="cannot be read"):
        recipe.read(tmp_path / "none.yaml")


def test_the_rate_rises_and_falls() -> None:
    rates = [training.rate_at(step, 100, 0.1) for step in range(101)]
    assert max(rates) == rates[9] == 1.0
    assert rates[0] == 0.1
    assert rates[100] == pytest.approx(0)
    assert rates[10:] == sorted(rates[10:], reverse=True)


def test_the_focal_loss_looks_at_what_is_wrong() -> None:
    logits, labels = torch.tensor([3.0, -3.0]), torch.tensor([1.0, 1.0])
    plain = training.focal(logits, labels, 0.0, 0.0)
    expected = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
    assert plain == pytest.approx(expected.item())
    # How much of each loss is left: hardly any of the right one, nearly all of the wrong one.
    right, wrong = (
        training.focal(logits[one], labels[one], 2.0, 0.0)
        / training.focal(logits[one], labels[one], 0.0, 0.0)
        for one in (slice(1), slice(1, 2))
    )
    assert right < 0.01
    assert wrong > 0.9
