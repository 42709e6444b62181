"""The whole path of a researcher, as the README has it, on the practice set that comes with it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

PEOPLE, KINDS = 12, 6


@pytest.mark.soak
def test_from_nothing_to_a_verdict(tmp_path: Path) -> None:
    """Prints how long each step took: ten minutes on two cores in all."""
    began = time.monotonic()
    made = told(tmp_path, "dataset", "make", "-o", "practice")
    assert made["clips"] == PEOPLE * KINDS
    looked = told(tmp_path, "dataset", "inspect", "practice", "--report", "looks")
    assert looked["faces"] == {"1": PEOPLE * KINDS}
    cut = told(tmp_path, "dataset", "crops", "practice", "-o", "crops", "--size", "128")
    assert (cut["failures"], cut["without_faces"]) == ([], [])
    trained = told(tmp_path, "train", "crops", "-o", "run")
    assert trained["untrained_backbone"]
    # The physical detectors on people by whom no threshold was chosen, none of whose files says
    # anything of itself: a self-check, and no claim about the world.
    table = told(tmp_path, "evaluate", "practice", "-o", "table")
    assert table["together"]["auc"] > 0.7
    assert table["together"]["accuracy"] > 0.6
    network = told(tmp_path, "evaluate", "practice", "-o", "learned", "--detector", "run")
    assert network["run"]["judged"] == network["run"]["asked"]
    sent = told(tmp_path, "submit", "practice", "-o", "submission.csv", "--detector", "run")
    assert sent["rows"] == PEOPLE * KINDS
    clip = next((tmp_path / "practice").glob("*-mouth-*.mp4"))
    words = ("--detector", "run", "--detector", "together", "--report", "page")
    judged = told(tmp_path, "detect", str(clip), *words, "--explain", "gradcam")
    assert len(judged["files"][0]["scores"]) == 2
    sys.stderr.write(f"the whole path: {time.monotonic() - began:.0f} s\n")


def told(folder: Path, *words: str) -> dict[str, Any]:
    began = time.monotonic()
    command = [str(Path(sys.executable).with_name("discriminator")), *words, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    sys.stderr.write(f"{' '.join(words[:2])}: {time.monotonic() - began:.0f} s\n")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
