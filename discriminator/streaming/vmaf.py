"""How much of a master is left to see: VMAF, from 0 to 100, as ffmpeg's libvmaf judges it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from discriminator.streaming import manifest
from discriminator.video import ffmpeg
from discriminator.video.errors import UnreadableVideoError
from discriminator.video.probe import probe, source

if TYPE_CHECKING:
    from discriminator.video.probe import Picture


def of_rendition(folder: Path, number: int, master: Path, every: int = 1) -> float:
    """Return the mean VMAF of a stream's rendition, the largest of which is number 0.

    Every so many frames are compared: VMAF is slower than the encoders it judges.
    """
    track = manifest.read(folder).pictures[number]
    parts = (track.opening, *(segment.name for segment in track.segments))
    with tempfile.TemporaryDirectory() as place:
        joined = Path(place) / "rendition.mp4"
        joined.write_bytes(b"".join((folder / part).read_bytes() for part in parts))
        return of_video(joined, master, every)


def of_video(video: Path, master: Path, every: int = 1) -> float:
    """Return the mean VMAF of a video, brought to its master's size as a screen would."""
    size = _picture(master)
    with tempfile.TemporaryDirectory() as place:
        log = Path(place) / "log.json"
        up = f"[0:v]scale={size.width}:{size.height}:flags=bicubic[shown];[shown][1:v]"
        judge = f"libvmaf=log_fmt=json:log_path={log.name}:n_threads=2:n_subsample={every}"
        inputs = ["-i", source(video), "-i", source(master)]
        ffmpeg.run([*inputs, "-lavfi", up + judge, "-f", "null", "-"], cwd=log.parent)
        judged = json.loads(log.read_text(encoding="utf-8"))
    return float(judged["pooled_metrics"]["vmaf"]["mean"])


def _picture(master: Path) -> Picture:
    if picture := probe(master).picture:
        return picture
    message = f"{master.name} has no picture to compare: give a video."
    raise UnreadableVideoError(message)
