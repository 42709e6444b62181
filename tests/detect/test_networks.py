from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from msgspec.structs import replace
from timm.layers.drop import DropPath

from discriminator.detect.errors import DetectError
from discriminator.detect.networks.backbone import Backbone, CheckpointError, load
from discriminator.detect.networks.building import build
from discriminator.detect.networks.classifiers import (
    ColourClassifier,
    DualClassifier,
    NoiseClassifier,
    WeightedClassifier,
    WeightedPool,
)
from discriminator.detect.networks.dfdcnet import MIXNETS, Embedder, Frozen, Unfrozen
from discriminator.detect.networks.recipe import SEQUENCES, Kind, Recipe
from discriminator.detect.networks.srm import KERNELS, SCALES, SRM
from discriminator.detect.networks.tuned import TunedNorms

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor, nn

SMALL = "mobilenetv3_small_050"
TINY_VIT = "vit_tiny_patch16_224"


def weigh(network: nn.Module) -> int:
    return sum(part.numel() for part in network.parameters())


def crops() -> Tensor:
    return torch.from_numpy(np.random.default_rng(0).random((2, 3, 64, 64), np.float32))


# --- noise ----------------------------------------------------------------------------------------


def test_the_kernels_are_high_passes() -> None:
    kernels = torch.tensor(KERNELS)
    assert kernels.shape == (3, 5, 5)
    assert kernels.sum((1, 2)).tolist() == [0, 0, 0]
    assert [int(kernel.min()) for kernel in kernels] == [-2, -4, -12]
    assert SCALES == (1 / 2, 1 / 4, 1 / 12)


def test_even_shades_leave_nothing() -> None:
    ramp = torch.linspace(0, 1, 32).expand(1, 3, 32, 32)
    inside = SRM()(ramp)[..., 2:-2, 2:-2]
    assert inside.shape == (1, 3, 28, 28)
    assert inside.abs().max() < 1e-3


def test_a_speck_leaves_the_kernel_itself_in_grey_levels() -> None:
    speck = torch.zeros(1, 3, 9, 9)
    speck[0, 1, 4, 4] = 2 / 255
    maps = SRM(truncation=None)(speck)
    expected = torch.tensor(KERNELS) * torch.tensor(SCALES)[:, None, None] * 2
    assert torch.allclose(maps[0, :, 2:7, 2:7].flip(1, 2), expected.flip(1, 2), atol=1e-5)


def test_truncation_scaling_and_learning_are_choices() -> None:
    noise = crops()
    assert SRM()(noise).abs().max() == 3
    assert SRM(truncation=None)(noise).abs().max() > 3
    unscaled = SRM(truncation=None, scales=(1, 1, 1))(noise)
    scaled = SRM(truncation=None)(noise)
    assert torch.allclose(unscaled[:, 2] / 12, scaled[:, 2], atol=1e-2)
    assert not SRM().weight.requires_grad
    assert SRM(learnable=True).weight.requires_grad


# --- classifiers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "build",
    [
        lambda: ColourClassifier(Backbone(SMALL)),
        lambda: NoiseClassifier(Backbone(SMALL, normalise=False)),
        lambda: WeightedClassifier(Backbone(SMALL)),
        lambda: DualClassifier(Backbone(SMALL), Backbone(SMALL, normalise=False), mixed=16),
    ],
)
def test_crops_become_one_number_each_and_all_of_it_learns(build: type[nn.Module]) -> None:
    torch.manual_seed(0)
    network = build()
    logits = network(crops())
    assert logits.shape == (2,)
    logits.sum().backward()
    learning = [part for part in network.parameters() if part.requires_grad]
    reached = [part for part in learning if part.grad is not None]
    # A backbone's own head is not used by a classifier that pools itself.
    assert len(reached) >= 0.9 * len(learning)


def test_the_noise_classifier_does_not_see_what_is_even() -> None:
    torch.manual_seed(0)
    network = NoiseClassifier(Backbone(SMALL, normalise=False)).eval()
    dark, bright = (torch.full((1, 3, 64, 64), level) for level in (0.2, 0.7))
    inner = network.srm(bright) - network.srm(dark)
    assert inner[..., 2:-2, 2:-2].abs().max() < 1e-3


def test_the_weighted_pool_is_a_mean_that_prefers() -> None:
    pool = WeightedPool(4)
    even = torch.ones(1, 4, 3, 3)
    assert torch.allclose(pool(even), torch.ones(1, 4))
    torch.nn.init.ones_(pool.worth.weight)
    one_place = torch.zeros(1, 4, 2, 2)
    one_place[..., 0, 0] = 9.0
    assert pool(one_place).min() > one_place.mean()


def test_sizes_are_those_that_were_published() -> None:
    # 283,329 with a normalisation of 2 x 64 that was never used.
    assert weigh(Frozen()) == 283_329 - 128
    unfrozen = Unfrozen()
    assert unfrozen.backbone.features == 1536
    assert weigh(unfrozen) == pytest.approx(8.91e6, rel=1e-3)
    assert Backbone(MIXNETS[1]).features == 1536
    assert weigh(Backbone(MIXNETS[1])) == pytest.approx(3.48e6, rel=2e-3)


def test_a_clip_is_judged_by_itself() -> None:
    torch.manual_seed(0)
    network = Frozen().eval()
    vectors = torch.randn(3, 30, 512)
    together = network(vectors)
    alone = torch.cat([network(vectors[one : one + 1]) for one in range(3)])
    assert together.shape == (3,)
    assert torch.allclose(together, alone, atol=1e-6)


def test_the_unfrozen_one_is_trained_through_to_the_pictures() -> None:
    torch.manual_seed(0)
    network = Unfrozen(Backbone(SMALL))
    frames = torch.rand(2, 5, 3, 64, 64, requires_grad=True)
    logits = network(frames)
    assert logits.shape == (2,)
    logits.sum().backward()
    assert frames.grad is not None
    assert frames.grad.abs().sum() > 0


@pytest.mark.parametrize("kind", ["colour", "noise", "weighted", "dual", "norms", *SEQUENCES])
def test_real_as_one_is_turned_round(kind: Kind, tmp_path: Path) -> None:
    recipe = Recipe(network=kind, backbone=TINY_VIT if kind == "norms" else SMALL)
    of_others = build(recipe, trained=True).eval()
    side = 224 if kind == "norms" else 32
    seen = torch.rand(2, *((3,) if kind in SEQUENCES else ()), 3, side, side)
    torch.save(of_others.state_dict(), tmp_path / "real.pt")
    for polarity, sign in (("fake", 1), ("real", -1)):
        changed = replace(recipe, state=str(tmp_path / "real.pt"), polarity=polarity)
        assert torch.equal(build(changed).eval()(seen), sign * of_others(seen))


def test_a_run_begins_as_another_has_ended(tmp_path: Path) -> None:
    recipe = Recipe(backbone=SMALL)
    state = {f"network.{key}": value for key, value in build(recipe).state_dict().items()}
    torch.save({"state_dict": state}, tmp_path / "best.ckpt")
    begun = build(replace(recipe, state=str(tmp_path / "best.ckpt"))).state_dict()
    assert all(torch.equal(value, state[f"network.{key}"]) for key, value in begun.items())
    with pytest.raises(CheckpointError, match="of another network"):
        build(replace(recipe, network="weighted", state=str(tmp_path / "best.ckpt")))


def noise_of(recipe: Recipe) -> SRM:
    found = build(recipe).srm
    assert isinstance(found, SRM)
    return found


def test_a_recipe_chooses_what_noise_is_and_which_paths_are_dropped() -> None:
    recipe = Recipe(network="noise", backbone=SMALL)
    plain = noise_of(recipe)
    assert plain.truncation == 3
    assert not plain.weight.requires_grad
    assert noise_of(replace(recipe, network="dual")).weight.requires_grad
    changed = replace(recipe, noise_scaled=False, noise_cut=None, noise_learned=True)
    other = noise_of(changed)
    assert other.truncation is None
    assert other.weight.requires_grad
    assert torch.equal(other.weight[:, 0], torch.tensor(KERNELS, dtype=torch.float32))

    def dropping(rate: float) -> list[float]:
        parts = build(replace(recipe, backbone="tf_efficientnetv2_b0", drop_path=rate)).modules()
        return [part.drop_prob for part in parts if isinstance(part, DropPath)]

    assert dropping(0.0) == []
    assert 0.1 < max(dropping(0.2)) <= 0.2
    with pytest.raises(DetectError, match="no paths to drop"):
        build(replace(recipe, backbone="densenet121", drop_path=0.2))


# --- weights --------------------------------------------------------------------------------------


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "backbone.pt"
    state = Backbone(SMALL).network.state_dict()
    torch.save({"state_dict": {f"module.{key}": value for key, value in state.items()}}, path)
    return path


def test_nothing_runs_frozen_without_weights() -> None:
    for made in (lambda: Embedder(SMALL, None), lambda: TunedNorms(None)):
        with pytest.raises(CheckpointError, match="frozen"):
            made()


def test_a_backbone_says_whether_it_was_trained(tmp_path: Path) -> None:
    path = tmp_path / "backbone.pt"
    kept = Backbone(SMALL)
    torch.save(kept.network.state_dict(), path)
    loaded = Backbone(SMALL, weights=path)
    assert loaded.is_trained
    assert not kept.is_trained
    assert torch.equal(loaded.eval().pooled(crops()), kept.eval().pooled(crops()))


def test_an_embedder_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "backbone.pt"
    torch.save(Backbone(SMALL).network.state_dict(), path)
    embedder = Embedder(SMALL, path)
    assert not any(part.requires_grad for part in embedder.parameters())
    assert embedder(torch.rand(1, 2, 3, 64, 64)).shape == (1, 2, embedder.backbone.pooled_features)


def test_of_a_vision_transformer_only_norms_learn(tmp_path: Path) -> None:
    path = tmp_path / "vit.pt"
    torch.save(Backbone(TINY_VIT).network.state_dict(), path)
    network = TunedNorms(path, TINY_VIT)
    learning = [name for name, part in network.named_parameters() if part.requires_grad]
    assert all("norm" in name or name.startswith("last.") for name in learning)
    taught = sum(part.numel() for part in network.parameters() if part.requires_grad)
    assert 0 < taught < 0.01 * weigh(network)
    assert network(torch.rand(1, 3, 224, 224)).shape == (1,)


def test_wrapped_checkpoints_are_unwrapped(weights: Path) -> None:
    network = Backbone(SMALL).network
    load(network, weights, prefix="module.")
    stored = torch.load(weights, weights_only=True)["state_dict"]
    for key, value in network.state_dict().items():
        assert torch.equal(value, stored[f"module.{key}"])


def test_a_checkpoint_of_another_network_is_refused(weights: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="is of another network"):
        load(Backbone("resnet18").network, weights, prefix="module.")
    (tmp_path / "letter.pt").write_text("a letter", encoding="utf-8")
    with pytest.raises(CheckpointError, match="no checkpoint"):
        load(Backbone(SMALL).network, tmp_path / "letter.pt")
    torch.save([torch.zeros(2)], tmp_path / "list.pt")
    with pytest.raises(CheckpointError, match="no checkpoint"):
        load(Backbone(SMALL).network, tmp_path / "list.pt")
