"""The floors of the house: imports go down, and a viewer's kernel carries little."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from cinema import program

HEAVY = {
    "cv2",
    "fastapi",
    "lightning",
    "matplotlib",
    "mediapipe",
    "numpy",
    "openvino",
    "pandas",
    "plotly",
    "ray",
    "scipy",
    "sklearn",
    "torch",
    "torchvision",
}


def test_an_import_goes_down_and_never_across() -> None:
    checked = subprocess.run([program("lint-imports")], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("room", ["film", "widgets", "server.app", "cli"])
def test_what_a_viewer_needs_is_light(room: str) -> None:
    script = f"import discriminator.{room}, json, sys; print(json.dumps(list(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert HEAVY & set(json.loads(loaded.stdout)) == set()


def test_the_package_itself_imports_no_room() -> None:
    script = "import discriminator, json, sys; print(json.dumps(list(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    rooms = [name for name in json.loads(loaded.stdout) if name.startswith("discriminator.")]
    assert rooms == []
