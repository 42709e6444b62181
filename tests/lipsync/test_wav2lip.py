"""The networks are the published ones, weight by weight and number by number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from seeded import Golden, state_hash

from discriminator.lipsync import checkpoint
from discriminator.lipsync.errors import CheckpointError
from discriminator.lipsync.wav2lip import Generator, SyncNet

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor, nn

GOLDEN = Path(__file__).parent / "golden"
NETWORKS = {"wav2lip_generator": Generator, "wav2lip_syncnet_color": SyncNet}


def sound(batch: int, seed: int = 0) -> Tensor:
    chance = np.random.default_rng(seed + 1000)
    return torch.from_numpy(8 * chance.random((batch, 1, 80, 16), dtype=np.float32) - 4)


def pictures(*shape: int, seed: int = 0) -> Tensor:
    return torch.from_numpy(np.random.default_rng(seed).random(shape, dtype=np.float32))


def half_hidden(batch: int, seed: int = 0) -> Tensor:
    faces = pictures(batch, 6, 96, 96, seed=seed)
    faces[:, :3, 48:] = 0
    return faces


def filled(name: str) -> nn.Module:
    network = NETWORKS[name]()
    network.load_state_dict(Golden.read(GOLDEN, name).tuned)
    return network.eval()


@pytest.fixture(scope="module")
def generator() -> nn.Module:
    return filled("wav2lip_generator")


@pytest.mark.parametrize("name", NETWORKS)
def test_weights_have_the_published_names_and_shapes(name: str) -> None:
    golden = Golden.read(GOLDEN, name)
    weights = golden.tuned
    assert state_hash(weights) == golden.manifest["tuned_state_sha256"]
    network = NETWORKS[name]()
    assert {k: list(v.shape) for k, v in network.state_dict().items()} == golden.manifest["keys"]
    assert sum(p.numel() for p in network.parameters()) == golden.manifest["n_params"]


@torch.inference_mode()
def test_the_generator_draws_what_the_published_one_draws(generator: Generator) -> None:
    golden = Golden.read(GOLDEN, "wav2lip_generator")
    before: list[Tensor] = []
    hook = generator.output_block[-2].register_forward_hook(lambda *it: before.append(it[2]))
    golden.holds("output", generator(sound(1), half_hidden(1)))
    hook.remove()
    golden.holds("pre_sigmoid", before[0])


@torch.inference_mode()
def test_the_syncnet_hears_what_the_published_one_hears() -> None:
    golden = Golden.read(GOLDEN, "wav2lip_syncnet_color")
    heard, seen = filled("wav2lip_syncnet_color")(sound(2), pictures(2, 15, 48, 96))
    golden.holds("audio_embedding", heard)
    golden.holds("face_embedding", seen)
    golden.holds("cosine", (heard * seen).sum(1))


@pytest.mark.parametrize("seed", [1, 2])
@torch.inference_mode()
def test_a_batch_is_its_frames(generator: nn.Module, seed: int) -> None:
    mel, faces = sound(3, seed), half_hidden(3, seed)
    together = generator(mel, faces)
    alone = torch.cat([generator(mel[i : i + 1], faces[i : i + 1]) for i in range(3)])
    torch.testing.assert_close(together, alone, atol=1e-5, rtol=0)


@torch.inference_mode()
def test_frames_in_sequences_are_drawn_one_by_one(generator: nn.Module) -> None:
    mel, faces = sound(4), half_hidden(4)
    in_time = generator(
        mel.reshape(2, 2, *mel.shape[1:]),
        faces.reshape(2, 2, *faces.shape[1:]).transpose(1, 2).contiguous(),
    )
    flat = in_time.transpose(1, 2).flatten(0, 1)
    torch.testing.assert_close(flat, generator(mel, faces), atol=1e-5, rtol=0)


# --- checkpoints ----------------------------------------------------------------------------------


class Code:
    """What a checkpoint must never be able to do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, ...]]:
        return (Path.touch, (Path(self.path),))  # type: ignore[return-value]


def as_published(weights: dict[str, Tensor]) -> dict[str, object]:
    return {
        "state_dict": {f"module.{key}": value for key, value in weights.items()},
        "optimizer": None,
        "global_step": 1,
        "global_epoch": 1,
    }


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_checkpoint_of_the_published_layout_is_loaded(tmp_path: Path, *, wrapped: bool) -> None:
    path = tmp_path / "syncnet.pth"
    weights = Golden.read(GOLDEN, "wav2lip_syncnet_color").tuned
    torch.save(as_published(weights) if wrapped else weights, path)
    loaded = checkpoint.load(SyncNet(), path)
    assert state_hash(loaded.state_dict()) == state_hash(weights)
    assert not loaded.training


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda w: w.pop("face_encoder.0.conv_block.0.bias"), "1 missing"),
        (lambda w: w.update(extra=torch.zeros(1)), r"1 not known here \(extra\)"),
        (
            lambda w: w.update({"audio_encoder.0.conv_block.0.bias": torch.zeros(3)}),
            "1 of another shape",
        ),
        (lambda w: w.update({"audio_encoder.0.conv_block.0.bias": 3}), "1 of another shape"),
    ],
)
def test_what_does_not_fit_is_named(
    tmp_path: Path, change: Callable[[dict[str, Tensor]], object], message: str
) -> None:
    path = tmp_path / "syncnet.pth"
    weights = dict(Golden.read(GOLDEN, "wav2lip_syncnet_color").tuned)
    change(weights)
    torch.save(as_published(weights), path)
    with pytest.raises(CheckpointError, match=message):
        checkpoint.load(SyncNet(), path)


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "syncnet.pth"
    torch.save(as_published(Golden.read(GOLDEN, "wav2lip_syncnet_color").tuned), path)
    with pytest.raises(CheckpointError, match="not a checkpoint of this Generator"):
        checkpoint.load(Generator(), path)


@pytest.mark.parametrize("content", [[1, 2], {"state_dict": [1, 2]}, {"state_dict": None}, 7])
def test_what_holds_no_weights_is_no_checkpoint(tmp_path: Path, content: object) -> None:
    path = tmp_path / "syncnet.pth"
    torch.save(content, path)
    with pytest.raises(CheckpointError, match="not a checkpoint of this SyncNet"):
        checkpoint.load(SyncNet(), path)


def test_code_in_a_checkpoint_is_not_run(tmp_path: Path) -> None:
    path, mark = tmp_path / "evil.pth", tmp_path / "ran"
    torch.save({"state_dict": Code(mark)}, path)
    with pytest.raises(CheckpointError, match="never run"):
        checkpoint.load(SyncNet(), path)
    assert not mark.exists()


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", None])
def test_a_broken_file_is_said_to_be_one(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "syncnet.pth"
    torch.save(Golden.read(GOLDEN, "wav2lip_syncnet_color").tuned, path)
    path.write_bytes(path.read_bytes()[:100_000] if content is None else content)
    with pytest.raises(CheckpointError, match="fetch it again"):
        checkpoint.load(SyncNet(), path)


def test_a_file_that_is_not_there_is_told_from_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="weights fetch"):
        checkpoint.load(SyncNet(), tmp_path / "none.pth")
