"""Every check there is; `make test` prepares the machine and runs this.

A failure does not stop the rest: whoever waits for the whole run wants to know all that is wrong.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent  # ruff and the others, and a node for machines without one
FIRST = {
    "Python: rules": "ruff check",
    "Python: layout": "ruff format --check",
    "Python: types": "mypy",
    "The floors of the house": "lint-imports",
    "TypeScript: rules, layout, types": "npm run check",
    "TypeScript: tests": "npm test",
}
BROWSER = {"Python: tests in a browser": "pytest --durations=10 tests/browser"}
BESIDE = {
    "Python: tests of jobs": "nice -n 5 pytest --durations=10 tests/jobs",
    "Python: tests without one": "nice -n 5 pytest --durations=10"
    " --ignore=tests/browser --ignore=tests/jobs --ignore=tests/server/test_bench.py",
}
"""A browser mostly waits for its page. These fill the time, and step back when it goes on, though
not so far that they are left over when it has ended. Ray gives itself 30 seconds to start, so its
tests come before the browser's, and its cluster goes with them."""
ALONE = {"The front door: sizes and times": "pytest tests/server/test_bench.py"}
SETTINGS = {"OMP_NUM_THREADS": "1"}
"""Beside a browser no two threads run at once for long: torch's would spin, each for the other."""


def main() -> int:
    """Run all; the last line counts them, the lines before it name those that failed."""
    passed = pass_together(FIRST | BROWSER, BESIDE) | pass_all(ALONE)
    failed = [name for name, well in passed.items() if not well]
    print("".join(f"\nfailed: {name}" for name in failed))
    print(f"checks: {len(passed) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def pass_together(seen: dict[str, str], beside: dict[str, str]) -> dict[str, bool]:
    """Run checks beside others; what they say is kept until the others have had their say."""
    with TemporaryFile("w+", errors="replace") as said, ThreadPoolExecutor(1) as other:
        waiting = other.submit(pass_all, beside, said)
        passed = pass_all(seen) | waiting.result()
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout)
    return passed


def pass_all(checks: dict[str, str], to: TextIO | None = None) -> dict[str, bool]:
    """Run one check after the other, each under its heading; to the terminal, or to a file."""
    return {name: passes(name, command, to) for name, command in checks.items()}


def passes(name: str, command: str, to: TextIO | None) -> bool:
    """Run a check, and say how it went."""
    print(f"\n== {name}: {command}", file=to, flush=True)
    began = time.monotonic()
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        command.split(),
        cwd=ROOT,
        env=os.environ | SETTINGS | {"PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=to,
        stderr=subprocess.STDOUT if to else None,
        check=False,
    )
    word = "failed" if ended.returncode else "passed"
    print(f"== {name}: {word} in {time.monotonic() - began:.0f} s", file=to, flush=True)
    return word == "passed"


if __name__ == "__main__":
    sys.exit(main())
