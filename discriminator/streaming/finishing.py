"""From what ffmpeg wrote to a stream with manifests, captions and an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discriminator.streaming import (
    captions,
    dash,
    hls,
    index,
    manifest,
    recipe,
    thumbnails,
    transparent,
)
from discriminator.streaming.checking import check
from discriminator.streaming.errors import EncodeError

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.streaming.index import Stream
    from discriminator.streaming.job import Job
    from discriminator.streaming.manifest import Manifest

# A stream shorter than its master by more than this has lost something.
_LOST_SECONDS = 0.5


def finish(job: Job, folder: Path) -> Stream:
    """Complete the folder and return what it holds, having checked it."""
    recipe.clear(folder)
    languages = tuple(text.language for text in job.captions)
    dash.finish(folder, job.sounds, languages)
    film = manifest.read(folder)
    hls.finish(folder, film, languages, job.rate)
    for text in job.captions:
        captions.write(folder, text, film.end)
    if shown := job.clip.picture:
        thumbnails.write_track(folder, shown, job.rate, film.pictures[0].end)
    stream = _described(job, folder, film)
    index.write(folder, stream)
    _refuse_failure(job, folder, film)
    return stream


def _described(job: Job, folder: Path, film: Manifest) -> Stream:
    return index.Stream(
        seconds=round(film.end, 3),
        rate=str(job.rate),
        renditions=tuple(
            index.Picture(t.width, t.height, t.codecs, planned.rung.ceiling, t.peak, t.average)
            for t, planned in zip(film.pictures, job.renditions, strict=True)
        ),
        sounds=job.sounds,
        captions=tuple(text.language for text in job.captions),
        thumbnails=thumbnails.TRACK if film.pictures else None,
        transparent=tuple(name for name in transparent.NAMES if (folder / name).exists()),
        origin=job.origin,
        files=index.sizes(folder),
    )


def _refuse_failure(job: Job, folder: Path, film: Manifest) -> None:
    name = job.clip.path.name
    if film.end < job.clip.seconds - _LOST_SECONDS:
        message = f"{name} breaks off after {film.end:.1f} s: export it again."
        raise EncodeError(message)
    if problems := check(folder):
        message = f"{name} makes a stream in which {problems[0]}: export it in another format."
        raise EncodeError(message)
