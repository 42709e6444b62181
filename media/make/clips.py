"""Renders Nobody's two clips: `python media/make/clips.py looks` and `... speaks`.

`looks` is a loop of Nobody in front of a camera, for viewers who have none; `speaks` says the
speech of Chapter 2, for viewers who lend it no face. Both carry a mark that they are drawn.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import imageio_ffmpeg
import nobody
import skia
from acting import LOOP, Look, Speech, looking
from look import PAPER, RATE, fill, glow, image_of, vertical
from look_type import MONO, Hand, width_of, write
from nobody import Framing
from shots.people import HEAD, NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    import numpy as np
    from numpy.typing import NDArray

MEDIA = Path(__file__).parents[1]
SPEECH = MEDIA / "voice" / "speech.en.json"
AT_A_DESK = Framing(centre=(0.0, -0.34), half_height=1.72)
FINER = 1.25  # drawn larger than it is shown, for smooth edges


@dataclass(frozen=True)
class Clip:
    """A clip of Nobody: who, how large, how long, and what it does."""

    name: str
    size: tuple[int, int]
    seconds: float
    framing: Framing
    look: Callable[[float], Look]
    mark: str

    @property
    def file(self) -> Path:
        """Where it is committed."""
        return MEDIA / "dist" / "nobody" / f"{self.name}.mp4"

    @property
    def frame_count(self) -> int:
        """How many frames it has."""
        return round(self.seconds * RATE)


@cache
def clips() -> dict[str, Clip]:
    """Return the clips by name."""
    speech = Speech.read(SPEECH)
    told = (
        Clip("looks", (640, 480), LOOP, AT_A_DESK, looking, "drawn by a program"),
        Clip("speaks", (512, 512), speech.duration, HEAD, speech.look, "synthetic"),
    )
    return {clip.name: clip for clip in told}


def main() -> None:
    """Read the command line and render."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("clip", choices=clips())
    clip = clips()[ask.parse_args().clip]
    render(clip)
    print(f"\n{clip.file} {clip.file.stat().st_size / 1e6:.2f} MB")


def render(clip: Clip) -> None:
    """Render a clip; whole or not at all."""
    clip.file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = clip.file.with_name(f".{clip.file.name}")
    with subprocess.Popen(_ffmpeg(clip, unfinished), stdin=subprocess.PIPE) as encoder:
        pipe = cast("IO[bytes]", encoder.stdin)
        for index in range(clip.frame_count):
            pipe.write(frame(clip, index))
            print(f"\r{index + 1}/{clip.frame_count}", end="", file=sys.stderr, flush=True)
        pipe.close()
    if encoder.returncode:
        unfinished.unlink(missing_ok=True)
        sys.exit(f"ffmpeg gave up with code {encoder.returncode}")
    unfinished.replace(clip.file)


def frame(clip: Clip, index: int) -> bytes:
    """Draw one frame, RGBA."""
    does, turned = clip.look(index / RATE)
    width, height = _drawn(clip)
    figure = nobody.portrait(
        NOBODY, does, turned, size=(width, height), framing=clip.framing, fineness=1
    )
    surface = skia.Surface(width, height)
    canvas = surface.getCanvas()
    _room(canvas, width, height)
    canvas.drawImage(image_of(figure), 0, 0)
    _mark(canvas, clip.mark, height)
    drawn: NDArray[np.uint8] = surface.toarray(colorType=skia.kRGBA_8888_ColorType)
    return drawn.tobytes()


def _drawn(clip: Clip) -> tuple[int, int]:
    width, height = clip.size
    return round(width * FINER), round(height * FINER)


def _room(canvas: skia.Canvas, width: float, height: float) -> None:
    """A wall, and the light of a window on it."""
    canvas.drawPaint(vertical(0, height, 0xFF59616A, 0xFF3B4046))
    canvas.drawPaint(glow(0.12 * width, 0.2 * height, 0.8 * width, 0xFFE9E4D6, 0.42))


def _mark(canvas: skia.Canvas, words: str, height: float) -> None:
    hand = Hand(MONO, height * 0.034, 0.03)
    inset = height * 0.03
    plate = skia.Rect.MakeXYWH(
        inset, height - inset - 1.9 * hand.size, width_of(words, hand) + hand.size, 1.9 * hand.size
    )
    canvas.drawRect(plate, fill(0xFF0C0D10, 0.62))
    write(
        canvas, words, plate.left() + hand.size / 2, plate.bottom() - 0.6 * hand.size, hand, PAPER
    )


def _ffmpeg(clip: Clip, file: Path) -> list[str]:
    (drawn_width, drawn_height), (width, height) = _drawn(clip), clip.size
    return [
        imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error",
        "-f", "rawvideo", "-pix_fmt", "rgba", "-s", f"{drawn_width}x{drawn_height}",
        "-r", str(RATE), "-i", "-",
        "-vf", f"scale={width}:{height}:flags=lanczos:out_color_matrix=bt709:out_range=tv",
        "-c:v", "libx264", "-preset", "veryslow", "-crf", "24", "-profile:v", "high",
        "-pix_fmt", "yuv420p", "-g", str(2 * RATE), "-colorspace", "bt709",
        "-color_primaries", "bt709", "-color_trc", "bt709", "-an",
        "-metadata", "title=Nobody", "-metadata", "comment=synthetic: drawn by a program",
        "-movflags", "+faststart", "-f", "mp4", str(file),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
