"""Every check there is, one after the other; `make test` prepares the machine and runs this.

A failure does not stop the rest: whoever waits for the whole run wants to know all that is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent  # ruff and the others, and a node for machines without one
CHECKS = {
    "Python: rules": "ruff check",
    "Python: layout": "ruff format --check",
    "Python: types": "mypy",
    "The floors of the house": "lint-imports",
    "TypeScript: rules, layout, types": "npm run check",
    "TypeScript: tests": "npm test",
    "Python: tests": "pytest --durations=10",
}


def main() -> int:
    """Run all; the last line counts them, the lines before it name those that failed."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    print("".join(f"\nfailed: {name}" for name in failed))
    print(f"checks: {len(CHECKS) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def passes(name: str, command: str) -> bool:
    """Run one check under its heading."""
    print(f"\n== {name}: {command}", flush=True)
    began = time.monotonic()
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command.split(),
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    word = "failed" if done.returncode else "passed"
    print(f"== {name}: {word} in {time.monotonic() - began:.0f} s", flush=True)
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
