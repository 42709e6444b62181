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
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from discriminator import faces
from discriminator.lipsync import engine as engines
from discriminator.lipsync import mark
from discriminator.lipsync.errors import ConsentError, PhotoError
from discriminator.lipsync.voice import FRAMES, listen
from discriminator.video import provenance, writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from discriminator.faces import Picture, Points, Source

LARGEST = 1080
"""Pixels of a clip's longer side; a larger photo is made smaller."""
SMALLEST = 64
"""Pixels of the shorter side of a photo that can speak."""
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
        self.voice = listen(voice)
        self.engine = engines.make(engine, options or engines.Options())
        self.engine.prepare(self.voice)
        self._sound = writing.Sound(self.voice.path)

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
            photo: anything that `faces.read` reads.
            to: the file to write; a temporary one that lives as long as the clip if None.
            consent: that the person in the photo agrees. Nothing happens without.
            points: the (478, 3) of the face in px of the photo, where they are known; else they
                are looked for.
            face: which of several faces speaks, 0 the largest.
            progress: hears the part done, 0 to 1, after each picture; what it raises stops the
                work. While it runs, what is done can be played from `growing(to)`.

        Raises:
            ConsentError: without consent.
            PhotoError, FaceError: the photo will not do.
            VideoError: the clip cannot be written.
        """
        if consent is not True:
            raise ConsentError(REFUSAL)
        owned = None if to else tempfile.TemporaryDirectory(prefix="discriminator-")
        path = Path(to) if to else Path(owned.name if owned else "") / "clip.mp4"
        picture, found = self._sitting(photo, points, face)
        height, width = picture.shape[:2]
        try:
            self._write(picture, found, growing(path), progress)
            self._finish(growing(path), path)
        finally:
            growing(path).unlink(missing_ok=True)
        return Clip(path, self.voice.frames / FRAMES, width, height, owned)

    def _write(
        self,
        photo: Picture,
        points: Points,
        path: Path,
        progress: Callable[[float], None] | None,
    ) -> None:
        height, width = photo.shape[:2]
        with (
            writing.Growing(path, (width, height), FRAMES, self._sound, mark.TAGS) as clip,
            ThreadPoolExecutor(1) as encoder,
        ):
            # One core draws the next picture while another encodes this one.
            encoding: Future[None] = encoder.submit(lambda: None)
            for number, frame in enumerate(self.engine.frames(photo, points), 1):
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

    def _sitting(self, photo: Source, points: Points | None, face: int) -> tuple[Picture, Points]:
        picture = faces.read(photo)
        if min(picture.shape[:2]) < SMALLEST:
            message = f"The photo is smaller than {SMALLEST} pixels: give a larger one."
            raise PhotoError(message)
        found = _chosen(picture, face) if points is None else _checked(points, picture)
        return _fitted(picture, found)


def growing(path: Path) -> Path:
    """Return where a clip can be played from while it is being made."""
    return path.with_name(f".{path.name}.growing")


def _chosen(picture: Picture, face: int) -> Points:
    found = faces.find(picture)
    if not found:
        message = "There is no face in the photo: take it from the front, in good light."
        raise PhotoError(message)
    if not 0 <= face < len(found):
        message = f"There are {len(found)} faces in the photo: choose 0 to {len(found) - 1}."
        raise PhotoError(message)
    return found[face].points


def _checked(points: Points, picture: Picture) -> Points:
    own = np.array(points, np.float32)
    if own.shape != (478, 3) or not np.isfinite(own).all():
        message = f"The points of a face are (478, 3) numbers, not {own.shape}: find them again."
        raise PhotoError(message)
    height, width = picture.shape[:2]
    x, y = faces.around(own).centre
    if not (0 <= x < width and 0 <= y < height):
        message = "The points of the face lie outside of the photo: find them again."
        raise PhotoError(message)
    return own


def _fitted(picture: Picture, points: Points) -> tuple[Picture, Points]:
    """Return photo and points no larger than a clip may be, with even sides."""
    height, width = picture.shape[:2]
    scale = min(1.0, LARGEST / max(height, width))
    if scale < 1:
        size = round(width * scale), round(height * scale)
        image = Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS)
        picture, points = np.asarray(image), points * np.float32(scale)
    rows, columns = (side // 2 * 2 for side in picture.shape[:2])
    return np.ascontiguousarray(picture[:rows, :columns]), points
