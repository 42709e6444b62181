"""The ffmpeg program: where it is, how it is run, what it says when it fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from typing import IO, TYPE_CHECKING

import imageio_ffmpeg

from discriminator.video.errors import NoFfmpegError, NoSpaceError, VideoError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

_QUIET = ("-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", "-y")
# SVT-AV1 introduces itself at length, whatever ffmpeg's own log level.
_TERSE = {**os.environ, "SVT_LOG": "1"}
_MICROSECONDS = 1_000_000
# "[libx264 @ 0x55d0c8]" or "[out#0/dash @ 0x55d0c8]" in front of a message
_SPEAKER = re.compile(r"^(\[[^\]]*\]\s*)+")
_LACKS = re.compile(r"(Unknown encoder|No such filter|Unknown decoder|Encoder not found)")


def find() -> str:
    """Return the ffmpeg on the PATH, or else the one inside the imageio-ffmpeg package."""
    if on_path := shutil.which("ffmpeg"):
        return on_path
    # The package may name a program, as the environment says, that is not there.
    with suppress(RuntimeError):
        named: str = imageio_ffmpeg.get_ffmpeg_exe()
        if inside := shutil.which(named):
            return inside
    message = "There is no ffmpeg here: run `pip install --force-reinstall imageio-ffmpeg`."
    raise NoFfmpegError(message)


def run(
    arguments: Sequence[str],
    *,
    cwd: Path | None = None,
    seconds: float = 0.0,
    progress: Callable[[float], None] | None = None,
) -> str:
    """Run ffmpeg and return what it wrote to stderr.

    `arguments` are those after the program's name. While it runs, `progress` receives the part
    done, 0 to 1, of an output of `seconds`.
    """
    command = [*_leash(), find(), *_QUIET, "-progress", "pipe:1", *arguments]
    # A file, because a pipe that nobody reads would stop a talkative ffmpeg.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
        code = _follow(command, cwd, complaints, lambda done: _tell(progress, done, seconds))
        complaints.seek(0)
        said = complaints.read()
    if code:
        raise explain(said)
    if progress:
        progress(1.0)
    return said


def explain(said: str) -> VideoError:
    """Turn the last words of a failed ffmpeg into an error of one sentence."""
    lines = [_SPEAKER.sub("", line).strip() for line in said.splitlines()]
    lines = [line for line in lines if line] or ["it gave no reason"]
    if "No space left on device" in said:
        return NoSpaceError("The disk is full: make room, or name a folder on another disk.")
    for line in lines:
        if _LACKS.search(line):
            message = f"This ffmpeg ({find()}) is too bare ({line}): take it off the PATH."
            return NoFfmpegError(message)
    # The first complaint is the cause, those that follow are its consequences.
    return VideoError(f"ffmpeg could not do it: {lines[0].rstrip('.')}.")


def _leash() -> list[str]:
    # Without it, an ffmpeg whose parent is killed goes on alone for as long as the film lasts.
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def _follow(
    command: list[str],
    cwd: Path | None,
    complaints: IO[str],
    told: Callable[[int], None],
) -> int:
    with subprocess.Popen(
        command, cwd=cwd, env=_TERSE, stdout=subprocess.PIPE, stderr=complaints, text=True
    ) as process:
        try:
            for done in _microseconds(process.stdout or ()):
                told(done)
        except BaseException:
            process.kill()
            raise
        return process.wait()


def _microseconds(lines: Iterable[str]) -> Iterable[int]:
    for line in lines:
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.strip().isdigit():
            yield int(value)


def _tell(progress: Callable[[float], None] | None, done: int, seconds: float) -> None:
    if progress and seconds > 0:
        progress(min(done / _MICROSECONDS / seconds, 1.0))
