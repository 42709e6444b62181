"""Type for the film: what people say in a serif, what machines say in a monospace.

Text is shaped by HarfBuzz, so that pairs of letters stand as their designers meant them to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import skia
import uharfbuzz as hb
from look import PAPER, clamp, fill, settle

FONTS = Path(__file__).parents[1] / "fonts"
SERIF, ITALIC, TEXT = "Newsreader-Display", "Newsreader-DisplayItalic", "Newsreader-Text"
THIN, MONO, MEDIUM = "IBMPlexMono-Light", "IBMPlexMono-Regular", "IBMPlexMono-Medium"


@dataclass(frozen=True)
class Hand:
    """A face of type at a size, in px; `apart` is letter spacing as a share of the size."""

    name: str
    size: float
    apart: float = 0.0


@dataclass(frozen=True)
class Setting:
    """A line of text, shaped: its glyphs, where each starts, and where its words begin."""

    glyphs: tuple[int, ...]
    places: tuple[float, ...]
    words: tuple[int, ...]
    width: float


@cache
def shaped(text: str, hand: Hand) -> Setting:
    """Shape one line."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    ligatures = hand.apart == 0
    hb.shape(_harfbuzz(hand.name), buffer, {"kern": True, "liga": ligatures})
    unit = hand.size / _harfbuzz(hand.name).face.upem
    pen = 0.0
    glyphs: list[int] = []
    places: list[float] = []
    words: list[int] = []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.cluster == 0 or text[info.cluster - 1] == " ":
            words.append(len(glyphs))
        glyphs.append(info.codepoint)
        places.append(pen + position.x_offset * unit)
        pen += position.x_advance * unit + hand.apart * hand.size
    return Setting(tuple(glyphs), tuple(places), tuple(words), pen - hand.apart * hand.size)


def width_of(text: str, hand: Hand) -> float:
    """Return how wide a line is, in px."""
    return shaped(text, hand).width


def write(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas,
    text: str,
    x: float,
    y: float,
    hand: Hand,
    colour: int = PAPER,
    *,
    alpha: float = 1.0,
    anchor: float = 0.0,
    typed: float = 1.0,
) -> None:
    """Write a line with its base line at y; `anchor` 0 starts at x, 0.5 is centred, 1 ends there.

    `typed` is how much of it is there yet, letter by letter.
    """
    line = shaped(text, hand)
    shown = round(len(line.glyphs) * clamp(typed))
    if shown == 0 or alpha <= 0:
        return
    left = x - anchor * line.width
    canvas.drawTextBlob(_blob(text, hand, 0, shown), left, y, fill(colour, alpha))


def speak(  # noqa: PLR0913, PLR0917 - where, what and how
    canvas: skia.Canvas,
    text: str,
    x: float,
    y: float,
    hand: Hand,
    times: list[float],
    colour: int = PAPER,
    *,
    anchor: float = 0.0,
    rise: float = 14.0,
    alpha: float = 1.0,
) -> None:
    """Write a line whose words come up one by one.

    `times` holds, for each word, the seconds since it was said (negative: not yet).
    """
    line = shaped(text, hand)
    left = x - anchor * line.width
    ends = (*line.words[1:], len(line.glyphs))
    for start, end, since in zip(line.words, ends, times, strict=True):
        there = settle((since + 0.12) / 0.7)
        if there > 0:
            lower = (1 - there) * rise
            paint = fill(colour, alpha * there)
            canvas.drawTextBlob(_blob(text, hand, start, end), left, y + lower, paint)


def grouped(number: float) -> str:
    """Write a number with commas between its thousands."""
    return f"{round(number):,}"


@cache
def font(hand: Hand) -> skia.Font:
    """Return Skia's font for a hand."""
    found = skia.Font(_typeface(hand.name), hand.size)
    found.setSubpixel(True)
    found.setLinearMetrics(True)
    found.setHinting(skia.FontHinting.kNone)
    found.setEdging(skia.Font.Edging.kAntiAlias)
    return found


@cache
def _typeface(name: str) -> skia.Typeface:
    typeface = skia.Typeface.MakeFromFile(str(FONTS / f"{name}.ttf"))
    if typeface is None:
        message = f"the film is set in {name}, which is missing in {FONTS}"
        raise FileNotFoundError(message)
    return typeface


@cache
def _harfbuzz(name: str) -> hb.Font:
    blob = hb.Blob.from_file_path(str(FONTS / f"{name}.ttf"))
    return hb.Font(hb.Face(blob))


@cache
def _blob(text: str, hand: Hand, start: int, end: int) -> skia.TextBlob:
    line = shaped(text, hand)
    build = skia.TextBlobBuilder()
    places = [skia.Point(x, 0) for x in line.places[start:end]]
    build.allocRunPos(font(hand), list(line.glyphs[start:end]), places)
    return build.make()
