"""Frames and sound become a clip of a chosen quality, one frame at a time."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from numpy.typing import NDArray

_SOUND_BLOCK = 1024


def write(
    path: Path,
    frames: Iterable[NDArray[np.uint8]],
    rate: int,
    *,
    quality: int = 20,
    sound: tuple[NDArray[np.float32], int] | None = None,
) -> None:
    """Write an mp4 of H.264, whole or not at all, from frames (height, width, RGB; even sides).

    `quality` is x264's CRF: lower is better and larger. `sound` is one channel from -1 to 1, and
    how many of its numbers make a second.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        with av.open(str(partial), "w", format="mp4") as container:
            voice = _voice(container, sound[1]) if sound else None
            _pictures(container, frames, rate, quality)
            if sound and voice:
                _speak(container, voice, *sound)
        os.replace(partial, path)  # noqa: PTH105 - says that it takes the place of an old one
    finally:
        partial.unlink(missing_ok=True)


def _pictures(
    container: OutputContainer, frames: Iterable[NDArray[np.uint8]], rate: int, quality: int
) -> None:
    stream = container.add_stream("libx264", rate=rate)
    stream.pix_fmt = "yuv420p"
    stream.options = {"crf": str(quality), "preset": "veryfast"}
    for number, pixels in enumerate(frames):
        if not number:
            stream.height, stream.width = pixels.shape[:2]
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
        frame.pts, frame.time_base = number, Fraction(1, rate)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _voice(container: OutputContainer, rate: int) -> AudioStream:
    # All streams must be there before the first packet is written.
    return container.add_stream("aac", rate=rate, layout="mono")


def _speak(
    container: OutputContainer, stream: AudioStream, samples: NDArray[np.float32], rate: int
) -> None:
    for start in range(0, len(samples), _SOUND_BLOCK):
        block = np.ascontiguousarray(samples[None, start : start + _SOUND_BLOCK])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
