"""What is known of a stream that was made for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator import streaming

LOSSLESS = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-c:a", "pcm_s16le")
"""ffmpeg's options for a master of which nothing is lost."""


@dataclass(frozen=True)
class Encoded:
    """A stream that was made once for many tests."""

    master: Path
    folder: Path
    stream: streaming.Stream
