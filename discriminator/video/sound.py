"""Sound in: any file becomes one row of numbers."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.error
import numpy as np
from numpy.typing import NDArray

from discriminator.video.errors import UnreadableSoundError
from discriminator.video.probe import source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.container import InputContainer

Samples = NDArray[np.float32]
"""One channel, (n,), from -1 to 1."""


def read(path: str | Path, rate: int, *, longest: float) -> Samples:
    """Return the first sound track of a file, its channels mixed, at `rate` samples a second.

    Raises:
        UnreadableSoundError: there is no sound, it is damaged, or lasts more than `longest` s.
    """
    path = Path(path)
    with opened(path) as container:
        stated = (container.duration or 0) / av.time_base
        if stated > longest:
            raise _too_long(path, stated, longest)
        parts: list[NDArray[np.float32]] = []
        left = int(longest * rate)
        for part in _decoded(container, rate):
            left -= part.size
            if left < 0:
                raise _too_long(path, longest, longest)
            parts.append(part)
    samples = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    if not samples.size:
        message = f"{path.name} holds no sound: give a recording of a voice."
        raise UnreadableSoundError(message)
    return samples


def alongside(path: str | Path, rate: int, *, seconds: float) -> Samples:
    """Return the sound of a clip's first seconds, so that its moments are those of the frames.

    Sound that sets in later than the picture is silent until then; a silent film gives an empty
    array.
    """
    path, wanted = Path(path), round(seconds * rate)
    try:
        with opened(path) as container:
            begun = (container.start_time or 0) / av.time_base
            stream = container.streams.audio[0]
            own = float((stream.start_time or 0) * (stream.time_base or 0))
            parts = [np.zeros(max(round((own - begun) * rate), 0), np.float32)]
            for part in _decoded(container, rate):
                parts.append(part)
                if sum(one.size for one in parts) >= wanted:
                    break
    except UnreadableSoundError:
        return np.zeros(0, np.float32)
    return np.concatenate(parts)[:wanted]


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """Open a file that has sound.

    Raises:
        UnreadableSoundError: it has none, or cannot be read.
    """
    if not path.is_file():
        message = f"{path} is not there: give the path of a sound file."
        raise UnreadableSoundError(message)
    try:
        # A playlist in disguise must not make us read other addresses.
        with av.open(source(path), options={"protocol_whitelist": "file"}) as container:
            if not container.streams.audio:
                message = f"{path.name} holds no sound: give a recording of a voice."
                raise UnreadableSoundError(message)
            yield container
    except (av.error.FFmpegError, UnicodeDecodeError) as unreadable:
        message = f"{path.name} is no sound, or is cut short: export or copy it again."
        raise UnreadableSoundError(message) from unreadable


def _decoded(container: InputContainer, rate: int) -> Iterator[NDArray[np.float32]]:
    resampler = av.AudioResampler("fltp", "mono", rate)
    for frame in container.decode(audio=0):
        for part in resampler.resample(frame):
            yield part.to_ndarray()[0]
    for part in resampler.resample(None):
        yield part.to_ndarray()[0]


def _too_long(path: Path, seconds: float, longest: float) -> UnreadableSoundError:
    return UnreadableSoundError(
        f"{path.name} lasts {seconds / 60:.0f} minutes or more, the longest that can be spoken is "
        f"{longest / 60:.0f}: cut it."
    )
