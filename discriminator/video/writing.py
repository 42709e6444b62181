"""Pictures and sound, out: a file that can be played while it grows, then a finished one."""

from __future__ import annotations

import errno
import io
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

import av
import av.error
from av.video.reformatter import Colorspace, VideoReformatter

from discriminator.video import sound
from discriminator.video.errors import NoSpaceError, VideoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    import numpy as np
    from av.packet import Packet
    from numpy.typing import NDArray

_GROWING = {"movflags": "frag_keyframe+empty_moov+default_base_moof", "flush_packets": "1"}
"""One fragment for each second, on the disk as soon as it is whole."""
_WHOLE = {"movflags": "faststart"}
# Fast enough for two cores, and without frames that wait for later ones.
_H264 = {"preset": "superfast", "crf": "19", "bf": "0", "sc_threshold": "0"}
_BT709, _NARROW = 1, 1
_KINDS = {3: "rgb24", 4: "rgba"}


class Sound:
    """A voice, encoded once for all clips in which it is heard."""

    def __init__(self, path: Path) -> None:
        self._file = io.BytesIO()
        with sound.opened(path) as source, av.open(self._file, "w", format="mp4") as target:
            track = target.add_stream("aac", rate=48_000, layout="mono", bit_rate=96_000)
            for frame in source.decode(audio=0):
                target.mux(track.encode(frame))
            target.mux(track.encode(None))

    def opened(self) -> Any:  # noqa: ANN401 - PyAV's container
        """Open it once more."""
        return av.open(io.BytesIO(self._file.getbuffer()))


class Growing:
    """A clip being written, fragment by fragment; every second of it can be played at once.

    Use it as a context: what fails inside leaves no file.

    Args:
        path: where it grows.
        size: width and height in px, both even.
        rate: pictures a second.
        heard: the voice, as long as the pictures.
        tags: metadata by name.
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        rate: int,
        heard: Sound,
        tags: Mapping[str, str],
    ) -> None:
        self._path, self._rate, self._number = path, rate, 0
        self._converter = VideoReformatter()  # one for all: making it takes as long as using it
        with _spoken():
            self._file = av.open(str(path), "w", format="mp4", options=_GROWING)
        self._file.metadata.update(tags)
        self._video = self._picture_track(size)
        self._source = heard.opened()
        self._audio = self._file.add_stream_from_template(self._source.streams.audio[0])
        self._packets: Iterator[Packet[Any]] = self._source.demux(audio=0)
        self._waiting = next(self._packets, None)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the file, or remove it."""
        try:
            if kind is None:
                self._finish()
        except BaseException:
            self._abandon()
            raise
        if kind is not None:
            self._abandon()

    def add(self, picture: NDArray[np.uint8]) -> None:
        """Take the next picture, (height, width, 3) RGB; a fourth byte is not looked at."""
        raw = av.VideoFrame.from_ndarray(picture, _KINDS[picture.shape[2]])
        frame = self._converter.reformat(raw, format="yuv420p", dst_colorspace=Colorspace.ITU709)
        frame.pts, frame.time_base = self._number, Fraction(1, self._rate)
        with _spoken():
            self._mux(self._video.encode(frame))
        self._number += 1

    def _picture_track(self, size: tuple[int, int]) -> Any:  # noqa: ANN401 - PyAV's stream
        track = self._file.add_stream("libx264", rate=self._rate, options=_H264)
        track.width, track.height = size
        track.pix_fmt = "yuv420p"
        context = track.codec_context
        context.gop_size = self._rate
        context.thread_type = "SLICE"  # threads over frames would hold back a second of them
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = _NARROW
        return track

    def _mux(self, packets: list[Packet[Any]]) -> None:
        for packet in packets:
            self._file.mux(packet)
        self._hear_until(self._number / self._rate)

    def _hear_until(self, seconds: float | None) -> None:
        while (packet := self._waiting) is not None and packet.pts is not None:
            if seconds is not None and packet.pts * packet.time_base > seconds:
                return
            packet.stream = self._audio
            self._file.mux(packet)
            self._waiting = next(self._packets, None)

    def _finish(self) -> None:
        with _spoken():
            self._mux(self._video.encode(None))
            self._hear_until(None)
            self._file.close()
            self._source.close()

    def _abandon(self) -> None:
        try:
            self._file.close()
        except av.error.FFmpegError:  # the reason is on its way already
            pass
        finally:
            self._source.close()
            self._path.unlink(missing_ok=True)


def make_whole(growing: Path, whole: Path, tags: Mapping[str, str]) -> None:
    """Write a clip that has grown to its end as one that begins with its index."""
    with (
        _spoken(),
        av.open(str(growing)) as source,
        av.open(str(whole), "w", format="mp4", options=_WHOLE) as target,
    ):
        target.metadata.update(tags)
        tracks = {s.index: target.add_stream_from_template(s) for s in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = tracks[packet.stream.index]
                target.mux(packet)


@contextmanager
def _spoken() -> Iterator[None]:
    try:
        yield
    except (av.error.FFmpegError, OSError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:
            message = "The disk is full: make room, or name a file on another disk."
            raise NoSpaceError(message) from error
        message = f"The clip could not be written ({error})."
        raise VideoError(message) from error
