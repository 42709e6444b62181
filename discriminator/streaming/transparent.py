"""Clips that stand in front of something else: single files that keep the alpha channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ffmpeg

from discriminator.streaming import picture, sound
from discriminator.streaming.ladder import group
from discriminator.streaming.recipe import ANONYMOUS, compiled

if TYPE_CHECKING:
    from discriminator.streaming.job import Job
    from discriminator.video.probe import Picture

NAMES = ("alpha.webm", "alpha.mp4")
"""VP9 for Chromium and Firefox, HEVC for Safari: no browser plays both."""
_VP9_QUALITY, _HEVC_QUALITY = 30, 24


def command(job: Job, shown: Picture) -> list[str]:
    """Return ffmpeg's arguments that write both files, of one decode."""
    clip, top = job.clip, job.renditions[0]
    master = picture.opened(clip)
    frames = picture.steady(master, shown, job.rate)
    frames = picture.sized(frames, top, out_color_matrix="bt709").filter("format", "yuva420p")
    copies = frames.filter_multi_output("split", 2)
    shared: dict[str, Any] = {"pix_fmt": "yuva420p", "g": group(job.rate), **ANONYMOUS}
    # An option for audio means nothing to an output without.
    webm_audio = {"c:a": "libopus"} if clip.sounds else {}
    mp4_audio = sound.settings(clip) if clip.sounds else {}
    webm, mp4 = NAMES
    return compiled(
        ffmpeg.output(
            copies[0],
            *sound.tracks(master, clip),
            webm,
            **{"c:v": "libvpx-vp9", "crf": _VP9_QUALITY, "b:v": top.rung.fill},
            **{"deadline": "good", "cpu-used": 4, "row-mt": 1, "auto-alt-ref": 0},
            **webm_audio,
            **shared,
        ),
        ffmpeg.output(
            copies[1],
            *sound.tracks(master, clip),
            mp4,
            **{"c:v": "libx265", "crf": _HEVC_QUALITY, "preset": "fast", "tag:v": "hvc1"},
            **{"x265-params": "log-level=error", "movflags": "+faststart"},
            **mp4_audio,
            **shared,
        ),
    )
