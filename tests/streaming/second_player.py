"""ffmpeg as a second player of a manifest: when it shows a flash, when it sounds a beep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np

from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def flashes(entry: Path) -> list[float]:
    """Return the seconds at which the picture turns white."""
    with av.open(str(_played(entry, "v"))) as container:
        lights = [(f.time, f.to_ndarray(format="gray").mean()) for f in container.decode(video=0)]
    return _beginnings(np.array([time for time, light in lights if light > 128]))


def beeps(entry: Path) -> list[float]:
    """Return the seconds at which silence ends."""
    with av.open(str(_played(entry, "a"))) as container:
        return _beginnings(np.concatenate([_loud(frame) for frame in container.decode(audio=0)]))


def _played(entry: Path, kind: str) -> Path:
    copy = entry.parent.parent / f"{entry.parent.name}-{entry.suffix[1:]}-{kind}.mkv"
    # ffmpeg takes a manifest's .vtt for a trap unless told otherwise.
    opened = ["-allowed_extensions", "ALL", "-i", str(entry)]
    ffmpeg.run([*opened, "-map", f"0:{kind}:0", "-c", "copy", "-copyts", str(copy)])
    return copy


def _loud(frame: av.AudioFrame) -> NDArray[np.float64]:
    samples = np.abs(frame.to_ndarray()).reshape(-1, frame.samples).max(axis=0)
    return (frame.time or 0.0) + np.flatnonzero(samples > 0.2) / frame.sample_rate


def _beginnings(moments: NDArray[np.float64]) -> list[float]:
    later = np.diff(moments, prepend=-9.0) > 0.5
    return [float(moment) for moment in moments[later]]
