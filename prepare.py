"""Sets up what `make film`, `make test` and their like need, then runs them.

It uses nothing but Python's own library and runs on every Python from 3.8, so that it can say what
is wrong with a machine before anything is installed there.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from ctypes.util import find_library
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / ".prepare.lock"
PYTHONS = ("3.12", "3.11")
SPEECH = ("libflite1",)
OPENGL = ("libegl1", "libgl1", "libgl1-mesa-dri", "libglib2.0-0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
GIGABYTE = 10**9
HIGHEST_PORT = 65535
PATIENCE = 3  # seconds that a film which runs may take to say so
BUILT_FROM = ("pyproject.toml", "package.json", "package-lock.json", "tsconfig.json")
# What installers print when the disk is full or the network gone; they have no exit codes for it.
FULL = ("no space left", "disk quota exceeded")
OFFLINE = (
    "dns error",
    "name resolution",
    "error sending request",
    "newconnection",
    "enotfound",
    "eai_again",
)


class Stop(Exception):  # noqa: N818 - it is no mistake of the program's
    """Something that the user can mend; the message says what and how."""


class Outfit(NamedTuple):
    """What one purpose needs beyond the base package."""

    name: str
    extras: str
    gigabytes: float
    wait: str


FILM = Outfit("film", "", 2, "about 700 MB; 1 to 4 minutes")
TEST = Outfit("test", "[api,lab,scale,masters,dev]", 9, "about 3 GB; 2 to 10 minutes")
MASTERS = Outfit("masters", "[masters]", 2, "about 700 MB; 1 to 4 minutes")


def film(port: int) -> None:
    """Show the film, unless it is being shown already.

    Raises:
        Stop: there is no such port.
    """
    if not 0 < port <= HIGHEST_PORT:
        message = f"There is no port {port}: try `make film PORT=8866`."
        raise Stop(message)
    if already_shown(port):
        print(f"The film already runs at http://localhost:{port}")
        return
    prepare(FILM)
    become(VENV / "bin" / "discriminator", "serve", "--port", str(port), "--open")


def test() -> None:
    """Run every check."""
    prepare(TEST)
    find_browser()
    find_graphics()
    become(PYTHON, ROOT / ".ci" / "test.py")


def soak() -> None:
    """Run the long tests, showing what they print."""
    prepare(TEST)
    find_browser()
    find_graphics()
    become(PYTHON, "-m", "pytest", "-m", "soak", "--capture=no")


def voice() -> None:
    """Speak the narration anew, where it has changed, and make what follows from it."""
    prepare(FILM)
    find_speech()
    become(PYTHON, ROOT / "media" / "make" / "narrate.py")


def masters(chapter: str) -> None:
    """Draw a chapter's master anew, or every chapter's."""
    prepare(MASTERS)
    find_graphics()
    become(PYTHON, ROOT / "media" / "make" / "masters.py", *filter(None, [chapter]))


def prepare(outfit: Outfit) -> None:
    """Install what is missing; nothing, if nothing has changed since the last time."""
    if is_prepared(outfit):
        return
    with alone():
        check_disk(outfit)
        make_environment()
        install(outfit)
        for worn in (FILM, outfit):  # each holds what the film needs
            _stamp(worn).write_text(fingerprint(), encoding="utf-8")


def is_prepared(outfit: Outfit) -> bool:
    """Whether this outfit was installed completely, from the files as they are now."""
    stamp = _stamp(outfit)
    made = (stamp, PYTHON, ROOT / "node_modules", ROOT / "discriminator/web/dist/manifest.json")
    return (
        all(path.exists() for path in made) and stamp.read_text(encoding="utf-8") == fingerprint()
    )


def fingerprint() -> str:
    """One hash of every file that the installed package is made from but not read from."""
    web = ROOT / "discriminator" / "web"
    sources = [
        path for path in web.rglob("*") if path.is_file() and web / "dist" not in path.parents
    ]
    seen = hashlib.sha256()
    for path in sorted([*sources, *(ROOT / name for name in BUILT_FROM)]):
        seen.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return seen.hexdigest()


def _stamp(outfit: Outfit) -> Path:
    return VENV / f"prepared-{outfit.name}"


@contextmanager
def alone() -> Iterator[None]:
    """Let nobody else prepare this folder; the system drops the lock of a process that died.

    Raises:
        Stop: somebody else is at it.
    """
    with LOCK.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            message = f"Process {lock.read()} is preparing this folder: try again when it is done."
            raise Stop(message) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def check_disk(outfit: Outfit) -> None:
    """Refuse to begin what the disk cannot hold.

    Raises:
        Stop: it is too full.
    """
    free = shutil.disk_usage(ROOT).free / GIGABYTE
    begun = any(VENV.glob("prepared-*"))
    needed = 0.5 if begun else outfit.gigabytes
    if free < needed:
        message = (
            f"The disk has {free:.1f} GB left, this needs {needed} GB: make room and try again."
        )
        raise Stop(message)


def already_shown(port: int) -> bool:
    """Whether the film itself answers at this port.

    Raises:
        Stop: something else does.
    """
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)):
            return False
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE) as answer:
            health = json.load(answer)
    except (OSError, ValueError, HTTPException):
        health = None
    if isinstance(health, dict) and "viewers" in health:
        return True
    message = f"Another program uses port {port}: stop it, or try `make film PORT={port + 1}`."
    raise Stop(message)


def make_environment() -> None:
    """Make .venv, or keep the one that is there.

    Raises:
        Stop: the one that is there is of a Python that will not do.
    """
    version = version_of(PYTHON)
    if version in PYTHONS:
        return
    if version:
        message = f".venv has Python {version}, the film needs 3.12 or 3.11: `rm -r .venv` first."
        raise Stop(message)
    python = fitting_python()
    uv = own_uv()
    made_by = [uv, "venv", "--quiet", "--python", python] if uv else [python, "-m", "venv"]
    with step(f"An environment with Python {version_of(python)} in .venv", "about 10 seconds"):
        run(
            *made_by,
            "--clear",
            VENV,
            on_failure="On Debian and Ubuntu, `apt install python3-venv` first.",
        )


def fitting_python() -> str:
    """A Python that the film can run on.

    Raises:
        Stop: there is none.
    """
    for command in (sys.executable, *(f"python{version}" for version in PYTHONS)):
        if version_of(command) in PYTHONS:
            return command
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    wrong = "old" if sys.version_info < (3, 11) else "new"
    message = (
        f"Python {mine} is too {wrong}: the film needs 3.12 or 3.11. Install one of them, or let "
        "uv bring it (`pip install uv`, then `uv venv -p 3.12 .venv`), then try again."
    )
    raise Stop(message)


def version_of(python: str | Path) -> str:
    """Such as "3.11"; nothing if it cannot be run, as a version manager's shim often cannot."""
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        return subprocess.check_output(
            [python, "-c", asked], stderr=subprocess.DEVNULL, text=True
        ).strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def install(outfit: Outfit) -> None:
    """Install the package, editable; the front end is built on the way.

    uv does it, because it takes 35 s where pip takes 92 s (2 cores, empty caches), and 12 s where
    pip takes 84 s once the caches are filled.
    """
    uv = find_uv()
    package = f"{ROOT}{outfit.extras}"
    fresh = ["--reinstall-package", "discriminator"]  # uv would not see that a .ts file changed
    with step("The packages and the front end", outfit.wait):
        run(uv, "pip", "install", "--quiet", "--python", PYTHON, *fresh, "--editable", package)


def find_uv() -> str | Path:
    """The uv of the machine, else one that pip brings into .venv."""
    uv = VENV / "bin" / "uv"
    found = own_uv()
    if found or uv.exists():
        return found or uv
    with step("The installer, uv", "about 5 seconds"):
        run(PYTHON, "-m", "ensurepip")  # an interrupted start, or uv's own environments, lack pip
        run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    return uv


def own_uv() -> str | None:
    """The machine's uv, if it has one that runs."""
    found = shutil.which("uv")
    return found if found and succeeds(found, "--version") else None


def find_browser() -> None:
    """Make sure that there is a Chromium: the machine's, Playwright's, or Debian's.

    Raises:
        Stop: there is none and none can be installed.
    """
    if any(shutil.which(name) for name in BROWSERS):
        return
    with step("A Chromium for the browser tests", "about 1 minute"):
        playwright = (PYTHON, "-m", "playwright", "install", "chromium")
        if not (succeeds(*playwright) or debian_gives("chromium")):
            message = (
                "The browser tests need a Chromium, and none could be had: install `chromium`."
            )
            raise Stop(message)


def find_graphics() -> None:
    """Make sure that there is an OpenGL, which draws the film's faces; a processor will do.

    Raises:
        Stop: there is none and none can be installed.
    """
    if all(map(find_library, ("EGL", "GL"))):
        return
    with step("An OpenGL for the film's pictures", "about 20 seconds"):
        if not debian_gives(*OPENGL):
            message = f"The film's pictures need OpenGL: install `{' '.join(OPENGL)}`."
            raise Stop(message)


def find_speech() -> None:
    """Make sure that there is Flite, which speaks the narration.

    Raises:
        Stop: there is none and none can be installed.
    """
    if find_library("flite"):
        return
    with step("Flite, the narrator's voice", "about 10 seconds"):
        if not debian_gives(*SPEECH):
            message = f"The narration needs Flite: install `{' '.join(SPEECH)}`."
            raise Stop(message)


def debian_gives(*packages: str) -> bool:
    """Whether Debian's installer could be used, and had these."""
    if os.geteuid() or not shutil.which("apt-get"):
        return False
    return succeeds("apt-get", "update") and succeeds("apt-get", "install", "--yes", *packages)


@contextmanager
def step(what: str, wait: str) -> Iterator[None]:
    """Say what is being done, how long it may take, and how long it took."""
    print(f"{what} ({wait}) ...", end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print()
        raise
    print(f"{time.monotonic() - began:.0f} s", flush=True)


def run(*command: str | Path, on_failure: str = "") -> None:
    """Run quietly; show what was said only if it failed.

    Raises:
        Stop: it failed.
    """
    done = _done(command)
    if not done.returncode:
        return
    print(f"\n{done.stdout.rstrip()}", file=sys.stderr)
    message = f"`{' '.join(map(str, command))}` failed. {on_failure}".rstrip()
    said = done.stdout.lower()
    if any(sign in said for sign in FULL):
        message = "The disk is full: make room and try again; what was fetched so far is kept."
    elif any(sign in said for sign in OFFLINE):
        message = "The network does not answer: check it; what was fetched so far is kept."
    raise Stop(message)


def succeeds(*command: str | Path) -> bool:
    """Whether it ran without failing; what it said is of no interest."""
    return _done(command).returncode == 0


def _done(command: tuple[str | Path, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def become(*command: str | Path) -> None:
    """Go on as this program: its output, its signals and its exit code are ours."""
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(command[0], [str(word) for word in command])  # noqa: S606 - no shell is wanted


def main(words: list[str] | None = None) -> int:
    """Do what one `make` target says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("film", "test", "soak", "voice", "masters"))
    parser.add_argument("--port", type=int, default=8866, help="where the film is shown")
    parser.add_argument("--chapter", default="", help="whose master is drawn (every one)")
    told = parser.parse_args(words)
    # Every kernel and every worker is a new Python: none should have to compile torch anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    verbs: dict[str, Callable[[], None]] = {
        "film": partial(film, told.port),
        "test": test,
        "soak": soak,
        "voice": voice,
        "masters": partial(masters, told.chapter),
    }
    try:
        verbs[told.verb]()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. The same command goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
