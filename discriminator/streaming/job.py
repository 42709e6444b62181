"""What one encode is about, known before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from discriminator.streaming import captions, index, sound
from discriminator.streaming.ladder import Rendition, frame_rate, group, ladder
from discriminator.video.probe import probe

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.streaming.captions import Captions
    from discriminator.streaming.index import Origin
    from discriminator.streaming.options import Options
    from discriminator.video.probe import Clip


@dataclass(frozen=True)
class Job:
    """A master, what is wished of it, and what follows from both."""

    clip: Clip
    options: Options
    captions: tuple[Captions, ...]
    sounds: tuple[str, ...]
    """The language of each audio track."""
    origin: Origin

    @property
    def rate(self) -> Fraction:
        """Frames a second of the stream; 0 where the master has no picture."""
        return frame_rate(self.clip.picture.rate) if self.clip.picture else Fraction(0)

    @property
    def segment_seconds(self) -> Fraction:
        """How long every segment of the picture is, but for the last."""
        return group(self.rate) / self.rate

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        """The sizes of the picture, largest first; none where there is no picture."""
        shown = self.clip.picture
        return ladder(shown.width, shown.height, self.options.rungs) if shown else ()


def prepare(master: Path, options: Options) -> Job:
    """Look at the master and at its captions."""
    clip = probe(master)
    texts = captions.find(master, options.captions, options.language)
    languages = sound.languages(clip, options.language)
    return Job(clip, options, texts, languages, index.origin(master, options, texts))
