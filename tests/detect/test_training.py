from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import lightning
import msgspec
import numpy as np
import pandas as pd
import pytest
import timm
import torch
from PIL import Image

from discriminator.detect.errors import DetectError
from discriminator.detect.networks import courses, crop_data, learned, losses, recipe, training
from discriminator.detect.networks.backbone import CheckpointError
from discriminator.detect.networks.building import build
from discriminator.detect.networks.recipe import Recipe

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

TINY = Recipe(
    backbone="mobilenetv3_small_050",
    size=32,
    epochs=3,
    batch=8,
    rate=3e-3,
    smoothing=0.0,
    cut_out=0.0,
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
            {
                "clip": f"c{number // 4}-{label}.mp4",
                "label": label,
                "part": part,
                "file": f"{number}.png",
                "face": 0,
                "place": number,
                "meshed": True,
            }
        )
    points = rng.uniform(6, 26, (48, 478, 3)).astype(np.float32)
    np.save(folder / "points.npy", points)
    pd.DataFrame(rows).to_parquet(folder / "index.parquet")
    (folder / "crops.json").write_text(json.dumps({"size": 32}), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(crops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    training.train(crops, folder, TINY)
    return folder


def test_the_loss_goes_down(run: Path) -> None:
    with (run / "log.csv").open(encoding="utf-8") as file:
        losses = [float(row["loss"]) for row in csv.DictReader(file) if row["loss"]]
    assert len(losses) == TINY.epochs
    assert losses[-1] == min(losses)
    assert losses[-1] < 0.9 * losses[0]


def test_a_run_comes_back_bit_for_bit(run: Path) -> None:
    lesson, told = learned.load(run)
    again, _ = learned.load(run)
    stored = torch.load(run / "best.ckpt", weights_only=True)["state_dict"]
    assert all(torch.equal(value, stored[key]) for key, value in lesson.state_dict().items())
    pictures = torch.rand(4, 3, 32, 32)
    assert torch.equal(lesson(pictures), again(pictures))
    assert told.untrained_backbone
    assert len(told.taught) == 16
    assert 0 < told.threshold < 1


def test_the_same_recipe_gives_the_same_network(crops: Path, run: Path, tmp_path: Path) -> None:
    training.train(crops, tmp_path, TINY)
    one, other = (learned.load(folder)[0].state_dict() for folder in (run, tmp_path))
    assert all(torch.equal(value, other[key]) for key, value in one.items())


def test_a_finished_run_is_left_as_it_is(crops: Path, run: Path) -> None:
    before, log = learned.load(run)[1], run / "log.csv"
    told = log.read_bytes()
    assert training.train(crops, run, TINY) == before
    assert log.read_bytes() == told


def test_a_run_of_other_crops_is_refused(crops: Path, run: Path, tmp_path: Path) -> None:
    other = pd.read_parquet(crops / "index.parquet").assign(label=1)
    other.to_parquet(tmp_path / "index.parquet")
    with pytest.raises(DetectError, match="holds a run of other crops"):
        training.train(tmp_path, run, TINY)


def test_a_run_that_broke_off_becomes_what_it_would_have_become(
    crops: Path, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = training.Lesson.training_step

    def breaks(lesson: training.Lesson, batch: tuple[Tensor, Tensor], number: int) -> Tensor:
        if lesson.current_epoch == 1:
            message = "The power went."
            raise OSError(message)
        return step(lesson, batch, number)

    monkeypatch.setattr(training.Lesson, "training_step", breaks)
    with pytest.raises(OSError, match="power"):
        training.train(crops, tmp_path, TINY)
    before = (tmp_path / "log.csv").read_text(encoding="utf-8")
    monkeypatch.undo()
    assert training.train(crops, tmp_path, TINY).epochs == TINY.epochs
    after = (tmp_path / "log.csv").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert [line.split(",")[0] for line in after.splitlines()] == [
        "epoch",
        *map(str, range(TINY.epochs)),
    ]
    assert after == (run / "log.csv").read_text(encoding="utf-8")
    straight, resumed = (
        torch.load(folder / "last.ckpt", weights_only=True)["state_dict"]
        for folder in (run, tmp_path)
    )
    assert all(torch.equal(value, resumed[key]) for key, value in straight.items())


def test_dice_are_thrown_by_seed_and_epoch_alone(crops: Path) -> None:
    varied = msgspec.structs.replace(TINY, cut_out=0.5)

    def drawn(epoch: int, **changed: int) -> Tensor:
        recipe = msgspec.structs.replace(varied, **changed)
        part = crop_data.part_of(crops, "train", recipe)
        return torch.cat([seen for seen, _ in crop_data.loader(part, epoch)])

    first = drawn(3)
    torch.rand(5)  # what others draw between changes nothing
    assert torch.equal(drawn(3), first)
    assert not torch.equal(drawn(4), first)
    assert not torch.equal(drawn(3, seed=1), first)


LOADED = """
import hashlib, sys
from pathlib import Path
import msgspec
from discriminator.detect.networks import crop_data
from discriminator.detect.networks.recipe import Recipe

folder, told = Path(sys.argv[1]), sys.argv[2]
part = crop_data.part_of(folder, "train", msgspec.json.decode(told, type=Recipe))
drawn = [seen.numpy().tobytes() for seen, _ in crop_data.loader(part, 3)]
print(hashlib.sha256(b"".join(drawn)).hexdigest())
"""


@pytest.mark.soak  # each process reads torch anew
def test_it_does_not_matter_how_many_processes_load(crops: Path) -> None:
    """In a process of its own, as `train` is: this one holds what other rooms have loaded."""
    alone, together = (
        subprocess.run(
            [sys.executable, "-c", LOADED, str(crops), msgspec.json.encode(recipe).decode()],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for recipe in (TINY, msgspec.structs.replace(TINY, workers=1))
    )
    assert alone == together != ""


def test_another_recipe_does_not_enter_a_run(crops: Path, run: Path) -> None:
    with pytest.raises(DetectError, match="another recipe"):
        training.train(crops, run, msgspec.structs.replace(TINY, rate=1.0))


def test_a_loss_that_is_no_number_is_said(crops: Path, tmp_path: Path) -> None:
    with pytest.raises(DetectError, match="lower the recipe's rate"):
        training.train(crops, tmp_path, msgspec.structs.replace(TINY, rate=1e30, clip=1e30))
    # Nothing has been learned: a gentler recipe may have the folder.
    assert training.train(crops, tmp_path, TINY).epochs == TINY.epochs


def test_processes_beside_the_first_only_learn(
    crops: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lightning.Trainer, "is_global_zero", False)
    with pytest.raises(SystemExit) as left:
        training.train(crops, tmp_path, msgspec.structs.replace(TINY, epochs=1))
    assert left.value.code == 0
    assert not (tmp_path / "run.json").exists()


VIT = "vit_tiny_patch16_224"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"network": "colour", "size": 224},
            "The network, colour on vit_tiny_patch16_224, cannot be asked about",
        ),
        ({"network": "norms", "size": 96}, "crops of 96 px"),
    ],
    ids=["no maps", "another size"],
)
def test_a_network_that_cannot_see_the_crops_is_said(
    crops: Path, tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    if changed["network"] == "norms":
        state = timm.create_model(VIT, num_classes=0).state_dict()
        torch.save(state, tmp_path / "vit.pt")
        changed = changed | {"weights": str(tmp_path / "vit.pt")}
    recipe = msgspec.structs.replace(ONE, backbone=VIT, **changed)
    with pytest.raises(DetectError, match=said):
        training.train(crops, tmp_path / "run", recipe)


def test_a_part_with_one_kind_is_said(crops: Path, tmp_path: Path) -> None:
    table = pd.read_parquet(crops / "index.parquet")
    table[table["label"] == 1].to_parquet(tmp_path / "index.parquet")
    with pytest.raises(DetectError, match="lacks real or fake"):
        training.train(tmp_path, tmp_path / "run", TINY)


def test_an_unfinished_run_is_no_detector(tmp_path: Path) -> None:
    with pytest.raises(DetectError, match="no finished run"):
        learned.load(tmp_path)


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
    rates = [courses.rate_at(step, 100, 0.1) for step in range(101)]
    assert max(rates) == rates[9] == 1.0
    assert rates[0] == 0.1
    assert rates[100] == pytest.approx(0)
    assert rates[10:] == sorted(rates[10:], reverse=True)


@pytest.mark.parametrize(
    ("schedule", "at_half", "at_end"),
    [
        ("step", 0.5, 0.25),
        ("multistep", 0.1, 0.01),
        ("polynomial", 0.5**0.9, 0.0),
        ("exponential", np.exp(-2.5), np.exp(-5)),
        ("steady", 1.0, 1.0),
    ],
)
def test_each_course_falls_as_it_says(
    schedule: recipe.Schedule, at_half: float, at_end: float
) -> None:
    rates = [courses.rate_at(step, 101, 0.0, schedule) for step in range(102)]
    assert rates[0] == 1.0
    assert rates[51] == pytest.approx(at_half)
    assert rates[101] == pytest.approx(at_end)


def test_a_plateau_halves_the_rate_for_good() -> None:
    weight = torch.nn.Parameter(torch.zeros(1))
    made = courses.optimiser([weight], Recipe(schedule="plateau", rate=1.0, optimiser="sgd"))
    by_step, by_epoch = courses.courses(made, Recipe(schedule="plateau", warm_up=0.2), steps=50)
    rates = []
    for _ in range(10):
        for _ in range(5):
            rates.append(made.param_groups[0]["lr"])
            made.step()
            by_step["scheduler"].step()
        by_epoch["scheduler"].step(1.0)
    assert rates[0] == pytest.approx(0.1)
    assert rates[10] == pytest.approx(1.0)
    assert rates[-1] == pytest.approx(0.25)


def test_a_pupil_that_says_the_same_has_nothing_to_learn() -> None:
    teacher = torch.tensor([2.0, -1.0])
    pupil = teacher.clone().requires_grad_()
    torch.autograd.backward(losses.distilled(pupil, teacher, 3.0))
    assert pupil.grad is not None
    assert pupil.grad.abs().max() < 1e-6
    # By hand: T squared times the cross-entropy of what both say, softened.
    said, soft = torch.sigmoid(torch.tensor(0.5)), torch.sigmoid(torch.tensor(1.0))
    expected = -4 * (soft * said.log() + (1 - soft) * (1 - said).log())
    given = losses.distilled(torch.tensor([1.0]), torch.tensor([2.0]), 2.0)
    assert given == pytest.approx(expected.item())


@pytest.mark.parametrize("name", recipe.RECIPES)
def test_each_recipe_has_a_network(name: str) -> None:
    chosen = recipe.RECIPES[name]
    if chosen.network in {"norms", "frozen"}:
        with pytest.raises(CheckpointError, match="give a file of"):
            build(chosen)
        return
    small = msgspec.structs.replace(chosen, backbone="mobilenetv3_small_050")
    network = build(small).eval()
    shape = (2, chosen.frames, 3, 64, 64) if chosen.frames > 1 else (2, 3, 64, 64)
    assert network(torch.rand(shape)).shape == (2,)


def test_a_frozen_backbone_is_not_taught(tmp_path: Path) -> None:
    torch.save(timm.create_model("resnet18", num_classes=0).state_dict(), tmp_path / "w.pt")
    changes = [f"weights={tmp_path / 'w.pt'}", "frames=3", "size=64"]
    network = build(recipe.choose("dfdcnet-frozen", changes)).train()
    backbone = next(network.children())
    before = {key: value.clone() for key, value in backbone.state_dict().items()}
    network(torch.rand(2, 3, 3, 64, 64)).sum().backward()
    assert all(torch.equal(value, before[key]) for key, value in backbone.state_dict().items())
    assert all(not one.requires_grad for one in backbone.parameters())


ONE = msgspec.structs.replace(TINY, epochs=1)


@pytest.mark.parametrize(
    "changed",
    [
        {"fakes": "blended", "cut_out": 0.5},
        {"network": "unfrozen", "frames": 2, "shuffled": 0.5, "schedule": "plateau"},
        {"balance": "weights", "gamma": 2.0, "optimiser": "rmsprop", "schedule": "step"},
    ],
    ids=["blended", "several frames", "weighed"],
)
def test_every_way_of_teaching_runs(
    crops: Path, tmp_path: Path, changed: dict[str, object]
) -> None:
    told = training.train(crops, tmp_path, msgspec.structs.replace(ONE, **changed))
    assert told.epochs == 1
    assert np.isfinite(told.best)
    assert list((tmp_path / "tensorboard").glob("events.*"))


def test_blended_fakes_need_no_fakes(crops: Path, tmp_path: Path) -> None:
    table = pd.read_parquet(crops / "index.parquet")
    for file in ("crops.json", "points.npy"):
        (tmp_path / file).write_bytes((crops / file).read_bytes())
    for file in table["file"]:
        (tmp_path / file).write_bytes((crops / file).read_bytes())
    table[table["label"] == 0].to_parquet(tmp_path / "index.parquet")
    told = training.train(tmp_path, tmp_path / "run", msgspec.structs.replace(ONE, fakes="blended"))
    assert np.isfinite(told.best)


def test_a_pupil_learns_from_a_run(crops: Path, run: Path, tmp_path: Path) -> None:
    teacher = tmp_path / "teacher"
    shutil.copytree(run, teacher)
    told = msgspec.json.decode((teacher / "run.json").read_bytes())
    (teacher / "run.json").write_bytes(msgspec.json.encode(told | {"taught": ["other.mp4"]}))
    pupil = msgspec.structs.replace(ONE, teacher=str(teacher), share=0.75)
    learned = training.train(crops, tmp_path / "pupil", pupil)
    assert np.isfinite(learned.best)
    assert len(learned.taught) == 17
    assert (
        "other.mp4" in learned.taught
    )  # what a teacher learned from, no table of its pupil counts
    stored = torch.load(tmp_path / "pupil" / "best.ckpt", weights_only=True)["state_dict"]
    assert not [key for key in stored if "teacher" in key]


def test_a_teacher_that_sees_something_else_is_said(crops: Path, tmp_path: Path) -> None:
    other = msgspec.structs.replace(ONE, network="unfrozen", frames=2)
    training.train(crops, tmp_path / "teacher", other)
    pupil = msgspec.structs.replace(ONE, teacher=str(tmp_path / "teacher"))
    with pytest.raises(DetectError, match="a teacher that sees the same"):
        training.train(crops, tmp_path / "pupil", pupil)


def test_a_checkpoint_of_another_network_is_said(run: Path, tmp_path: Path) -> None:
    for file in ("best.ckpt", "run.json"):
        (tmp_path / file).write_bytes((run / file).read_bytes())
    other = msgspec.structs.replace(TINY, backbone="mobilenetv3_small_075")
    (tmp_path / "recipe.yaml").write_bytes(msgspec.yaml.encode(other))
    with pytest.raises(CheckpointError, match="of another network than"):
        learned.load(tmp_path)
    whole = (tmp_path / "best.ckpt").read_bytes()
    (tmp_path / "best.ckpt").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CheckpointError, match="is damaged"):
        learned.load(tmp_path)
    (tmp_path / "best.ckpt").unlink()
    with pytest.raises(CheckpointError, match="is not there"):
        learned.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("magic", [], "cannot be read"),
        ("small", ["speed=9"], "changes nothing"),
        ("small", ["epochs"], "changes nothing"),
        ("small", ["epochs=many"], "is no recipe"),
        ("small", ["epochs=0"], "at least 1"),
        ("small", ["rate=nan"], "at least 0"),
        ("small", ["warm_up=2"], "0 to 1"),
        ("colour", ["frames=3"], "one frame at a time"),
        ("small", ["polarity=real"], "of a `state`"),
        ("noise", ["noise_cut=0"], "above 0, or none"),
    ],
)
def test_a_recipe_that_cannot_be_is_said(name: str, changes: list[str], said: str) -> None:
    with pytest.raises(DetectError, match=said):
        recipe.choose(name, changes)


def test_a_recipe_can_be_changed() -> None:
    chosen = recipe.choose("dfdcnet", ["frames=3", "rate=1e-3", "weights=none"])
    assert (chosen.network, chosen.frames, chosen.rate, chosen.weights) == (
        "unfrozen", 3, 1e-3, None,
    )  # fmt: skip


def test_the_focal_loss_looks_at_what_is_wrong() -> None:
    logits, labels = torch.tensor([3.0, -3.0]), torch.tensor([1.0, 1.0])
    plain = losses.focal(logits, labels, 0.0, 0.0)
    expected = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
    assert plain == pytest.approx(expected.item())
    # How much of each loss is left: hardly any of the right one, nearly all of the wrong one.
    right, wrong = (
        losses.focal(logits[one], labels[one], 2.0, 0.0)
        / losses.focal(logits[one], labels[one], 0.0, 0.0)
        for one in (slice(1), slice(1, 2))
    )
    assert right < 0.01
    assert wrong > 0.9
