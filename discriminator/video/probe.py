"""What a video or a recording is, read without starting a process."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import av
import av.error

from discriminator.video.errors import UnreadableVideoError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

Colour = Literal["bt709", "bt601", "bt2020", "pq", "hlg"]

# Opened as video by ffmpeg's libraries, but stills, text drawn as pictures, or lists of files.
_NOT_VIDEO = {"image2", "tty", "hls", "dash", "concat", "lrc", "srt", "webvtt"}
_STILL = "_pipe"
# Numbers of ITU-T H.273, which every container uses.
_BT709, _PQ, _HLG, _BT2020_PRIMARIES, _UNKNOWN = 1, 16, 18, 9, {0, 2}
_RGB = 0
_HD_LINES = 720
# How far before its stated end the last packet of a whole file may lie.
_SLACK = 1.0


@dataclass(frozen=True)
class Sound:
    """One audio track."""

    index: int
    """Its place among all streams of the file."""
    language: str | None
    """As the file states it, mostly of three letters."""
    channels: int


@dataclass(frozen=True)
class Picture:
    """The moving picture, as a viewer sees it: upright, with square pixels."""

    index: int
    """Its place among all streams of the file."""
    width: int
    height: int
    rate: Fraction
    """Frames a second, on average."""
    codec: str
    colour: Colour
    alpha: bool
    interlaced: bool


@dataclass(frozen=True)
class Clip:
    """A video, or a recording that has no picture."""

    path: Path
    seconds: float
    picture: Picture | None
    sounds: tuple[Sound, ...]


def probe(path: str | Path) -> Clip:
    """Return what the file holds, or raise `UnreadableVideoError` where it is not whole."""
    path = Path(path)
    if not path.is_file():
        message = f"{path} is not there: give the path of a video or a recording."
        raise UnreadableVideoError(message)
    with _opened(path) as container:
        stream = _moving(container)
        sounds = tuple(Sound(s.index, s.language, s.channels) for s in _audible(container))
        if not stream and not sounds:
            message = f"{path.name} holds no moving picture and no sound: give a video."
            raise UnreadableVideoError(message)
        picture = _picture(path, container, stream) if stream else None
        seconds = _seconds(path, container, stream or _audible(container)[0])
        return Clip(path, seconds, picture, sounds)


def source(path: Path) -> str:
    """Return the address under which ffmpeg takes any path for a file, whatever its name."""
    return f"file:{path.resolve()}"


@contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    try:
        # A playlist in disguise must not make us read other addresses.
        with av.open(source(path), options={"protocol_whitelist": "file"}) as container:
            yield container
    except (av.error.FFmpegError, UnicodeDecodeError) as unreadable:
        message = (
            f"{path.name} cannot be read: it is not a video, or it is cut short; "
            "export or copy it again."
        )
        raise UnreadableVideoError(message) from unreadable


def _moving(container: InputContainer) -> VideoStream | None:
    names = set(container.format.name.split(","))
    if names & _NOT_VIDEO or any(name.endswith(_STILL) for name in names):
        return None
    # The cover of a song is a video stream too.
    streams = [s for s in container.streams.video if not s.disposition & s.disposition.attached_pic]
    return streams[0] if streams else None


def _audible(container: InputContainer) -> list[AudioStream]:
    is_list = set(container.format.name.split(",")) & _NOT_VIDEO
    return [] if is_list else [stream for stream in container.streams.audio if stream.channels]


def _first_frame(path: Path, container: InputContainer, stream: VideoStream) -> VideoFrame:
    for frame in container.decode(stream):
        return frame
    message = f"{path.name} has no frames: export it again."
    raise UnreadableVideoError(message)


def _seconds(path: Path, container: InputContainer, stream: VideoStream | AudioStream) -> float:
    """Return how long the stream lasts, having looked that the file reaches its stated end."""
    start = float((container.start_time or 0) / av.time_base)
    stated = float((container.duration or 0) / av.time_base)
    if stated:
        # Only its end has to be read, where the file says how long it is.
        container.seek(int((start + stated - _SLACK) * av.time_base), backward=True)
    last = _last_moment(container) - start
    if stated and last < stated - _SLACK:
        container.seek(int(start * av.time_base), backward=True)  # nothing was read of its front
        held = max(_last_moment(container) - start, 0)
        message = (
            f"{path.name} is cut short: it states {stated:.1f} s and holds {held:.1f} s; "
            "copy or export it again."
        )
        raise UnreadableVideoError(message)
    own = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    return own or last


def _last_moment(container: InputContainer) -> float:
    last = 0.0
    for packet in container.demux():
        if packet.pts is not None and packet.time_base:
            last = max(last, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    return last


def _picture(path: Path, container: InputContainer, stream: VideoStream) -> Picture:
    frame = _first_frame(path, container, stream)
    shape = stream.sample_aspect_ratio or Fraction(1)
    width, height = max(round(frame.width * shape), 1), frame.height
    if frame.rotation % 180:
        width, height = height, width
    return Picture(
        index=stream.index,
        width=width,
        height=height,
        rate=stream.average_rate or stream.guessed_rate or Fraction(25),
        codec=stream.codec_context.codec.canonical_name,
        colour=_colour(frame),
        alpha=_has_alpha(stream, frame),
        interlaced=bool(frame.interlaced_frame),
    )


def _colour(frame: VideoFrame) -> Colour:
    if frame.color_trc == _PQ:
        return "pq"
    if frame.color_trc == _HLG:
        return "hlg"
    if frame.color_primaries == _BT2020_PRIMARIES:
        return "bt2020"
    if frame.colorspace in {_RGB, _BT709}:
        return "bt709"
    # Untagged: what every player assumes.
    is_hd = frame.colorspace in _UNKNOWN and frame.height >= _HD_LINES
    return "bt709" if is_hd else "bt601"


def _has_alpha(stream: VideoStream, frame: VideoFrame) -> bool:
    # VP9 keeps its transparency beside the picture, so its pixel format does not tell.
    in_format = any(component.is_alpha for component in frame.format.components)
    return in_format or stream.metadata.get("alpha_mode") == "1"
