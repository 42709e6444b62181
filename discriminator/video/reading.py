"""The frames of a video, a moving or a still picture, upright and in colour, few or all of them.

    for frame in reading.frames("clip.mp4", reading.Evenly(16)):
        frame.seconds, frame.pixels

Only what is asked for is converted, and of what lies between two distant frames only that is
decoded of which the second is made.
One frame is held at a time.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.error
import numpy as np
from av.format import Flags

from discriminator.video.errors import UnreadableVideoError
from discriminator.video.probe import source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

threads = 0
"""Of a decoder: one for each core, or as many as whoever reads several clips at once sets here."""
LARGEST = 64_000_000
"""Pixels of a frame that is still decoded: twice those of 8K."""
# Opened as video by ffmpeg's libraries, but text drawn as pictures, or lists of files.
_NOT_PICTURES = {"tty", "hls", "dash", "concat", "lrc", "srt", "webvtt"}
# A playlist in disguise must not make us read other addresses, nor a name with % other files.
_ALONE = {"protocol_whitelist": "file", "pattern_type": "none"}
# They hold the order of decoding alone: when a frame is shown is the demuxer's guess.
_GUESSED = {"avi"}
# How far before its stated end the last packet of a whole file may lie.
_SLACK = 1.0
_QUARTER = 90
# Of the distance between two frames.
_JITTER = 0.1
# Seconds: the first packet is decoded so much before it is shown, at most.
_BEFORE = 10


@dataclass(frozen=True)
class Frame:
    """One picture and its moment."""

    seconds: float
    """After the beginning of the file."""
    pixels: NDArray[np.uint8]
    """Height x width x RGB, as a viewer sees it: upright, with square pixels."""


@dataclass(frozen=True)
class Evenly:
    """So many frames, evenly spaced in time: the middles of as many equal parts of the clip."""

    count: int

    def __post_init__(self) -> None:
        """Refuse to read nothing."""
        _positive("a number of frames", self.count)


@dataclass(frozen=True)
class Every:
    """Every frame, or every so many frames."""

    step: int = 1

    def __post_init__(self) -> None:
        """Refuse to stand still."""
        _positive("a step between frames", self.step)


@dataclass(frozen=True)
class PerSecond:
    """So many frames a second at most, whatever the clip has."""

    rate: float

    def __post_init__(self) -> None:
        """Refuse to stand still."""
        _positive("a number of frames a second", self.rate)


Sampling = Evenly | Every | PerSecond


def frames(
    path: str | Path, sampling: Sampling | None = None, *, longest: int | None = None
) -> Iterator[Frame]:
    """Yield the frames of a file in their order, all of them unless `sampling` says otherwise.

    Frames whose longer side exceeds `longest` pixels are made smaller while they are converted.
    Raises `UnreadableVideoError` where the file holds no picture or is cut short.
    """
    path = Path(path)
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is not there"
        message = f"{path} {what}: give the path of a video or a picture."
        raise UnreadableVideoError(message)
    try:
        with av.open(source(path), options=_ALONE) as container:
            stream = _picture(path, container)
            yield from _read(path, container, stream, sampling or Every(), longest)
    except (av.error.FFmpegError, UnicodeDecodeError) as unreadable:
        raise _unreadable(path) from unreadable


def _positive(what: str, number: float) -> None:
    if number < 1:
        message = f"{number} is not {what}: give 1 or more."
        raise ValueError(message)


def _unreadable(path: Path) -> UnreadableVideoError:
    return UnreadableVideoError(
        f"{path.name} cannot be read: it is neither a video nor a picture, or it is damaged; "
        "export or copy it again."
    )


def _picture(path: Path, container: InputContainer) -> VideoStream:
    # The cover of a song is a video stream too.
    streams = [s for s in container.streams.video if not s.disposition & s.disposition.attached_pic]
    if not streams or set(container.format.name.split(",")) & _NOT_PICTURES:
        message = f"{path.name} holds no picture: give a video or a picture file."
        raise UnreadableVideoError(message)
    stream = streams[0]
    if stream.width * stream.height > LARGEST:
        message = f"{path.name} has more than {LARGEST // 10**6} million pixels: make it smaller."
        raise UnreadableVideoError(message)
    stream.thread_type = "AUTO"
    stream.codec_context.thread_count = threads
    return stream


def _read(
    path: Path,
    container: InputContainer,
    stream: VideoStream,
    sampling: Sampling,
    longest: int | None,
) -> Iterator[Frame]:
    index = _indexed(path, container, stream)
    start = _start(index, container, stream)
    taken = False
    for frame in _chosen(container, stream, index, sampling):
        taken = True
        moment = float((frame.pts or 0) * (stream.time_base or 0)) - start
        yield Frame(max(moment, 0.0), _upright(frame, stream, longest))
    if not taken:
        raise _unreadable(path)


@dataclass(frozen=True)
class _Index:
    """Where the frames are, in the stream's own units of time and in order of showing."""

    moments: list[int]
    keys: list[int]
    """Those that can be decoded without another; none where the file cannot be sought for them."""


def _indexed(path: Path, container: InputContainer, stream: VideoStream) -> _Index:
    """Return the moments of all frames, having looked that the file reaches its stated end.

    The packets are read but not decoded, which takes a hundredth of the time.
    """
    stated = float((container.duration or 0) / av.time_base)
    moments: list[int] = []
    keys: list[int] = []
    last = 0.0
    if _is_still(container):
        return _Index(moments, keys)  # it has one moment, and cannot be read twice
    for packet in container.demux():
        moment = packet.dts if packet.pts is None else packet.pts
        if moment is None or not packet.time_base:
            continue
        last = max(last, float((moment + (packet.duration or 0)) * packet.time_base))
        if packet.stream.index == stream.index and not packet.is_discard:
            moments.append(moment)
            keys += [moment] if packet.is_keyframe else []
    if not moments:
        message = f"{path.name} does not say when its frames are shown: put it into an .mp4 file."
        raise UnreadableVideoError(message)
    last -= float((container.start_time or 0) / av.time_base)
    if stated and last < stated - _SLACK:
        message = (
            f"{path.name} is cut short: it states {stated:.1f} s and holds {max(last, 0):.1f} s; "
            "copy or export it again."
        )
        raise UnreadableVideoError(message)
    return _Index(sorted(moments), sorted(keys) if _is_sought(container) else [])


def _is_sought(container: InputContainer) -> bool:
    """Whether seeking finds key frames: streams for broadcasting have no list of them."""
    return Flags.ts_discont not in Flags(container.format.flags)


def _is_still(container: InputContainer) -> bool:
    name = container.format.name
    return name.startswith("image2") or name.endswith("_pipe")


def _start(index: _Index, container: InputContainer, stream: VideoStream) -> float:
    if container.start_time is not None:
        return container.start_time / av.time_base
    return float(index.moments[0] * (stream.time_base or 0)) if index.moments else 0.0


def _chosen(
    container: InputContainer, stream: VideoStream, index: _Index, sampling: Sampling
) -> Iterator[VideoFrame]:
    if index.moments and isinstance(sampling, Evenly):
        yield from _sought(container, stream, index, _spread(index.moments, sampling.count))
        return
    if index.moments:
        _go(container, stream, index, index.moments[0])
    decoded = container.decode(stream)
    if isinstance(sampling, PerSecond):
        yield from _paced(decoded, sampling.rate)
    else:
        yield from islice(decoded, 0, None, sampling.step if isinstance(sampling, Every) else 1)


def _paced(decoded: Iterator[VideoFrame], rate: float) -> Iterator[VideoFrame]:
    """Yield the first frame of each equal stretch of time."""
    shown = -1
    for frame in decoded:
        # Rounded up a little: 1/30 s written as 33 ms must not fall into the stretch before.
        stretch = int((frame.time or 0.0) * rate + _JITTER)
        if stretch > shown:
            shown = stretch
            yield frame


def _spread(moments: Sequence[int], count: int) -> list[int]:
    """Return at most `count` moments of frames nearest to the middles of equal parts of time."""
    times = np.asarray(moments)
    lasting = float(np.median(np.diff(times))) if len(times) > 1 else 1.0
    edges = np.linspace(times[0], times[-1] + lasting, count + 1)
    # A frame is on the screen from its own moment until the next one's.
    shown = np.searchsorted(times, (edges[:-1] + edges[1:]) / 2, side="right") - 1
    return [int(moment) for moment in np.unique(times[shown.clip(0)])]


def _sought(
    container: InputContainer, stream: VideoStream, index: _Index, wanted: Sequence[int]
) -> Iterator[VideoFrame]:
    """Yield the frames at the wanted moments, jumping wherever a key frame lies in between."""
    groups = [bisect_right(index.keys, moment) for moment in wanted]
    jumps = [True, *(before != after for before, after in pairwise(groups))]
    decoded: Iterator[VideoFrame] = iter(())
    for moment, jump in zip(wanted, jumps, strict=True):
        if jump:
            _go(container, stream, index, moment)
            decoded = _needed(container, stream, frozenset(wanted))
        frame = next((one for one in decoded if one.pts is None or one.pts >= moment), None)
        if frame is None:
            return
        yield frame


def _go(container: InputContainer, stream: VideoStream, index: _Index, moment: int) -> None:
    """Go to the last key frame before a moment, or else to the beginning of the file."""
    if index.keys:
        container.seek(moment, stream=stream, backward=True)
    else:
        container.seek((container.start_time or 0) - _BEFORE * av.time_base)


def _needed(
    container: InputContainer, stream: VideoStream, wanted: frozenset[int]
) -> Iterator[VideoFrame]:
    """Yield the frames at the wanted moments, and those of which others are made."""
    is_guessed = container.format.name in _GUESSED
    for packet in container.demux(stream):
        is_wanted = is_guessed or packet.pts is None or packet.pts in wanted
        stream.codec_context.skip_frame = "DEFAULT" if is_wanted else "NONREF"
        yield from packet.decode()


def _upright(frame: VideoFrame, stream: VideoStream, longest: int | None) -> NDArray[np.uint8]:
    width = max(round(frame.width * (stream.sample_aspect_ratio or 1)), 1)
    scale = min(1.0, (longest or width + frame.height) / max(width, frame.height))
    pixels = frame.to_ndarray(
        format="rgb24",
        width=max(round(width * scale), 1),
        height=max(round(frame.height * scale), 1),
        interpolation="AREA" if scale < 1 else "BICUBIC",
    )
    # The stated turn is counter-clockwise, as numpy's is.
    return np.ascontiguousarray(np.rot90(pixels, frame.rotation // _QUARTER))
