"""Masters made on the spot: small, short, and with something to measure in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from encoded import LOSSLESS, Encoded

from discriminator import streaming
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RATE = 24
SECONDS = 5
# Black, and at 1.0 s and 3.0 s one white frame with a beep of the same length.
FLASH = (
    f"color=black:s=320x180:r={RATE}:d={SECONDS},"
    "drawbox=c=white:t=fill:enable='between(mod(t,2),0.99,1.01)'"
)
BEEP = f"aevalsrc='sin(2000*PI*t)*between(mod(t,2),1,1.04)':s=48000:d={SECONDS}"
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\nA photograph.\n"
RUNGS = (
    streaming.Rung(320, 180, 600_000),
    streaming.Rung(192, 108, 300_000),
    streaming.Rung(96, 54, 150_000),
)


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that makes a master of lavfi sources and ffmpeg's options."""

    def make(name: str, *sources: str, options: tuple[str, ...] = LOSSLESS) -> Path:
        path = tmp_path_factory.mktemp("masters") / name
        inputs = [word for source in sources for word in ("-f", "lavfi", "-i", source)]
        chosen = [word for n in range(len(sources)) for word in ("-map", str(n))]
        ffmpeg.run([*inputs, *chosen, *options, str(path)])
        return path

    return make


@pytest.fixture(scope="session")
def small() -> streaming.Options:
    return streaming.Options(rungs=RUNGS)


@pytest.fixture(scope="session")
def master(film: Callable[..., Path]) -> Path:
    path = film(
        "flash.mov",
        FLASH,
        BEEP,
        options=(*LOSSLESS, "-metadata:s:a:0", "language=eng"),
    )
    path.with_suffix(".en.vtt").write_text(CAPTIONS, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def encoded(
    master: Path, small: streaming.Options, tmp_path_factory: pytest.TempPathFactory
) -> Encoded:
    folder = tmp_path_factory.mktemp("streams") / "flash"
    return Encoded(master, folder, streaming.encode(master, folder, small))
