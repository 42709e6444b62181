"""Every check there is; `make test` prepares the machine and runs this.

A failure does not stop the rest: whoever waits for the whole run wants to know all that is wrong.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile

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
    "Python: tests without one": "nice pytest --durations=10"
    " --ignore=tests/browser --ignore=tests/server/test_bench.py"
}
"""A browser mostly waits for its page. These fill the time, and step back when it goes on."""
ALONE = {"The front door: sizes and times": "pytest tests/server/test_bench.py"}


def main() -> int:
    """Run all; the last line counts them, the lines before it name those that failed."""
    passed = pass_together(FIRST | BROWSER, BESIDE)
    passed |= {name: passes(name, command) for name, command in ALONE.items()}
    failed = [name for name, well in passed.items() if not well]
    print("".join(f"\nfailed: {name}" for name in failed))
    print(f"checks: {len(passed) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def passes(name: str, command: str) -> bool:
    """Run one check under its heading."""
    print(f"\n== {name}: {command}", flush=True)
    began = time.monotonic()
    return verdict(name, start(command), began)


def pass_together(seen: dict[str, str], beside: dict[str, str]) -> dict[str, bool]:
    """Run one check beside others; what it says is kept until they have had their say."""
    ((name, command),) = beside.items()
    with TemporaryFile() as said:
        began = time.monotonic()
        process = start(command, said.fileno())
        passed = {first: passes(first, own) for first, own in seen.items()}
        print(f"\n== {name}: {command}", flush=True)
        process.wait()
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout.buffer)
        return {**passed, name: verdict(name, process, began)}


def start(command: str, output: int | None = None) -> subprocess.Popen[bytes]:
    """Start a check whose words go to the terminal, or to a file."""
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(
        command.split(),
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
    )


def verdict(name: str, process: subprocess.Popen[bytes], began: float) -> bool:
    """Wait for a check to end, and say how it went."""
    word = "failed" if process.wait() else "passed"
    print(f"== {name}: {word} in {time.monotonic() - began:.0f} s", flush=True)
    return word == "passed"


if __name__ == "__main__":
    sys.exit(main())
