"""Where a network looked, what it becomes for other programs, and pages about clips and sets."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pandas as pd
import pytest
import torch
from PIL import Image
from torch import nn

from discriminator import detect
from discriminator.cli import main
from discriminator.detect import encoding, tracing
from discriminator.detect.cropping import Wish, cut_out, gain
from discriminator.detect.finding import FINDERS
from discriminator.detect.networks import exporting, training
from discriminator.detect.networks.explaining import (
    METHODS,
    WAYS,
    Explainer,
    Method,
    laid_back,
    sheet,
)
from discriminator.detect.networks.learned import Learned
from discriminator.detect.networks.recipe import SEQUENCES, Kind, Recipe
from discriminator.video import light, reading

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.detect.cropping import Picture
    from discriminator.detect.networks.explaining import Heat

SIDE = 32
KNOWS_RED = Recipe(
    backbone="mobilenetv3_small_050", size=SIDE, epochs=4, batch=8, rate=3e-3, cut_out=0.0
)


@pytest.fixture(scope="module")
def crops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grey pictures; the fakes have a red patch at the upper left."""
    folder = tmp_path_factory.mktemp("crops")
    rng = np.random.default_rng(0)
    rows = []
    for number in range(64):
        label = number % 2
        pixels = rng.integers(90, 130, (SIDE, SIDE, 3), np.uint8)
        if label:
            pixels[:12, :12] = (230, 30, 30)
        Image.fromarray(pixels).save(folder / f"{number}.png")
        part = "train" if number < 48 else "validation"
        about = {"clip": f"{number}.mp4", "file": f"{number}.png", "face": 0, "place": 0}
        rows.append(about | {"label": label, "part": part, "meshed": False})
    pd.DataFrame(rows).to_parquet(folder / "index.parquet")
    (folder / "crops.json").write_text(json.dumps({"size": SIDE, "frames": 3}), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(crops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    training.train(crops, folder, KNOWS_RED)
    return folder


@pytest.mark.parametrize("method", METHODS)
def test_heat_lies_on_a_picture(run: Path, crops: Path, method: Method) -> None:
    with Image.open(crops / "1.png") as picture:
        fake = np.array(picture)
    fakes, [heat] = Explainer(run, method).look([fake])
    assert 0 <= fakes[0] <= 1
    assert heat.shape == (SIDE, SIDE)
    assert 0 <= heat.min() <= heat.max() <= 1
    assert np.isfinite(heat).all()


class Patch(nn.Module):
    """A network that looks at nothing but how red the upper left corner is."""

    def __init__(self) -> None:
        super().__init__()
        self.network = nn.ModuleDict({"backbone": nn.AvgPool2d(4)})

    def forward(self, crops: torch.Tensor) -> torch.Tensor:
        maps: torch.Tensor = self.network["backbone"](crops)
        return 9 * maps[:, 0, :3, :3].mean((1, 2)) - 4


@pytest.mark.parametrize("method", METHODS)
def test_heat_lies_where_the_network_looked(method: Method) -> None:
    torch.manual_seed(0)
    crops = 0.1 * torch.rand(2, 3, SIDE, SIDE)
    crops[:, 0, :12, :12] += 0.8
    crops.requires_grad_()
    heat = WAYS[method](Patch(), crops).detach()
    assert len(heat) == 2
    corner = heat.shape[1] * 12 // SIDE
    inside, outside = heat[:, :corner, :corner].mean(), heat[:, 2 * corner :, 2 * corner :].mean()
    assert inside > 0
    assert inside > 3 * outside


VIT = "vit_tiny_patch16_224"


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("frozen", "gradcam"),
        ("frozen", "gradients"),
        ("unfrozen", "gradcam"),
        ("dual", "gradcam"),
        ("dual", "gradients"),
        ("norms", "gradients"),
    ],
)
def test_every_kind_of_network_says_where_it_looked(kind: Kind, method: Method) -> None:
    torch.manual_seed(0)
    side = 224 if kind == "norms" else 4 * SIDE
    backbone = VIT if kind == "norms" else KNOWS_RED.backbone
    recipe = Recipe(network=kind, backbone=backbone, size=side)
    crops = torch.rand(1, 3, side, side)
    asked = crops[:, None] if kind in SEQUENCES else crops
    heat = WAYS[method](Learned(recipe).eval(), asked).detach()
    assert len(heat) == 1
    assert torch.isfinite(heat).all()
    assert heat.max() > 0


def test_a_clip_is_explained(
    run: Path, clips: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["detect", str(clips["swap"]), "--detector", str(run), "--explain", "gradcam"]
    main([*words, "--report", str(tmp_path), "--json"])
    assert json.loads(capsys.readouterr().out)["files"][0]["scores"]
    [picture], [overlay] = tmp_path.glob("*.jpg"), tmp_path.glob("*.mp4")
    with Image.open(picture) as shown:
        assert shown.height % (2 * SIDE) == 0
    assert len(list(reading.frames(overlay))) > 20
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert picture.name in page
    assert overlay.name in page
    assert "from an untrained backbone" in page


@pytest.mark.parametrize("aligned", [False, True])
def test_heat_goes_back_to_where_the_crop_was_cut(clips: dict[str, Path], *, aligned: bool) -> None:
    wish = Wish(size=96, aligned=aligned)
    frame = next(iter(reading.frames(clips["real"]))).pixels
    [(box, _), *_] = FINDERS[wish.finder](frame)
    crop, matrix = cut_out(frame, box, wish)
    drawn = cv2.warpAffine(frame, matrix, (96, 96), borderMode=cv2.BORDER_REPLICATE)
    assert np.abs(crop.astype(int) - drawn).mean() < 4
    corner = np.zeros((96, 96), np.float32)
    corner[:48, :48] = 1
    hot = laid_back(corner, matrix, frame.shape[:2]) > 0.5
    assert hot.sum() == pytest.approx(48**2 / np.linalg.det(matrix[:, :2]), rel=0.05)
    middle = matrix @ [*np.argwhere(hot).mean(0)[::-1], 1]
    assert middle == pytest.approx([23.5, 23.5], abs=1)


@pytest.mark.parametrize("dark", [False, True])
def test_a_clip_is_shown_as_the_network_sees_it(
    run: Path,
    clips: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    dark: bool,
) -> None:
    explainer = Explainer(run)
    explainer.wish = Wish(size=48, aligned=True)
    seen = []

    def look(crops: list[Picture]) -> tuple[list[float], list[Heat]]:
        seen.extend(crops)
        return [0.5], [np.ones((48, 48), np.float32)]

    monkeypatch.setattr(explainer, "look", look)
    clip = tmp_path / "clip.mp4"
    filmed = [frame.pixels for frame in reading.frames(clips["real"], reading.PerSecond(6))]
    encoding.write(clip, (light.brightened(picture, 1 / 3 if dark else 1) for picture in filmed), 6)
    explainer.overlay(clip, tmp_path / "overlay.mp4")
    factor = gain(clip, explainer.wish)
    assert (factor > 2) is dark
    frame = light.brightened(next(iter(reading.frames(clip))).pixels, factor)
    [(box, _), *_] = FINDERS[explainer.wish.finder](frame)
    assert np.array_equal(seen[0], cut_out(frame, box, explainer.wish)[0])


def test_a_sheet_shows_each_crop_above_its_heat(run: Path, clips: dict[str, Path]) -> None:
    explained = Explainer(run).explain(clips["real"])
    assert len(explained) == 3
    assert sheet(explained).shape == (2 * SIDE, 3 * SIDE, 3)


def test_only_networks_are_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["detect", "clip.mp4", "--explain", "lime", "--report", str(tmp_path / "r")])
    assert stopped.value.code == 2
    assert "add --detector RUN" in capsys.readouterr().err


def test_signals_are_drawn(clips: dict[str, Path]) -> None:
    drawn = tracing.figures(detect.Clip(clips["real"]))
    assert set(drawn) == {"pulse", "noise", "sync"}
    assert [trace.name for trace in drawn["pulse"].data] == [
        "forehead",
        "left cheek",
        "right cheek",
    ]
    assert "beats" in drawn["pulse"].layout.title.text


def test_a_plot_is_of_whom_the_words_are(monkeypatch: pytest.MonkeyPatch) -> None:
    people = tuple(SimpleNamespace(number=number) for number in (0, 3))
    clip: Any = SimpleNamespace(scene=SimpleNamespace(people=people))
    for name in ("_pulse", "_noise", "_sync"):
        monkeypatch.setattr(tracing, name, lambda *seen: f"of {seen[-1].number}")
    signals = (
        detect.Signal("pulse", 0.1, "fake", "No heartbeat.", face=3),
        detect.Signal("noise", None, "unclear", "Too small."),
    )
    drawn: dict[str, Any] = dict(tracing.figures(clip, [detect.Score("x", 0.9, signals=signals)]))
    assert drawn == {"pulse": "of 3", "noise": "of 0", "sync": "of 0"}


def test_an_exported_network_says_the_same(
    run: Path, crops: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    done = exporting.export(run, crops, tmp_path)
    assert capfd.readouterr() == ("", "")  # the command's answer stands alone
    assert set(done.forms) == {"torch", "onnx", "openvino", "openvino int8"}
    for name in ("onnx", "openvino"):
        assert done.forms[name].largest_difference < 1e-3
        assert done.forms[name].auc == pytest.approx(done.forms["torch"].auc, abs=0.05)
    assert done.forms["openvino int8"].largest_difference < 0.3
    assert all((tmp_path / form.file).is_file() for form in done.forms.values() if form.file)
    assert done.parameters > 100_000
    assert done.gigaflops > 0
    assert done.crops == 16


def test_a_set_is_looked_at(
    clips: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("real", "swap"):
        for number in range(3):
            to = tmp_path / "set" / ("real" if kind == "real" else "fake") / f"{number}.mp4"
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(clips[kind].read_bytes())
    (tmp_path / "set" / "real" / "cut.mp4").write_bytes(b"no clip")
    words = ["dataset", "inspect", str(tmp_path / "set"), "--report", str(tmp_path / "page")]
    main([*words, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["real"], told["fake"], told["faces"]) == (4, 3, {"1": 6})
    assert len(told["failures"]) == 1
    page = (tmp_path / "page" / "report.html").read_text(encoding="utf-8")
    assert "4 real and 3 fake" in page
    assert "57.1 %" in page
    assert "px of the longer side, 384" in page  # the same in all clips, and therefore no plot
    with Image.open(tmp_path / "page" / "sheet.jpg") as shown:
        assert shown.size == (8 * 160, 2 * (32 + 120))
    # What is known is not looked at again; what failed is.
    record = tmp_path / "page" / "looks.jsonl"
    before = record.read_bytes()
    main([*words, "--json"])
    added = record.read_bytes().removeprefix(before)
    assert [json.loads(line)["name"] for line in added.splitlines()] == ["real/cut.mp4"]
