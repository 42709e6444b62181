"""The one front of all engines: a voice that any face can be given.

    narrator = Narrator("speech.wav")
    clip = narrator.speak("me.jpg", consent=True)

A narrator is slow to make and quick to ask: it hears the voice and wakes the engine once, then
speaks photo after photo.
"""

from __future__ import annotations

import tempfile
from base64 import b64encode
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from discriminator.lipsync import engine as engines
from discriminator.lipsync import mark
from discriminator.lipsync.errors import ConsentError
from discriminator.lipsync.sitting import is_video, sit, sit_moving
from discriminator.lipsync.voice import FRAMES, listen
from discriminator.video import provenance, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from discriminator.faces import Picture, Points, Source
    from discriminator.lipsync.voice import Voice

REFUSAL = (
    "Nobody has said that the person in the photo agrees: ask them, then say so "
    "(consent=True, or --consent)."
)


@dataclass(frozen=True)
class Clip:
    """A finished, marked and signed clip."""

    path: Path
    seconds: float
    width: int
    height: int
    _owned: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        data = b64encode(self.path.read_bytes()).decode()
        return f'<video controls src="data:video/mp4;base64,{data}"></video>'


class Narrator:
    """A voice, and the engine that moves mouths to it.

    Args:
        voice: a sound file; `name.json` beside it may hold its words and sounds.
        engine: `puppet`, which needs nothing, or another of `engine.ENGINES`.
        options: weights and precision, for engines that have a network.

    Raises:
        VoiceError, VideoError: the sound will not do.
        NoEngineError, CheckpointError: the engine cannot be made.
    """

    def __init__(
        self,
        voice: str | Path,
        engine: str = "puppet",
        options: engines.Options | None = None,
    ) -> None:
        heard = listen(voice)
        self.engine = engines.make(engine, options or engines.Options())
        self._say(heard)

    def hear(self, voice: str | Path) -> None:
        """Have another voice from now on, with the same engine.

        Raises:
            VoiceError, VideoError: the sound will not do; the narrator keeps the one it has.
        """
        self._say(listen(voice))

    def _say(self, voice: Voice) -> None:
        self.voice = voice
        self.engine.prepare(voice)
        self._sound = writing.Sound(voice.path)

    def speak(  # noqa: PLR0913 - each is one thing that only the caller knows
        self,
        photo: Source,
        to: str | Path | None = None,
        *,
        consent: bool,
        points: Points | None = None,
        face: int = 0,
        progress: Callable[[float], None] | None = None,
    ) -> Clip:
        """Make a photo speak, and return the clip.

        Args:
            photo: anything that `faces.read` reads, or the path of a video, in whose frames the
                face is then found; a video shorter than the voice begins again.
            to: the file to write; a temporary one that lives as long as the clip if None.
            consent: that the person in the photo agrees. Nothing happens without.
            points: the (478, 3) of the face in px of the photo, where they are known; else they
                are looked for, and always in a video.
            face: which of several faces speaks, 0 the largest (of a video's first frame).
            progress: hears the part done, 0 to 1, after each picture; what it raises stops the
                work. While it runs, what is done can be played from `growing(to)`.

        Raises:
            ConsentError: without consent.
            PhotoError, FaceError: the photo will not do.
            VideoError: the video will not do, or the clip cannot be written.
        """
        if consent is not True:
            raise ConsentError(REFUSAL)
        owned = None if to else tempfile.TemporaryDirectory(prefix="discriminator-")
        path = Path(to) if to else Path(owned.name if owned else "") / "clip.mp4"
        size, frames = self._drawn(photo, points, face)
        try:
            # An error that is looked at, in a notebook say, holds whatever was at work.
            with closing(frames):
                self._write(size, frames, growing(path), progress)
            self._finish(growing(path), path)
        finally:
            growing(path).unlink(missing_ok=True)
        return Clip(path, self.voice.frames / FRAMES, *size, owned)

    def _drawn(
        self, photo: Source, points: Points | None, face: int
    ) -> tuple[tuple[int, int], Generator[Picture]]:
        """Return width and height of the clip, and its pictures."""
        if is_video(photo):
            sitters = sit_moving(Path(cast("str | Path", photo)), face)
            first = next(sitters)
            moving = islice(chain([first], sitters), self.voice.frames)
            frames = self.engine.moving(moving)
        else:
            first = sit(photo, points, face)
            frames = self.engine.frames(*first)
        height, width = first.photo.shape[:2]
        return (width, height), frames

    def _write(
        self,
        size: tuple[int, int],
        frames: Iterator[Picture],
        path: Path,
        progress: Callable[[float], None] | None,
    ) -> None:
        with (
            writing.Growing(path, size, FRAMES, self._sound, mark.TAGS) as clip,
            ThreadPoolExecutor(1) as encoder,
        ):
            # One core draws the next picture while another encodes this one.
            encoding: Future[None] = encoder.submit(lambda: None)
            for number, frame in enumerate(frames, 1):
                marked = frame.copy()
                mark.burn(marked)
                encoding.result()
                encoding = encoder.submit(clip.add, marked)
                if progress:
                    progress(number / self.voice.frames)
            encoding.result()

    def _finish(self, grown: Path, path: Path) -> None:
        """Put the whole, signed clip in its place, at once."""
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".discriminator-") as folder:
            whole, signed = Path(folder) / "whole.mp4", Path(folder) / "signed.mp4"
            writing.make_whole(grown, whole, mark.TAGS)
            provenance.sign_synthetic(whole, signed, "A synthetic clip")
            signed.replace(path)


def growing(path: Path) -> Path:
    """Return where a clip can be played from while it is being made."""
    return path.with_name(f".{path.name}.growing")
