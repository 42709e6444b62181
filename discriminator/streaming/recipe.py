"""The commands that make a stream of a master."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ffmpeg

from discriminator.streaming import manifest, picture, sound, thumbnails
from discriminator.streaming.ladder import SEGMENT_SECONDS, group

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from discriminator.streaming.job import Job
    from discriminator.streaming.options import Options
    from discriminator.streaming.picture import Stream
    from discriminator.video.probe import Picture

Settings = dict[str, Any]

_LOG = "scenes"
_AV1_SHARE = 0.8
# At the same bits its pictures are as good to VMAF as two passes at `medium`, in half the time.
_PRESET = "faster"
ANONYMOUS: Settings = {
    "map_metadata": -1,
    "map_chapters": -1,
    "fflags": "+bitexact",
    "flags:v": "+bitexact+cgop",
    "flags:a": "+bitexact",
}
"""A film's places and devices are nobody's business, and the same master makes the same bytes."""


def commands(job: Job, kept: int = 0) -> list[list[str]]:
    """Return ffmpeg's arguments for each run, to be made in the stream's folder.

    The first `kept` segments of the picture are there already and are left out.
    """
    shown = job.clip.picture
    if shown is None:
        return [compiled(_stream(job, picture.opened(job.clip), [], {}))]
    if not job.options.two_pass:
        return [_streaming(job, shown, {}, kept)]
    first, second = ({"pass": number, "passlogfile": _LOG} for number in (1, 2))
    return [_measuring(job, shown, first), _streaming(job, shown, second)]


def clear(folder: Path) -> None:
    """Remove what only the runs needed from one another."""
    for log in folder.glob(f"{_LOG}-*"):
        log.unlink()


def compiled(*outputs: Stream) -> list[str]:
    """Return the arguments of one run that writes all these outputs."""
    arguments: list[str] = ffmpeg.compile(ffmpeg.merge_outputs(*outputs), cmd="ffmpeg")
    return arguments[1:]


def _streaming(job: Job, shown: Picture, passes: Settings, kept: int = 0) -> list[str]:
    master = picture.opened(job.clip)
    *pictures, small = _branches(master, job, shown, kept)
    # Frames keep their moments, or the encoder would fill the time before them.
    timing = {"fps_mode:v": "passthrough"} if kept else {}
    stream = _stream(job, master, pictures, passes | timing)
    return compiled(stream, thumbnails.output(small, shown, job.rate))


def _stream(job: Job, master: Stream, pictures: list[Stream], passes: Settings) -> Stream:
    """Return the output of all segments, of the picture's sizes and of every sound."""
    sounds = sound.tracks(master, job.clip)
    return ffmpeg.output(
        *pictures,
        *sounds,
        manifest.NAME,
        **_video(job),
        **passes,
        **sound.settings(job.clip),
        **_muxing(len(pictures) + len(sounds), job.rate, job.origin.mark),
        **ANONYMOUS,
    )


def _measuring(job: Job, shown: Picture, passes: Settings) -> list[str]:
    """Return the first of two passes, which only learns how hard each scene is."""
    *pictures, unused = _branches(picture.opened(job.clip), job, shown)
    learnt = ffmpeg.output(*pictures, "-", format="null", **_video(job), **passes)
    return compiled(learnt, ffmpeg.output(unused, "-", format="null", vframes=1))


def _branches(master: Stream, job: Job, shown: Picture, kept: int = 0) -> list[Stream]:
    """Return the pictures of each rendition and, last, one more copy of the largest.

    What the kept segments show is decoded, which costs little, and dropped.
    """
    top, *others = job.renditions
    frames = picture.flat(picture.steady(master, shown, job.rate), shown, top)
    copies = frames.filter_multi_output("split", len(job.renditions) + 1)
    made = [copies[number] for number in range(len(job.renditions))]
    if kept:
        made = [copy.filter("trim", start_frame=kept * group(job.rate)) for copy in made]
    smaller = [picture.sized(copy, size) for copy, size in zip(made[1:], others, strict=True)]
    return [made[0], *smaller, copies[len(job.renditions)]]


def _video(job: Job) -> Settings:
    if not job.renditions:
        return {}
    options = job.options
    settings: Settings = {"pix_fmt": "yuv420p", "g": group(job.rate)}
    settings |= _h264(options) if options.codec == "h264" else _av1(options)
    for number, rendition in enumerate(job.renditions):
        rung = rendition.rung
        most = rung.fill if options.codec == "h264" else int(rung.fill * _AV1_SHARE)
        settings |= {f"maxrate:v:{number}": most, f"bufsize:v:{number}": rung.buffer}
        if options.two_pass:
            settings[f"b:v:{number}"] = rung.fill
    return settings


def _h264(options: Options) -> Settings:
    aim = {} if options.two_pass else {"crf": options.crf}
    return {"c:v": "libx264", "profile:v": "high", "preset": _PRESET, "sc_threshold": 0, **aim}


def _av1(options: Options) -> Settings:
    # It stays near its limit, not below, so the limit lies lower than x264's.
    params = "scd=0:mbr-overshoot-pct=0"
    return {"c:v": "libsvtav1", "preset": 8, "crf": options.crf, "svtav1-params": params}


def _muxing(tracks: int, rate: Fraction, mark: str) -> Settings:
    """Return the options of a muxer that writes one set of segments under two manifests."""
    # One set each: ffmpeg refuses to join sizes whose proportions differ by a rounded pixel.
    sets = [f"id={number},streams={number}" for number in range(tracks)]
    return {
        "format": "dash",
        "hls_playlist": 1,
        "seg_duration": float(group(rate) / rate) if rate else SEGMENT_SECONDS,
        "adaptation_sets": " ".join(sets),
        "init_seg_name": f"init-$RepresentationID$-{mark}.mp4",
        "media_seg_name": f"segment-$RepresentationID$-$Number%05d$-{mark}.m4s",
    }
