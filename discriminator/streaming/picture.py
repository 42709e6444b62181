"""From a master's pictures to those of the renditions: one decode, one graph of filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ffmpeg

from discriminator.video.probe import source

if TYPE_CHECKING:
    from fractions import Fraction

    from discriminator.streaming.ladder import Rendition
    from discriminator.video.probe import Clip, Picture

Stream = Any
"""A node of ffmpeg-python's graph, which has no types."""

_TAGS = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "range": "tv"}
# The white of a film screen, in candela a square metre, to which light is related when tone-mapped.
_WHITE = 100


def opened(clip: Clip) -> Stream:
    """Return the master as an input of the graph."""
    # ffmpeg's own VP9 decoder drops the alpha channel.
    shown = clip.picture
    decoder = {"vcodec": "libvpx-vp9"} if shown and shown.alpha and shown.codec == "vp9" else {}
    return ffmpeg.input(source(clip.path), **decoder)


def steady(master: Stream, shown: Picture, rate: Fraction) -> Stream:
    """Return whole frames at a constant rate from moment 0 on, where the sound starts too."""
    frames = master[str(shown.index)]
    if shown.interlaced:
        frames = frames.filter("bwdif", mode="send_frame")
    return frames.filter("fps", fps=str(rate), start_time=0)


def flat(frames: Stream, shown: Picture, top: Rendition) -> Stream:
    """Return the frames as the largest rendition shows them: opaque 8-bit 4:2:0 in BT.709."""
    if shown.alpha:
        # What is see-through becomes black, not the colour that happens to lie below.
        frames = frames.filter("format", "gbrap").filter("premultiply", inplace=1)
    if shown.colour in {"bt709", "bt601"}:
        frames = sized(frames, top, in_color_matrix=shown.colour, out_color_matrix="bt709")
    else:
        frames = _narrowed(sized(frames, top), shown)
    return frames.filter("format", "yuv420p").filter("setparams", **_TAGS)


def sized(frames: Stream, to: Rendition, **matrices: str) -> Stream:
    """Return the frames at a rendition's size, in square pixels."""
    wanted = {"flags": "lanczos+accurate_rnd", "out_range": "tv", **matrices}
    return frames.filter("scale", to.width, to.height, **wanted).filter("setsar", 1)


def _narrowed(frames: Stream, shown: Picture) -> Stream:
    """Return wide colour, and high range where there is one, as BT.709."""
    if shown.colour == "bt2020":
        return frames.filter("zscale", primaries="709", transfer="709", matrix="709")
    transfer = {"pq": "smpte2084", "hlg": "arib-std-b67"}[shown.colour]
    return (
        frames.filter("zscale", transferin=transfer, transfer="linear", npl=_WHITE)
        .filter("format", "gbrpf32le")
        .filter("zscale", primaries="709")
        .filter("tonemap", tonemap="hable", desat=0)
        .filter("zscale", transfer="709", matrix="709", range="limited")
    )
