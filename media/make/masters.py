"""Renders chapters into their masters: all, or `python media/make/masters.py chapter-1`.

Frames are drawn in two processes and streamed to ffmpeg, which writes near-lossless H.264 beside
the chapter's sound. `--from` and `--to` render a part, `--scale 0.5` a draft.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import imageio_ffmpeg
import numpy as np
import skia
import streams
from chapter import Chapter, drawn_chapters
from look import COAL, DIM, HEIGHT, INK, RATE, SMOOTH, WIDTH
from look_type import MONO, Hand, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from nobody import Picture

MEDIA = Path(__file__).parents[1]
TINY, ACROSS = 0.15, 5  # of the contact sheet
AHEAD = 8  # frames that a process draws in one go


def main() -> None:
    """Read the command line and render."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    chapters = {chapter.name: chapter for chapter in drawn_chapters()}
    ask.add_argument("chapter", choices=chapters, nargs="?", help="default: each that is drawn")
    ask.add_argument("--from", dest="start", type=float, default=0.0, metavar="S")
    ask.add_argument("--to", dest="end", type=float, metavar="S")
    ask.add_argument("--scale", type=float, default=1.0)
    ask.add_argument("--processes", type=int, default=2)
    ask.add_argument("--sheet", action="store_true", help="draw the contact sheet only")
    told = ask.parse_args()
    films = [chapters[told.chapter]] if told.chapter else list(chapters.values())
    if told.sheet:
        for film in films:
            print(contact_sheet(film))
        return
    whole = told.start == 0 and told.end is None and told.scale == 1
    for film in films:
        name = film.name if whole else f"{film.name}-draft"
        master = MEDIA / "masters" / f"{name}.mov"
        render(film, master, told.start, told.end, told.scale, told.processes)
        print(f"{master} {master.stat().st_size / 1e6:.1f} MB")
    if whole:
        print("To encode:", *(streams.command(film.number) for film in films), sep="\n")


def render(  # noqa: PLR0913, PLR0917 - one for each thing that can be asked on the command line
    film: Chapter, master: Path, start: float, end: float | None, scale: float, processes: int
) -> None:
    """Render seconds `start` to `end` of a chapter with its sound; whole or not at all."""
    first = round(start * RATE)
    last = min(round(end * RATE), film.frame_count) if end else film.frame_count
    master.parent.mkdir(parents=True, exist_ok=True)
    unfinished = master.with_name(f".{master.name}")
    height, width = film.frame(first, scale).shape[:2]
    command = _ffmpeg(film, (width, height), first / RATE, (last - first) / RATE, unfinished)
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        pipe = cast("IO[bytes]", encoder.stdin)
        began = time.monotonic()
        for done, picture in enumerate(frames(film, range(first, last), scale, processes), 1):
            pipe.write(picture)
            _tell(done, last - first, time.monotonic() - began)
        pipe.close()
    if encoder.returncode:
        unfinished.unlink(missing_ok=True)
        sys.exit(f"ffmpeg gave up with code {encoder.returncode}")
    unfinished.replace(master)


def frames(
    film: Chapter, indices: range, scale: float = 1.0, processes: int = 1
) -> Iterator[bytes]:
    """Return the raw RGBA frames of a chapter in order."""
    if processes == 1:
        yield from (_raw(film, scale, index) for index in indices)
        return
    with ProcessPoolExecutor(processes) as pool:
        for at in range(0, len(indices), 256):  # so that drawn frames do not pile up
            yield from pool.map(partial(_raw, film, scale), indices[at : at + 256], chunksize=AHEAD)


def contact_sheet(film: Chapter) -> Path:
    """Draw one picture of each shot, two thirds into it, onto one sheet."""
    scenes = film.scenes
    width, height, foot = round(WIDTH * TINY), round(HEIGHT * TINY), 26
    rows = -(-len(scenes) // ACROSS)
    surface = skia.Surface(ACROSS * (width + 8) + 8, rows * (height + foot + 8) + 8)
    canvas = surface.getCanvas()
    canvas.clear(COAL)
    for index, scene in enumerate(scenes):
        row, column = divmod(index, ACROSS)
        left, top = 8 + column * (width + 8), 8 + row * (height + foot + 8)
        picture = skia.Surface(WIDTH // 2, HEIGHT // 2)
        picture.getCanvas().clear(INK)
        picture.getCanvas().scale(0.5, 0.5)
        film.draw(picture.getCanvas(), scene.start + 0.66 * (scene.end - scene.start))
        shrunk = picture.makeImageSnapshot().withDefaultMipmaps()
        canvas.drawImageRect(shrunk, skia.Rect.MakeXYWH(left, top, width, height), SMOOTH)
        write(
            canvas,
            f"{scene.start:6.1f} s  {scene.name}",
            left,
            top + height + 18,
            Hand(MONO, 13),
            DIM,
        )
    sheet = MEDIA / "story" / f"contact-sheet-{film.name}.jpg"
    surface.makeImageSnapshot().save(str(sheet), skia.kJPEG, 82)
    return sheet


def _raw(film: Chapter, scale: float, index: int) -> bytes:
    picture: Picture = film.frame(index, scale)
    return np.ascontiguousarray(picture).tobytes()


def _ffmpeg(
    film: Chapter, size: tuple[int, int], start: float, length: float, master: Path
) -> list[str]:
    width, height = size
    return [
        imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error",
        "-f", "rawvideo", "-pix_fmt", "rgba", "-s", f"{width}x{height}", "-r", str(RATE), "-i", "-",
        "-ss", str(start), "-t", str(length), "-i", str(film.sound),
        "-map", "0:v", "-map", "1:a",
        "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv",
        "-c:v", "libx264", "-preset", "fast", "-crf", "12", "-pix_fmt", "yuv420p",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-c:a", "aac", "-b:a", "256k", "-movflags", "+faststart", "-f", "mov", str(master),
    ]  # fmt: skip


def _tell(done: int, count: int, spent: float) -> None:
    if done % RATE == 0 or done == count:
        left = spent / done * (count - done)
        print(f"\r{done}/{count} frames, {left:.0f} s left   ", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
