"""Small pictures for the scrubber: sheets of tiles, and a WebVTT track that finds them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import ffmpeg

from discriminator.streaming.captions import stamp
from discriminator.streaming.ladder import Rung, group, ladder

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from discriminator.streaming.picture import Stream
    from discriminator.video.probe import Picture

TRACK = "thumbnails.vtt"
_SHEET = "thumbnails-%03d.jpg"
_COLUMNS, _ROWS = 5, 5
_BOX = (Rung(192, 108, 0),)
_JPEG_QUALITY = 4


def output(frames: Stream, shown: Picture, rate: Fraction) -> Stream:
    """Return the sheets, to be written beside the stream in the same run: a tile a segment."""
    (tile,) = ladder(shown.width, shown.height, _BOX)
    sheets = (
        frames.filter("select", f"not(mod(n,{group(rate)}))")
        .filter("scale", tile.width, tile.height, out_range="pc")
        .filter("tile", f"{_COLUMNS}x{_ROWS}")
    )
    wanted = {"format": "image2", "fps_mode": "passthrough", "c:v": "mjpeg", "q:v": _JPEG_QUALITY}
    return ffmpeg.output(sheets, _SHEET, **wanted, pix_fmt="yuvj420p", fflags="+bitexact")


def write_track(folder: Path, shown: Picture, rate: Fraction, seconds: float) -> None:
    """Write the track: for each segment the tile `sheet.jpg#xywh=x,y,width,height`."""
    (tile,) = ladder(shown.width, shown.height, _BOX)
    length = float(group(rate) / rate)
    cues = ["WEBVTT\n"]
    for number in range(math.ceil(round(seconds / length, 3))):
        sheet, place = divmod(number, _COLUMNS * _ROWS)
        row, column = divmod(place, _COLUMNS)
        start, end = number * length, min((number + 1) * length, seconds)
        area = f"{column * tile.width},{row * tile.height},{tile.width},{tile.height}"
        cues.append(f"{stamp(start)} --> {stamp(end)}\n{_SHEET % (sheet + 1)}#xywh={area}\n")
    (folder / TRACK).write_text("\n".join(cues), encoding="utf-8")
