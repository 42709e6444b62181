"""A master becomes an adaptive stream: DASH and HLS over the same segments.

`encode(master, folder)` writes it, `check(folder)` says what is wrong with one.
"""

from discriminator.streaming.checking import check
from discriminator.streaming.encoding import Progress, current, encode
from discriminator.streaming.errors import EncodeError
from discriminator.streaming.index import Stream
from discriminator.streaming.ladder import RUNGS, Rendition, Rung, ladder
from discriminator.streaming.options import Options
from discriminator.video.errors import VideoError

__all__ = [
    "RUNGS",
    "EncodeError",
    "Options",
    "Progress",
    "Rendition",
    "Rung",
    "Stream",
    "VideoError",
    "check",
    "current",
    "encode",
    "ladder",
]
