"""Two processes that learn from the same crops, as on two graphics processors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

SIDE, CROPS = 64, 32


@pytest.mark.soak
def test_two_processes_learn_and_one_tells(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = []
    for number in range(CROPS):
        pixels = rng.integers(0, 255, (SIDE, SIDE, 3), np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{number}.png")
        about = {"clip": f"{number}.mp4", "file": f"{number}.png", "face": 0, "place": 0}
        part = "train" if number < CROPS // 2 else "validation"
        rows.append(about | {"label": number % 2, "part": part, "meshed": False})
    pd.DataFrame(rows).to_parquet(tmp_path / "index.parquet")
    (tmp_path / "crops.json").write_text(json.dumps({"size": SIDE}), encoding="utf-8")
    # The small recipe's backbone has a last layer that is not used.
    changes = ("size=64", "epochs=2", "batch=4", "devices=2", "workers=1")
    words = [word for change in changes for word in ("--set", change)]
    command = Path(sys.executable).with_name("discriminator")
    done = subprocess.run(
        [command, "train", tmp_path, "-o", tmp_path / "run", *words, "--json"],
        env=os.environ | {"CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)  # one answer, of one process
    assert (told["epochs"], told["taught"]) == (2, CROPS // 2)
    assert len((tmp_path / "run" / "log.csv").read_text(encoding="utf-8").splitlines()) == 3
