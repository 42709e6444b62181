"""The package as others get it: a wheel of a clean tree, in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from uv import find_uv_bin

ROOT = Path(__file__).resolve().parents[1]


def clean_copy(folder: Path) -> Path:
    """What a fresh clone would hold: nothing that was built, made or installed here."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.check_output(listed, cwd=ROOT, text=True).split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():  # not removed since it was committed
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def build_wheel(source: Path, folder: Path) -> Path:
    """The wheel of `source`."""
    uv("build", "--wheel", "--python", sys.executable, "--out-dir", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Install into a new environment in `folder`, with no node to help; return its programs."""
    uv("venv", "--python", sys.executable, folder)
    uv("pip", "install", "--python", folder, wheel, PATH="")
    return folder / "bin"


def uv(*words: str | Path, **variables: str) -> None:
    """Run uv; what it says is shown if it fails."""
    done = subprocess.run(
        [find_uv_bin(), *words],
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stdout
