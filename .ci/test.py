"""Every check there is; `make test` prepares the machine and runs this.

A failure does not stop the rest: whoever waits for the whole run wants to know all that is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent  # ruff and the others, and a node for machines without one
AT_ONCE = 2
"""A browser mostly waits for its page, and a server for its kernel: two runs fill two cores."""
TESTS = "nice -n 5 pytest --durations=10"
"""They step back for the browser, whose pages are held to their times."""
TOGETHER = {
    # Ray gives itself 30 seconds to start: its tests come before the browser's.
    "Python: tests of jobs": f"{TESTS} tests/jobs",
    "Python: rules": "ruff check",
    "Python: layout": "ruff format --check",
    "Python: types": "mypy",
    "The floors of the house": "lint-imports",
    "TypeScript: rules, layout, types": "npm run check",
    "TypeScript: tests": "npm test",
    # The longest come first, so that the last end together.
    "Python: tests in a browser": "pytest --durations=10 tests/browser",
    "Python: tests of detection": f"{TESTS} tests/detect tests/notebooks",
    "Python: tests of media": f"{TESTS} tests/media tests/streaming tests/video",
    "Python: tests of lip-sync": f"{TESTS} tests/api tests/faces tests/lipsync",
    "Python: all other tests": f"{TESTS} --ignore=tests/api --ignore=tests/browser"
    " --ignore=tests/detect --ignore=tests/faces --ignore=tests/jobs --ignore=tests/lipsync"
    " --ignore=tests/media --ignore=tests/notebooks --ignore=tests/server/test_bench.py"
    " --ignore=tests/streaming --ignore=tests/video",
}
ALONE = {"The front door: sizes and times": "pytest tests/server/test_bench.py"}
SETTINGS = {"OMP_NUM_THREADS": "1"}
"""Beside a browser no two threads run at once for long: torch's would spin, each for the other."""


class Told(NamedTuple):
    """What a check said, under its heading, and whether it passed."""

    name: str
    said: str
    well: bool


def main() -> int:
    """Run all; the last line counts them, the lines before it name those that failed."""
    passed = pass_all(TOGETHER, AT_ONCE) | pass_all(ALONE, 1)
    failed = [name for name in TOGETHER | ALONE if not passed[name]]
    print("".join(f"\nfailed: {name}" for name in failed))
    print(f"checks: {len(passed) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def pass_all(checks: dict[str, str], at_once: int) -> dict[str, bool]:
    """Run checks in their order, so many at a time; each tells all when it has ended."""
    passed = {}
    with ThreadPoolExecutor(at_once) as hands:
        begun = [hands.submit(run, name, command) for name, command in checks.items()]
        for ended in as_completed(begun):
            told = ended.result()
            print(told.said, flush=True)
            passed[told.name] = told.well
    return passed


def run(name: str, command: str) -> Told:
    """Run a check."""
    print(f"-- {name} ...\n", end="", flush=True)  # in one piece, whoever else speaks
    began = time.monotonic()
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        command.split(),
        cwd=ROOT,
        env=os.environ | SETTINGS | {"PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    word = "failed" if ended.returncode else "passed"
    heading = f"\n== {name}: {command}\n"
    last = f"== {name}: {word} in {time.monotonic() - began:.0f} s"
    return Told(name, f"{heading}{ended.stdout}{last}", not ended.returncode)


if __name__ == "__main__":
    sys.exit(main())
