"""The two screens on which the clip appears: a small monitor, and a large tilted panel.

Where the screens are in the picture, and when, is also told in `film.yaml`, so that a page can lay
the viewer's own clip over Nobody's. Here they are places in a room and ways of coming near.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import lru_cache
from math import sin
from typing import TYPE_CHECKING

import clips
import imageio_ffmpeg
import numpy as np
import skia
from acting import Speech
from look import (
    COAL,
    GREEN,
    HEIGHT,
    INK,
    PAPER,
    RATE,
    SLATE,
    SMOOTH,
    WIDTH,
    box,
    clamp,
    fill,
    glide,
    glow,
    mix,
    shadow,
    stroke,
    vertical,
)
from look_type import MONO, Hand, write

from shots.chapter_2.beside import script, still_and_voice
from shots.chapter_2.skins import saying
from shots.lines import polygon
from shots.moment import Moment, shot
from shots.rig import RINGS, dots, placed, posed, ring_path

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from storyboard import Voice

    from shots.moment import Shot

Quad = tuple[tuple[float, float], ...]
"""Top left, top right, bottom right, bottom left; px."""

STRETCH = 50  # frames of the clip that are decoded in one go


@dataclass(frozen=True)
class Screen:
    """A screen in a room: its corners, and how we come near to it.

    From `rests` (the words at which the way begins) until `arrives`, the middle of the screen
    glides from where `opens` says, or where it is in the room, to `middle`; everything in the
    room is `nearer` times as large then.
    """

    corners: Quad
    rests: str
    arrives: str
    middle: tuple[float, float]
    nearer: float
    opens: tuple[float, float, float] | None = None
    """Where the middle is at first, and how many times as large everything is."""

    def way(self, voice: Voice, start: float) -> tuple[float, float]:
        """Return when we leave and when we are there, in seconds."""
        return voice.when(self.rests, start), voice.when(self.arrives, start)

    def view(self, gone: float) -> skia.Matrix:
        """Return the way from px of the room to px of the film, `gone` 0 .. 1 of the way."""
        x, y = np.mean(self.corners, 0).tolist()
        to_x, to_y, larger = self.opens or (x, y, 1.0)
        scale = mix(larger, self.nearer, gone)
        middle = mix(to_x, self.middle[0], gone), mix(to_y, self.middle[1], gone)
        matrix = skia.Matrix.Translate(middle[0] - scale * x, middle[1] - scale * y)
        matrix.preScale(scale, scale)
        return matrix

    def quad(self, gone: float) -> Quad:
        """Return the corners in the picture."""
        ends = self.view(gone).mapPoints([skia.Point(x, y) for x, y in self.corners])
        return tuple((end.x(), end.y()) for end in ends)


TILTED = ((585, 66), (1335, 164), (1292, 880), (520, 792))
SCREENS = {
    "monitor": Screen(
        ((1012, 452), (1292, 466), (1286, 742), (1006, 722)),
        "is being", "one still", (960, 480), 2.2, (1050, 20, 7.5),
    ),
    "panel": Screen(TILTED, "These words", "They would", (1110, 500), 1.06, (1100, 475.5, 1.0)),
    "here": Screen(TILTED, "This one", "Nobody spoke", (960, 505), 1.42),
}  # fmt: skip


def speech_begins(voice: Voice) -> float:
    """Return the second at which the clip begins."""
    return voice.when("This mouth") - Speech.read(clips.SPEECH).starts


def spoken_picture(t: float) -> skia.Image:
    """Return the clip's picture at a time of its own."""
    clip = clips.clips()["speaks"]
    index = int(clamp(round(t * RATE), 0, clip.frame_count - 1))
    pixels = _stretch(index // STRETCH)[index % STRETCH]
    return skia.Image.fromarray(np.ascontiguousarray(pixels), colorType=skia.kRGBA_8888_ColorType)


@lru_cache(maxsize=2)
def _stretch(number: int) -> NDArray[np.uint8]:
    clip = clips.clips()["speaks"]
    width, height = clip.size
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-ss", str(number * STRETCH / RATE),
        "-i", str(clip.file), "-frames:v", str(STRETCH), "-f", "rawvideo", "-pix_fmt", "rgba", "-",
    ]  # fmt: skip
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, height, width, 4)


def hang(canvas: skia.Canvas, picture: skia.Image, corners: Quad) -> None:
    """Draw a picture into four corners."""
    width, height = picture.width(), picture.height()
    flat = [skia.Point(*at) for at in ((0, 0), (width, 0), (width, height), (0, height))]
    matrix = skia.Matrix()
    matrix.setPolyToPoly(flat, [skia.Point(*at) for at in corners])
    canvas.save()
    canvas.concat(matrix)
    canvas.drawImage(picture, 0, 0, SMOOTH, skia.Paint(AntiAlias=True))
    canvas.restore()


def outline(corners: Quad, wider: float = 0.0) -> skia.Path:
    """Return the four corners as a path, moved outwards by `wider` px."""
    x, y = np.mean(corners, 0).tolist()
    return polygon(
        (px + wider * np.sign(px - x), py + wider * np.sign(py - y)) for px, py in corners
    )


def _gone(now: Moment, screen: Screen) -> float:
    leave, arrive = screen.way(now.voice, now.start)
    return glide((now.t - leave) / (arrive - leave))


@shot
def monitor(canvas: skia.Canvas, now: Moment) -> None:
    """A mouth, very near, speaks. We step back: it is on a monitor in a room at night."""
    screen = SCREENS["monitor"]
    canvas.clear(INK)
    canvas.save()
    canvas.concat(screen.view(_gone(now, screen)))
    _night(canvas, now.age)
    _desk(canvas, screen.corners)
    still_and_voice(canvas, now)
    hang(canvas, spoken_picture(now.t - speech_begins(now.voice)), screen.corners)
    canvas.restore()


def _night(canvas: skia.Canvas, age: float) -> None:
    """A window, and behind it the lights of other people's rooms."""
    canvas.drawRect(
        skia.Rect.MakeLTRB(140, 90, 780, 600), vertical(90, 600, 0xFF10141F, 0xFF1B2130)
    )
    dice = np.random.default_rng(12)
    for index in range(70):
        x, y = dice.uniform(160, 760), dice.uniform(250, 580)
        lit = 0.25 + 0.5 * dice.random() * (0.8 + 0.2 * sin(0.7 * age + index))
        canvas.drawRect(skia.Rect.MakeXYWH(x, y, 9, 13), fill(0xFFF0B75E, lit))
    for x in (140, 460, 780):
        canvas.drawLine(x, 90, x, 600, stroke(SLATE, 12))
    for y in (90, 345, 600):
        canvas.drawLine(140, y, 780, y, stroke(SLATE, 12))


PAPERS = (
    (560, 900, 300, -12), (800, 860, 240, 7), (1480, 880, 300, 9), (1330, 960, 320, -5),
    (980, 980, 280, 3),
)  # fmt: skip
FOOT = ((1120, 760), (1180, 762), (1206, 830), (1096, 830))


def _desk(canvas: skia.Canvas, corners: Quad) -> None:
    top = skia.Rect.MakeLTRB(0, 800, WIDTH, HEIGHT)
    canvas.drawRect(top, vertical(800, HEIGHT, 0xFF1C1A1A, 0xFF0E0D0E))
    canvas.drawOval(box(1150, 830, 1150, 150), glow(1150, 830, 560, 0xFF9FB4C4, 0.30))
    canvas.drawCircle(1150, 600, 520, glow(1150, 600, 520, 0xFF9FB4C4, 0.20))
    for x, y, width, turn in PAPERS:
        _paper(canvas, x, y, width, turn)
    canvas.drawPath(polygon(FOOT), fill(SLATE))
    canvas.drawPath(outline(corners, 26), stroke(0xFF34373F, 10))
    canvas.drawPath(outline(corners, 26), fill(SLATE))
    canvas.drawCircle(1274, 756, 3.4, fill(GREEN))


def _paper(canvas: skia.Canvas, x: float, y: float, width: float, turn: float) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.skew(-0.5, 0)
    canvas.rotate(turn)
    sheet = box(0, 0, width, width * 0.42)
    shadow(canvas, sheet, 0.15, 0.5)
    canvas.drawRect(sheet, fill(0xFF8F9196, 0.9))
    for line in range(5):
        end, down = width * (0.40 - 0.12 * (line % 3 // 2)), -0.12 * width + 15 * line
        canvas.drawLine(-0.42 * width, down, end, down, stroke(0xFF5B5D63, 3))
    canvas.restore()


@shot
def panel(canvas: skia.Canvas, now: Moment) -> None:
    """The same face on a tilted panel as high as a house; first came a sheet with its words."""
    _on_panel(canvas, now, "panel", script)


@shot
def here(canvas: skia.Canvas, now: Moment) -> None:
    """The panel again, above small people. It fills the picture; the lips close."""
    _on_panel(canvas, now, "here")


def _on_panel(
    canvas: skia.Canvas, now: Moment, name: str, beside: Shot = lambda _canvas, _now: None
) -> None:
    screen = SCREENS[name]
    canvas.clear(INK)
    canvas.save()
    canvas.concat(screen.view(_gone(now, screen)))
    _hall(canvas, 1.0)
    _frame(canvas, screen.corners)
    beside(canvas, now)
    hang(canvas, spoken_picture(now.t - speech_begins(now.voice)), screen.corners)
    _people(canvas, now.age)
    canvas.restore()


def _hall(canvas: skia.Canvas, lit: float) -> None:
    canvas.drawRect(
        skia.Rect.MakeLTRB(-400, 860, 2400, 1400), vertical(860, 1200, 0xFF14151A, 0xFF0C0D10)
    )
    canvas.drawPaint(glow(930, 480, 1150, 0xFF9FB4C4, 0.22 * lit))
    canvas.drawOval(box(930, 990, 1500, 190), glow(930, 990, 760, 0xFF9FB4C4, 0.34 * lit))


def _frame(canvas: skia.Canvas, corners: Quad) -> None:
    canvas.drawLine(700, 820, 640, 1010, stroke(0xFF2E3138, 22))
    canvas.drawLine(1180, 860, 1240, 1010, stroke(0xFF2E3138, 22))
    canvas.drawPath(outline(corners, 16), fill(COAL))
    canvas.drawPath(outline(corners, 16), stroke(0xFF3B3F48, 5))


def _people(canvas: skia.Canvas, age: float) -> None:
    """People with their backs to us, all below the panel's lower edge."""
    dice = np.random.default_rng(17)
    for index in range(11):
        x = 330 + 125 * index + dice.uniform(-28, 28)
        tall = dice.uniform(125, 150)
        foot = 1075 + dice.uniform(-14, 10)
        x += 2.0 * sin(0.9 * age + index)
        canvas.drawOval(box(x, foot - tall + 17, 27, 34), fill(0xFF060709))
        body = skia.Rect.MakeLTRB(x - 28, foot - tall + 36, x + 28, foot + 40)
        canvas.drawRoundRect(body, 22, 22, fill(0xFF060709))


@shot
def dark(canvas: skia.Canvas, now: Moment) -> None:
    """The panel goes dark. On its glass a green outline of lips stays, and figures run along it."""
    screen = SCREENS["here"]
    canvas.clear(INK)
    off = now.ramp(over=0.35)
    canvas.save()
    canvas.concat(screen.view(1 - 0.35 * now.ramp(over=4.4)))
    _hall(canvas, 1 - 0.85 * off)
    _frame(canvas, screen.corners)
    hang(canvas, spoken_picture(15.9), screen.corners)
    canvas.drawPath(outline(screen.corners), fill(0xFF08090B, off))
    _lips(canvas, now, off)
    _people(canvas, now.age)
    canvas.restore()


READ_OUT = {61: (-30, -8, 1.0), 291: (30, -8, 0.0), 0: (0, -78, 0.5), 17: (0, 58, 0.5)}


def _lips(canvas: skia.Canvas, now: Moment, shown: float) -> None:
    """The outline of lips that go on moving, and where their corners are."""
    face = placed(posed(saying(now.t)), 930, 80, 2100)
    for ring in ("lips", "mouth"):
        canvas.drawPath(ring_path(face, ring), stroke(GREEN, 3, 0.85 * shown))
    dots(canvas, face[list(RINGS["lips"])], 7, PAPER, shown)
    for order, (index, (right, down, anchor)) in enumerate(READ_OUT.items()):
        x, y, _ = face[index].tolist()
        typed = now.ramp("calculation", 0.7)
        typed -= 0.1 * order * (typed < 1)
        for row, told in enumerate((f"{x / WIDTH:.3f}", f"{y / HEIGHT:.3f}")):
            at = (x + right, y + down + 40 * row)
            write(canvas, told, *at, Hand(MONO, 38), GREEN, anchor=anchor, typed=typed)
