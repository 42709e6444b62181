"""A master becomes an adaptive stream."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from discriminator.streaming import guards, index, recipe, resuming, transparent
from discriminator.streaming.finishing import finish
from discriminator.streaming.job import Job, prepare
from discriminator.streaming.options import Options
from discriminator.streaming.swap import replacing
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable

    from discriminator.streaming.index import Stream


@dataclass(frozen=True)
class Progress:
    """How far an encode has come."""

    fraction: float
    """0 to 1."""
    seconds_left: float


def encode(
    master: str | Path,
    folder: str | Path,
    options: Options | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    force: bool = False,
) -> Stream:
    """Make `folder` the adaptive stream of `master`, and return what it holds.

    The master is a video, or a recording: then the stream has sound and captions alone.
    The folder is replaced as a whole at the end; until then, and if anything fails, the old stream
    stays. What was killed or interrupted goes on from the last whole segment when it is called
    again. An unchanged master is skipped, unless `force` is set. What the person who calls can mend
    raises a `VideoError`, which is a `ValueError`.
    """
    master, folder = Path(master), Path(folder).resolve()
    with guards.unchanging(master):
        job = prepare(master, options or Options())
    if not force and (old := _same(job, folder)):
        return old
    guards.refuse_strangers(folder)
    guards.need_space(job, folder)
    with replacing(folder) as fresh:
        with guards.unchanging(master):
            kept = resuming.begin(job, fresh)
            _run(job, fresh, kept, progress)
            resuming.join(job, fresh, kept)
        return finish(job, fresh)


def current(
    master: str | Path, folder: str | Path, options: Options | None = None
) -> Stream | None:
    """Return the stream in `folder` if `encode` would change nothing in it, or else None."""
    return _same(prepare(Path(master), options or Options()), Path(folder))


def _same(job: Job, folder: Path) -> Stream | None:
    stream = index.read(folder)
    if stream and stream.origin == job.origin and stream.files == index.sizes(folder):
        return stream
    return None


def _run(job: Job, fresh: Path, kept: int, progress: Callable[[Progress], None] | None) -> None:
    """Encode what comes after the kept segments."""
    runs = recipe.commands(job, kept)
    shown = job.clip.picture
    if shown and shown.alpha and job.options.transparency:
        runs.append(transparent.command(job, shown))
    before = float(kept * job.segment_seconds) / job.clip.seconds / len(runs) if kept else 0.0
    began = time.monotonic()
    for number, arguments in enumerate(runs):

        def told(part: float, number: int = number) -> None:
            done = (number + part) / len(runs)
            if progress and done > before:
                pace = (time.monotonic() - began) / (done - before)
                progress(Progress(done, pace * (1 - done)))

        ffmpeg.run(arguments, cwd=fresh, seconds=job.clip.seconds, progress=told)
