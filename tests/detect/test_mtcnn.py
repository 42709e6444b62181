"""The three networks and the search around them, against what the published ones give."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from PIL import Image
from seeded import Golden, state_hash
from skimage.data import astronaut

from discriminator import weights
from discriminator.detect.networks.backbone import CheckpointError
from discriminator.detect.networks.mtcnn import MTCNN, Options, Output, Proposing, Refining

if TYPE_CHECKING:
    from torch import nn

GOLDEN = Path(__file__).parent / "golden"
DETECTION = json.loads((GOLDEN / "mtcnn_detection.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = DETECTION["cases"]
NETWORKS: dict[str, tuple[type[nn.Module], tuple[int, ...], tuple[str, ...]]] = {
    "mtcnn_pnet": (Proposing, (1, 3, 40, 52), ("reg", "prob")),
    "mtcnn_rnet": (Refining, (2, 3, 24, 24), ("reg", "prob")),
    "mtcnn_onet": (Output, (2, 3, 48, 48), ("reg", "landmarks", "prob")),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_each_network_is_the_published_one(name: str) -> None:
    kind, shape, outputs = NETWORKS[name]
    golden = Golden.read(GOLDEN, name)
    assert state_hash(golden.tuned) == golden.manifest["tuned_state_sha256"]
    network = kind()
    assert {k: list(v.shape) for k, v in network.state_dict().items()} == golden.manifest["keys"]
    network.load_state_dict(golden.tuned)
    drawn = np.random.default_rng(0).random(shape, dtype=np.float32)
    with torch.no_grad():
        for output, got in zip(
            outputs, network.eval()(torch.from_numpy(2 * drawn - 1)), strict=True
        ):
            golden.holds(output, got)


@pytest.mark.skipif(
    weights.verify("mtcnn") != "as published",
    reason="boxes on a photo need the published weights: `discriminator weights fetch mtcnn`",
)
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_boxes_on_a_photo(case: dict[str, Any]) -> None:
    photo = Image.fromarray(astronaut())
    if "resize" in case["image"]:
        photo = photo.resize(case["image_size_wh"])
    chosen = case["mtcnn_arguments"].get("thresholds")
    options = Options(thresholds=tuple(chosen)) if chosen else Options()
    found = MTCNN(weights.path("mtcnn"), options).find(np.asarray(photo))
    assert np.array([one.box for one in found]) == pytest.approx(np.array(case["boxes"]), abs=0.01)
    assert [one.confidence for one in found] == pytest.approx(case["probs"], abs=1e-4)
    marks = np.array([one.landmarks for one in found])
    assert marks == pytest.approx(np.array(case["landmarks"]), abs=0.01)


def test_the_search_finds_nothing_where_nothing_is(tmp_path: Path) -> None:
    # Seeded weights, packed as the wheel packs the published ones.
    wheel = packed(tmp_path)
    options = Options(thresholds=(2.0, 2.0, 2.0))
    assert MTCNN(wheel, options).find(np.zeros((64, 80, 3), np.uint8)) == []
    assert MTCNN(wheel).find(np.zeros((5, 5, 3), np.uint8)) == []


def test_the_search_joins_what_the_networks_let_pass(tmp_path: Path) -> None:
    found = MTCNN(packed(tmp_path), Options(thresholds=(0.3, 0.0, 0.0))).find(
        astronaut()[:128, :128]
    )
    assert found
    assert [one.box.area for one in found] == sorted((one.box.area for one in found), reverse=True)
    assert all(one.landmarks.shape == (5, 2) for one in found)


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.whl"
    other.write_bytes(b"PK")
    with pytest.raises(CheckpointError, match="is not the wheel"):
        MTCNN(other)


def packed(folder: Path) -> Path:
    path = folder / "seeded.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name in NETWORKS:
            content = io.BytesIO()
            torch.save(Golden.read(GOLDEN, name).tuned, content)
            file = f"facenet_pytorch/data/{name.removeprefix('mtcnn_')}.pt"
            archive.writestr(file, content.getvalue())
    return path
